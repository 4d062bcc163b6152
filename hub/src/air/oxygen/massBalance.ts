import { MINUTE_MS } from '../../shared/time.ts';
import type { Level } from './levels.ts';
import { DEFICIENT_PERCENT } from './outlook.ts';

/**
 * Minutes until oxygen is deficient in a room that is aired: the fall gets slower, and may end before. `V dC/dt = −S + Q (Cout − C)`, safety.md
 * §2.1, as it looks from a slope: C goes to `level + slope / air changes`.
 * @param level % vol now
 * @param perMinute its slope now, % vol per minute, below 0
 * @param airChanges per minute; 0: the room is tight and it falls straight
 * @returns Infinity: never
 */
export function minutesUntilDeficient(level: number, perMinute: number, airChanges: number): number {
  const above = level - DEFICIENT_PERCENT;
  if (above <= 0) return 0;
  if (perMinute >= 0) return Number.POSITIVE_INFINITY;
  const fall = -perMinute;
  if (airChanges === 0) return above / fall;
  const rest = 1 - (above * airChanges) / fall;
  return rest <= 0 ? Number.POSITIVE_INFINITY : -Math.log(rest) / airChanges;
}

/** Air changes per minute that are tried: a tight room to one with its windows open. */
const TRIED = [0.1, 0.25, 0.5, 1, 2, 4, 8].map((perHour) => perHour / 60);

/** The bend must explain so much more than chance would. Source: F(1, 2) of 5 %, for the fewest levels. */
const SIGNIFICANT = 18.5;

/** Source: safety.md §2.3: the room's ventilation is told from at least 20 minutes. */
const FEWEST_LEVELS = 5;

/** As far from the highest level it has not begun to fall, % vol. Ours: the noise of a level. */
const STILL_HIGH = 0.05;

/**
 * Air changes per minute as the bend of the fall tells them; 0: it is straight as far as one can see, which is the safe side.
 * @param levels five-minute levels; what counts is the part in which it falls
 */
export function airChangesOf(levels: readonly Level[]): number {
  let high = 0;
  for (const { dry } of levels) high = Math.max(high, dry);
  const fall = levels.slice(levels.findLastIndex(({ dry }) => dry >= high - STILL_HIGH));
  if (fall.length < FEWEST_LEVELS) return 0;
  const straight = misfit(fall, 0);
  let best = { airChanges: 0, misfit: straight };
  for (const airChanges of TRIED) {
    const tried = misfit(fall, airChanges);
    if (tried < best.misfit) best = { airChanges, misfit: tried };
  }
  const freedom = fall.length - 3;
  const isBent = (straight - best.misfit) * freedom > SIGNIFICANT * best.misfit;
  return isBent ? best.airChanges : 0;
}

/** Sum of squares that is left of `C = a + b·(1 − e^(−k t)) / k`, best a and b. */
function misfit(levels: readonly Level[], airChanges: number): number {
  const begin = (levels[0] as Level).at;
  const n = levels.length;
  const sums = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  for (const { at, dry } of levels) {
    const minutes = (at - begin) / MINUTE_MS;
    const x = airChanges === 0 ? minutes : -Math.expm1(-airChanges * minutes) / airChanges;
    const y = dry - DEFICIENT_PERCENT;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.xy += x * y;
    sums.yy += y * y;
  }
  const sxx = sums.xx - (sums.x * sums.x) / n;
  const sxy = sums.xy - (sums.x * sums.y) / n;
  const syy = sums.yy - (sums.y * sums.y) / n;
  return Math.max(0, syy - (sxy * sxy) / sxx);
}
