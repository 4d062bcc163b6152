import { DAY_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

/** Harm comes of years: only means, and never a siren. */
const radon = {
  kind: 'air-quality',
  quantity: 'radon',
  unit: 'Bq/m³',
  crosses: 'above',
  measure: 'mean',
  hysteresisShare: 0.1,
  offDelayMs: 7 * DAY_MS,
} as const;

export const RADON: readonly LimitRow[] = [
  {
    ...radon,
    level: 'advisory',
    windowMs: 7 * DAY_MS,
    limit: 100,
    strictest: 50,
    weakest: 148,
    source: 'WHO 2009: reference level of 100 Bq/m³',
  },
  {
    ...radon,
    level: 'warning',
    windowMs: 30 * DAY_MS,
    limit: 148,
    strictest: 100,
    weakest: 300,
    source: 'US EPA: act at 4 pCi/L, which is 148 Bq/m³',
  },
  {
    ...radon,
    level: 'alarm',
    sound: 'none',
    windowMs: 90 * DAY_MS,
    limit: 300,
    strictest: 148,
    source: 'WHO 2009: never over 300 Bq/m³',
  },
];
