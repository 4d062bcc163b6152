import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { deleteRow, emptyTable, getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, type Millis } from '../shared/time.ts';
import { CALL_AGAIN_MS, STOPPED_MS } from './calls.ts';

/** A siren that was told to stop and has not said that it did. */
type Ending = {
  /** House time at which it was told last. */
  readonly toldAt: Millis;
  /** It is told again after this, ms, `STOPPED_MS`..`CALL_AGAIN_MS`: each time twice as long, for it may be gone for good. */
  readonly afterMs: Millis;
};

/** When sirens that may have missed their "off" are told again. Whether anything else sounds does not matter. */
export type Endings = {
  readonly open: Table<Ending>;
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

export const NO_ENDINGS: Endings = { open: emptyTable(), wakeAt: null };

export function reduceEndings(endings: Endings, fact: Fact, now: Millis): Outcome<Endings> {
  switch (fact.type) {
    case 'sirenSoundsOn':
      return takeSoundsOn(endings, fact.entityId, now);
    case 'reading':
      return { state: fact.value === false ? without(endings, fact.entityId) : endings };
    // Whatever it is told anew is waited for anew.
    case 'commandSent':
    case 'commandConfirmed':
    case 'entityRetired':
      return { state: without(endings, fact.entityId) };
    case 'clockReached':
      return callDue(endings, now);
    default:
      return { state: endings };
  }
}

function takeSoundsOn(endings: Endings, entityId: string, now: Millis): Outcome<Endings> {
  const row = getRow(endings.open, entityId);
  if (row !== undefined && now < row.toldAt + STOPPED_MS) return { state: endings };
  const open = setRow(endings.open, entityId, { toldAt: now, afterMs: STOPPED_MS });
  return { state: withWake(open), facts: [{ type: 'endingsDue', entityIds: [entityId] }] };
}

function callDue(endings: Endings, now: Millis): Outcome<Endings> {
  if (endings.wakeAt === null || now < endings.wakeAt) return { state: endings };
  let { open } = endings;
  const due: string[] = [];
  for (const [entityId, { toldAt, afterMs }] of rowsOf(endings.open)) {
    if (now < toldAt + afterMs) continue;
    open = setRow(open, entityId, { toldAt: now, afterMs: Math.min(2 * afterMs, CALL_AGAIN_MS) });
    due.push(entityId);
  }
  return { state: withWake(open), facts: [{ type: 'endingsDue', entityIds: due }] };
}

const without = (endings: Endings, entityId: string): Endings =>
  getRow(endings.open, entityId) === undefined ? endings : withWake(deleteRow(endings.open, entityId));

function withWake(open: Table<Ending>): Endings {
  let wakeAt: Millis | null = null;
  for (const [, { toldAt, afterMs }] of rowsOf(open)) wakeAt = earliest(wakeAt, toldAt + afterMs);
  return { open, wakeAt };
}
