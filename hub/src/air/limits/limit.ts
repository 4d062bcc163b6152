import type { AlarmCause, AlarmLevel, AlarmSound } from '../../alarms/schema.ts';
import type { Quantity } from '../../devices/schema.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../../shared/time.ts';
import type { AirKind, Measure } from '../schema.ts';

/** One limit as it holds in this house. */
export type Limit = {
  /** `<quantity>/<kind>/<level>/<measure and window>`; stays the same. */
  readonly id: string;
  readonly kind: AirKind;
  readonly quantity: Quantity;
  readonly level: AlarmLevel;
  /** What is compared … */
  readonly measure: Measure;
  /** … over this span, ms; null: it has none. */
  readonly windowMs: Millis | null;
  /** When a value crosses: `below` and `above` leave the limit itself out, `atMost` and `atLeast` take it in. */
  readonly crosses: 'below' | 'atMost' | 'above' | 'atLeast' | 'on';
  /** In `unit`; not used with `on` (a contact). */
  readonly limit: number;
  readonly unit: string | null;
  /** As the table has it. */
  readonly standard: number;
  /** How far on the safe side of the limit a value must be to count as clear. Same unit. */
  readonly hysteresis: number;
  /** The hysteresis is this share of the limit; null: it is as it stands. */
  readonly hysteresisShare: number | null;
  /** Clear is whatever lies beyond this, wherever the limit stands; null: the hysteresis says. */
  readonly clearAt: number | null;
  /** The limit must be crossed for this long, ms, … */
  readonly onDelayMs: Millis;
  /** … or by this many readings in a row, where that is more than one. */
  readonly confirmReadings: number;
  /** Must be clear for this long, ms. Silence does not count as clear. */
  readonly offDelayMs: Millis;
  /** Stays in the list after it cleared, until somebody has seen it and put it back to normal. */
  readonly latching: boolean;
  readonly sound: AlarmSound;
  readonly cause: AlarmCause;
  /** The reading itself must be as high as this to cross; under it, it is clear. Null: whatever it is. */
  readonly gate: number | null;
  /** Crosses only while the reading rises. */
  readonly onlyRising: boolean;
  readonly editable: boolean;
  /** As far as the owner may make it stricter, in `unit`. */
  readonly strictest: number;
  /** … and weaker; `standard`: not at all. Source: safety.md AIR-1. */
  readonly weakest: number;
  /** Where the figure comes from. */
  readonly source: string;
};

/** One object of the table: what differs from `USUAL`. */
export type LimitRow = Pick<
  Limit,
  'kind' | 'quantity' | 'level' | 'crosses' | 'unit' | 'offDelayMs' | 'source'
> &
  Partial<Limit>;

const USUAL = {
  measure: 'value',
  windowMs: null,
  limit: 1,
  hysteresis: 0,
  hysteresisShare: null,
  clearAt: null,
  onDelayMs: 0,
  confirmReadings: 1,
  latching: false,
  cause: 'limit',
  gate: null,
  onlyRising: false,
} as const;

/** Source: safety.md §1.1: an advisory is a card, a warning chimes, anything worse calls the sirens. */
const SOUND: Readonly<Record<AlarmLevel, AlarmSound>> = {
  advisory: 'none',
  warning: 'chime',
  alarm: 'siren',
  critical: 'siren',
};

/** A row of the table as a whole limit. One that says how strict it may be made is one that may be edited. */
export function limitOf(row: LimitRow): Limit {
  const limit = row.limit ?? USUAL.limit;
  return withHysteresis({
    ...USUAL,
    limit,
    standard: limit,
    sound: SOUND[row.level],
    editable: row.strictest !== undefined,
    strictest: limit,
    weakest: limit,
    ...row,
    id: row.id ?? idOf(row),
  });
}

/** The same limit where the owner wants it. */
export const withOwn = (limit: Limit, own: number): Limit => withHysteresis({ ...limit, limit: own });

function withHysteresis(limit: Limit): Limit {
  if (limit.clearAt !== null) {
    return { ...limit, hysteresis: Math.max(0, Math.abs(limit.limit - limit.clearAt)) };
  }
  if (limit.hysteresisShare === null) return limit;
  // Twelve digits: a tenth of 35.4 is 3.54, not 3.5400000000000005.
  return { ...limit, hysteresis: Number((limit.limit * limit.hysteresisShare).toPrecision(12)) };
}

const idOf = ({ quantity, kind, level, crosses, measure = 'value', windowMs }: LimitRow): string =>
  `${quantity}/${kind}/${level}/${crosses === 'on' ? 'contact' : measure}${spanName(windowMs ?? null)}`;

/** "10min", "8h", "7d"; empty where there is none. */
export function spanName(ms: Millis | null): string {
  if (ms === null) return '';
  if (ms >= 7 * DAY_MS) return `${ms / DAY_MS}d`;
  return ms >= HOUR_MS ? `${ms / HOUR_MS}h` : `${ms / MINUTE_MS}min`;
}

/** Whether the value lies on the dangerous side of the limit. Never called with what is not finite. */
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
  if (typeof value === 'boolean') return limit.crosses === 'on' && !value;
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
