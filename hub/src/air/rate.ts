import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import type { Measured } from './measured.ts';

/** Readings of the last minutes, the latest first: house time and value by turns. Bounded. */
export type Points = readonly number[];

/**
 * Readings closer together than this add nothing, and none confirms another, ms. Ours: a little less than the 10 s after which a heat
 * limit holds (safety.md §1.1), so that a sensor that speaks every 10 s may be a moment early.
 */
export const APART_MS: Millis = 9 * SECOND_MS;

/** A rise is looked at over this span at least, ms (safety.md §1.1: for 60 s) … */
export const RATE_MS: Millis = MINUTE_MS;

/** … and over this at most, ms, where readings come seldom. Ours: a fire is not slower. */
const LONGEST_MS: Millis = 3 * MINUTE_MS;

/** What is kept of a thermometer beside its means. Volatile. */
export type Thermometer = {
  readonly points: Points;
  /** Felt temperature of its last reading, °C; null: nobody measures humidity beside it. */
  readonly felt: number | null;
};

/** As far back as the reading that confirms looks. */
const KEPT = 2 * Math.ceil((2 * LONGEST_MS) / APART_MS + 1);

export function withPoint(points: Points, value: number, now: Millis): Points {
  const latest = points[0];
  if (latest !== undefined && now - latest < APART_MS) return points;
  return [now, value, ...points].slice(0, KEPT);
}

/**
 * Change a minute that two readings agree on: the lesser rise of this one and of the one before it, each since the latest reading that
 * was a minute old or more by then. Null when there is none of late: one value after a gap, or a spike, tells of no fire. Source:
 * safety.md §3.2 ("hold 1 sample; if 2nd agrees accept").
 */
export function measuredRate(points: Points, value: number, now: Millis): Measured {
  const rate = rateSince(points, value, now);
  const before = rate === null ? null : confirmingRate(points, now);
  const agreed = rate === null || before === null ? null : Math.min(rate, before);
  return { measure: 'rate', windowMs: RATE_MS, value: agreed, coverage: null };
}

/** What the reading before this one said of the rise. There is one: that since which this one rose, if no later. */
function confirmingRate(points: Points, now: Millis): number | null {
  let at = 0;
  while (now - (points[at] as number) < APART_MS) at += 2;
  return rateSince(points, points[at + 1] as number, points[at] as number);
}

function rateSince(points: Points, value: number, now: Millis): number | null {
  for (let at = 0; at < points.length; at += 2) {
    const age = now - (points[at] as number);
    if (age < RATE_MS) continue;
    return age <= LONGEST_MS ? ((value - (points[at + 1] as number)) / age) * MINUTE_MS : null;
  }
  return null;
}
