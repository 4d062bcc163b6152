import { deleteRow, getRow, rowsOf, setRow } from '../../house/table.ts';
import { earliest, type Millis, type Moment } from '../../shared/time.ts';
import { isRestarting, nextCalm } from '../boards/boards.ts';
import type { Entity } from '../entity.ts';
import type { HealthCheck } from '../healthSchema.ts';
import type { DevicesState } from '../state.ts';
import { type Checked, PASSED, withFinding } from './findings.ts';
import { checkCalibration, checkLife } from './lifeSpan.ts';
import { MALFORMED_MS, STILL_KEPT_MS } from './limits.ts';
import { type Look, lookAt } from './look.ts';
import { checkPeers, isOdd, type Neighbours, neighboursIn } from './neighbours.ts';
import { checkSelfTest } from './selfTest.ts';
import { checkSilence } from './silence.ts';
import { type HealthRow, type HealthState, NO_PULSE, type Pulse } from './state.ts';
import { checkStuck, withWarmth } from './stuck.ts';
import { checkWarmUp } from './warmUp.ts';
import { faultOf, isLife, isWatched } from './watched.ts';

/** Everything about one sensor that time alone can change. */
const CHECKS: readonly (readonly [HealthCheck, (look: Look) => Checked])[] = [
  ['silent', checkSilence],
  ['malformed', checkMalformed],
  ['stuck', checkStuck],
  ['warm-up', checkWarmUp],
  ['calibration', checkCalibration],
  ['self-test', checkSelfTest],
  ['end-of-life', checkLife],
  ['restarts', checkRestarts],
  ['unreadable', checkReadable],
];

/** A minute without an unreadable message, and it is past. */
function checkMalformed({ row, pulse, startedAt, now }: Look): Checked {
  const made = row.findings.malformed;
  if (made === undefined) return PASSED;
  const endsAt = (pulse.malformed.at(-1) ?? startedAt) + MALFORMED_MS;
  return now.mono >= endsAt ? PASSED : { made, next: endsAt };
}

function checkRestarts({ devices, entity, now }: Look): Checked {
  if (!isRestarting(devices, entity.deviceId, now.mono)) return PASSED;
  return { made: { state: 'suspect', priority: 3 }, next: nextCalm(devices, entity.deviceId) };
}

function checkReadable({ entity }: Look): Checked {
  if (faultOf(entity) === null) return PASSED;
  return { made: { state: 'fault', priority: isLife(entity) ? 2 : 3 }, next: null };
}

/** What one look found. */
export type Looked = { readonly row: HealthRow; readonly pulse: Pulse; readonly next: Millis | null };

/** One sensor, by itself. */
export function settle(look: Look): Looked {
  let { findings } = look.row;
  let next: Millis | null = null;
  for (const [check, run] of CHECKS) {
    const checked = run(look);
    findings = withFinding(findings, check, checked.made, look.now);
    next = earliest(next, checked.next);
  }
  const row = findings === look.row.findings ? look.row : { ...look.row, findings };
  return { row, pulse: look.pulse, next };
}

/** One sensor, with what stands beside it. */
function settleAmong(look: Look, neighbours: Neighbours): Looked {
  const { entity, now } = look;
  const pulse = withNeighbours(look, neighbours);
  const looked = settle(pulse === look.pulse ? look : { ...look, pulse });
  const peers = checkPeers(pulse, neighbours.peersOf(entity), now);
  const findings = withFinding(looked.row.findings, 'disagrees', peers.made, now);
  const still = keptStill(look.row, pulse, now);
  const isSame = findings === looked.row.findings && still === look.row.still;
  return {
    row: isSame ? looked.row : { ...looked.row, findings, still },
    pulse,
    next: earliest(looked.next, peers.next),
  };
}

function withNeighbours({ entity, pulse, now }: Look, neighbours: Neighbours): Pulse {
  const still = pulse.still === null ? null : withWarmth(pulse.still, neighbours.warmthAt(entity));
  const isDiffering = isOdd(entity, neighbours.peersOf(entity));
  const differsSince = isDiffering ? (pulse.differsSince ?? now.mono) : null;
  return still === pulse.still && differsSince === pulse.differsSince
    ? pulse
    : { ...pulse, still, differsSince };
}

/** A value that has stood still for long is written down, and how warm it was meanwhile when that changed by half a degree. */
function keptStill(row: HealthRow, { still }: Pulse, now: Moment): HealthRow['still'] {
  if (still === null || now.mono - still.since < STILL_KEPT_MS) return row.still;
  const isNews =
    row.still?.since !== still.since ||
    Math.abs((row.still.low ?? 0) - (still.low ?? 0)) >= 0.5 ||
    Math.abs((row.still.high ?? 0) - (still.high ?? 0)) >= 0.5;
  return isNews ? still : row.still;
}

export type Swept = { readonly state: HealthState; readonly touched: readonly string[] };

/** Looks through all sensors. Says whose findings changed. */
export function sweep(state: HealthState, devices: DevicesState, now: Moment): Swept {
  const neighbours = neighboursIn(state, devices);
  let next: HealthState = state;
  let wakeAt: Millis | null = null;
  const touched: string[] = [];
  for (const [entityId, row] of rowsOf(state.health)) {
    const entity = getRow(devices.entities, entityId);
    if (entity === undefined || !isWatched(entity)) {
      next = forget(next, entityId);
      touched.push(entityId);
      continue;
    }
    const looked = settleAmong(lookAt(state, devices, entity, row, now), neighbours);
    if (looked.row.findings !== row.findings) touched.push(entityId);
    next = putLooked(next, entity, looked);
    wakeAt = earliest(wakeAt, looked.next);
  }
  return { state: { ...next, wakeAt }, touched };
}

/** Puts what a look found, and keeps in mind when to look again. */
export function putLooked(state: HealthState, { id }: Entity, { row, pulse, next }: Looked): HealthState {
  const health = setRow(state.health, id, row);
  const hadPulse = getRow(state.pulses, id) ?? NO_PULSE;
  const pulses = pulse === hadPulse ? state.pulses : setRow(state.pulses, id, pulse);
  const wakeAt = earliest(state.wakeAt, next);
  if (health === state.health && pulses === state.pulses && wakeAt === state.wakeAt) return state;
  return { ...state, health, pulses, wakeAt };
}

export const forget = (state: HealthState, entityId: string): HealthState => ({
  ...state,
  health: deleteRow(state.health, entityId),
  pulses: deleteRow(state.pulses, entityId),
});
