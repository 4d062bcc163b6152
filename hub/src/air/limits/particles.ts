import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

const dust = {
  kind: 'air-quality',
  unit: 'µg/m³',
  crosses: 'above',
  hysteresisShare: 0.1,
  onDelayMs: 30 * MINUTE_MS,
  offDelayMs: 30 * MINUTE_MS,
} as const;

const fine = { ...dust, quantity: 'pm25', measure: 'nowCast', windowMs: 12 * HOUR_MS } as const;
const coarse = { ...dust, quantity: 'pm10', measure: 'mean', windowMs: DAY_MS } as const;

export const PARTICLES: readonly LimitRow[] = [
  {
    ...fine,
    level: 'advisory',
    limit: 9,
    strictest: 5,
    weakest: 15,
    source: 'US EPA AQI 2024: over 9.0 µg/m³ is no longer "good"; WHO 2021: 15 µg/m³ as a 24 h mean',
  },
  {
    ...fine,
    level: 'warning',
    limit: 35.4,
    strictest: 12,
    weakest: 55.4,
    source: 'US EPA AQI 2024: over 35.4 µg/m³ is unhealthy for sensitive people',
  },
  {
    ...fine,
    level: 'alarm',
    sound: 'none',
    limit: 55.4,
    strictest: 20,
    weakest: 125.4,
    source: 'US EPA AQI 2024: over 55.4 µg/m³ is unhealthy for everybody',
  },
  {
    ...fine,
    level: 'critical',
    sound: 'none',
    limit: 225.4,
    strictest: 60,
    source: 'US EPA AQI 2024: over 225.4 µg/m³ is hazardous',
  },
  {
    kind: 'smoke',
    quantity: 'pm25',
    level: 'warning',
    unit: 'µg/m³',
    crosses: 'above',
    measure: 'mean',
    windowMs: 10 * MINUTE_MS,
    limit: 500,
    hysteresisShare: 0.1,
    offDelayMs: 30 * MINUTE_MS,
    onlyRising: true,
    strictest: 200,
    source: 'ours: so much dust that still rises may be smoke; never a siren, for it may be cooking',
  },
  {
    ...coarse,
    level: 'advisory',
    limit: 45,
    strictest: 20,
    weakest: 54,
    source: 'WHO 2021: 45 µg/m³ as a 24 h mean',
  },
  {
    ...coarse,
    level: 'warning',
    limit: 154,
    strictest: 54,
    weakest: 254,
    source: 'US EPA AQI: over 154 µg/m³ is unhealthy for sensitive people',
  },
  {
    ...coarse,
    level: 'alarm',
    sound: 'none',
    limit: 254,
    strictest: 100,
    weakest: 354,
    source: 'US EPA AQI: over 254 µg/m³ is unhealthy for everybody',
  },
  {
    ...coarse,
    level: 'critical',
    sound: 'none',
    limit: 424,
    strictest: 254,
    source: 'US EPA AQI: over 424 µg/m³ is hazardous',
  },
];
