import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, emptyTable, getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';

/**
 * While there is danger every siren is told again this often, ms. A third of the shortest span that a siren is told to sound for
 * (half an hour), so that two lost messages do not silence it.
 */
export const CALL_AGAIN_MS: Millis = 10 * MINUTE_MS;

/**
 * Our own boards are told again this often, ms. Source: safety.md SIR-1 (at least every 10 s, with a lease of 30 s). Ours is shorter: a
 * board that is gone is known by an answer that does not come, and F-25 allows 10 s for that: two of these, and the way.
 */
export const RENEW_MS: Millis = 4 * SECOND_MS;

/**
 * A siren that says "off" while there is danger, or does not answer, is told again at once, but not more often than this, ms: it may be
 * worn out, and a siren that hears but cannot answer begins its tone anew each time.
 */
export const STOPPED_MS: Millis = 30 * SECOND_MS;

/** A siren that said "off" during this danger, or does not answer. */
type Stopped = {
  /** House time at which it was told again. */
  readonly toldAt: Millis;
  /** It said "off" once more since. */
  readonly again: boolean;
  /** It has not answered yet: it is told until it does. */
  readonly isMute: boolean;
};

/** When sirens are to be told again. */
export type Calls = {
  /** House time at which all are; null: nothing sounds. */
  readonly allAt: Millis | null;
  /** House time at which our own boards were told last, and are to be again. */
  readonly renewedAt: Millis;
  readonly renewAt: Millis | null;
  readonly stopped: Table<Stopped>;
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

export const NO_CALLS: Calls = {
  allAt: null,
  renewedAt: 0,
  renewAt: null,
  stopped: emptyTable(),
  wakeAt: null,
};

/** All were told just now. */
export const beginCalls = (now: Millis): Calls => ({
  allAt: now + CALL_AGAIN_MS,
  renewedAt: now,
  renewAt: now + RENEW_MS,
  stopped: emptyTable(),
  wakeAt: now + RENEW_MS,
});

export function reduceCalls(calls: Calls, fact: Fact, now: Moment): Outcome<Calls> {
  switch (fact.type) {
    case 'sirenStopped':
    case 'sirenUnanswered':
      return takeStopped(calls, fact.entityId, now.mono, fact.type === 'sirenUnanswered');
    case 'commandConfirmed':
      return { state: answered(calls, fact.entityId) };
    case 'entityRetired':
      return { state: withStopped(calls, deleteRow(calls.stopped, fact.entityId)) };
    case 'clockReached':
      return callDue(calls, now.mono);
    default:
      return { state: calls };
  }
}

function takeStopped(calls: Calls, entityId: string, now: Millis, isMute: boolean): Outcome<Calls> {
  const row = getRow(calls.stopped, entityId);
  if (row === undefined || now >= row.toldAt + STOPPED_MS) {
    const stopped = setRow(calls.stopped, entityId, { toldAt: now, again: false, isMute });
    return { state: withStopped(calls, stopped), facts: [{ type: 'sirensCalled', entityIds: [entityId] }] };
  }
  const next = { ...row, again: row.again || !isMute, isMute: row.isMute || isMute };
  if (next.again === row.again && next.isMute === row.isMute) return { state: calls };
  return { state: withStopped(calls, setRow(calls.stopped, entityId, next)) };
}

function answered(calls: Calls, entityId: string): Calls {
  const row = getRow(calls.stopped, entityId);
  if (!row?.isMute) return calls;
  return withStopped(calls, setRow(calls.stopped, entityId, { ...row, isMute: false }));
}

function callDue(calls: Calls, now: Millis): Outcome<Calls> {
  if (calls.wakeAt === null || now < calls.wakeAt) return { state: calls };
  const facts: Fact[] = [];
  let next = calls;
  if (calls.renewAt !== null && now >= calls.renewAt) {
    facts.push({ type: 'leasesDue', since: calls.renewedAt });
    next = { ...next, renewedAt: now, renewAt: now + RENEW_MS };
  }
  const isForAll = calls.allAt !== null && now >= calls.allAt;
  if (isForAll) next = { ...next, allAt: now + CALL_AGAIN_MS };
  const [stopped, due] = toldAgain(next.stopped, isForAll, now);
  if (isForAll) facts.push({ type: 'sirensCalled', entityIds: null });
  else if (due.length > 0) facts.push({ type: 'sirensCalled', entityIds: due });
  return { state: withWake({ ...next, stopped }), facts };
}

/** Those whose time has come, or all of them. */
function toldAgain(stopped: Table<Stopped>, isForAll: boolean, now: Millis): [Table<Stopped>, string[]] {
  let next = stopped;
  const due: string[] = [];
  for (const [entityId, row] of rowsOf(stopped)) {
    const isDue = isWaiting(row) && now >= row.toldAt + STOPPED_MS;
    if (!isDue && !isForAll) continue;
    next = setRow(next, entityId, { ...row, toldAt: now, again: false });
    due.push(entityId);
  }
  return [next, due];
}

const isWaiting = ({ again, isMute }: Stopped): boolean => again || isMute;

const withStopped = (calls: Calls, stopped: Table<Stopped>): Calls =>
  stopped === calls.stopped ? calls : withWake({ ...calls, stopped });

function withWake(calls: Calls): Calls {
  let wakeAt = earliest(calls.allAt, calls.renewAt);
  for (const [, row] of rowsOf(calls.stopped))
    if (isWaiting(row)) wakeAt = earliest(wakeAt, row.toldAt + STOPPED_MS);
  return { ...calls, wakeAt };
}
