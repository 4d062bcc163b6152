import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { eachRow, getRow, type Table } from '../house/table.ts';
import { earlier, earliest, MINUTE_MS, type Millis, type Moment } from '../shared/time.ts';
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

/** From this hour of the night on, and until that one, trouble that can wait is silent. Hours by the clock of the hub (`TZ`). Source: safety.md §1.5. */
const NIGHT_FROM_H = 22;
const NIGHT_UNTIL_H = 7;

/** Trouble that may chirp or not by the hour is looked at again this often, ms. */
const HOUR_CHECK_MS: Millis = MINUTE_MS;

const isNight = (utc: Millis): boolean => {
  const hour = new Date(utc).getHours();
  return hour >= NIGHT_FROM_H || hour < NIGHT_UNTIL_H;
};

type Choice = Pick<Sounder, 'sound' | 'recheckAt'>;

/** Trouble of what a life depends on may wake people; other trouble waits for the morning. */
const waitsForMorning = (row: AlarmRow, pattern: Pattern): boolean => !isLoud(pattern) && !row.isLifeSensor;

/** House time at which a pattern that is asked for has sounded long enough; null: it goes on. */
const endOf = (row: AlarmRow, { longestMs }: Pattern): Millis | null =>
  longestMs === null ? null : row.since.mono + longestMs;

/** Whether the alarm's pattern may sound now. */
function isDueNow(row: AlarmRow, pattern: Pattern, now: Moment): boolean {
  if (waitsForMorning(row, pattern)) return !isNight(now.utc);
  const end = endOf(row, pattern);
  return end === null || now.mono < end;
}

/** House time at which that may be another answer by the clock alone; null: never. */
function nextLookAt(row: AlarmRow, pattern: Pattern, now: Moment): Millis | null {
  if (waitsForMorning(row, pattern)) return now.mono + HOUR_CHECK_MS;
  const end = endOf(row, pattern);
  return end === null || now.mono >= end ? null : end;
}

/** The worst pattern that any alarm asks for; of several alarms the first one. */
export function chooseSound(rows: Table<AlarmRow>, now: Moment): Choice {
  let sound: Sound | null = null;
  let first: AlarmRow | null = null;
  let recheckAt: Millis | null = null;
  eachRow(rows, (row) => {
    const pattern = asksForSound(row) ? patternOf(row) : null;
    if (pattern === null) return;
    recheckAt = earliest(recheckAt, nextLookAt(row, pattern, now));
    if (!isDueNow(row, pattern, now)) return;
    if (sound !== null && first !== null && !isBetter(pattern, row, sound.pattern, first)) return;
    sound = { pattern, alarmId: row.alarmId, kind: row.kind };
    first = row;
  });
  return { sound, recheckAt };
}

function isBetter(pattern: Pattern, row: AlarmRow, best: Pattern, first: AlarmRow): boolean {
  if (pattern !== best) return goesBefore(pattern, best);
  const [a, b] = [row.since.mono, first.since.mono];
  return a < b || (a === b && row.alarmId < first.alarmId);
}

/** Takes up stored alarms. What has ended by the clock meanwhile is seen at the first look. */
export function sounderFrom(rows: Table<AlarmRow>): Sounder {
  const { sound, recheckAt } = chooseSound(rows, { mono: Number.NEGATIVE_INFINITY, utc: 0 });
  return { rows, sound, recheckAt: recheckAt === null ? null : 0, calls: NO_CALLS, endings: NO_ENDINGS };
}

/** House time at which the sounder has something to do; null: it has not. */
export const sounderWakeAt = ({ recheckAt, calls, endings }: Sounder): Millis | null =>
  earlier(earlier(recheckAt, calls.wakeAt), endings.wakeAt);

/** @param rows the alarms, the fact taken in */
export function reduceSounder(
  before: Sounder,
  rows: Table<AlarmRow>,
  fact: Fact,
  now: Moment,
): Outcome<Sounder> {
  const ended = reduceEndings(before.endings, fact, now.mono);
  const last = ended.state === before.endings ? before : { ...before, endings: ended.state };
  const decided = decide(last, rows, fact, now);
  return ended.facts === undefined
    ? decided
    : { state: decided.state, facts: [...ended.facts, ...factsThatFollow(decided)] };
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
