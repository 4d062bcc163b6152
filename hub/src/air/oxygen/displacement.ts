import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import type { Level } from './levels.ts';
import type { Point } from './outlook.ts';
import { medianOf } from './theilSen.ts';

/** Carbon dioxide older than this says nothing of the air now, ms. Ours: a sensor that is slow to tell would look like another gas. */
export const CO2_AGE_MS: Millis = 5 * MINUTE_MS;

/** Oxygen over carbon dioxide, by volume, of whatever burns or breathes in a home: 1.2 breathing … 2.0 methane. Source: safety.md §2.1. */
const LEAST_CO2_SHARE = 1 / 2.0;

/** "Does not rise": less than this part of what a flame would make. Ours: half is lost to a slow sensor, half again to a far corner. */
const RISEN = 0.25;

const PPM_PER_PERCENT = 10_000;

/** The last so many points are "now". */
const NOW_POINTS = 3;

/**
 * Whether oxygen fell and carbon dioxide did not rise as burning or breathing would make it: another gas pushes the air out. Compared is
 * the whole fall with the whole rise, so that a sensor at the end of its range does not look like one that stands still.
 * @param drop of oxygen since the highest level, % vol
 * @returns false too when nobody measures carbon dioxide there
 */
export function isDisplaced(levels: readonly Level[], points: readonly Point[], drop: number): boolean {
  const last = known(points.slice(-NOW_POINTS));
  const before = [...known(levels), ...known(points.slice(0, NOW_POINTS))];
  if (last.length < NOW_POINTS || before.length === 0) return false;
  const rise = medianOf(last) - Math.min(...before);
  return rise < RISEN * drop * PPM_PER_PERCENT * LEAST_CO2_SHARE;
}

const known = (heard: readonly { readonly co2: number | null }[]): number[] =>
  heard.flatMap(({ co2 }) => (co2 === null ? [] : [co2]));
