import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import {
  holds,
  judge,
  minutesAt,
  NONE_STANDS,
  type Point,
  RULES,
  type Standings,
  slopeOver,
} from './outlook.ts';

const NOW = 60 * MINUTE_MS;

/** The last `minutes` of a straight course that ends now with `end`. */
const course = (minutes: number, end: number, perMinute: number, everyMs = 20 * SECOND_MS): Point[] => {
  const n = Math.floor((minutes * MINUTE_MS) / everyMs);
  return Array.from({ length: n + 1 }, (_, i) => {
    const ago = (n - i) * everyMs;
    const dry = end - (perMinute * ago) / MINUTE_MS;
    return { at: NOW - ago, dry, raw: dry, co2: null };
  });
};

const standsWith = (end: number, perMinute: number, high: number, minutes = 20) => {
  const { fast, main, slow } = judge(NONE_STANDS, course(minutes, end, perMinute), high, NOW);
  return [fast && 'fast', main && 'main', slow && 'slow'].filter((name) => name !== null);
};

describe('O2-4 the rules', () => {
  // Source: safety.md §2.4. The level is the median of three points and so 20 s behind: all ends are chosen with room for it.
  it.each([
    ['FAST, all there', 20.3, -0.1, 20.7, ['fast', 'main', 'slow']],
    ['FAST: the slope is too flat', 19.7, -0.029, 20.3, ['main', 'slow']],
    ['FAST: steep enough', 19.7, -0.031, 20.3, ['fast', 'main', 'slow']],
    ['FAST: 15 minutes away', 21.05, -0.1, 21.5, ['main', 'slow']],
    ['FAST: 14.8 minutes away', 20.94, -0.1, 21.5, ['fast', 'main', 'slow']],
    ['FAST: a drop of 0.29', 20.3, -0.1, 20.62, ['main', 'slow']],
    ['FAST: a drop of 0.31', 20.3, -0.1, 20.65, ['fast', 'main', 'slow']],
    ['MAIN: the slope is too flat', 19.6, -0.0029, 20.3, []],
    ['MAIN: steep enough', 19.6, -0.0031, 20.3, ['main', 'slow']],
    ['MAIN: 61 minutes away', 20.11, -0.01, 20.6, ['slow']],
    ['MAIN: 59 minutes away', 20.08, -0.01, 20.6, ['main', 'slow']],
    ['MAIN: a drop of 0.14', 20.0, -0.02, 20.145, []],
    ['MAIN: a drop of 0.16', 20.0, -0.02, 20.17, ['main']],
    ['SLOW: 121 minutes away', 20.71, -0.01, 21, []],
    ['SLOW: 119 minutes away', 20.68, -0.01, 21, ['slow']],
    ['SLOW: a drop of 0.21', 20.0, -0.02, 20.22, ['main', 'slow']],
    ['nothing falls', 20.9, 0, 20.9, []],
    ['it rises', 20.0, 0.1, 20.9, []],
  ])('O2-4 %s', (_, end, perMinute, high, wanted) => {
    expect(standsWith(end, perMinute, high)).toEqual(wanted);
  });

  it('O2-4 a rule needs three quarters of its window', () => {
    expect(standsWith(20.0, -0.1, 20.9, 2.9)).toEqual([]);
    expect(standsWith(20.0, -0.1, 20.9, 3)).toEqual(['fast']);
    expect(standsWith(20.0, -0.1, 20.9, 11.2)).toEqual(['fast']);
    expect(standsWith(20.0, -0.1, 20.9, 11.4)).toEqual(['fast', 'main']);
    expect(standsWith(20.0, -0.1, 20.9, 15)).toEqual(['fast', 'main', 'slow']);
  });

  it('O2-4 is told when it has stood for 40 s, 2 min, 5 min, and starts anew after a break', () => {
    expect(RULES.map(({ persistMs }) => persistMs)).toEqual([40_000, 120_000, 300_000]);
    for (const rule of RULES) {
      const standings: Standings = {
        ...NONE_STANDS,
        [rule.name]: { since: NOW, slope: { low: -1, median: -1, high: -1 } },
      };
      expect(holds(rule, standings, NOW + rule.persistMs - 1)).toBeNull();
      expect(holds(rule, standings, NOW + rule.persistMs)).not.toBeNull();
      expect(holds(rule, NONE_STANDS, NOW)).toBeNull();
    }
    const falling = course(20, 20.3, -0.1);
    const first = judge(NONE_STANDS, falling, 20.9, NOW);
    expect(judge(first, falling, 20.9, NOW + 1).fast?.since).toBe(NOW);
    expect(judge(first, falling, 20.3, NOW + 1)).toBe(NONE_STANDS);
  });

  it('minutes are told on a straight line', () => {
    expect(minutesAt(20.5, -0.1)).toBeCloseTo(10, 9);
    expect(minutesAt(19.5, -0.1)).toBe(0);
    expect(minutesAt(19, 0)).toBe(0);
    expect(minutesAt(20, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('a window in which nobody was heard has no slope', () => {
    expect(slopeOver(course(20, 20, 0), 4 * MINUTE_MS, NOW + 5 * MINUTE_MS)).toBeNull();
  });
});
