import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import type { Measured } from './measured.ts';

/** Readings of the last minutes, the latest first: house time and value by turns. Bounded. */
export type Points = readonly number[];

/** Readings closer together than this add nothing, ms. Ours. */
const APART_MS: Millis = 10 * SECOND_MS;

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

const KEPT = 2 * (LONGEST_MS / APART_MS + 1);

export function withPoint(points: Points, value: number, now: Millis): Points {
  const latest = points[0];
  if (latest !== undefined && now - latest < APART_MS) return points;
  return [now, value, ...points].slice(0, KEPT);
}

/** Change a minute since the latest reading that is a minute old or more; null when there is none of late. */
export function measuredRate(points: Points, value: number, now: Millis): Measured {
  let rate: number | null = null;
  for (let at = 0; at < points.length; at += 2) {
    const age = now - (points[at] as number);
    if (age < RATE_MS) continue;
    if (age <= LONGEST_MS) rate = ((value - (points[at + 1] as number)) / age) * MINUTE_MS;
    break;
  }
  return { measure: 'rate', windowMs: RATE_MS, value: rate, coverage: null };
}
