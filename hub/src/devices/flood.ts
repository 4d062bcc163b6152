import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../house/table.ts';
import { earliest, MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';
import type { Device } from './entity.ts';
import type { DevicesState, FloodRow } from './state.ts';

/** A device is named as flooding until it has kept within the rate for this long, ms: so that its name does not flicker. */
export const QUIET_MS: Millis = MINUTE_MS;

/** Surplus that goes on for this long after the device was named ends its session, ms: a burst is over by then. */
export const PATIENCE_MS: Millis = 10 * SECOND_MS;

/** A pause of more than this ends one run of surplus, ms. The wire tells once a second while it lasts. */
export const PAUSE_MS: Millis = 3 * SECOND_MS;

/** Messages of a topic had to be dropped. */
export function takeSurplus(
  state: DevicesState,
  fact: Extract<Fact, { type: 'surplusDropped' }>,
  now: Moment,
): Outcome<DevicesState> {
  const { deviceId, topic } = fact;
  const device = getRow(state.devices, deviceId);
  if (device === undefined) return { state };
  const old = getRow(state.floods, deviceId);
  const isRun = old !== undefined && now.mono - old.lastAt <= PAUSE_MS;
  const runFrom = isRun ? old.runFrom : now.mono;
  const username = now.mono - runFrom >= PATIENCE_MS ? identityOf(device) : null;
  const row: FloodRow = { runFrom: username === null ? runFrom : now.mono, lastAt: now.mono };
  const next: DevicesState = {
    ...state,
    floods: setRow(state.floods, deviceId, row),
    wakeAt: earliest(state.wakeAt, now.mono + QUIET_MS),
  };
  if (username !== null) {
    return {
      state: next,
      facts: [{ type: 'sessionEnded', deviceId, username, topic }],
      effects: [{ do: 'endSession', username }],
    };
  }
  return { state: next, facts: old === undefined ? [{ type: 'floodBegan', deviceId, topic }] : [] };
}

/** Whose session speaks for the device; null: nobody's that the hub knows. */
const identityOf = (device: Device): string | null =>
  device.kind === 'found' ? device.gatewayId : device.id;

/** Devices that have been quiet for long enough are floods no more. Answers what is due next. */
export function endFloods(state: DevicesState, now: Millis): Outcome<DevicesState> & { next: Millis | null } {
  let floods = state.floods;
  let due: Millis | null = null;
  const facts: Fact[] = [];
  for (const [deviceId, { lastAt }] of rowsOf(state.floods)) {
    if (lastAt + QUIET_MS > now) {
      due = earliest(due, lastAt + QUIET_MS);
      continue;
    }
    floods = deleteRow(floods, deviceId);
    facts.push({ type: 'floodEnded', deviceId });
  }
  return { state: floods === state.floods ? state : { ...state, floods }, facts, next: due };
}
