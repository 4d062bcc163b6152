import { MINUTE_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

const SENSIRION = 'scale of the Sensirion gas index algorithm';

/** Relative to the last day of that sensor: never turned into ppm, never a siren. */
const voc = {
  kind: 'air-quality',
  quantity: 'voc_index',
  unit: null,
  crosses: 'above',
  measure: 'mean',
  hysteresis: 20,
  offDelayMs: 15 * MINUTE_MS,
} as const;

const nox = {
  ...voc,
  quantity: 'nox_index',
  windowMs: 15 * MINUTE_MS,
  hysteresis: 0,
  hysteresisShare: 0.1,
} as const;

export const INDICES: readonly LimitRow[] = [
  {
    ...voc,
    level: 'advisory',
    windowMs: 15 * MINUTE_MS,
    limit: 150,
    strictest: 120,
    weakest: 250,
    source: `${SENSIRION} (100 is the mean of the day); the cut is ours`,
  },
  {
    ...voc,
    level: 'warning',
    windowMs: 10 * MINUTE_MS,
    limit: 250,
    strictest: 150,
    weakest: 400,
    source: `${SENSIRION} (100 is the mean of the day); the cut is ours`,
  },
  {
    ...voc,
    level: 'warning',
    measure: 'value',
    limit: 400,
    strictest: 250,
    onDelayMs: 10 * MINUTE_MS,
    source: `${SENSIRION} (its end is 500); ours: a strong source`,
  },
  {
    ...nox,
    level: 'advisory',
    limit: 20,
    strictest: 5,
    weakest: 100,
    source: `${SENSIRION} (1 is the mean of the day); the cut is ours`,
  },
  {
    ...nox,
    level: 'warning',
    limit: 150,
    strictest: 50,
    weakest: 300,
    source: `${SENSIRION} (1 is the mean of the day); the cut is ours`,
  },
];
