import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../../house/table.ts';
import { earliest, MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../../shared/time.ts';
import type { Device } from '../entity.ts';
import { isSafety } from '../heard.ts';
import type { FloodRow } from '../rows.ts';
import { type DevicesState, entityIdsOf } from '../state.ts';

/** A device is named as flooding until it has kept within the rate for this long, ms: so that its name does not flicker. */
export const QUIET_MS: Millis = MINUTE_MS;

/** Surplus that goes on for this long after the device was named ends the session it comes through, ms: a burst is over by then. */
export const PATIENCE_MS: Millis = 10 * SECOND_MS;

/** A pause of more than this ends one run of surplus, ms. The wire tells once a second while it lasts. */
export const PAUSE_MS: Millis = 3 * SECOND_MS;

/**
 * Least time between two cuts of one session, ms, by how often it was cut before: one that goes on after it came back will not
 * be mended by the next cut, and each takes what else speaks through the session with it.
 */
const BETWEEN_MS: readonly Millis[] = [0, 10 * MINUTE_MS, 120 * MINUTE_MS];

/** A session that was not cut for this long, ms, is treated as one that never was. */
const FORGIVEN_MS: Millis = 1_440 * MINUTE_MS;

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
  const username = now.mono - runFrom >= PATIENCE_MS ? sessionToEnd(state, device, now.mono) : null;
  const row: FloodRow = { runFrom: username === null ? runFrom : now.mono, lastAt: now.mono };
  const next: DevicesState = {
    ...state,
    floods: setRow(state.floods, deviceId, row),
    wakeAt: earliest(state.wakeAt, now.mono + QUIET_MS),
  };
  if (username !== null) {
    const times = timesCut(state, username, now.mono) + 1;
    return {
      state: { ...next, cuts: setRow(state.cuts, username, { times, lastAt: now.mono }) },
      facts: [{ type: 'sessionEnded', deviceId, username, topic }],
      effects: [{ do: 'endSession', username }],
    };
  }
  return { state: next, facts: old === undefined ? [{ type: 'floodBegan', deviceId, topic }] : [] };
}

/**
 * The session that is to end; null: none, or not yet. One that carries a life-safety sensor is never ended: its surplus is dropped
 * anyway, and to cut it would silence a smoke detector for the chatter of a plug behind the same gateway, or a detector whose
 * own state is stuck, each time until it has logged in again. Whoever calls itself a detector to be spared is still named, and held to the rate.
 */
function sessionToEnd(state: DevicesState, device: Device, now: Millis): string | null {
  const username = identityOf(device);
  if (username === null || carriesSafety(state, username)) return null;
  const times = timesCut(state, username, now);
  const between = BETWEEN_MS[Math.min(times, BETWEEN_MS.length - 1)] ?? 0;
  const lastAt = getRow(state.cuts, username)?.lastAt ?? Number.NEGATIVE_INFINITY;
  return now - lastAt >= between ? username : null;
}

function timesCut(state: DevicesState, username: string, now: Millis): number {
  const cut = getRow(state.cuts, username);
  return cut === undefined || now - cut.lastAt > FORGIVEN_MS ? 0 : cut.times;
}

/** Whether a life-safety sensor that can be heard speaks through the session of that device. */
function carriesSafety(state: DevicesState, username: string): boolean {
  for (const [id, { gatewayId }] of rowsOf(state.devices)) {
    if (id !== username && gatewayId !== username) continue;
    for (const entityId of entityIdsOf(state, id)) {
      const entity = getRow(state.entities, entityId);
      if (entity !== undefined && entity.fault === null && isSafety(entity)) return true;
    }
  }
  return false;
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
