import type { AlarmLevel } from '../alarms/schema.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Millis } from '../shared/time.ts';
import type { AirKind } from './schema.ts';

/** How far one limit has come with one sensor. `value`: what was compared when it began to cross. */
export type LimitProgress =
  /** Crossed since `since`; not yet for its on-delay. */
  | {
      readonly phase: 'pending';
      readonly since: Millis;
      readonly readings: number;
      readonly value: number | boolean;
    }
  /** Holds since `since` (absent: an earlier Homeward stored it). `clearSince`: it has been clear since then. */
  | {
      readonly phase: 'holds';
      readonly clearSince: Millis | null;
      readonly value: number | boolean;
      readonly since?: Millis;
    };

/** By the limit's id. */
export type Limits = Readonly<Record<string, LimitProgress>>;

/** What is concluded from one sensor. A sensor in good air has no row at all. Durable; times are house time, ms. */
export type AirRow = {
  readonly quantity: Quantity;
  readonly limits: Limits;
  /** The level that was last told, by kind. */
  readonly told: Readonly<Partial<Record<AirKind, AlarmLevel>>>;
  /** The id of the limit that had it, by kind. Absent in rows that an earlier Homeward stored. */
  readonly by?: Readonly<Partial<Record<AirKind, string>>>;
  /** The reading that crossed last was more than a minute old when it came. */
  readonly late: boolean;
};
