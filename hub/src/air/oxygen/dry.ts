import { MINUTE_MS, type Millis } from '../../shared/time.ts';
import type { Climate, Heard } from '../climate.ts';

/** Oxygen of dry clean air everywhere on earth, % vol. */
export const CLEAN_AIR_PERCENT = 20.95;

/** Air pressure where no barometer is heard, hPa: at sea level, ICAO standard atmosphere. */
export const STANDARD_HPA = 1013.25;

/** What a barometer may say, hPa: the highest village to the deepest valley. Anything else is in another unit, or broken. */
const HPA_RANGE = [500, 1100] as const;

/**
 * Temperature and humidity older than this are unknown, ms: the slowest sensor that is still thought to live speaks every 60 minutes, and
 * when the air changes it speaks sooner. Source: safety.md §3.2.
 */
export const CLIMATE_AGE_MS: Millis = 60 * MINUTE_MS;

/** The climate as far as it can be used now. */
export type FreshClimate = {
  /** °C and % RH; null: one of them is missing, and oxygen cannot be told from water vapour. */
  readonly vapour: { readonly temperature: number; readonly humidity: number } | null;
  /** hPa; null: no barometer. */
  readonly pressure: number | null;
};

export function freshClimate({ temperature, humidity, pressure }: Climate, now: Millis): FreshClimate {
  const degrees = fresh(temperature, now, -40, 60);
  const relative = fresh(humidity, now, 0, 100.5);
  return {
    vapour: degrees === null || relative === null ? null : { temperature: degrees, humidity: relative },
    pressure: fresh(pressure, now, ...HPA_RANGE),
  };
}

function fresh(heard: Heard | null, now: Millis, low: number, high: number): number | null {
  if (heard === null || now - heard.at > CLIMATE_AGE_MS) return null;
  return heard.value >= low && heard.value <= high ? heard.value : null;
}

/** Pressure of saturated water vapour, hPa. Source: Magnus, with the constants of WMO-No. 8 (over water, -45..60 °C). */
export const saturationHpa = (celsius: number): number =>
  6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius));

/**
 * Oxygen as a share of the air without its water vapour: hot humid air has a tenth less oxygen without lacking any. Source: safety.md §2.2.
 * @param wet % vol, as measured in air of that temperature (°C), humidity (% RH) and pressure (hPa)
 */
export function dryEquivalent(wet: number, temperature: number, humidity: number, hpa: number): number {
  const vapour = (Math.min(humidity, 100) / 100) * saturationHpa(temperature);
  return wet / (1 - vapour / hpa);
}
