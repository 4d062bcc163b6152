import { MINUTE_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

/** Rules that look ahead: the window tells which. Each has its own persistence, so none is delayed here. */
const outlook = {
  kind: 'oxygen-low',
  quantity: 'oxygen',
  unit: 'min',
  measure: 'minutesLeft',
  crosses: 'below',
  cause: 'outlook',
  offDelayMs: 5 * MINUTE_MS,
  latching: true,
} as const;

/** Minutes until oxygen falls under 19.5 %, while the rule of that window holds. */
export const OUTLOOK: readonly LimitRow[] = [
  {
    ...outlook,
    level: 'advisory',
    windowMs: 20 * MINUTE_MS,
    limit: 120,
    source: 'ours, tuned by simulation (safety.md §2.4): rule SLOW',
  },
  {
    ...outlook,
    level: 'warning',
    windowMs: 15 * MINUTE_MS,
    limit: 60,
    source: 'ours, tuned by simulation (safety.md §2.4): rule MAIN',
  },
  {
    ...outlook,
    level: 'alarm',
    windowMs: 15 * MINUTE_MS,
    limit: 20,
    source: 'ours (safety.md O2-4): rule MAIN, and 20 min or less at worst',
  },
  {
    ...outlook,
    level: 'critical',
    windowMs: 4 * MINUTE_MS,
    limit: 15,
    source: 'ours, tuned by simulation (safety.md §2.4): rule FAST',
  },
];
