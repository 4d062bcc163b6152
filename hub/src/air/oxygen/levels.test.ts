import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { highOf, type Level, noteLevel } from './levels.ts';

const point = (minutes: number, dry: number, co2: number | null = null) => ({
  at: minutes * MINUTE_MS,
  dry,
  raw: dry,
  co2,
});
const level = (minutes: number, dry = 20.9): Level => ({ at: minutes * MINUTE_MS, dry, co2: null });
const course = (to: number, dry: number, co2: number | null = null) =>
  Array.from({ length: to + 1 }, (_, minute) => point(minute, dry, co2));

describe('levels', () => {
  it('are the medians of five minutes', () => {
    const points = [
      point(0, 99),
      point(1, 20.1),
      point(2, 20.2),
      point(3, 20.3),
      point(4, 20.4),
      point(5, 3),
    ];
    expect(noteLevel([], points)).toEqual([{ at: 5 * MINUTE_MS, dry: 20.2, co2: null }]);
    expect(noteLevel([], points.slice(0, -1))).toEqual([]);
  });

  it('come every five minutes, from two hours', () => {
    const old = [level(0), level(1), level(121)];
    expect(noteLevel(old, course(125, 20))).toBe(old);
    expect(noteLevel(old, course(126, 20)).map(({ at }) => at / MINUTE_MS)).toEqual([121, 126]);
    expect(noteLevel([level(1), level(115)], course(121, 20))).toHaveLength(3);
  });

  it('need three points, and three of carbon dioxide', () => {
    expect(noteLevel([], [point(0, 20), point(8, 20), point(9, 20)])).toEqual([]);
    expect(noteLevel([], course(5, 20, 500))[0]?.co2).toBe(500);
    const few = course(5, 20).map((each, at) => ({ ...each, co2: at > 3 ? 500 : null }));
    expect(noteLevel([], few)[0]?.co2).toBeNull();
  });

  it('oxygen fell from the third highest of them', () => {
    const now = course(3, 20.0);
    expect(highOf([], now)).toBe(20.0);
    expect(highOf([level(0, 20.5), level(5, 20.9)], now)).toBe(20.0);
    expect(highOf([level(0, 20.5), level(5, 20.9), level(10, 20.7), level(15, 20.6)], now)).toBe(20.6);
    expect(highOf([level(0, 20.9), level(5, 20.8), level(10, 20.3), level(15, 20.2)], now)).toBe(20.3);
  });

  it('or from where the kept points begin', () => {
    const falling = [point(0, 20.95), point(1, 20.93), point(2, 20.94), point(3, 20)];
    expect(highOf([level(0, 20.5), level(5, 20.9), level(10, 20.7)], falling)).toBe(20.94);
  });
});
