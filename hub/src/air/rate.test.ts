import { describe, expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import { APART_MS, measuredRate, type Points, withPoint } from './rate.ts';
import { airFrom, EMPTY_AIR } from './state.ts';

describe('a rate', () => {
  const rising = (perMinute: number, everyS: number, minutes: number): Points => {
    let points: Points = [];
    for (let s = 0; s <= minutes * 60; s += everyS)
      points = withPoint(points, 20 + (perMinute * s) / 60, s * SECOND_MS);
    return points;
  };

  it.each([
    [8.3, 1],
    [8.3, 9.9],
    [8.3, 10],
    [8.3, 30],
    [2, 60],
    [8.3, 170],
    [-5, 20],
  ])('of %f °C a minute is seen with readings every %d s', (perMinute, everyS) => {
    const now = Math.floor(1_200 / everyS) * everyS * SECOND_MS;
    const { value } = measuredRate(rising(perMinute, everyS, 20), 20 + (perMinute * now) / MINUTE_MS, now);
    expect(value).toBeCloseTo(perMinute, 6);
  });

  it('cannot be computed of one reading, of two, or of those that are long past', () => {
    expect(measuredRate([], 20, 0).value).toBeNull();
    expect(measuredRate([0, 20], 28.3, 60_000).value).toBeNull();
    const past: Points = [60_000, 20, 0, 20];
    expect(measuredRate(past, 60, 119_999).value).toBe(0);
    expect(measuredRate([60_000, 28.3, 0, 20], 36.6, 120_000).value).toBeCloseTo(8.3, 9);
    expect(measuredRate(past, 60, 240_001).value).toBeNull();
    expect(measuredRate([180_001, 28.3, 0, 20], 36.6, 241_000).value).toBeNull();
  });

  it('is the lesser of this reading and of the one at least 9 s before it', () => {
    const before: Points = [60_000, 26, 0, 20];
    expect(measuredRate(before, 35, 60_000 + APART_MS).value).toBeCloseTo(6, 9);
    expect(measuredRate(before, 35, 60_000 + APART_MS - 1).value).toBeNull();
  });

  it('keeps few points, nine seconds apart', () => {
    expect(rising(1, 1, 60).length).toBe(82);
    expect(withPoint([10_000, 1], 2, 18_999)).toEqual([10_000, 1]);
    expect(withPoint([10_000, 1], 2, 19_000)).toEqual([19_000, 2, 10_000, 1]);
  });
});

/** When a thermometer that says these values alarms, s; null: it does not. The clock runs on for a minute after the last. */
function alarmsAt(readings: readonly (readonly [s: number, celsius: number])[]): number | null {
  let state = airFrom(EMPTY_AIR);
  const last = readings.at(-1)?.[0] ?? 0;
  const told: Millis[] = [];
  const happenings = [
    ...readings.map(([s, value]) => [s, reading('t', value, { quantity: 'temperature' })] as const),
    [last + 60, { type: 'clockReached' }] as const,
  ];
  for (const [s, fact] of happenings) {
    const outcome = reduceAir(state, fact, at(s * SECOND_MS), ALONE);
    state = outcome.state;
    for (const each of outcome.facts ?? [])
      if (each.type === 'limitCrossed' && each.level === 'alarm') told.push(s);
  }
  return told[0] ?? null;
}

/** A room at 22 °C for ten minutes, read so often. */
const quiet = (everyS: number): [s: number, celsius: number][] =>
  Array.from({ length: Math.floor(600 / everyS) + 1 }, (_, n) => [n * everyS - 600, 22]);

describe('heat at a rate of rise (safety.md §1.1, §3.2)', () => {
  it.each([1, 10, 60, 170])('no alarm by one reading of 50 °C among those of 22, every %d s', (everyS) => {
    expect(alarmsAt([...quiet(everyS), [everyS, 50], [2 * everyS, 22], [3 * everyS, 22]])).toBeNull();
  });

  it.each([1, 10, 60, 170])(
    'no alarm by one reading of 50 °C after which nothing comes, every %d s',
    (everyS) => {
      expect(alarmsAt([...quiet(everyS), [everyS, 50]])).toBeNull();
    },
  );

  it.each([61, 120, 170, 3_600])('no alarm by the first reading after a gap of %d s', (gapS) => {
    expect(alarmsAt([...quiet(10), [gapS, 50]])).toBeNull();
  });

  it('no alarm by one message that comes twice', () => {
    expect(alarmsAt([...quiet(10), [10, 50], [10.05, 50], [20, 22]])).toBeNull();
  });

  it('the second that agrees alarms: 10 s after the first where it is read every 10 s', () => {
    expect(alarmsAt([...quiet(10), [10, 36], [20, 37.4], [30, 38.8]])).toBe(20);
    expect(alarmsAt([...quiet(10), [10, 50], [20, 50]])).toBe(20);
  });

  it('after a gap too', () => {
    expect(alarmsAt([...quiet(10), [120, 50], [130, 51]])).toBe(130);
  });

  it('a rise that two readings saw alarms with the first that is over 35 °C', () => {
    expect(alarmsAt([...quiet(60), [60, 33], [120, 44], [180, 55]])).toBe(120);
  });
});
