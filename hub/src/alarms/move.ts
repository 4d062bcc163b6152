import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { deleteRow, eachRow, getRow, rowsOf, setRow } from '../house/table.ts';
import { earliest, type Millis, type Moment } from '../shared/time.ts';
import { type AlarmRow, isAside, pointOfRow, refOf } from './alarmRow.ts';
import { unsuppress } from './aside.ts';
import { areFresh, beginChatter, dueOfChatter, isChatter, withMove } from './chatter.ts';
import type { AlarmFact } from './facts.ts';
import { firstOutOf } from './firstOut.ts';
import { floodEndsAt, withRaise } from './flood.ts';
import { climb, takeSteps } from './ladder.ts';
import { becomesUrgent, bringsSiren, dueOfRow, type Move } from './life.ts';
import { compareLevels } from './schema.ts';
import { type AlarmsState, floodOf, HOUSEHOLD, withRow } from './state.ts';
import { followDanger, steadyAt } from './trend.ts';

type Moved = Outcome<AlarmsState>;

/** What follows of one transition, one function each; each sees the state after the one before. */
const CONSEQUENCES: readonly ((state: AlarmsState, move: Move, now: Moment) => Moved)[] = [
  followTrend,
  countChatter,
  countFlood,
  climbLadder,
  endHushes,
  endSuppressions,
];

/** Brings one transition into the state, with all that follows from it, and says so. */
export function applyMove(before: AlarmsState, asked: Move | null, now: Moment): Moved {
  if (asked === null) return { state: before };
  const move = withFirstOut(before, asked, now.mono);
  const row = move.after ?? move.before;
  if (row === null) return { state: before };
  const facts: AlarmFact[] = [...factsOf(move)];
  let state = withRow(before, pointOfRow(row), move.after);
  for (const consequence of CONSEQUENCES) {
    const outcome = consequence(state, move, now);
    state = outcome.state;
    facts.push(...(factsThatFollow(outcome) as readonly AlarmFact[]));
  }
  const wakeAt = earliest(state.wakeAt, move.after === null ? null : dueOfRow(move.after));
  return { state: wakeAt === state.wakeAt ? state : { ...state, wakeAt }, facts };
}

/** B, with its condition: people have to be told, or to look again. */
const asksForEyes = ({ before, after }: Move): boolean =>
  after?.state === 'unacknowledged' && after.active && !(before?.state === 'unacknowledged' && before.active);

/** People had heard nothing of it, or thought that it was over. */
const isRaised = (move: Move): boolean =>
  asksForEyes(move) && (move.before === null || !move.before.active || isAside(move.before));

function withFirstOut(state: AlarmsState, move: Move, now: Millis): Move {
  if (move.after === null || !isRaised(move)) return move;
  const firstOutId = firstOutOf(state.rows, move.after, now);
  return { ...move, after: { ...move.after, firstOutId } };
}

function factsOf(move: Move): AlarmFact[] {
  const { event, before, after, by } = move;
  const row = after ?? (before as AlarmRow);
  const facts: AlarmFact[] = [
    {
      type: 'alarmMoved',
      ...refOf(row),
      event,
      from: before?.state ?? 'normal',
      to: after?.state ?? 'normal',
      roomId: row.roomId,
      value: row.value,
      by,
      row: after,
    },
  ];
  if (isRaised(move))
    facts.push({ type: 'alarmRaised', ...refOf(row), roomId: row.roomId, value: row.value });
  if (before !== null && !isAside(before)) facts.push(...newsOf(move, before, row));
  if (after === null) facts.push({ type: 'alarmReturned', ...refOf(row), by });
  return facts;
}

/** What people are told of an alarm that they had heard of. */
function newsOf({ event, by }: Move, before: AlarmRow, row: AlarmRow): AlarmFact[] {
  switch (event) {
    case 'level-changed':
      return [{ type: 'alarmLevelChanged', ...refOf(row), from: before.level }];
    case 'cleared':
      return [{ type: 'alarmCleared', ...refOf(row) }];
    case 'acknowledged':
      return [{ type: 'alarmAcknowledged', ...refOf(row), by: by ?? '' }];
    default:
      return [];
  }
}

function followTrend(state: AlarmsState, { before, after }: Move, now: Moment): Moved {
  const row = (after ?? before) as AlarmRow;
  const trends = followDanger(state.trends, row, after, now.mono);
  if (trends === state.trends) return { state };
  const trend = getRow(trends, pointOfRow(row));
  const wakeAt = earliest(state.wakeAt, trend === undefined ? null : steadyAt(trend));
  return { state: { ...state, trends, wakeAt } };
}

/** Old moves are thrown away when there are so many, so that nothing has to wake for them. */
const MAX_MOVED = 256;

function noteMove(state: AlarmsState, point: string, now: Millis): AlarmsState {
  let moved = setRow(state.moved, point, withMove(getRow(state.moved, point) ?? [], now));
  if (moved.size > MAX_MOVED)
    for (const [id, old] of rowsOf(moved)) if (!areFresh(old, now)) moved = deleteRow(moved, id);
  return { ...state, moved };
}

function countChatter(before: AlarmsState, { event, ...move }: Move, now: Moment): Moved {
  const row = move.after ?? move.before;
  if (row === null || (event !== 'raised' && event !== 'cleared') || isAside(row)) return { state: before };
  const point = pointOfRow(row);
  const state = noteMove(before, point, now.mono);
  const isNew =
    isChatter(getRow(state.moved, point) as readonly Millis[]) && getRow(state.chatters, point) === undefined;
  return isNew ? startChatter(state, row, move.after, now) : { state };
}

function startChatter(before: AlarmsState, row: AlarmRow, after: AlarmRow | null, now: Moment): Moved {
  const { kind, entityId } = row;
  const chatter = beginChatter(now.mono);
  const chatters = setRow(before.chatters, pointOfRow(row), chatter);
  const next = { ...before, chatters, wakeAt: earliest(before.wakeAt, dueOfChatter(chatter)) };
  const move: Move | null = after && { event: 'chatter-began', before: after, after, by: null };
  const { state, facts = [] } = applyMove(next, move, now);
  return { state, facts: [...facts, { type: 'chatterBegan', kind, entityId }] };
}

function countFlood(state: AlarmsState, move: Move, now: Moment): Moved {
  if (move.event !== 'raised' || !isRaised(move)) return { state };
  const before = floodOf(state);
  const flood = withRaise(before, now);
  const floods = setRow(state.floods, HOUSEHOLD, flood);
  const next = { ...state, floods, wakeAt: earliest(state.wakeAt, floodEndsAt(flood)) };
  return flood.since === before.since
    ? { state: next }
    : { state: next, facts: [{ type: 'alarmFloodBegan' }] };
}

function climbLadder(state: AlarmsState, move: Move, now: Moment): Moved {
  const { before, after } = move;
  if (after === null) {
    const ladders = deleteRow(state.ladders, pointOfRow(before as AlarmRow));
    return { state: ladders === state.ladders ? state : { ...state, ladders } };
  }
  const point = pointOfRow(after);
  const old = getRow(state.ladders, point) ?? null;
  const isNew = asksForEyes(move) || (before !== null && becomesUrgent(before, after));
  const ladder = climb(old, after, isNew, now.mono);
  if (ladder === old || ladder === null) return { state };
  const isDue = ladder.dueAt !== null && ladder.dueAt <= now.mono;
  const taken = isDue ? takeSteps(ladder, after, now.mono) : { ladder, facts: [] };
  const ladders = setRow(state.ladders, point, taken.ladder);
  return {
    state: { ...state, ladders, wakeAt: earliest(state.wakeAt, taken.ladder.dueAt) },
    facts: taken.facts,
  };
}

/** Whoever hushed one alarm has not heard of this one: a new siren, or a worse one, ends every hush. */
function endHushes(state: AlarmsState, move: Move, now: Moment): Moved {
  const { before, after, event } = move;
  if (after === null || after.sound !== 'siren' || isAside(after)) return { state };
  const isWorse =
    before !== null &&
    (event === 'level-changed' || event === 'changed') &&
    (compareLevels(after.level, before.level) > 0 || bringsSiren(before, after));
  if (!isWorse && !isRaised(move)) return { state };
  return applyAll(state, (row) => (row.hushedUntil === null ? null : endHush(row, null)), now);
}

/** What an alarm explained stands for itself once that is over. */
function endSuppressions(state: AlarmsState, { before, after }: Move, now: Moment): Moved {
  if (after !== null || before === null) return { state };
  return applyAll(state, (row) => (row.suppressedBy === before.alarmId ? unsuppress(row, now) : null), now);
}

export const endHush = (row: AlarmRow, by: string | null): Move => ({
  event: 'hush-ended',
  before: row,
  after: { ...row, hushedUntil: null },
  by,
});

/** One transition for each row for which there is one, as it stands when its turn comes. */
export function applyAll(before: AlarmsState, moveOf: (row: AlarmRow) => Move | null, now: Moment): Moved {
  const asked: string[] = [];
  eachRow(before.rows, (row, point) => {
    if (moveOf(row) !== null) asked.push(point);
  });
  if (asked.length === 0) return { state: before };
  let state = before;
  const facts: AlarmFact[] = [];
  for (const point of asked) {
    const row = getRow(state.rows, point);
    const outcome = applyMove(state, row === undefined ? null : moveOf(row), now);
    state = outcome.state;
    facts.push(...(factsThatFollow(outcome) as readonly AlarmFact[]));
  }
  return { state, facts };
}
