import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_POINTS, medianOf, theilSen } from './theilSen.ts';

const MINUTE = 60_000;
const minutes = (n: number) => Array.from({ length: n }, (_, at) => at * MINUTE);

describe('Theil-Sen', () => {
  it('tells the slope of a straight line, per minute, without doubt', () => {
    const at = minutes(10);
    const slope = theilSen(
      at,
      at.map((ms) => 20 - (0.1 * ms) / MINUTE),
    );
    for (const each of [slope?.low, slope?.median, slope?.high]) expect(each).toBeCloseTo(-0.1, 9);
  });

  it('is not moved by a quarter of nonsense', () => {
    const at = minutes(20);
    const values = at.map((ms, n) => (n % 4 === 1 ? 99 : 20 - (0.1 * ms) / MINUTE));
    expect(Math.abs((theilSen(at, values)?.median as number) + 0.1)).toBeLessThan(0.02);
  });

  it("has Kendall's interval: ranks (N ± 1.645·1.5·√(n(n−1)(2n+5)/18)) / 2", () => {
    // Seven points whose 21 slopes are all different.
    const values = [0, 1, 3, 7, 15, 31, 63];
    const at = minutes(7);
    const slopes = values
      .flatMap((later, j) => values.slice(0, j).map((earlier, i) => (later - earlier) / (j - i)))
      .sort((a, b) => a - b);
    const half = (1.645 * 1.5 * Math.sqrt((7 * 6 * 19) / 18)) / 2;
    const rank = Math.ceil(21 / 2 + half);
    expect(rank).toBe(19);
    const slope = theilSen(at, values);
    expect(slope?.low).toBeCloseTo(slopes[2] as number, 9);
    expect(slope?.median).toBeCloseTo(slopes[10] as number, 9);
    expect(slope?.high).toBeCloseTo(slopes[18] as number, 9);
  });

  it('has none from fewer than six points', () => {
    for (const n of [0, 1, 5]) expect(theilSen(minutes(n), minutes(n))).toBeNull();
    expect(theilSen(minutes(6), minutes(6))).not.toBeNull();
  });

  it('leaves out pairs of the same moment', () => {
    const same = new Array(10).fill(MINUTE);
    expect(theilSen(same, minutes(10))).toBeNull();
  });

  it('looks at 30 points at most: neighbours become their mean', () => {
    const at = minutes(61);
    const values = at.map((ms, n) => ms / MINUTE + (n % 2 === 0 ? 5 : -5));
    expect(MAX_POINTS).toBe(30);
    // Without means of neighbours the interval would be as wide as the noise.
    const slope = theilSen(at, values);
    expect(slope?.median).toBeCloseTo(1, 1);
    expect((slope?.high as number) - (slope?.low as number)).toBeLessThan(0.1);
  });

  it('low is never above median, and median never above high', () => {
    const values = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 6, maxLength: 70 });
    fc.assert(
      fc.property(values, (all) => {
        const slope = theilSen(minutes(all.length), all);
        expect(slope !== null && slope.low <= slope.median && slope.median <= slope.high).toBe(true);
      }),
    );
  });

  it('the median of an even number is the mean of both in the middle', () => {
    expect(medianOf([4, 1, 3, 2])).toBe(2.5);
    expect(medianOf([9, 1, 2])).toBe(2);
  });
});
