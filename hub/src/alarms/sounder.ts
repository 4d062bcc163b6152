import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, type Table } from '../house/table.ts';
import { earliest, MINUTE_MS, type Millis, type Moment } from '../shared/time.ts';
import { type AlarmRow, asksForSound, pointOf } from './alarmRow.ts';
import { beginCalls, type Calls, NO_CALLS, reduceCalls } from './calls.ts';
import { type Endings, NO_ENDINGS, reduceEndings } from './endings.ts';
import { isSounding } from './schema.ts';
import { goesBefore, isLoud, type Pattern, patternOf, type Sound } from './sounderPatterns.ts';

/**
 * The one decision of what the house sounds, and when its sirens are told again. Volatile: it follows from the alarms, and after a
 * start the sirens are told as soon as the broker is found.
 */
export type Sounder = {
  /** The alarms from which `sound` was chosen. */
  readonly rows: Table<AlarmRow>;
  /** Null: nothing is to sound. */
  readonly sound: Sound | null;
  /** House time at which the choice may be another one though no alarm changed; null: never. */
  readonly recheckAt: Millis | null;
  readonly calls: Calls;
  /** Sirens that may have missed the end. */
  readonly endings: Endings;
};

/** From this hour of the night on, and until that one, trouble that can wait is silent. Local hours. Source: safety.md §1.5. */
const NIGHT_FROM_H = 22;
const NIGHT_UNTIL_H = 7;

/** Trouble that may chirp or not by the hour is looked at again this often, ms. */
const HOUR_CHECK_MS: Millis = MINUTE_MS;

const isNight = (utc: Millis): boolean => {
  const hour = new Date(utc).getHours();
  return hour >= NIGHT_FROM_H || hour < NIGHT_UNTIL_H;
};

type Choice = Pick<Sounder, 'sound' | 'recheckAt'>;

/** What one alarm asks for now, and when that may change by the clock alone. */
function askedBy(row: AlarmRow, now: Moment): { pattern: Pattern | null; recheckAt: Millis | null } {
  const pattern = asksForSound(row) ? patternOf(row) : null;
  if (pattern === null) return { pattern, recheckAt: null };
  // Trouble of what a life depends on may wake people.
  if (!isLoud(pattern) && !row.isLifeSensor)
    return { pattern: isNight(now.utc) ? null : pattern, recheckAt: now.mono + HOUR_CHECK_MS };
  if (pattern.longestMs === null) return { pattern, recheckAt: null };
  const endsAt = row.since.mono + pattern.longestMs;
  return now.mono < endsAt ? { pattern, recheckAt: endsAt } : { pattern: null, recheckAt: null };
}

/** The worst pattern that any alarm asks for; of several alarms the first one. */
export function chooseSound(rows: Table<AlarmRow>, now: Moment): Choice {
  let best: { pattern: Pattern; row: AlarmRow } | null = null;
  let recheckAt: Millis | null = null;
  for (const [, row] of rowsOf(rows)) {
    const asked = askedBy(row, now);
    recheckAt = earliest(recheckAt, asked.recheckAt);
    const { pattern } = asked;
    if (pattern !== null && (best === null || isBetter(pattern, row, best))) best = { pattern, row };
  }
  if (best === null) return { sound: null, recheckAt };
  const { alarmId, kind } = best.row;
  return { sound: { pattern: best.pattern, alarmId, kind }, recheckAt };
}

function isBetter(pattern: Pattern, row: AlarmRow, best: { pattern: Pattern; row: AlarmRow }): boolean {
  if (pattern !== best.pattern) return goesBefore(pattern, best.pattern);
  const [a, b] = [row.since.mono, best.row.since.mono];
  return a < b || (a === b && row.alarmId < best.row.alarmId);
}

/** Takes up stored alarms. What has ended by the clock meanwhile is seen at the first look. */
export function sounderFrom(rows: Table<AlarmRow>): Sounder {
  const { sound, recheckAt } = chooseSound(rows, { mono: Number.NEGATIVE_INFINITY, utc: 0 });
  return { rows, sound, recheckAt: recheckAt === null ? null : 0, calls: NO_CALLS, endings: NO_ENDINGS };
}

/** House time at which the sounder has something to do; null: it has not. */
export const sounderWakeAt = ({ recheckAt, calls, endings }: Sounder): Millis | null =>
  earliest(recheckAt, calls.wakeAt, endings.wakeAt);

/** @param rows the alarms, the fact taken in */
export function reduceSounder(
  before: Sounder,
  rows: Table<AlarmRow>,
  fact: Fact,
  now: Moment,
): Outcome<Sounder> {
  const ended = reduceEndings(before.endings, fact, now.mono);
  const last = ended.state === before.endings ? before : { ...before, endings: ended.state };
  const { state, facts = [] } = decide(last, rows, fact, now);
  return { state, facts: ended.facts === undefined ? facts : [...ended.facts, ...facts] };
}

function decide(before: Sounder, rows: Table<AlarmRow>, fact: Fact, now: Moment): Outcome<Sounder> {
  const isDue = before.recheckAt !== null && now.mono >= before.recheckAt;
  const state = rows === before.rows && !isDue ? before : { ...before, rows, ...chooseSound(rows, now) };
  const { sound } = state;
  if (sound?.pattern !== before.sound?.pattern) {
    const calls = sound === null ? NO_CALLS : beginCalls(now.mono);
    return { state: { ...state, calls }, facts: [{ type: 'soundChanged', from: before.sound, to: sound }] };
  }
  return sound === null ? { state } : goOn(state, sound, fact, now);
}

/** It sounds as before. */
function goOn(state: Sounder, sound: Sound, fact: Fact, now: Moment): Outcome<Sounder> {
  if (state.calls === NO_CALLS) return { state: { ...state, calls: beginCalls(now.mono) } };
  if (isAnotherDanger(sound, state.rows, fact))
    return { state, facts: [{ type: 'sirensCalled', entityIds: null }] };
  const { state: calls, facts = [] } = reduceCalls(state.calls, fact, now);
  return { state: calls === state.calls ? state : { ...state, calls }, facts };
}

/** Another alarm that wants every siren was raised while they sound: they are told once more, in the voice of the worst. */
function isAnotherDanger(sound: Sound, rows: Table<AlarmRow>, fact: Fact): boolean {
  const isNew = fact.type === 'alarmRaised' || (fact.type === 'alarmLevelChanged' && !isSounding(fact.from));
  if (!isNew || fact.alarmId === sound.alarmId) return false;
  const row = getRow(rows, pointOf(fact.kind, fact.entityId));
  const pattern = row !== undefined && asksForSound(row) ? patternOf(row) : null;
  return pattern !== null && isLoud(pattern);
}
