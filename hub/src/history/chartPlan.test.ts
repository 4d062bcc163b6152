import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planChart, spanOf } from './chartPlan.ts';
import { LONGEST_RAW_MS, MOST_RAW_ROWS } from './limits.ts';
import { MAX_BUCKETS } from './schema.ts';
import { HOUR_MS } from './timeKey.ts';

const NOW = Date.UTC(2026, 10, 22, 13, 37, 11, 5);
const DAY = 24 * HOUR_MS;

describe('a span', () => {
  it('is the last 24 hours in 300 buckets, unless somebody says otherwise', () => {
    expect(spanOf({}, NOW)).toEqual({ from: NOW - DAY, to: NOW, buckets: 300 });
    expect(spanOf({ from: 5 }, NOW)).toEqual({ from: 5, to: NOW, buckets: 300 });
    expect(spanOf({ to: 2 * DAY }, NOW)).toEqual({ from: DAY, to: 2 * DAY, buckets: 300 });
    expect(spanOf({ to: 5 }, NOW)).toEqual({ from: 0, to: 5, buckets: 300 });
    expect(spanOf({ from: NOW + DAY }, NOW)).toMatchObject({ from: NOW + DAY });
  });

  it.each([
    [5, 5],
    [6, 5],
    [0, 0],
  ])('from %i to %i is none', (from, to) => {
    expect(spanOf({ from, to }, NOW)).toBe(null);
  });
});

describe('a plan', () => {
  const day = { from: NOW - DAY, to: NOW, buckets: 300 };
  it.each([
    ['a day', day, 1_440, 0, { source: 'readings', t0: NOW - DAY, step: 288_000, count: 300 }],
    [
      'a moment',
      { from: 0, to: 1, buckets: 2_000 },
      0,
      0,
      { source: 'readings', t0: 0, step: 1_000, count: 1 },
    ],
    ['at the longest', { ...day, from: NOW - LONGEST_RAW_MS }, 0, 0, { source: 'readings' }],
    ['longer', { ...day, from: NOW - LONGEST_RAW_MS - 1 }, 0, 0, { source: 'hours' }],
    ['at the most', day, MOST_RAW_ROWS, 0, { source: 'readings' }],
    ['too many', day, MOST_RAW_ROWS + 1, 0, { source: 'hours', step: HOUR_MS, count: 25 }],
    ['all kept', day, 0, NOW - DAY, { source: 'readings' }],
    ['one hour gone', day, 0, NOW - DAY + 1, { source: 'hours', step: HOUR_MS, count: 25 }],
    ['a year', { ...day, from: NOW - 365 * DAY }, 0, 0, { source: 'hours', step: 30 * HOUR_MS, count: 293 }],
  ] as const)('of %s', (_, span, rows, keptFrom, plan) => {
    expect(planChart(span, rows, keptFrom)).toMatchObject(plan);
  });

  it('covers what was asked for, never in more buckets', () => {
    const bound = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
    const count = fc.integer({ min: 1, max: MAX_BUCKETS });
    fc.assert(
      fc.property(bound, bound, count, fc.integer({ min: 0, max: 1e9 }), (a, b, buckets, rows) => {
        fc.pre(a !== b);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const plan = planChart({ from, to, buckets }, rows, 0);
        expect(plan.count).toBeGreaterThan(0);
        expect(plan.count).toBeLessThanOrEqual(buckets);
        expect(plan.t0).toBeLessThanOrEqual(from);
        expect(plan.t0 + plan.count * plan.step).toBeGreaterThanOrEqual(to);
        expect(plan.t0 + (plan.count - 1) * plan.step).toBeLessThan(to);
        expect(plan.step % (plan.source === 'hours' ? HOUR_MS : 1_000)).toBe(0);
      }),
    );
  });
});
