import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { airChangesOf, minutesUntilDeficient } from './massBalance.ts';

/** Slope, % vol per minute, of a room of so many m³ with that oxygen use (l/min), air changes per hour and level. */
const slopeIn = (m3: number, litres: number, perHour: number, level: number) =>
  (-litres / (m3 * 1_000)) * 100 + (perHour / 60) * (20.95 - level);

describe('mass balance', () => {
  // Source: safety.md §2.1: minutes to 19.5 % at 0, 0.1, 0.5 and 1 air changes an hour; null: never. 3.4 l/min of oxygen per kW.
  it.each([
    ['10 people, 30 m³', 30, 5.0, [87, 94, 155, null]],
    ['2 kW flueless heater, 30 m³', 30, 6.8, [62, 66, 88, null]],
    ['3 kW gas geyser, 6 m³ bathroom', 6, 10.2, [8, 8, 9, 9]],
    ['10 kW heater, 6 m³', 6, 34, [2, 2, 3, 3]],
    ['2 sleepers, 30 m³', 30, 0.5, [14.5 * 60, null, null, null]],
  ] as const)('%s', (_, m3, litres, wanted) => {
    [0, 0.1, 0.5, 1].forEach((perHour, at) => {
      const minutes = minutesUntilDeficient(20.95, slopeIn(m3, litres, perHour, 20.95), perHour / 60);
      const want = wanted[at] ?? null;
      // The base page writes whole minutes, and litres per kW with two digits.
      if (want === null) expect(minutes).toBe(Number.POSITIVE_INFINITY);
      else expect(Math.abs(minutes - want)).toBeLessThanOrEqual(Math.max(1, 0.04 * want));
    });
  });

  it('is there already, or never, where it does not fall', () => {
    expect(minutesUntilDeficient(19.5, -0.1, 0)).toBe(0);
    expect(minutesUntilDeficient(20, 0, 0.01)).toBe(Number.POSITIVE_INFINITY);
  });

  const course = (n: number, dryAt: (minute: number) => number) =>
    Array.from({ length: n }, (_, i) => ({ at: i * 5 * MINUTE_MS, dry: dryAt(5 * i), co2: null }));

  it('sees the ventilation in the bend of the fall', () => {
    const aired = course(12, (minute) => 20 + 0.95 * Math.exp((-2 / 60) * minute));
    expect(airChangesOf(aired)).toBeCloseTo(2 / 60, 6);
  });

  it('takes a room for tight where it sees no bend, or has not seen enough', () => {
    expect(airChangesOf([])).toBe(0);
    expect(airChangesOf(course(12, (minute) => 20.95 - 0.02 * minute))).toBe(0);
    expect(airChangesOf(course(12, (minute) => 20.95 - 0.0001 * minute * minute))).toBe(0);
    expect(airChangesOf(course(4, (minute) => 20 + Math.exp((-2 / 60) * minute)))).toBe(0);
    // Only what falls counts.
    const rising = course(12, (minute) => 20 - Math.exp((-2 / 60) * minute));
    expect(airChangesOf(rising)).toBe(0);
  });
});
