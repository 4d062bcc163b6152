import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import { levelOf, type Point } from './outlook.ts';
import { medianOf } from './theilSen.ts';

/** Five minutes of a cell, as their median. */
export type Level = {
  readonly at: Millis;
  /** Dry-equivalent oxygen, % vol. */
  readonly dry: number;
  /** Carbon dioxide of the room, ppm; null: nobody says. */
  readonly co2: number | null;
};

const LEVEL_MS: Millis = 5 * MINUTE_MS;

/** How far one looks back for the oxygen from which it fell, ms. Ours, by simulation: of 1, 2 and 4 h the longest that is as quiet. */
const KEPT_MS: Millis = 120 * MINUTE_MS;

/** A level has at least so many points. */
const FEWEST = 3;

/** The levels after another point; the same ones where none is due. @param points at least one, the last of them is new */
export function noteLevel(levels: readonly Level[], points: readonly Point[]): readonly Level[] {
  const { at } = points[points.length - 1] as Point;
  const begun = levels.at(-1)?.at ?? (points[0] as Point).at;
  if (at - begun < LEVEL_MS) return levels;
  const inside = points.filter((point) => point.at > at - LEVEL_MS);
  if (inside.length < FEWEST) return levels;
  const co2 = inside.flatMap((point) => (point.co2 === null ? [] : [point.co2]));
  const level: Level = {
    at,
    dry: medianOf(inside.map(({ dry }) => dry)),
    co2: co2.length < FEWEST ? null : medianOf(co2),
  };
  return [...levels.filter((old) => old.at >= at - KEPT_MS), level];
}

/**
 * The oxygen from which it may have fallen, % vol: the third highest level of two hours, for the highest of many is high by chance; or
 * where the kept points begin, if that is higher. By simulation: half as many false episodes as with the highest, as early.
 * @param points at least one
 */
export function highOf(levels: readonly Level[], points: readonly Point[]): number {
  let [first, second, third] = [0, 0, 0];
  for (const { dry } of levels) {
    if (dry > first) [first, second, third] = [dry, first, second];
    else if (dry > second) [second, third] = [dry, second];
    else if (dry > third) third = dry;
  }
  return Math.max(third, levelOf(points.slice(0, FEWEST)));
}
