import { HOUR_MS, type Millis } from '../shared/time.ts';
import { LEAST_COVERAGE, meanBetween } from './means/means.ts';
import type { MeansRow } from './means/meansRow.ts';
import type { Measured } from './measured.ts';

/** Hours that a NowCast looks back. Source: US EPA, "Technical Assistance Document for the Reporting of Daily Air Quality" (2024). */
const HOURS = 12;

/** An hour counts at least half as much as the one after it. Same source: for particles. */
const LEAST_WEIGHT = 0.5;

/**
 * NowCast of particles from hourly means, the latest first; null: that hour was not heard. The steadier the air was, the more the
 * hours before count. Null when fewer than two of the last three hours were heard. Source: US EPA, as above.
 */
export function nowCast(hourly: readonly (number | null)[]): number | null {
  const heard = hourly.slice(0, HOURS).filter((mean) => mean !== null);
  if (hourly.slice(0, 3).filter((mean) => mean !== null).length < 2) return null;
  const highest = Math.max(...heard);
  const weight = highest <= 0 ? 1 : Math.max(LEAST_WEIGHT, Math.min(...heard) / highest);
  let sum = 0;
  let weights = 0;
  hourly.slice(0, HOURS).forEach((mean, age) => {
    if (mean === null) return;
    sum += mean * weight ** age;
    weights += weight ** age;
  });
  return sum / weights;
}

/** The NowCast of a sensor now, from the hours that end now. Coverage: share of the twelve hours that count. */
export function measuredNowCast(row: MeansRow, now: Millis): Measured {
  const hourly: (number | null)[] = [];
  for (let age = 0; age < HOURS; age++) {
    const { mean, coverage } = meanBetween(row, now - (age + 1) * HOUR_MS, now - age * HOUR_MS);
    hourly.push(coverage >= LEAST_COVERAGE ? mean : null);
  }
  const heard = hourly.filter((mean) => mean !== null).length;
  return {
    measure: 'nowCast',
    windowMs: HOURS * HOUR_MS,
    value: nowCast(hourly),
    coverage: heard / HOURS,
  };
}

/** Where the steps of the index lie: concentration and index at the end of each, µg/m³. Source: US EPA, 89 FR 16202 (2024). */
const STEPS = {
  pm25: { digits: 1, ends: [9, 35.4, 55.4, 125.4, 225.4, 325.4] },
  pm10: { digits: 0, ends: [54, 154, 254, 354, 424, 604] },
} as const;
const INDEX = [50, 100, 150, 200, 300, 500] as const;

/** "Beyond the index". */
export const BEYOND_AQI = 501;

/** US EPA index of a concentration of particles, µg/m³: 0..500, or 501 beyond it. */
export function aqi(quantity: 'pm25' | 'pm10', concentration: number): number {
  const { digits, ends } = STEPS[quantity];
  const unit = 10 ** digits;
  // To nine digits first: 35.4 is 353.99999999999994 tenths.
  const c = Math.floor(Number((Math.max(0, concentration) * unit).toPrecision(9))) / unit;
  const step = ends.findIndex((end) => c <= end);
  if (step === -1) return BEYOND_AQI;
  const low = step === 0 ? 0 : (ends[step - 1] as number) + 1 / unit;
  const lowIndex = step === 0 ? 0 : (INDEX[step - 1] as number) + 1;
  const share = (c - low) / ((ends[step] as number) - low);
  return Math.round(((INDEX[step] as number) - lowIndex) * share + lowIndex);
}
