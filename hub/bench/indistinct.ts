import { median, quantile } from './figures.ts';

/** How far two ways of doing something differ in time. */
export type Difference = {
  /**
   * Mann-Whitney U as a standard score: how many standard deviations the ranks of the one stand away from a coin's. Beyond ±2.58 lies one
   * pair of equals in a hundred.
   */
  readonly z: number;
  /** Chance that a random one of `a` took longer than a random one of `b`; 0.5: a coin. */
  readonly longer: number;
  /** Median of `a` less that of `b`, with the interval that holds it in 95 of 100 resamples of the same size. */
  readonly medianGap: { readonly is: number; readonly from: number; readonly to: number };
};

const RESAMPLES = 2_000;

/**
 * Compares two lists of times. Whoever can measure times as well as this one, as often, learns no more from them than this says.
 * @param random 0 up to, not including, 1
 */
export function differenceOf(
  a: readonly number[],
  b: readonly number[],
  random: () => number = Math.random,
): Difference {
  const u = countLonger(a, b);
  const pairs = a.length * b.length;
  const deviation = Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
  const gaps = Array.from({ length: RESAMPLES }, () => median(again(a, random)) - median(again(b, random)));
  return {
    z: (u - pairs / 2) / deviation,
    longer: u / pairs,
    medianGap: {
      is: median(a) - median(b),
      from: quantile(gaps, 0.025),
      to: quantile(gaps, 0.975),
    },
  };
}

/** In how many pairs the one of `a` is greater; equals count half. */
function countLonger(a: readonly number[], b: readonly number[]): number {
  let count = 0;
  for (const one of a) for (const other of b) count += one > other ? 1 : one === other ? 0.5 : 0;
  return count;
}

const again = (values: readonly number[], random: () => number): number[] =>
  values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN);
