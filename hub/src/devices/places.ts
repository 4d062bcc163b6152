import { getRow, rowsOf } from '../house/table.ts';
import { MINUTE_MS, type Millis, type Moment } from '../shared/time.ts';
import type { Device } from './entity.ts';
import { isSafety, liveOf } from './heard.ts';
import { type DevicesState, entityIdsOf } from './state.ts';

/** Devices that one hub takes in. Source: the limit that history and memory are measured for. */
export const MAX_DEVICES = 2_000;

/**
 * Found devices that one gateway may bring, and that may come through none in a house with gateways. The rest is for others: a
 * gateway that invents names must not keep a new smoke detector out.
 */
export const GATEWAY_SHARE = 1_500;

/** A device that was left behind and was heard within this time, ms, keeps its place. Longer than the rarest report of a battery's detector. */
export const HEARD_LATELY_MS: Millis = 1_440 * MINUTE_MS;

/**
 * Whether one gateway brings as many devices as it may. Without gateways nobody can be told apart. What gateways left behind that
 * are gone is nobody's.
 * @param gatewayId null: through none
 */
export function isShareTaken(state: DevicesState, gatewayId: string | null): boolean {
  if (state.gateways.length === 0 || state.devices.size < GATEWAY_SHARE) return false;
  let its = 0;
  for (const [, device] of rowsOf(state.devices))
    if (device.kind === 'found' && device.leftAt === undefined && device.gatewayId === gatewayId) its += 1;
  return its >= GATEWAY_SHARE;
}

/** Whether a gateway can bring nothing more. */
export const isFull = (state: DevicesState, gatewayId: string): boolean =>
  state.devices.size >= MAX_DEVICES || isShareTaken(state, gatewayId);

/** When one of them was heard last, house time, ms; -Infinity: none since the start. */
const heardAt = (state: DevicesState, entityIds: readonly string[]): Millis =>
  Math.max(...entityIds.map((id) => liveOf(state, id).heardAt?.mono ?? Number.NEGATIVE_INFINITY));

/**
 * Whether a device that its gateway left behind may go. A siren never does. A life-safety sensor may have spoken just before a start,
 * which nobody remembers: it goes only when the hub has listened for as long.
 */
function mayGo(state: DevicesState, deviceId: string, now: Moment): boolean {
  const ids = entityIdsOf(state, deviceId);
  const entities = ids.flatMap((id) => getRow(state.entities, id) ?? []);
  if (entities.some(({ config }) => config.component === 'siren')) return false;
  const from = entities.some(isSafety) ? state.graceUntil : Number.NEGATIVE_INFINITY;
  return now.mono - Math.max(from, heardAt(state, ids)) > HEARD_LATELY_MS;
}

/**
 * The device that makes way for a new one in a full house: of those that were left behind by a gateway which is gone, and are not
 * heard any more, the one that was left first. Null: none.
 * @param stays devices with an alarm
 */
export function whoMakesWay(state: DevicesState, stays: readonly string[], now: Moment): Device | null {
  let first: Device | null = null;
  for (const [id, device] of rowsOf(state.devices)) {
    if (device.leftAt === undefined || stays.includes(id)) continue;
    if (first?.leftAt !== undefined && isAfter(device, first)) continue;
    if (mayGo(state, id, now)) first = device;
  }
  return first;
}

/** Left later; of those that were left together, by name, so that the order is always the same. */
const isAfter = (a: Device, b: Device): boolean =>
  a.leftAt === b.leftAt ? a.id > b.id : (a.leftAt ?? 0) > (b.leftAt ?? 0);
