import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import { liveOf } from '../heard.ts';
import { type DevicesState, entityIdsOf, isOnBattery } from '../state.ts';
import { MANY_LOST, TOGETHER_MS } from './limits.ts';
import type { DropOut, DropOutCause, HealthState } from './state.ts';

/** What the devices of a drop-out have in common. */
type Common = Pick<DropOut, 'gatewayId' | 'hasBattery'>;

const commonOf = (devices: DevicesState, deviceId: string): Common => ({
  gatewayId: getRow(devices.devices, deviceId)?.gatewayId ?? null,
  hasBattery: isOnBattery(devices, deviceId),
});

const together = (a: Common, b: Common): Common => ({
  gatewayId: a.gatewayId === b.gatewayId ? a.gatewayId : null,
  hasBattery: a.hasBattery || b.hasBattery,
});

/** Whether a device that runs on its battery can be heard: then it is not the radio. */
function isBatteryHeard(state: HealthState, devices: DevicesState): boolean {
  for (const [deviceId] of rowsOf(devices.batteries)) {
    if (getRow(state.away, deviceId) !== undefined) continue;
    if (entityIdsOf(devices, deviceId).some((id) => liveOf(devices, id).heardAt !== null)) return true;
  }
  return false;
}

function causeOf(state: HealthState, devices: DevicesState, { gatewayId, hasBattery }: Common): DropOutCause {
  if (gatewayId !== null) return 'gateway';
  if (hasBattery) return 'radio';
  return isBatteryHeard(state, devices) ? 'power' : 'drop-out';
}

/** In whose name the alarm of a drop-out stands. A tilde is in no entity's id. */
const sourceOf = (cause: DropOutCause, gatewayId: string | null): string =>
  cause === 'gateway' ? `~gateway.${gatewayId}` : `~${cause}`;

/**
 * A device is lost. Two within a minute of each other are no accident: the gateway through which all of them speak; the radio, when
 * some of them need no mains (somebody may jam it); the mains, when what has a battery is still heard.
 */
export function loseDevice(
  state: HealthState,
  devices: DevicesState,
  deviceId: string,
  now: Moment,
): Outcome<HealthState> {
  if (getRow(state.away, deviceId) !== undefined) return { state };
  const away = setRow(state.away, deviceId, { at: now.mono, source: null });
  const next: HealthState = { ...state, away };
  const open = openIn(next, now);
  if (open !== undefined) return join(next, devices, open, deviceId, now);
  const recent: string[] = [];
  for (const [id, row] of rowsOf(away)) {
    if (row.source === null && now.mono - row.at <= TOGETHER_MS) recent.push(id);
  }
  if (recent.length < MANY_LOST) return { state: next };
  const common = recent.map((id) => commonOf(devices, id)).reduce(together);
  return begin(next, devices, common, recent, now);
}

/** The drop-out that goes on now. */
function openIn({ dropOuts }: HealthState, now: Moment): readonly [string, DropOut] | undefined {
  for (const [source, row] of rowsOf(dropOuts)) {
    if (now.mono - row.lastAt <= TOGETHER_MS) return [source, row];
  }
  return undefined;
}

function begin(
  state: HealthState,
  devices: DevicesState,
  common: Common,
  deviceIds: readonly string[],
  now: Moment,
): Outcome<HealthState> {
  const cause = causeOf(state, devices, common);
  const { gatewayId } = common;
  const source = sourceOf(cause, gatewayId);
  let { away } = state;
  for (const id of deviceIds) away = setRow(away, id, { at: getRow(away, id)?.at ?? now.mono, source });
  const size = deviceIds.length + (getRow(state.dropOuts, source)?.size ?? 0);
  const dropOuts = setRow(state.dropOuts, source, { cause, ...common, lastAt: now.mono, size });
  const began: Fact = { type: 'dropOutBegan', source, cause, deviceIds, gatewayId };
  return { state: { ...state, away, dropOuts }, facts: [began] };
}

/** One more. It may tell that the cause is another than was thought. */
function join(
  state: HealthState,
  devices: DevicesState,
  [source, row]: readonly [string, DropOut],
  deviceId: string,
  now: Moment,
): Outcome<HealthState> {
  const common = together(row, commonOf(devices, deviceId));
  const cause = causeOf(state, devices, common);
  if (sourceOf(cause, common.gatewayId) === source) {
    const dropOuts = setRow(state.dropOuts, source, { ...row, lastAt: now.mono, size: row.size + 1 });
    const away = setRow(state.away, deviceId, { at: now.mono, source });
    return { state: { ...state, away, dropOuts }, facts: [{ type: 'dropOutGrew', source, deviceId }] };
  }
  const members = [...rowsOf(state.away)].filter(([, { source: of }]) => of === source).map(([id]) => id);
  const dropOuts = deleteRow(state.dropOuts, source);
  const begun = begin({ ...state, dropOuts }, devices, common, [...members, deviceId], now);
  // The new one first: what the old one explained is not left without a reason in between.
  return {
    state: begun.state,
    facts: [...(begun.facts ?? []), endOf(source, row, sourceOf(cause, common.gatewayId))],
  };
}

const endOf = (source: string, { cause, gatewayId }: DropOut, becomes: string | null): Fact => ({
  type: 'dropOutEnded',
  source,
  cause,
  gatewayId,
  becomes,
});

/** A device is heard again, or is gone for good. A drop-out of which fewer than two are left is over: the last speaks for itself. */
export function findDevice(state: HealthState, deviceId: string): Outcome<HealthState> {
  const row = getRow(state.away, deviceId);
  if (row === undefined) return { state };
  let away = deleteRow(state.away, deviceId);
  const dropOut = row.source === null ? undefined : getRow(state.dropOuts, row.source);
  if (row.source === null || dropOut === undefined) return { state: { ...state, away } };
  const size = dropOut.size - 1;
  if (size >= MANY_LOST) {
    return { state: { ...state, away, dropOuts: setRow(state.dropOuts, row.source, { ...dropOut, size }) } };
  }
  for (const [id, each] of rowsOf(away)) {
    if (each.source === row.source) away = setRow(away, id, { ...each, source: null });
  }
  const dropOuts = deleteRow(state.dropOuts, row.source);
  return { state: { ...state, away, dropOuts }, facts: [endOf(row.source, dropOut, null)] };
}
