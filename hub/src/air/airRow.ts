import type { AlarmLevel } from '../alarms/schema.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Millis } from '../shared/time.ts';
import type { AirKind } from './schema.ts';

/** How far one limit has come with one sensor. */
export type LimitProgress =
  /** Crossed since `since`; not yet for its on-delay. */
  | { readonly phase: 'pending'; readonly since: Millis; readonly readings: number }
  /** Holds. `clearSince`: readings have been clear since then. */
  | { readonly phase: 'holds'; readonly clearSince: Millis | null };

/** What is concluded from one sensor. A sensor in good air has no row at all. Durable; times are house time, ms. */
export type AirRow = {
  readonly quantity: Quantity;
  /** By `<kind>/<level>` of the limit. */
  readonly limits: Readonly<Record<string, LimitProgress>>;
  /** The level that was last told, by kind. */
  readonly told: Readonly<Partial<Record<AirKind, AlarmLevel>>>;
  /** The value that last crossed a limit. */
  readonly value: number | boolean;
  readonly unit: string | null;
  readonly late: boolean;
};
