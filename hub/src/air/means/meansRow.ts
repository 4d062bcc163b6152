import type { Quantity } from '../../devices/schema.ts';
import type { Millis } from '../../shared/time.ts';
import type { Tier } from './tier.ts';

/** What is kept of one sensor for its means. Volatile but for its long tiers; times are house time, ms. */
export type MeansRow = {
  readonly quantity: Quantity;
  readonly value: number;
  /** When `value` was said; null: it stands no more, for the sensor is lost or only its past is known. */
  readonly at: Millis | null;
  /** Usual span between two readings, ms; null: too few came. */
  readonly everyMs: Millis | null;
  /** Spans of a minute, for means up to an hour and the trend. */
  readonly minutes: Tier | null;
  /** Spans of ten minutes, for means up to a day. */
  readonly tens: Tier | null;
  /** Spans of six hours, for means up to 90 days. */
  readonly quarters: Tier | null;
  /** Spans of a day: of the humidity at surfaces. */
  readonly days: Tier | null;
};
