import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

const OSHA_LOW = 'OSHA 29 CFR 1910.134(d)(2)(iii) and 1910.146(b): below 19.5 % is oxygen-deficient';
const OSHA_HIGH = 'OSHA 29 CFR 1910.146(b): above 23.5 % is a hazardous atmosphere';

/** Off-delay and hysteresis: 5 min and 0.2 %, ours (safety.md §1.1), so that a swinging reading does not chatter. */
const low = {
  kind: 'oxygen-low',
  quantity: 'oxygen',
  unit: '%',
  hysteresis: 0.2,
  offDelayMs: 5 * MINUTE_MS,
  latching: true,
} as const;

const high = { ...low, kind: 'oxygen-high', onDelayMs: 30 * SECOND_MS } as const;

/** Oxygen, % vol, as dry air where that can be computed. */
export const OXYGEN: readonly LimitRow[] = [
  {
    ...low,
    level: 'advisory',
    crosses: 'atMost',
    limit: 20.3,
    strictest: 20.6,
    onDelayMs: MINUTE_MS,
    source: 'ours: clearly under fresh air (20.9 %), well before harm',
  },
  {
    ...low,
    level: 'warning',
    crosses: 'atMost',
    limit: 20.0,
    strictest: 20.5,
    onDelayMs: MINUTE_MS,
    source: 'ours: half way from fresh air to the legal limit; time to open a window',
  },
  {
    ...low,
    level: 'alarm',
    crosses: 'below',
    limit: 19.5,
    strictest: 20.3,
    onDelayMs: 10 * SECOND_MS,
    source: `${OSHA_LOW}; on-delay ours: two readings of a usual sensor`,
  },
  {
    ...low,
    level: 'critical',
    crosses: 'atMost',
    limit: 18.0,
    strictest: 19.5,
    confirmReadings: 2,
    source: 'ours: first harm to the weak is described from 18 % down; one reading and its confirmation',
  },
  {
    ...high,
    level: 'advisory',
    crosses: 'atLeast',
    limit: 22.0,
    strictest: 21.5,
    source: 'ours: clearly over fresh air (20.9 %); a cylinder or concentrator leaks, or the cell is wrong',
  },
  {
    ...high,
    level: 'warning',
    crosses: 'atLeast',
    limit: 23.0,
    strictest: 21.8,
    source: 'ours: half a percent before the legal limit',
  },
  {
    ...high,
    level: 'alarm',
    crosses: 'above',
    limit: 23.5,
    strictest: 22.0,
    source: `${OSHA_HIGH}: things burn that did not`,
  },
  {
    ...high,
    level: 'critical',
    crosses: 'atLeast',
    limit: 25,
    strictest: 23.5,
    source: 'ours: materials ignite and burn markedly faster from 25 % on',
  },
];
