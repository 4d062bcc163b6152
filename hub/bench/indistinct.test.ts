import { expect, test } from 'vitest';
import { differenceOf } from './indistinct.ts';

/** The same numbers in each run (Lehmer's generator). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
const times = (count: number, mean: number, random: () => number) =>
  Array.from({ length: count }, () => mean + 10 * (random() + random() + random()));

test('two lists of the same kind are told apart by a coin only', () => {
  const random = seeded(7);
  const { z, longer, medianGap } = differenceOf(times(400, 60, random), times(400, 60, random), random);
  expect(Math.abs(z)).toBeLessThan(2.58);
  expect(longer).toBeCloseTo(0.5, 1);
  expect(medianGap.from).toBeLessThan(0);
  expect(medianGap.to).toBeGreaterThan(0);
});

test('a millisecond and a half in sixty is found', () => {
  const random = seeded(7);
  const { z, longer, medianGap } = differenceOf(times(400, 61.5, random), times(400, 60, random), random);
  expect(z).toBeGreaterThan(2.58);
  expect(longer).toBeGreaterThan(0.55);
  expect(medianGap.from).toBeGreaterThan(0);
});

test('equals count half: three against three worked out by hand', () => {
  const { z, longer } = differenceOf([1, 2, 3], [2, 3, 4], seeded(1));
  expect(longer).toBeCloseTo(2 / 9);
  expect(z).toBeCloseTo((2 - 4.5) / Math.sqrt((9 * 7) / 12));
});
