import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../shared/time.ts';
import { AT_REST, type Body, CLEAN_COHB, cohbAfter, HEAVY_WORK, LIGHT_WORK } from './cohb.ts';
import { breathe, fillsInMs } from './dose.ts';
import {
  advanceCo,
  type ExposureRow,
  fullAt,
  HOLD_MS,
  isWorthStoring,
  RESTART_HOLD_MS,
  takeCo,
} from './exposure.ts';

const EN = { profile: 'EN', sensitivePeople: false } as const;

/** Millilitres of air a minute, and diffusing capacity. Source: safety.md CO-3. */
const PRINTED = [
  ['at rest', AT_REST, 6_000, 30],
  ['at light work', LIGHT_WORK, 12_000, 35],
  ['at heavy work', HEAVY_WORK, 20_000, 45],
] as const satisfies readonly (readonly [string, Body, number, number])[];

/**
 * The equation as safety.md CO-3 prints it, with its constants, in steps of half a second by the midpoint rule: another method than that
 * of the model, and so fine that what it lacks is beyond the digits that are compared.
 */
function asPrinted(
  from: number,
  ppm: number,
  minutes: number,
  airMlPerMin: number,
  diffusion: number,
): number {
  const B = 1 / diffusion + 713 / airMlPerMin;
  const change = (x: number) =>
    0.007 / 5_500 + ((ppm * 713) / 1e6 - (100 * x) / (218 * (0.2 - x))) / (5_500 * B);
  const step = 1 / 120;
  let x = (from * 0.2) / 100;
  for (let n = 0; n < minutes * 120; n++) x += step * change(x + (step / 2) * change(x));
  return (100 * x) / 0.2;
}

describe('CO-3 the model is the equation that is printed, to the fifth digit', () => {
  it.each(PRINTED)('%s', (_, body, airMlPerMin, diffusion) => {
    for (const [from, ppm, minutes] of [
      [CLEAN_COHB, 70, 60],
      [CLEAN_COHB, 400, 20],
      [20, 0, 60],
    ] as const) {
      let cohb: number = from;
      for (let minute = 0; minute < minutes; minute++) cohb = cohbAfter(cohb, ppm, MINUTE_MS, body);
      expect(cohb).toBeCloseTo(asPrinted(from, ppm, minutes, airMlPerMin, diffusion), 5);
    }
  });

  it('in the coarse steps of a gap of 130 min too, which is what the fourth order is for', () => {
    expect(cohbAfter(CLEAN_COHB, 400, 130 * MINUTE_MS, HEAVY_WORK)).toBeCloseTo(
      asPrinted(CLEAN_COHB, 400, 130, 20_000, 45),
      4,
    );
  });

  it('and blood is never fuller than 99 %', () => {
    expect(cohbAfter(60, 500_000, 130 * MINUTE_MS, HEAVY_WORK)).toBeCloseTo(99, 9);
  });
});

describe('CO-1 the corners of the curve', () => {
  it.each([
    ['EN', 299, 1.25],
    ['US', 399, 8],
  ] as const)('%s: %i ppm still takes longer than %f min', (profile, ppm, minutes) => {
    expect(fillsInMs(ppm, profile)).toBeGreaterThan(minutes * MINUTE_MS);
  });

  it('what is just over a hundredth of a dose is still one', () => {
    expect(breathe({ share: 0.0105, full: false }, 0, SECOND_MS, 'EN').share).toBeGreaterThan(0.0104);
  });
});

describe('CO-1 what is held, and what is written down', () => {
  const row = (given: Partial<ExposureRow>): ExposureRow => ({
    ...takeCo(undefined, 0, { mono: 0, utc: 0 }, EN),
    ...given,
  });

  it('a reading is held for 130 min, over a restart for 10', () => {
    expect([HOLD_MS, RESTART_HOLD_MS]).toEqual([130 * MINUTE_MS, 10 * MINUTE_MS]);
  });

  it('the first reading finds nothing breathed', () => {
    expect(takeCo(undefined, 400, { mono: 7, utc: 0 }, EN)).toMatchObject({
      dose: 0,
      full: false,
      cohb: CLEAN_COHB,
      ppm: 400,
      at: 7,
    });
  });

  it('a dose fades in clean air though the blood is clean already', () => {
    expect(advanceCo(row({ dose: 0.5 }), 30 * MINUTE_MS, EN).dose).toBeCloseTo(0.5 / Math.E, 9);
  });

  it('a dose that fills just when a reading is held no longer is expected, one that fills later is not', () => {
    const fillsMs = fillsInMs(50, 'EN') as number;
    const filling = (inMs: number) => row({ ppm: 50, dose: 1 - inMs / fillsMs });
    expect(fullAt(filling(HOLD_MS / 2), EN)).toBe(HOLD_MS / 2);
    const slow = fillsInMs(40, 'EN') as number;
    expect(slow).toBeLessThan(HOLD_MS);
    expect(fullAt(row({ ppm: 40 }), EN)).toBe(Math.ceil(slow));
  });

  it.each([
    ['dose', 0.0501, true],
    ['dose', 0.05, false],
    ['cohb', CLEAN_COHB + 0.0501, true],
    ['cohb', CLEAN_COHB + 0.0499, false],
  ] as const)('a %s of %f is written down: %s', (key, value, isWorth) => {
    expect(isWorthStoring(undefined, row({ [key]: value }))).toBe(isWorth);
  });
});
