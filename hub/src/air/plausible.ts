import type { Quantity } from '../devices/schema.ts';

/**
 * Values that air can have, in the unit of the limits: anything else is a broken sensor. Wide on purpose: a value too far up must
 * never make a dangerous reading implausible. Source: safety.md §3.2 for oxygen and temperature; the rest is the widest that
 * sensors for homes can tell.
 */
export const RANGE: Partial<Record<Quantity, readonly [low: number, high: number]>> = {
  oxygen: [0, 30],
  carbon_monoxide: [0, 10_000],
  carbon_dioxide: [0, 100_000],
  lel_methane: [0, 100],
  lel_lpg: [0, 100],
  temperature: [-40, 85],
  humidity: [0, 100.5],
  pm25: [0, 2_000],
  pm10: [0, 2_000],
  nitrogen_dioxide: [0, 100_000],
  ozone: [0, 100_000],
  hydrogen_sulfide: [0, 2_000],
  formaldehyde: [0, 20],
  radon: [0, 100_000],
  voc_index: [0, 500],
  nox_index: [0, 500],
};

/** Whether a reading can be true at all. A broken one clears nothing. */
export function isPlausible(quantity: Quantity, value: number | boolean): boolean {
  if (typeof value === 'boolean') return true;
  if (!Number.isFinite(value)) return false;
  const range = RANGE[quantity];
  return range === undefined || (value >= range[0] && value <= range[1]);
}
