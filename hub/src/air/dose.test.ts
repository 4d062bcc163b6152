import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../shared/time.ts';
import { breathe, CURVES, DECAY_MS, fillsInMs, NO_DOSE } from './dose.ts';

describe('CO-1 the curve', () => {
  it.each([
    ['EN', 50, 75],
    ['EN', 100, 25],
    ['EN', 300, 1.25],
    ['EN', 301, 1.25],
    ['EN', 5_000, 1.25],
    ['US', 70, 120],
    ['US', 150, 22],
    ['US', 400, 8],
    ['US', 1_000, 8],
  ] as const)('CO-1 %s: %i ppm fills the dose in %f min', (profile, ppm, minutes) => {
    expect(fillsInMs(ppm, profile)).toBeCloseTo(minutes * MINUTE_MS, 5);
  });

  it.each([
    ['EN', 40],
    ['US', 60],
  ] as const)('CO-1 %s: nothing adds up under %i ppm', (profile, ppm) => {
    expect(fillsInMs(ppm - 0.001, profile)).toBeNull();
    expect(fillsInMs(ppm, profile)).not.toBeNull();
    expect(breathe(NO_DOSE, ppm - 0.001, 30 * 24 * 60 * MINUTE_MS, profile)).toBe(NO_DOSE);
  });

  it('CO-1 is a straight line on a double logarithmic sheet', () => {
    const middle = fillsInMs(Math.sqrt(50 * 100), 'EN') as number;
    expect(middle).toBeCloseTo(Math.sqrt(75 * 25) * MINUTE_MS, 5);
    const upper = fillsInMs(Math.sqrt(150 * 400), 'US') as number;
    expect(upper).toBeCloseTo(Math.sqrt(22 * 8) * MINUTE_MS, 5);
  });

  it('fills sooner in worse air, and never at once', () => {
    const air = fc.double({ min: 0, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom('EN' as const, 'US' as const), air, air, (profile, a, b) => {
        const [mild, bad] = [fillsInMs(Math.min(a, b), profile), fillsInMs(Math.max(a, b), profile)];
        if (mild === null) return;
        expect(bad).not.toBeNull();
        expect(bad as number).toBeLessThanOrEqual(mild);
        expect(bad as number).toBeGreaterThanOrEqual(MINUTE_MS);
      }),
    );
  });

  it('names a source for each profile', () => {
    for (const { source } of Object.values(CURVES)) expect(source).toMatch(/EN 50291-1|UL 2034/);
  });
});

describe('CO-1 the dose', () => {
  it('CO-1 falls to 1/e in 30 minutes of clean air', () => {
    const after = breathe({ share: 0.5, full: false }, 0, DECAY_MS, 'EN');
    expect(after.share).toBeCloseTo(0.5 / Math.E, 9);
    expect(DECAY_MS).toBe(30 * MINUTE_MS);
  });

  it('is none when little of it is left', () => {
    expect(breathe({ share: 0.0101, full: false }, 0, MINUTE_MS, 'EN')).toBe(NO_DOSE);
  });

  it('is full and not more', () => {
    expect(breathe(NO_DOSE, 300, 10 * MINUTE_MS, 'EN')).toEqual({ share: 1, full: true });
    expect(breathe(NO_DOSE, 300, 1.25 * MINUTE_MS, 'EN')).toEqual({ share: 1, full: true });
    expect(breathe(NO_DOSE, 300, 1.24 * MINUTE_MS, 'EN').full).toBe(false);
  });

  it('stays full until the air has less than 25 ppm', () => {
    const full = breathe(NO_DOSE, 300, 2 * MINUTE_MS, 'EN');
    expect(breathe(full, 25, 60 * MINUTE_MS, 'EN')).toBe(full);
    expect(breathe(full, 24.9, MINUTE_MS, 'EN').share).toBeLessThan(1);
  });

  it('is full again at once when the air gets worse within 5 minutes, and not later', () => {
    const full = breathe(NO_DOSE, 300, 2 * MINUTE_MS, 'EN');
    const soon = breathe(full, 0, 4.9 * MINUTE_MS, 'EN');
    expect(breathe(soon, 30, 1, 'EN')).toEqual({ share: 1, full: true });
    const later = breathe(full, 0, 5.1 * MINUTE_MS, 'EN');
    expect(breathe(later, 30, 1, 'EN').share).toBeLessThan(1);
  });
});
