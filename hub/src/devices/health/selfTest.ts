import type { Fact } from '../../house/facts.ts';
import { DAY_MS, type Millis, type Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import type { Quantity } from '../schema.ts';
import { quantityOf } from '../state.ts';
import { type Checked, PASSED, withFinding } from './findings.ts';
import {
  BUTTON_TEST_EVERY_MS,
  FRESH_NOTED_MS,
  SIREN_TEST_EVERY_MS,
  TEST_EARLY_MS,
  TEST_HOUR,
} from './limits.ts';
import type { Look } from './look.ts';
import type { HealthRow } from './state.ts';
import { isSiren } from './watched.ts';

/** Alarms with a test button. */
const BUTTONED: ReadonlySet<Quantity> = new Set<Quantity>(['smoke', 'carbon_monoxide']);

/** How often somebody is to test it, ms; null: it has nothing to test it by. */
function everyOf(entity: Entity): Millis | null {
  if (isSiren(entity)) return SIREN_TEST_EVERY_MS;
  const isAlarm = entity.config.component === 'binary_sensor' && BUTTONED.has(quantityOf(entity));
  return isAlarm ? BUTTON_TEST_EVERY_MS : null;
}

/** Hour of the day, 0 to 23, at which its test is asked for; null: it never is. */
export const testHourOf = (entity: Entity, { testHour }: Pick<HealthRow, 'testHour'>): number | null =>
  everyOf(entity) === null ? null : (testHour ?? TEST_HOUR);

/** Nobody has tested it for long: whether it would sound, or be heard, only a test tells. Source: safety.md §3.2 "Self test". */
export function checkSelfTest({ entity, row, now }: Look): Checked {
  const every = everyOf(entity);
  if (every === null) return PASSED;
  const soonest = row.checkedAt + every - TEST_EARLY_MS;
  // What was asked for is asked for until it is done, whatever the clock is set to.
  const wasAsked = row.findings['self-test'] !== undefined && now.mono >= soonest;
  const dueAt = wasAsked ? soonest : hourAfter(soonest, row.testHour ?? TEST_HOUR, now);
  if (now.mono < dueAt) return { made: null, next: dueAt };
  const days = Math.floor((now.mono - row.checkedAt) / DAY_MS);
  const next = row.checkedAt + (days + 1) * DAY_MS;
  return { made: { state: 'suspect', priority: 4, detail: days }, next };
}

/** House time at which the clock of the hub shows that full hour, from then on. */
function hourAfter(from: Millis, hour: number, { mono, utc }: Moment): Millis {
  const begin = from + (utc - mono);
  const at = new Date(begin);
  at.setHours(hour, 0, 0, 0);
  if (at.getTime() < begin) at.setDate(at.getDate() + 1);
  const due = at.getTime() - (utc - mono);
  // A clock that shows no date at all.
  return Number.isFinite(due) ? due : from;
}

/** An alarm that says "on" was tested by that, or needs no test. Not written down with each: see `FRESH_NOTED_MS`. */
export function withOnHeard(row: HealthRow, { quantity, value }: Reading, now: Moment): HealthRow {
  if (value !== true || !BUTTONED.has(quantity) || now.mono - row.checkedAt < FRESH_NOTED_MS) return row;
  return testedNow(row, now);
}

type Reading = Extract<Fact, { type: 'reading' }>;

/** It works. */
export const testedNow = (row: HealthRow, now: Moment): HealthRow => ({
  ...row,
  tested: now,
  checkedAt: now.mono,
  findings: withFinding(row.findings, 'self-test', null, now),
});
