import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import type { LimitRow } from './limit.ts';

/** Off: under 3 % LEL for a minute. Source: safety.md §1.1. */
const gas = {
  kind: 'gas',
  unit: '%LEL',
  crosses: 'atLeast',
  onDelayMs: 10 * SECOND_MS,
  offDelayMs: MINUTE_MS,
  latching: true,
} as const;

const LEVELS = [
  {
    ...gas,
    level: 'advisory',
    limit: 3,
    hysteresis: 2,
    strictest: 2,
    source: 'EN 50194-1: no alarm under 3 % LEL; ours: a hint there already',
  },
  {
    ...gas,
    level: 'warning',
    limit: 5,
    hysteresis: 2,
    strictest: 2,
    source: 'ours: half of what is hazardous; panels warn at 8 to 13 % LEL',
  },
  {
    ...gas,
    level: 'alarm',
    limit: 10,
    clearAt: 3,
    strictest: 5,
    source: 'OSHA 29 CFR 1910.146(b): 10 % of the lower flammable limit is hazardous; window of EN 50194-1',
  },
  {
    ...gas,
    level: 'critical',
    limit: 20,
    clearAt: 3,
    strictest: 10,
    source: 'EN 50194-1: an alarm must sound at 20 % LEL at the latest',
  },
] as const;

/** Methane (LEL 5.0 % vol) and liquefied gas (propane about 2.1, butane 1.8 % vol), % of the lower explosive limit. */
export const EXPLOSIVE: readonly LimitRow[] = [
  ...LEVELS.map((row): LimitRow => ({ ...row, quantity: 'lel_methane' })),
  ...LEVELS.map((row): LimitRow => ({ ...row, quantity: 'lel_lpg' })),
  {
    ...gas,
    quantity: 'gas',
    level: 'alarm',
    unit: null,
    crosses: 'on',
    onDelayMs: 0,
    offDelayMs: 0,
    cause: 'contact',
    source: 'contact of a gas alarm (EN 50194-1): the detector has decided already, no delay of ours',
  },
];
