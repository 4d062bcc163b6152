import type { AlarmCause, AlarmLevel, AlarmSound } from '../alarms/schema.ts';
import type { Quantity } from '../devices/schema.ts';
import { MINUTE_MS, type Millis, SECOND_MS } from '../shared/time.ts';
import type { AirKind } from './schema.ts';

/** One limit. Every figure of the air domain stands in `LIMITS` below and nowhere else. */
export type Limit = {
  readonly kind: AirKind;
  readonly quantity: Quantity;
  readonly level: AlarmLevel;
  /** When a value crosses: `below` and `above` leave the limit itself out, `atMost` and `atLeast` take it in. */
  readonly crosses: 'below' | 'atMost' | 'above' | 'atLeast' | 'on';
  /** In the unit of the quantity; not used with `on` (a contact). */
  readonly limit: number;
  /** How far on the safe side of the limit a value must be to count as clear. Same unit. */
  readonly hysteresis: number;
  /** The limit must be crossed for this long, ms, … */
  readonly onDelayMs: Millis;
  /** … or by this many readings in a row, where that is more than one. */
  readonly confirmReadings: number;
  /** Readings must be clear for this long, ms. Silence does not count as clear. */
  readonly offDelayMs: Millis;
  /** Stays in the list after it cleared, until somebody has seen it and put it back to normal. */
  readonly latching: boolean;
  readonly sound: AlarmSound;
  readonly cause: AlarmCause;
  readonly source: string;
};

/** Values that air can have, in the quantity's unit: anything else is a broken sensor and crosses no limit. */
export const RANGE: Partial<Record<Quantity, readonly [low: number, high: number]>> = {
  /** % vol. Source: safety.md §3.2 (physical range 0..30). */
  oxygen: [0, 30],
  /** ppm. Usual cells end at 1 000; up to 10 000 is taken so that a wide-range cell in a real fire still alarms. */
  carbon_monoxide: [0, 10_000],
};

const OSHA = 'OSHA 29 CFR 1910.134(d)(2)(iii) and 1910.146(b): below 19.5 % is oxygen-deficient';

/** Oxygen, % vol. Off-delay and hysteresis: 5 min and 0.2 %, ours, so that a swinging reading does not chatter. */
const oxygen = {
  kind: 'oxygen-low',
  quantity: 'oxygen',
  hysteresis: 0.2,
  confirmReadings: 1,
  offDelayMs: 5 * MINUTE_MS,
  latching: true,
  cause: 'limit',
} as const;

/** Table of safety.md §1.1, as far as the hub watches it today. Worse levels stand after milder ones of a kind. */
export const LIMITS: readonly Limit[] = [
  {
    ...oxygen,
    level: 'advisory',
    sound: 'none',
    crosses: 'atMost',
    limit: 20.3,
    onDelayMs: MINUTE_MS,
    source: 'ours: clearly under fresh air (20.9 %), well before harm',
  },
  {
    ...oxygen,
    level: 'warning',
    sound: 'chime',
    crosses: 'atMost',
    limit: 20.0,
    onDelayMs: MINUTE_MS,
    source: 'ours: half way from fresh air to the legal limit; time to open a window',
  },
  {
    ...oxygen,
    level: 'alarm',
    sound: 'siren',
    crosses: 'below',
    limit: 19.5,
    onDelayMs: 10 * SECOND_MS,
    source: `${OSHA}; on-delay ours: two readings of a usual sensor`,
  },
  {
    ...oxygen,
    level: 'critical',
    sound: 'siren',
    crosses: 'atMost',
    limit: 18.0,
    onDelayMs: 0,
    confirmReadings: 2,
    source: 'ours: first harm to the weak is described from 18 % down; one reading and its confirmation',
  },
  {
    kind: 'co',
    quantity: 'carbon_monoxide',
    level: 'critical',
    crosses: 'atLeast',
    limit: 300,
    hysteresis: 275,
    onDelayMs: 0,
    confirmReadings: 1,
    offDelayMs: 5 * MINUTE_MS,
    latching: true,
    sound: 'siren',
    cause: 'limit',
    source:
      'EN 50291-1 window: alarm within 3 min at 300 ppm; we do not wait. Clear: under 25 ppm for 5 min (safety.md §1.1)',
  },
  {
    kind: 'smoke',
    quantity: 'smoke',
    level: 'alarm',
    crosses: 'on',
    limit: 1,
    hysteresis: 0,
    onDelayMs: 0,
    confirmReadings: 1,
    offDelayMs: 0,
    latching: true,
    sound: 'siren',
    cause: 'contact',
    source: 'contact of a smoke alarm (EN 14604): the detector has decided already, no delay of ours',
  },
  {
    kind: 'co',
    quantity: 'carbon_monoxide',
    level: 'alarm',
    crosses: 'on',
    limit: 1,
    hysteresis: 0,
    onDelayMs: 0,
    confirmReadings: 1,
    offDelayMs: 0,
    latching: true,
    sound: 'siren',
    cause: 'contact',
    source:
      'contact of a carbon monoxide alarm (EN 50291-1): the detector has decided already, no delay of ours',
  },
];

function byQuantity(contacts: boolean): ReadonlyMap<Quantity, readonly Limit[]> {
  const chosen = LIMITS.filter((limit) => (limit.crosses === 'on') === contacts);
  return new Map(
    chosen.map(({ quantity }) => [quantity, chosen.filter((limit) => limit.quantity === quantity)]),
  );
}

const OF_NUMBERS = byQuantity(false);
const OF_CONTACTS = byQuantity(true);
const NONE: readonly Limit[] = [];

/** Limits that a value of this quantity can cross; numbers and contacts have limits of their own. */
export const limitsFor = (quantity: Quantity, value: number | boolean): readonly Limit[] =>
  (typeof value === 'boolean' ? OF_CONTACTS : OF_NUMBERS).get(quantity) ?? NONE;

/** Whether the value lies on the dangerous side of the limit. NaN and infinities never get here: see `isPlausible`. */
export function crosses(limit: Limit, value: number | boolean): boolean {
  if (typeof value === 'boolean') return limit.crosses === 'on' && value;
  switch (limit.crosses) {
    case 'below':
      return value < limit.limit;
    case 'atMost':
      return value <= limit.limit;
    case 'above':
      return value > limit.limit;
    case 'atLeast':
      return value >= limit.limit;
    case 'on':
      return false;
  }
}

/** Whether the value lies on the safe side, beyond the hysteresis. */
export function isClear(limit: Limit, value: number | boolean): boolean {
  if (typeof value === 'boolean') return !value;
  switch (limit.crosses) {
    case 'below':
      return value >= limit.limit + limit.hysteresis;
    case 'atMost':
      return value > limit.limit + limit.hysteresis;
    case 'above':
      return value <= limit.limit - limit.hysteresis;
    case 'atLeast':
      return value < limit.limit - limit.hysteresis;
    case 'on':
      return false;
  }
}

/** Whether a reading can be true at all. A broken one neither raises nor clears. */
export function isPlausible(quantity: Quantity, value: number | boolean): boolean {
  if (typeof value === 'boolean') return true;
  if (!Number.isFinite(value)) return false;
  const range = RANGE[quantity];
  return range === undefined || (value >= range[0] && value <= range[1]);
}
