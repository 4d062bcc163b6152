import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

const contact = {
  unit: null,
  crosses: 'on',
  offDelayMs: 0,
  latching: true,
  cause: 'contact',
} as const;

/** Numbers of a thermometer; it may stand at a stove, so 45 °C only warns. */
const hot = {
  kind: 'heat',
  quantity: 'temperature',
  unit: '°C',
  crosses: 'atLeast',
  hysteresis: 3,
  onDelayMs: 10 * SECOND_MS,
  offDelayMs: 5 * MINUTE_MS,
  latching: true,
} as const;

export const FIRE: readonly LimitRow[] = [
  {
    ...contact,
    kind: 'smoke',
    quantity: 'smoke',
    level: 'alarm',
    source: 'contact of a smoke alarm (EN 14604): the detector has decided already, no delay of ours',
  },
  {
    ...contact,
    kind: 'heat',
    quantity: 'heat',
    level: 'alarm',
    source: 'contact of a heat alarm (EN 54-5): the detector has decided already, no delay of ours',
  },
  {
    ...hot,
    level: 'warning',
    limit: 45,
    strictest: 38,
    source: 'ours: hotter than any room is lived in',
  },
  {
    ...hot,
    level: 'alarm',
    limit: 57,
    strictest: 50,
    source: 'usual rating of heat alarms: 57 °C (135 °F)',
  },
  {
    ...hot,
    level: 'alarm',
    measure: 'rate',
    windowMs: MINUTE_MS,
    unit: '°C/min',
    limit: 8.3,
    // It waits for the second reading that agrees instead (`rate.ts`).
    onDelayMs: 0,
    gate: 35,
    source: 'usual rating of rate-of-rise heat alarms: 8.3 °C (15 °F) a minute; over 35 °C, ours',
  },
  {
    ...hot,
    level: 'critical',
    limit: 70,
    strictest: 57,
    source: 'ours: no doubt is left at 70 °C',
  },
];

/** What raises a smoke alarm to critical: told by `fire.ts`, which looks at all detectors. */
export const FIRE_CONFIRMED: LimitRow = {
  ...contact,
  kind: 'smoke',
  quantity: 'smoke',
  level: 'critical',
  source: 'NFPA 72 (the concept): two detectors, or one and heat, leave no doubt',
};
