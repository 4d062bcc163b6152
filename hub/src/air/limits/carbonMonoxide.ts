import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

/** Under this the air counts as clean, ppm. Source: safety.md §1.1: off after 5 min under 25 ppm. */
const CLEAN_PPM = 25;

const co = {
  kind: 'co',
  quantity: 'carbon_monoxide',
  unit: 'ppm',
  crosses: 'atLeast',
  offDelayMs: 5 * MINUTE_MS,
  latching: true,
} as const;

/** Exposure outlasts the bad air by hours: it alarms only in bad air, and ends when the air is clean. */
const exposure = { ...co, gate: CLEAN_PPM } as const;

const cohb = { ...exposure, measure: 'cohb', unit: '%', cause: 'cohb' } as const;

const mean = { ...co, measure: 'mean' } as const;

export const CARBON_MONOXIDE: readonly LimitRow[] = [
  {
    ...mean,
    level: 'advisory',
    windowMs: 8 * HOUR_MS,
    limit: 9,
    strictest: 3,
    source: 'US EPA: 9 ppm as an 8 h mean',
  },
  {
    ...mean,
    level: 'advisory',
    windowMs: DAY_MS,
    limit: 3.5,
    strictest: 1.5,
    source: 'WHO 2021: 4 mg/m³ as a 24 h mean, which is 3.5 ppm',
  },
  {
    ...mean,
    level: 'warning',
    windowMs: HOUR_MS,
    limit: 35,
    strictest: 9,
    source: 'US EPA: 35 ppm as a 1 h mean',
  },
  {
    ...cohb,
    level: 'warning',
    limit: 2.5,
    hysteresis: 2.5,
    source: 'ours: 2.5 % modelled carboxyhaemoglobin, about what the US EPA limits keep people under',
  },
  {
    ...cohb,
    level: 'alarm',
    limit: 5,
    hysteresis: 5,
    source: 'ours: 5 % modelled carboxyhaemoglobin; 30 ppm for ever stays below it',
  },
  {
    ...exposure,
    level: 'alarm',
    measure: 'dose',
    unit: null,
    cause: 'dose',
    limit: 1,
    // A dose fades by itself: only clean air ends the alarm.
    hysteresis: 1,
    source: 'alarm windows of EN 50291-1 (50 ppm 60-90 min, 100 ppm 10-40 min, 300 ppm < 3 min) or UL 2034',
  },
  {
    ...cohb,
    level: 'critical',
    limit: 10,
    hysteresis: 10,
    source: 'UL 2034 footnote: 10 % carboxyhaemoglobin is where its alarms must have sounded',
  },
  {
    ...co,
    level: 'critical',
    limit: 300,
    clearAt: CLEAN_PPM,
    strictest: 100,
    source:
      'EN 50291-1 window: alarm within 3 min at 300 ppm; we do not wait. Clear: under 25 ppm for 5 min (safety.md §1.1)',
  },
  {
    ...co,
    level: 'alarm',
    unit: null,
    crosses: 'on',
    cause: 'contact',
    offDelayMs: 0,
    source:
      'contact of a carbon monoxide alarm (EN 50291-1): the detector has decided already, no delay of ours',
  },
];
