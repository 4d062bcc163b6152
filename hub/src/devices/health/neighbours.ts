import { getRow, rowsOf } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import type { HealthCheck } from '../healthSchema.ts';
import { isAvailable, liveOf } from '../heard.ts';
import type { Quantity } from '../schema.ts';
import { type DevicesState, quantityOf, UNPLACED } from '../state.ts';
import { type Checked, PASSED } from './findings.ts';
import { COMPARE_EVERY_MS, DISAGREE_MS, DISAGREE_SIGMAS, MOST_PEERS, SIGMAS } from './limits.ts';
import type { Findings, HealthState, Pulse } from './state.ts';
import { faultOf } from './watched.ts';

type Peer = { readonly entityId: string; readonly value: number };

/** What stands beside a sensor, as of one look at the whole house. */
export type Neighbours = {
  /** How warm it is at that sensor, °C; null: nobody knows. */
  readonly warmthAt: (entity: Entity) => number | null;
  /** Others of its quantity in its room. */
  readonly peersOf: (entity: Entity) => readonly Peer[];
};

const roomOf = (devices: DevicesState, entity: Entity): string =>
  getRow(devices.devices, entity.deviceId)?.roomId ?? UNPLACED;

const groupOf = (devices: DevicesState, entity: Entity): string =>
  `${quantityOf(entity)}|${roomOf(devices, entity)}`;

/** Its value, if it can be heard and believed; only then it tells of others. Null: not. */
function toldBy(devices: DevicesState, entity: Entity, findings: Findings): number | null {
  const live = liveOf(devices, entity.id);
  if (typeof live.value !== 'number' || !isAvailable(devices, entity, live)) return null;
  if (faultOf(entity) !== null) return null;
  return UNFIT.some((check) => findings[check] !== undefined) ? null : live.value;
}

const UNFIT: readonly HealthCheck[] = ['silent', 'range', 'malformed', 'disabled'];

/** Goes once through all sensors. */
export function neighboursIn(state: HealthState, devices: DevicesState): Neighbours {
  const warmth = new Map<string, number>();
  const peers = new Map<string, Peer[]>();
  for (const [entityId, { findings }] of rowsOf(state.health)) {
    const entity = getRow(devices.entities, entityId);
    const quantity = entity && quantityOf(entity);
    if (entity === undefined || !isCompared(quantity)) continue;
    const value = toldBy(devices, entity, findings);
    if (value === null) continue;
    if (quantity !== 'temperature') addPeer(peers, groupOf(devices, entity), { entityId, value });
    else {
      warmth.set(`device|${entity.deviceId}`, value);
      warmth.set(`room|${roomOf(devices, entity)}`, value);
    }
  }
  return {
    warmthAt: (entity) =>
      warmth.get(`device|${entity.deviceId}`) ?? placedWarmth(warmth, roomOf(devices, entity)),
    peersOf: (entity) =>
      roomOf(devices, entity) === UNPLACED ? [] : (peers.get(groupOf(devices, entity)) ?? []),
  };
}

const isCompared = (quantity: Quantity | undefined): boolean =>
  quantity !== undefined && (quantity === 'temperature' || SIGMAS.has(quantity));

const placedWarmth = (warmth: ReadonlyMap<string, number>, roomId: string): number | null =>
  roomId === UNPLACED ? null : (warmth.get(`room|${roomId}`) ?? null);

function addPeer(peers: Map<string, Peer[]>, group: string, peer: Peer): void {
  const known = peers.get(group);
  if (known === undefined) peers.set(group, [peer]);
  else if (known.length < MOST_PEERS) known.push(peer);
}

/** Whether two values of that quantity are further apart than two working sensors would be. */
export function disagree(quantity: Quantity, a: number, b: number): boolean {
  const sigma = SIGMAS.get(quantity);
  if (sigma === undefined) return false;
  return Math.abs(a - b) > DISAGREE_SIGMAS * (sigma.a + sigma.b * Math.max(Math.abs(a), Math.abs(b)));
}

/** Whether it differs from more than half of those beside it: of two both, of three the odd one. */
export function isOdd(entity: Entity, peers: readonly Peer[]): boolean {
  const own = peers.find(({ entityId }) => entityId === entity.id);
  if (own === undefined) return false;
  const others = peers.length - 1;
  const differing = peers.filter(({ value }) => disagree(quantityOf(entity), own.value, value)).length;
  return differing * 2 > others;
}

/** @param pulse that knows since when it differs */
export function checkPeers({ differsSince }: Pulse, peers: readonly Peer[], now: Moment): Checked {
  if (peers.length < 2) return PASSED;
  const isLong = differsSince !== null && now.mono - differsSince >= DISAGREE_MS;
  return { made: isLong ? { state: 'suspect', priority: 3 } : null, next: now.mono + COMPARE_EVERY_MS };
}
