import type { Quantity } from '../../devices/schema.ts';
import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import type { MeansRow } from './meansRow.ts';
import { meanOver } from './tier.ts';

export type Trend = 'rising' | 'falling' | 'steady';

/** The window of a trend, ms; its last third is compared with its first. */
export const TREND_MS: Millis = 15 * MINUTE_MS;
const THIRD_MS: Millis = TREND_MS / 3;

/** Half of a third must have been heard. Ours. */
const LEAST_HEARD = 0.5;

/** What moves less within a quarter of an hour is steady. Ours: about three times the noise of usual sensors. */
const STEADY: Partial<Record<Quantity, number>> = {
  oxygen: 0.1,
  carbon_monoxide: 3,
  carbon_dioxide: 60,
  lel_methane: 1,
  lel_lpg: 1,
  temperature: 0.4,
  humidity: 2,
  pm25: 4,
  pm10: 6,
  nitrogen_dioxide: 10,
  ozone: 10,
  hydrogen_sulfide: 0.3,
  formaldehyde: 0.01,
  radon: 30,
  voc_index: 25,
  nox_index: 5,
};

/** Where the readings went during the quarter of an hour that ends now. Null: too little was heard. */
export function trendOf(row: MeansRow, quantity: Quantity, now: Millis): Trend | null {
  const steady = STEADY[quantity];
  if (row.minutes === null || steady === undefined) return null;
  const first = meanOver(row.minutes, now - TREND_MS, now - TREND_MS + THIRD_MS);
  const last = meanOver(row.minutes, now - THIRD_MS, now);
  if (first.mean === null || last.mean === null) return null;
  if (Math.min(first.coverage, last.coverage) < LEAST_HEARD) return null;
  const moved = last.mean - first.mean;
  if (Math.abs(moved) <= steady) return 'steady';
  return moved > 0 ? 'rising' : 'falling';
}
