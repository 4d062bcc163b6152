import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

const co2 = {
  kind: 'co2',
  quantity: 'carbon_dioxide',
  unit: 'ppm',
  crosses: 'atLeast',
  offDelayMs: 10 * MINUTE_MS,
  hysteresisShare: 0.1,
} as const;

const mean = { ...co2, measure: 'mean' } as const;

export const CARBON_DIOXIDE: readonly LimitRow[] = [
  {
    ...mean,
    level: 'advisory',
    windowMs: 10 * MINUTE_MS,
    limit: 1_000,
    hysteresis: 100,
    hysteresisShare: null,
    strictest: 700,
    weakest: 1_500,
    source: 'ventilation practice: a room under 1,000 ppm is aired well enough (good: under 800)',
  },
  {
    ...mean,
    level: 'warning',
    windowMs: 10 * MINUTE_MS,
    limit: 2_000,
    strictest: 1_000,
    weakest: 3_000,
    source: 'ours: twice what counts as stuffy; heads ache and sleep is poor',
  },
  {
    ...mean,
    level: 'warning',
    windowMs: 15 * MINUTE_MS,
    limit: 5_000,
    strictest: 2_000,
    source: 'NIOSH and OSHA: 5,000 ppm is the limit of a working day',
  },
  {
    ...mean,
    level: 'alarm',
    windowMs: 8 * HOUR_MS,
    crosses: 'above',
    limit: 5_000,
    strictest: 2_500,
    latching: true,
    source: 'NIOSH and OSHA: 5,000 ppm as an 8 h mean (TWA)',
  },
  {
    ...co2,
    level: 'alarm',
    limit: 10_000,
    strictest: 5_000,
    onDelayMs: 5 * MINUTE_MS,
    latching: true,
    source: 'ours: 1 %; the first effects on breathing',
  },
  {
    ...mean,
    level: 'critical',
    windowMs: 15 * MINUTE_MS,
    limit: 30_000,
    strictest: 15_000,
    latching: true,
    source: 'NIOSH: 30,000 ppm as a 15 min mean (STEL)',
  },
  {
    ...co2,
    level: 'critical',
    limit: 40_000,
    strictest: 20_000,
    latching: true,
    source: 'NIOSH IDLH: 40,000 ppm is immediately dangerous to life',
  },
];
