import type { Moment } from '../shared/time.ts';
import type { AlarmRef } from './facts.ts';
import type { AlarmCause, AlarmLevel, AlarmSound } from './schema.ts';

/** One alarm that is not back to normal. Durable. */
export type AlarmRow = AlarmRef & {
  /** Where in the ISA-18.2 table it stands: B, C, E or F. (A has no row; shelving and suppression come later.) */
  readonly state: 'unacknowledged' | 'acknowledged' | 'latched';
  readonly roomId: string;
  /** Whether the condition still holds. */
  readonly active: boolean;
  readonly latching: boolean;
  /** The worst level of this episode. */
  readonly peak: AlarmLevel;
  readonly value: number | boolean;
  readonly unit: string | null;
  readonly late: boolean;
  readonly sound: AlarmSound;
  readonly cause: AlarmCause;
  readonly limit: number | null;
  /** Times its condition came in this episode. */
  readonly count: number;
  readonly since: Moment;
  readonly clearedAt: Moment | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Moment | null;
};
