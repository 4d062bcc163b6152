import type { AlarmCause } from '../alarms/schema.ts';
import type { Millis } from '../shared/time.ts';
import type { Measure } from './schema.ts';

/** What a limit is compared with: one number that follows from the readings of a sensor. */
export type Measured = {
  readonly measure: Measure;
  /** Of a mean, a rate or an outlook, ms; null: it has none. */
  readonly windowMs: Millis | null;
  /** Always finite. Null: it cannot be computed, and then it neither raises nor clears (safety.md AIR-4). */
  readonly value: number | null;
  /** Share of the window in which the sensor was heard, 0..1; null: nothing that needs one. */
  readonly coverage: number | null;
  /** Why it was raised, where that is not what the limit says. */
  readonly cause?: AlarmCause;
};
