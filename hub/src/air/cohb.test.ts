import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../shared/time.ts';
import { AT_REST, type Body, bodyOf, CLEAN_COHB, cohbAfter, HEAVY_WORK, LIGHT_WORK } from './cohb.ts';

const BODIES = { rest: AT_REST, light: LIGHT_WORK, heavy: HEAVY_WORK };

/** Step by step as readings come, so that no step is longer than 6 s. */
function breatheFor(minutes: number, ppm: number, body: Body, from = CLEAN_COHB): number {
  let cohb = from;
  for (let minute = 0; minute < minutes; minute++) cohb = cohbAfter(cohb, ppm, MINUTE_MS, body);
  return cohb;
}

describe('CO-3 carboxyhaemoglobin', () => {
  // Source: safety.md CO-3, the table of test vectors.
  it.each([
    [30, 120, 1.94, 2.52, 3.05],
    [30, 8 * 60, 3.73, 4.26, 4.45],
    [30, 24 * 60, 4.61, 4.58, 4.54],
    [70, 60, 2.36, 3.31, 4.34],
    [70, 240, 5.69, 7.5, 8.71],
    [150, 50, 3.7, 5.55, 7.56],
    [300, 10, 2.04, 2.93, 3.99],
    [400, 15, 3.28, 5.01, 7.08],
  ])('CO-3 after %i ppm for %i min is %f %% at rest, %f %% light, %f %% heavy', (ppm, minutes, ...wanted) => {
    Object.values(BODIES).forEach((body, at) => {
      expect(Math.abs(breatheFor(minutes, ppm, body) - (wanted[at] as number))).toBeLessThanOrEqual(0.05);
    });
  });

  it.each([
    [9, 1.6],
    [35, 5.4],
    [50, 7.4],
    [70, 10.0],
    [100, 13.6],
  ])('CO-3 in %i ppm for ever comes to %f %% at rest', (ppm, wanted) => {
    expect(Math.abs(breatheFor(10 * 24 * 60, ppm, AT_REST) - wanted)).toBeLessThanOrEqual(0.05);
  });

  it('CO-3 comes to a little less for who breathes more: their own share weighs less', () => {
    expect(breatheFor(10 * 24 * 60, 35, LIGHT_WORK)).toBeCloseTo(5.28, 2);
    expect(breatheFor(10 * 24 * 60, 35, HEAVY_WORK)).toBeCloseTo(5.24, 2);
  });

  it.each([
    ['rest', 220],
    ['light', 130],
  ] as const)('CO-3 falls from 20 %% to half in clean air: %s in about %i min', (name, minutes) => {
    expect(Math.abs(breatheFor(minutes, 0, BODIES[name], 20) - 10)).toBeLessThanOrEqual(0.25);
  });

  it('CO-3 lets sensitive people take up more', () => {
    expect(bodyOf(true).airMlPerMin).toBe(1.5 * bodyOf(false).airMlPerMin);
    expect(breatheFor(60, 70, bodyOf(true))).toBeGreaterThan(breatheFor(60, 70, bodyOf(false)));
  });

  it('CO-3 reckons a gap of 130 min in coarse steps as well as in fine ones', () => {
    for (const body of [...Object.values(BODIES), bodyOf(true)]) {
      for (const ppm of [0, 30, 100, 400, 1_000, 10_000]) {
        const coarse = cohbAfter(CLEAN_COHB, ppm, 130 * MINUTE_MS, body);
        expect(Math.abs(coarse - breatheFor(130, ppm, body))).toBeLessThanOrEqual(0.05);
      }
    }
  });

  it('is always a share of blood, whatever the air and the gap', () => {
    const air = fc.double({ min: 0, max: 1e9, noNaN: true });
    const gap = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 99, noNaN: true }), air, gap, (cohb, ppm, spanMs) => {
        const after = cohbAfter(cohb, ppm, spanMs, bodyOf(true));
        expect(after).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(99);
      }),
    );
  });

  it('does not change in no time', () => {
    expect(cohbAfter(5, 400, 0, AT_REST)).toBe(5);
    expect(cohbAfter(5, 400, -1, AT_REST)).toBe(5);
  });
});
