import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { type AlarmRow, pointOf } from './alarmRow.ts';
import { unshelve } from './aside.ts';
import { holdMs } from './chatter.ts';
import type { AlarmFact, ConditionFact } from './facts.ts';
import { floodEndsAt } from './flood.ts';
import { takeSteps } from './ladder.ts';
import { end, type Move, retire, retiresAt, showAgain, showsAgainAt } from './life.ts';
import { REMIND_MS } from './limits.ts';
import { applyAll, applyMove, endHush } from './move.ts';
import { type AlarmsState, firstDue, floodOf, HOUSEHOLD } from './state.ts';
import { settled } from './trend.ts';

type Settled = Outcome<AlarmsState>;

/** What passing time does, one function each. Held-back ends come first, so that no alarm is told of that was over before. */
const DUE: readonly ((state: AlarmsState, now: Moment) => Settled)[] = [
  endHeldBack,
  settleRows,
  climbLadders,
  endFlood,
  settleTrends,
];

/** Settles every deadline that has passed. */
export function settleDue(before: AlarmsState, now: Moment): Settled {
  if (before.wakeAt === null || now.mono < before.wakeAt) return { state: before };
  const facts: AlarmFact[] = [];
  let state = before;
  for (const settle of DUE) {
    const outcome = settle(state, now);
    state = outcome.state;
    facts.push(...(factsThatFollow(outcome) as readonly AlarmFact[]));
  }
  return { state: { ...state, wakeAt: firstDue(state) }, facts };
}

type Ended = Extract<ConditionFact, { type: 'conditionEnded' }>;

/** A condition ended. One that chatters is held back. */
export function endCondition(
  state: AlarmsState,
  { kind, entityId, offDelayMs = 0 }: Ended,
  now: Moment,
): Settled {
  const point = pointOf(kind, entityId);
  const row = getRow(state.rows, point);
  if (!row?.active) return { state };
  const chatter = getRow(state.chatters, point);
  const hold = holdMs(kind, offDelayMs);
  if (chatter === undefined || hold === 0) return applyMove(state, end(row, now), now);
  if (chatter.clearsAt !== null) return { state };
  const chatters = setRow(state.chatters, point, { ...chatter, clearsAt: now.mono + hold });
  return { state: { ...state, chatters, wakeAt: firstDue({ ...state, chatters }) } };
}

/** The condition is back before its end was told: it never ended. */
export function withoutEnd(state: AlarmsState, point: string): AlarmsState {
  const chatter = getRow(state.chatters, point);
  if (chatter === undefined || chatter.clearsAt === null) return state;
  return { ...state, chatters: setRow(state.chatters, point, { ...chatter, clearsAt: null }) };
}

function endHeldBack(before: AlarmsState, now: Moment): Settled {
  let state = before;
  const facts: AlarmFact[] = [];
  for (const [point, chatter] of rowsOf(before.chatters)) {
    if (chatter.clearsAt !== null && chatter.clearsAt > now.mono) continue;
    const isOver = chatter.until <= now.mono;
    if (chatter.clearsAt === null && !isOver) continue;
    const move = moveOfChatter(getRow(state.rows, point), chatter.clearsAt !== null, now);
    const left = isOver
      ? deleteRow(state.chatters, point)
      : setRow(state.chatters, point, { ...chatter, clearsAt: null });
    const outcome = applyMove({ ...state, chatters: left }, move, now);
    state = outcome.state;
    facts.push(...(factsThatFollow(outcome) as readonly AlarmFact[]));
    if (isOver) facts.push(chatterEnded(point));
  }
  return { state, facts };
}

const chatterEnded = (point: string): AlarmFact => {
  const at = point.indexOf(':');
  return {
    type: 'chatterEnded',
    kind: point.slice(0, at) as AlarmRow['kind'],
    entityId: point.slice(at + 1),
  };
};

function moveOfChatter(row: AlarmRow | undefined, isHeld: boolean, now: Moment): Move | null {
  if (row === undefined) return null;
  return isHeld ? end(row, now) : { event: 'chatter-ended', before: row, after: row, by: null };
}

/** Hushes and shelves that end, alarms that nobody looked at, and daily reminders. */
function settleRows(state: AlarmsState, now: Moment): Settled {
  const outcome = applyAll(state, (row) => rowDue(row, now), now);
  const facts = factsThatFollow(outcome) as readonly AlarmFact[];
  return { state: outcome.state, facts: [...facts, ...facts.flatMap(reminderOf)] };
}

function reminderOf(fact: AlarmFact): AlarmFact[] {
  if (fact.type !== 'alarmMoved' || fact.event !== 'stale') return [];
  const { alarmId, kind, level, entityId } = fact;
  return [
    { type: 'alarmReminded', alarmId, kind, level, entityId, outOfService: fact.to === 'outOfService' },
  ];
}

const hasPassed = (due: Millis | null, now: Moment): boolean => due !== null && due <= now.mono;

function rowDue(row: AlarmRow, now: Moment): Move | null {
  if (hasPassed(row.shelf?.until.mono ?? null, now)) return unshelve(row, null, now);
  if (hasPassed(retiresAt(row), now)) return retire(row);
  if (hasPassed(row.hushedUntil?.mono ?? null, now)) return endHush(row, null);
  if (hasPassed(showsAgainAt(row), now)) return showAgain(row);
  return hasPassed(row.remindAt, now) ? remind(row, now.mono) : null;
}

/** However long nobody was there to remind, it is said once. */
function remind(row: AlarmRow, now: Millis): Move {
  const remindAt = now + REMIND_MS;
  return { event: 'stale', before: row, after: { ...row, stale: true, remindAt }, by: null };
}

function climbLadders(before: AlarmsState, now: Moment): Settled {
  let { ladders } = before;
  const facts: AlarmFact[] = [];
  for (const [point, ladder] of rowsOf(before.ladders)) {
    if (ladder.dueAt === null || ladder.dueAt > now.mono) continue;
    const row = getRow(before.rows, point);
    // Without an alarm nobody is told; left in its place it would be due again at once, for ever.
    if (row === undefined) {
      ladders = deleteRow(ladders, point);
      continue;
    }
    const taken = takeSteps(ladder, row, now.mono);
    ladders = setRow(ladders, point, taken.ladder);
    facts.push(...taken.facts);
  }
  return { state: ladders === before.ladders ? before : { ...before, ladders }, facts };
}

function endFlood(state: AlarmsState, now: Moment): Settled {
  const flood = floodOf(state);
  if (!hasPassed(floodEndsAt(flood), now)) return { state };
  const floods = setRow(state.floods, HOUSEHOLD, { ...flood, since: null });
  return { state: { ...state, floods }, facts: [{ type: 'alarmFloodEnded' }] };
}

function settleTrends(state: AlarmsState, now: Moment): Settled {
  let { trends } = state;
  for (const [id, trend] of rowsOf(trends)) trends = setRow(trends, id, settled(trend, now.mono));
  return { state: trends === state.trends ? state : { ...state, trends } };
}
