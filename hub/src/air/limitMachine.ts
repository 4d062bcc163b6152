import { earliest, type Millis } from '../shared/time.ts';
import type { AirRow, LimitProgress, Limits } from './airRow.ts';
import type { Judged } from './judged.ts';
import type { Limit } from './limits/limit.ts';
import type { LimitSet } from './limits/table.ts';

/**
 * Moves the limits of one sensor by what each is held against. The same object when nothing moved.
 * @param isReading false: looked at anew without a new reading, which confirms nothing
 */
export function moveLimits(
  before: Limits,
  limits: readonly Limit[],
  judge: (limit: Limit) => Judged,
  now: Millis,
  isReading = true,
): Limits {
  let after = before;
  for (const limit of limits) {
    const old = before[limit.id];
    if (!isReading && limit.confirmReadings > 1) continue;
    const next = moveLimit(old, limit, judge(limit), now);
    if (next !== old) after = withProgress(after, limit.id, next);
  }
  return after;
}

export function withProgress(limits: Limits, id: string, progress: LimitProgress | undefined): Limits {
  if (progress !== undefined) return { ...limits, [id]: progress };
  const { [id]: _, ...others } = limits;
  return others;
}

function moveLimit(
  old: LimitProgress | undefined,
  limit: Limit,
  { is, value }: Judged,
  now: Millis,
): LimitProgress | undefined {
  if (old?.phase === 'holds') return moveHolding(old, limit, is, now);
  if (is === 'unknown') return old;
  if (is !== 'crossed') return undefined;
  const readings = (old?.readings ?? 0) + 1;
  const since = old?.since ?? now;
  if (now - since >= limit.onDelayMs && readings >= limit.confirmReadings) {
    return { phase: 'holds', clearSince: null, value, since: now };
  }
  // The count is kept only where it matters, so that an ordinary delay is written down once, not at every reading.
  if (old !== undefined && limit.confirmReadings === 1) return old;
  return { phase: 'pending', since, readings, value };
}

function moveHolding(
  old: LimitProgress & { phase: 'holds' },
  limit: Limit,
  is: Judged['is'],
  now: Millis,
): LimitProgress | undefined {
  if (is !== 'clear') return stillHolding(old);
  const clearSince = old.clearSince ?? now;
  if (now - clearSince >= limit.offDelayMs) return undefined;
  return old.clearSince === null ? { ...old, clearSince } : old;
}

/** What was clear has to be clear anew, from the beginning. */
export const stillHolding = (progress: LimitProgress): LimitProgress =>
  progress.phase === 'holds' && progress.clearSince !== null ? { ...progress, clearSince: null } : progress;

/** On-delays end by the clock too: a sensor that reports seldom, or died in bad air, alarms all the same. */
export function endPending(row: AirRow, set: LimitSet, now: Millis): Limits {
  let after = row.limits;
  for (const [id, progress] of Object.entries(row.limits)) {
    const end = endOfDelay(set.byId.get(id), progress);
    if (end !== null && now >= end) {
      after = { ...after, [id]: { phase: 'holds', clearSince: null, value: progress.value, since: now } };
    }
  }
  return after;
}

/** House time at which the first on-delay of this sensor ends by the clock; null: none runs. */
export function endOf(row: AirRow, set: LimitSet): Millis | null {
  let end: Millis | null = null;
  for (const [id, progress] of Object.entries(row.limits)) {
    end = earliest(end, endOfDelay(set.byId.get(id), progress));
  }
  return end;
}

/** A limit that wants to be confirmed by readings waits for them, not for the clock. */
const endOfDelay = (limit: Limit | undefined, progress: LimitProgress): Millis | null =>
  limit === undefined || progress.phase !== 'pending' || limit.confirmReadings > 1
    ? null
    : progress.since + limit.onDelayMs;
