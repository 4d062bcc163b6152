import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { getRow, setRow } from '../../house/table.ts';
import { MINUTE_MS, type Millis, type Moment } from '../../shared/time.ts';
import { readingOf } from '../reading.ts';
import type { BoardLog } from '../rows.ts';
import type { DevicesState } from '../state.ts';

/** Alarm messages of a board that are remembered, to know doubles and late ones by. */
export const SEEN_MESSAGES = 64;
/** Starts of a board that are remembered. */
export const KEPT_STARTS = 8;
/** More starts than this within an hour: the board is restarting. Source: safety.md §3.2 "Reboots". */
export const MANY_STARTS = 3;

const HOUR_MS: Millis = 60 * MINUTE_MS;
const NEW_BOARD: BoardLog = { boot: null, seen: [], starts: [] };

const logOf = (state: DevicesState, deviceId: string): BoardLog =>
  getRow(state.boards, deviceId) ?? NEW_BOARD;

/** Whether the board has started too often within the last hour. */
export const isRestarting = (state: DevicesState, deviceId: string, now: Millis): boolean =>
  logOf(state, deviceId).starts.filter((at) => now - at < HOUR_MS).length > MANY_STARTS;

/** House time at which it has no longer started too often, if it starts no more; null: nothing is known of it. */
export function nextCalm(state: DevicesState, deviceId: string): Millis | null {
  const first = logOf(state, deviceId).starts.at(-MANY_STARTS - 1);
  return first === undefined ? null : first + HOUR_MS;
}

/**
 * A new boot id: its message numbers begin anew. What the boots before sent stays known, for it may come twice. The
 * very first one is no restart.
 */
export function startBoard(
  state: DevicesState,
  fact: Extract<Fact, { type: 'boardStarted' }>,
  now: Moment,
): Outcome<DevicesState> {
  const old = logOf(state, fact.deviceId);
  if (old.boot === fact.boot || getRow(state.devices, fact.deviceId) === undefined) return { state };
  const recent = old.starts.filter((at) => now.mono - at < HOUR_MS);
  const starts = old.boot === null ? recent : [...recent, now.mono].slice(-KEPT_STARTS);
  const log: BoardLog = { ...old, boot: fact.boot, starts };
  return { state: { ...state, boards: setRow(state.boards, fact.deviceId, log) } };
}

/** An alarm message: taken once, answered every time, so that a board whose answer was lost stops repeating it. */
export function takeBoardAlarm(
  state: DevicesState,
  fact: Extract<Fact, { type: 'boardAlarmHeard' }>,
): Outcome<DevicesState> {
  const { deviceId, boot, seq, value, ageMs } = fact;
  const entity = getRow(state.entities, fact.entityId);
  if (entity?.deviceId !== deviceId) return { state };
  const answer = { do: 'answerBoard', deviceId, boot, seq } as const;
  const log = logOf(state, deviceId);
  const taken = log.seen.filter(([from]) => from === boot).map(([, number]) => number);
  const floor = taken.length === SEEN_MESSAGES ? Math.min(...taken) : Number.NEGATIVE_INFINITY;
  if (taken.includes(seq) || seq < floor) return { state, effects: [answer] };
  const seen = [...log.seen, [boot, seq] as const].slice(-SEEN_MESSAGES);
  const boards = setRow(state.boards, deviceId, { ...log, boot: log.boot ?? boot, seen });
  const reading: Fact = { ...readingOf(state, entity, value), ageMs };
  const news: Fact = { type: 'boardAlarmTaken', deviceId, entityId: entity.id, boot, seq, value, ageMs };
  // An "off" that a newer message overtook may be past: it must not end an alarm. An "on" alarms all the same.
  const isPast = value === false && taken.some((number) => number > seq);
  return { state: { ...state, boards }, facts: isPast ? [news] : [news, reading], effects: [answer] };
}
