import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, emptyTable, getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../shared/time.ts';

/**
 * While there is danger every siren is told again this often, ms. A third of the shortest span that a siren is told to sound for
 * (half an hour), so that two lost messages do not silence it.
 */
export const CALL_AGAIN_MS: Millis = 10 * MINUTE_MS;

/** A siren that says "off" while there is danger is told at once, but not more often than this, ms: it may be worn out. */
export const STOPPED_MS: Millis = 30 * SECOND_MS;

/** A siren that said "off" during this danger. */
type Stopped = {
  /** House time at which it was told again. */
  readonly toldAt: Millis;
  /** It said "off" once more since. */
  readonly again: boolean;
};

/** When sirens are to be told again. Volatile: after a start they are told as soon as the broker is found. */
export type Calls = {
  /** House time at which all are; null: there is no danger. */
  readonly allAt: Millis | null;
  readonly stopped: Table<Stopped>;
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

export const NO_CALLS: Calls = { allAt: null, stopped: emptyTable(), wakeAt: null };

const NOTHING_DUE: Outcome<Calls> = { state: NO_CALLS };

/** @param isDanger whether a life-safety condition holds, the fact taken in */
export function reduceCalls(calls: Calls, isDanger: boolean, fact: Fact, now: Moment): Outcome<Calls> {
  if (!isDanger) return NOTHING_DUE;
  if (calls.allAt === null) return { state: withWake({ ...calls, allAt: now.mono + CALL_AGAIN_MS }) };
  switch (fact.type) {
    case 'sirenStopped':
      return takeStopped(calls, fact.entityId, now.mono);
    case 'entityRetired':
      return { state: withStopped(calls, deleteRow(calls.stopped, fact.entityId)) };
    case 'clockReached':
      return callDue(calls, now.mono);
    default:
      return { state: calls };
  }
}

function takeStopped(calls: Calls, entityId: string, now: Millis): Outcome<Calls> {
  const row = getRow(calls.stopped, entityId);
  if (row === undefined || now >= row.toldAt + STOPPED_MS) {
    const stopped = setRow(calls.stopped, entityId, { toldAt: now, again: false });
    return { state: withStopped(calls, stopped), facts: [{ type: 'sirensCalled', entityIds: [entityId] }] };
  }
  if (row.again) return { state: calls };
  return { state: withStopped(calls, setRow(calls.stopped, entityId, { ...row, again: true })) };
}

function callDue(calls: Calls, now: Millis): Outcome<Calls> {
  if (calls.wakeAt === null || now < calls.wakeAt) return { state: calls };
  const isForAll = calls.allAt !== null && now >= calls.allAt;
  let { stopped } = calls;
  const due: string[] = [];
  for (const [entityId, row] of rowsOf(calls.stopped)) {
    const isDue = row.again && now >= row.toldAt + STOPPED_MS;
    if (!isDue && !isForAll) continue;
    stopped = setRow(stopped, entityId, { toldAt: now, again: false });
    due.push(entityId);
  }
  if (isForAll) {
    const next = withWake({ ...calls, stopped, allAt: now + CALL_AGAIN_MS });
    return { state: next, facts: [{ type: 'sirensCalled', entityIds: null }] };
  }
  return { state: withStopped(calls, stopped), facts: [{ type: 'sirensCalled', entityIds: due }] };
}

const withStopped = (calls: Calls, stopped: Table<Stopped>): Calls =>
  stopped === calls.stopped ? calls : withWake({ ...calls, stopped });

function withWake(calls: Calls): Calls {
  let wakeAt = calls.allAt;
  for (const [, { toldAt, again }] of rowsOf(calls.stopped))
    if (again) wakeAt = earliest(wakeAt, toldAt + STOPPED_MS);
  return { ...calls, wakeAt };
}
