import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { NO_CLIMATE } from '../climate.ts';
import { CLEAN_AIR_PERCENT, CLIMATE_AGE_MS, dryEquivalent, freshClimate, STANDARD_HPA } from './dry.ts';

describe('dry-equivalent oxygen', () => {
  // Source: safety.md §2.2, wet reading of clean air.
  it.each([
    [20, 40, 20.75],
    [25, 50, 20.62],
    [25, 80, 20.42],
    [30, 80, 20.25],
    [35, 90, 19.9],
  ])('O2-5 clean air of %i °C and %i %% RH reads %f and is 20.95 dry', (temperature, humidity, wet) => {
    const dry = dryEquivalent(wet, temperature, humidity, STANDARD_HPA);
    expect(Math.abs(dry - CLEAN_AIR_PERCENT)).toBeLessThanOrEqual(0.015);
  });

  it('takes fog for saturated air', () => {
    expect(dryEquivalent(20, 20, 100.5, STANDARD_HPA)).toBe(dryEquivalent(20, 20, 100, STANDARD_HPA));
  });
});

describe('the climate that can be used', () => {
  const heard = (value: number, at = 0) => ({ value, at });
  const all = { ...NO_CLIMATE, temperature: heard(20), humidity: heard(50), pressure: heard(980) };

  it('O2-5 needs both temperature and humidity', () => {
    expect(freshClimate(all, 0)).toEqual({ vapour: { temperature: 20, humidity: 50 }, pressure: 980 });
    expect(freshClimate({ ...all, temperature: null }, 0).vapour).toBeNull();
    expect(freshClimate({ ...all, humidity: null }, 0).vapour).toBeNull();
    expect(freshClimate({ ...all, pressure: null }, 0)).toMatchObject({ pressure: null });
  });

  it('is unknown after an hour', () => {
    expect(CLIMATE_AGE_MS).toBe(60 * MINUTE_MS);
    expect(freshClimate(all, CLIMATE_AGE_MS).vapour).not.toBeNull();
    expect(freshClimate(all, CLIMATE_AGE_MS + 1)).toEqual({ vapour: null, pressure: null });
  });

  it.each([
    ['temperature', -40.1],
    ['temperature', 60.1],
    ['humidity', -0.1],
    ['humidity', 100.6],
    ['pressure', 499],
    ['pressure', 1_101],
    ['pressure', 101_325],
  ] as const)('does not believe a %s of %f', (key, value) => {
    const { vapour, pressure } = freshClimate({ ...all, [key]: heard(value) }, 0);
    if (key === 'pressure') expect(pressure).toBeNull();
    else expect(vapour).toBeNull();
  });
});
