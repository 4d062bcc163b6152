import type { Fact } from '../../house/facts.ts';
import { factsThatFollow, type Outcome } from '../../house/outcome.ts';
import { getRow, rowsOf } from '../../house/table.ts';
import { earliest, type Moment } from '../../shared/time.ts';
import { entityIdsOf, isOnBattery } from '../state.ts';
import { takeVolts } from './batteryVolts.ts';
import { OF_BROKER, watchBroker } from './broker.ts';
import { findDevice } from './dropOut.ts';
import { withFinding } from './findings.ts';
import { type Handled, newRow, pulseOf, resettle, untouched, withPulse, withRow } from './handled.ts';
import { lookAt } from './look.ts';
import { takeClock, takeDiagnosis, takeLoss } from './ofDevice.ts';
import { renew, type Seen, takeImpossible, takeMalformed, takeReading } from './ofSensor.ts';
import type { HealthState } from './state.ts';
import { forget, sweep } from './sweep.ts';
import { tell } from './told.ts';
import { forgetTrouble, tellUnusedMute } from './troubles.ts';
import { takeCalibrated, takeObeyed, takeUpkeep } from './upkeep.ts';
import { warmUpFrom } from './warmUp.ts';
import { isSiren, isWatched, watchedOf } from './watched.ts';

/**
 * How far each sensor can be believed, whether it can be heard at all, and what somebody has to look at.
 * @param seen the devices before and after they took the fact in
 */
export function reduceHealth(before: HealthState, seen: Seen, fact: Fact, now: Moment): Outcome<HealthState> {
  if (!OF_BROKER.has(fact.type)) return reduceSensors(before, seen, fact, now);
  const broker = watchBroker(before, seen, fact, now);
  const sensors = reduceSensors(broker.state, seen, fact, now);
  if (broker.facts === undefined) return sensors;
  return { state: sensors.state, facts: [...broker.facts, ...factsThatFollow(sensors)] };
}

function reduceSensors(state: HealthState, seen: Seen, fact: Fact, now: Moment): Outcome<HealthState> {
  if (fact.type === 'entityRetired') return retire(state, seen, fact, now);
  if (fact.type === 'deviceRemoved') return findDevice(state, fact.deviceId);
  if (fact.type === 'muteExcused') {
    const deviceId = getRow(seen.devices.entities, fact.entityId)?.deviceId ?? '';
    return forgetTrouble(state, fact.entityId, deviceId);
  }
  if (fact.type === 'sirenUnanswered') return tellUnusedMute(state, seen.devices, fact.entityId);
  const handled = handle(state, seen, fact, now);
  if (handled.touched.length === 0) return handled;
  return tell(state, handled.state, seen.devices, handled.touched, now);
}

function handle(state: HealthState, seen: Seen, fact: Fact, now: Moment): Handled {
  const { devices } = seen;
  switch (fact.type) {
    case 'reading':
      if (fact.quantity === 'voltage') return takeVolts(state, devices, fact, now);
      return fact.quantity === 'battery' || fact.quantity === 'signal_strength'
        ? takeDiagnosis(state, devices, fact, now)
        : takeReading(state, seen, fact, now);
    case 'impossibleHeard':
      return takeImpossible(state, devices, fact.entityId, now);
    case 'malformedHeard':
      return takeMalformed(state, devices, fact.entityId, now);
    case 'clockReached':
      return state.wakeAt === null || now.mono < state.wakeAt ? untouched(state) : sweep(state, devices, now);
    case 'boardLossHeard':
      return takeLoss(state, devices, fact, now);
    case 'boardClockHeard':
      return takeClock(state, devices, fact, now);
    case 'upkeepChanged':
      return takeUpkeep(state, devices, fact, now);
    case 'calibrated':
    case 'calibrationRefused':
      return takeCalibrated(state, devices, fact, now);
    default:
      return handleComing(state, seen, fact, now);
  }
}

/** Who comes, goes, and comes back. */
function handleComing(state: HealthState, seen: Seen, fact: Fact, now: Moment): Handled {
  const { devices } = seen;
  switch (fact.type) {
    case 'entityAppeared': {
      const entity = getRow(devices.entities, fact.entityId);
      return entity === undefined ? untouched(state) : renew(state, devices, entity, now.mono, now);
    }
    case 'deviceAnnounced':
      return lookAgain(state, seen, getRow(devices.entitiesByTopic, fact.discoveryTopic) ?? [], now);
    case 'deviceCorrected':
      return lookAgain(state, seen, entityIdsOf(devices, fact.deviceId), now);
    case 'availabilityHeard':
      return takeAvailability(state, seen, fact, now);
    case 'entityLost':
      return lookAgain(state, seen, [fact.entityId], now);
    case 'entityFound':
      return takeFound(state, seen, fact, now);
    case 'boardStarted':
      return takeStart(state, seen, fact, now);
    case 'commandTimedOut':
      return touchSiren(state, seen, fact.entityId);
    case 'commandConfirmed':
      return takeObeyed(state, devices, fact, now);
    case 'commandSent':
      return getRow(devices.commands, fact.entityId)?.phase === 'assumed'
        ? touchSiren(state, seen, fact.entityId)
        : untouched(state);
    case 'houseResumed':
      return untouched(wakeAtGrace(takeUp({ ...state, startedAt: now.mono }, seen, now), seen));
    case 'brokerFound':
      return untouched(wakeAtGrace(state, seen));
    default:
      return untouched(state);
  }
}

/** An earlier version stored sensors without their health. */
function takeUp(state: HealthState, { devices }: Seen, now: Moment): HealthState {
  let next = state;
  for (const [id, entity] of rowsOf(devices.entities)) {
    if (isWatched(entity) && getRow(next.health, id) === undefined)
      next = withRow(next, id, newRow(now, null));
  }
  return next;
}

const wakeAtGrace = (state: HealthState, { devices }: Seen): HealthState => ({
  ...state,
  wakeAt: earliest(state.wakeAt, devices.graceUntil),
});

function lookAgain(
  state: HealthState,
  { devices }: Seen,
  entityIds: readonly string[],
  now: Moment,
): Handled {
  let next = state;
  const touched: string[] = [];
  for (const id of entityIds) {
    const entity = getRow(devices.entities, id);
    if (entity === undefined) continue;
    const handled = resettle(next, devices, entity, now);
    next = handled.state;
    touched.push(...handled.touched);
  }
  return { state: next, touched };
}

type Of<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** "Online" gives it as long as ever to speak. */
function takeAvailability(
  state: HealthState,
  seen: Seen,
  fact: Of<'availabilityHeard'>,
  now: Moment,
): Handled {
  if (getRow(state.health, fact.entityId) === undefined) return untouched(state);
  const wasSilent = getRow(state.health, fact.entityId)?.findings.silent !== undefined;
  const next = fact.online && wasSilent ? fromNow(state, fact.entityId, now) : state;
  return lookAgain(next, seen, [fact.entityId], now);
}

const fromNow = (state: HealthState, entityId: string, now: Moment): HealthState =>
  withPulse(state, entityId, { ...pulseOf(state, entityId), from: now.mono });

/** It is back. What runs on mains, and does not say when it started, may have been without power. */
function takeFound(state: HealthState, seen: Seen, fact: Of<'entityFound'>, now: Moment): Handled {
  const { devices } = seen;
  if (getRow(state.health, fact.entityId) === undefined) return untouched(state);
  const handled = lookAgain(fromNow(state, fact.entityId, now), seen, [fact.entityId], now);
  const device = getRow(devices.devices, fact.deviceId);
  if (device?.kind === 'board' || isOnBattery(devices, fact.deviceId)) return handled;
  return merged(handled, heat(handled.state, seen, [fact.entityId], now.mono, now));
}

/** A board that started anew warms up, and has perhaps started too often. */
function takeStart(state: HealthState, seen: Seen, fact: Of<'boardStarted'>, now: Moment): Handled {
  const ids = watchedOf(seen.devices, fact.deviceId).map(({ id }) => id);
  const heated = heat(state, seen, ids, now.mono - (fact.upMs ?? 0), now);
  return merged(heated, lookAgain(heated.state, seen, ids, now));
}

function heat(
  state: HealthState,
  { devices }: Seen,
  entityIds: readonly string[],
  poweredAt: number,
  now: Moment,
): Handled {
  let next = state;
  const touched: string[] = [];
  for (const id of entityIds) {
    const entity = getRow(devices.entities, id);
    const row = getRow(next.health, id);
    if (entity === undefined || row === undefined) continue;
    const made = warmUpFrom(lookAt(next, devices, entity, row, now), poweredAt);
    const findings = withFinding(row.findings, 'warm-up', made, now);
    if (findings === row.findings) continue;
    next = withRow(next, id, { ...row, findings });
    next = { ...next, wakeAt: earliest(next.wakeAt, made?.endsAt ?? null) };
    touched.push(id);
  }
  return { state: next, touched };
}

const merged = (first: Handled, second: Handled): Handled => ({
  state: second.state,
  touched: [...new Set([...first.touched, ...second.touched])],
});

/** A siren that answered, or did not. */
function touchSiren(state: HealthState, { devices }: Seen, entityId: string): Handled {
  const entity = getRow(devices.entities, entityId);
  return entity !== undefined && isSiren(entity) ? { state, touched: [entityId] } : untouched(state);
}

/** It is gone, or measures something else: then it is watched anew. */
function retire(
  state: HealthState,
  seen: Seen,
  fact: Of<'entityRetired'>,
  now: Moment,
): Outcome<HealthState> {
  const { devices } = seen;
  const entity = getRow(devices.entities, fact.entityId);
  // It is out of the registry already; its id begins with that of its device.
  const deviceId = fact.entityId.slice(0, fact.entityId.indexOf('.'));
  if (getRow(state.health, fact.entityId) === undefined && entity === undefined) return { state };
  const forgotten = forget(state, fact.entityId);
  if (entity !== undefined) {
    const renewed = renew(forgotten, devices, entity, null, now);
    return tell(state, renewed.state, devices, [fact.entityId], now);
  }
  const { state: next, facts = [] } = forgetTrouble(forgotten, fact.entityId, deviceId);
  const left = entityIdsOf(devices, deviceId)[0];
  const told = left === undefined ? { state: next } : tell(next, next, devices, [left], now);
  return { state: told.state, facts: [...facts, ...(told.facts ?? [])] };
}
