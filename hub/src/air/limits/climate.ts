import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

const cold = {
  kind: 'cold',
  quantity: 'temperature',
  unit: '°C',
  crosses: 'below',
  hysteresis: 1,
  onDelayMs: 15 * MINUTE_MS,
  offDelayMs: 30 * MINUTE_MS,
} as const;

const hot = {
  kind: 'hot',
  quantity: 'temperature',
  unit: '°C',
  crosses: 'atLeast',
  measure: 'heatIndex',
  hysteresis: 1,
  onDelayMs: 20 * MINUTE_MS,
  offDelayMs: 30 * MINUTE_MS,
} as const;

const damp = {
  kind: 'humidity',
  quantity: 'humidity',
  unit: '%',
  crosses: 'above',
  measure: 'mean',
  windowMs: DAY_MS,
  hysteresis: 5,
  offDelayMs: DAY_MS,
} as const;

/** Temperature, as it is felt, and humidity. Nobody knows yet whether somebody is there: the room counts as lived in. */
export const CLIMATE: readonly LimitRow[] = [
  {
    ...cold,
    level: 'advisory',
    limit: 18,
    strictest: 21,
    weakest: 12,
    onDelayMs: 6 * HOUR_MS,
    source: 'WHO: 18 °C keeps a lived-in room from harming health; for 6 h, ours',
  },
  {
    ...cold,
    level: 'warning',
    limit: 5,
    strictest: 10,
    weakest: 3,
    source: 'ours: pipes freeze next',
  },
  {
    ...cold,
    level: 'alarm',
    sound: 'chime',
    limit: 2,
    strictest: 5,
    latching: true,
    source: 'ours: pipes freeze now',
  },
  {
    ...hot,
    level: 'advisory',
    limit: 27,
    strictest: 25,
    weakest: 32,
    source: 'US NWS heat index: caution from 80 °F on',
  },
  {
    ...hot,
    level: 'warning',
    limit: 32,
    strictest: 27,
    weakest: 38,
    source: 'US NWS heat index: extreme caution from 90 °F on',
  },
  {
    ...hot,
    level: 'alarm',
    sound: 'chime',
    limit: 39.4,
    strictest: 32,
    source: 'US NWS heat index: danger from 103 °F on',
  },
  {
    ...hot,
    level: 'critical',
    sound: 'chime',
    limit: 51.7,
    strictest: 39.4,
    source: 'US NWS heat index: extreme danger from 125 °F on',
  },
  {
    ...damp,
    level: 'advisory',
    limit: 60,
    strictest: 50,
    weakest: 75,
    source: 'US EPA: keep a home under 60 % RH',
  },
  {
    ...damp,
    level: 'advisory',
    crosses: 'below',
    windowMs: 6 * HOUR_MS,
    limit: 30,
    strictest: 40,
    weakest: 15,
    source: 'ours: under 30 % RH eyes and airways dry out; over 6 h, ours',
  },
  {
    ...damp,
    level: 'warning',
    limit: 70,
    strictest: 60,
    weakest: 80,
    source: 'ours: a whole day over 70 % RH; mould grows at cold corners',
  },
  {
    ...damp,
    level: 'warning',
    windowMs: 6 * HOUR_MS,
    limit: 80,
    strictest: 70,
    weakest: 90,
    source: 'usual mould criterion: 80 % RH; over 6 h in the room itself',
  },
  {
    ...damp,
    level: 'warning',
    measure: 'surfaceHumidity',
    windowMs: null,
    limit: 80,
    strictest: 70,
    weakest: 90,
    source:
      'usual mould criterion (ISO 13788): 80 % RH at the surface, here on 5 of 7 days; see mould.ts for the surface',
  },
];
