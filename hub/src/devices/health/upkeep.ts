import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import { switching } from '../command.ts';
import type { Entity } from '../entity.ts';
import type { DevicesState } from '../state.ts';
import { type Made, withFinding } from './findings.ts';
import { type Handled, pulseOf, resettle, untouched, withPulse, withRow } from './handled.ts';
import { endOfLife, lifeOf } from './lifeSpan.ts';
import { FRESH_NOTED_MS } from './limits.ts';
import { testedNow } from './selfTest.ts';
import type { HealthRow, HealthState } from './state.ts';
import { isSiren } from './watched.ts';

type Changed = Extract<Fact, { type: 'upkeepChanged' }>;

const DISABLED: Made = { state: 'disabled', priority: 4 };

/** A person tells what no sensor can. */
export function takeUpkeep(
  state: HealthState,
  devices: DevicesState,
  { entityId, upkeep }: Changed,
  now: Moment,
): Handled {
  const entity = getRow(devices.entities, entityId);
  const row = getRow(state.health, entityId);
  if (entity === undefined || row === undefined) return untouched(state);
  const told = withDates(entity, row, upkeep, now);
  const next =
    upkeep.tested === true ? checkedNow(state, entityId, told, now) : withRow(state, entityId, told);
  const settled = resettle(next, devices, entity, now);
  return { state: settled.state, touched: [entityId] };
}

/** What was said, or what was known while nothing was said of it. Null: it is not known any more. */
const said = <T>(now: T | undefined, before: T): T => (now === undefined ? before : now);

function withDates(entity: Entity, row: HealthRow, upkeep: Changed['upkeep'], now: Moment): HealthRow {
  const next: HealthRow = {
    ...row,
    madeOn: said(upkeep.madeOn, row.madeOn),
    lifeMonths: said(upkeep.lifeMonths, row.lifeMonths),
    technology: said(upkeep.technology, row.technology),
    tested: upkeep.tested === true ? now : row.tested,
    testHour: said(upkeep.testHour, row.testHour ?? null),
    lowVolts: said(upkeep.lowVolts, row.lowVolts ?? null),
    disabled: said(upkeep.disabled, row.disabled),
  };
  const findings = withFinding(row.findings, 'disabled', next.disabled ? DISABLED : null, now);
  const isDated = upkeep.madeOn !== undefined || upkeep.lifeMonths !== undefined;
  const endsAt = isDated ? endOfLife(next.madeOn, lifeOf({ entity }, next), now) : row.endsAt;
  // Another month of manufacture is another sensor.
  return { ...next, findings, endsAt, isWorn: isDated ? false : (row.isWorn ?? false) };
}

/** It was calibrated: so it was checked, and it is known whether it is used up. Or it could not be, because it is. */
export function takeCalibrated(
  state: HealthState,
  devices: DevicesState,
  fact: Extract<Fact, { type: 'calibrated' | 'calibrationRefused' }>,
  now: Moment,
): Handled {
  const { entityId } = fact;
  const entity = getRow(devices.entities, entityId);
  const row = getRow(state.health, entityId);
  if (entity === undefined || row === undefined) return untouched(state);
  if (fact.type === 'calibrated') {
    return resettle(checkedNow(state, entityId, { ...row, isWorn: fact.isWorn }, now), devices, entity, now);
  }
  if (fact.reason !== 'worn-out') return untouched(state);
  return resettle(withRow(state, entityId, { ...row, isWorn: true }), devices, entity, now);
}

/** It was tested or calibrated: it moves, and it is right. */
export function checkedNow(state: HealthState, entityId: string, row: HealthRow, now: Moment): HealthState {
  const pulse = pulseOf(state, entityId);
  const next = pulse.still === null ? state : withPulse(state, entityId, { ...pulse, still: null });
  const findings = withFinding(row.findings, 'stuck', null, now);
  return withRow(next, entityId, { ...row, findings, still: null, checkedAt: now.mono });
}

/** A siren that was told to sound and says that it does: that is its test, whoever asked for it. */
export function takeObeyed(
  state: HealthState,
  devices: DevicesState,
  { entityId, command }: Extract<Fact, { type: 'commandConfirmed' }>,
  now: Moment,
): Handled {
  const entity = getRow(devices.entities, entityId);
  const row = getRow(state.health, entityId);
  if (entity === undefined || row === undefined || !isSiren(entity)) return untouched(state);
  const isTest = switching(command)?.on === true && now.mono - row.checkedAt >= FRESH_NOTED_MS;
  if (!isTest) return { state, touched: [entityId] };
  const settled = resettle(withRow(state, entityId, testedNow(row, now)), devices, entity, now);
  return { state: settled.state, touched: [entityId] };
}
