import type { Doubt } from '../devices/healthSchema.ts';

/** What the air must know of the house to judge a reading. As of the fact that is taken in. Asked as it is: not taken apart. */
export type AirContext = {
  /** The room in which the sensor stands. */
  readonly roomOf: (entityId: string) => string;
  /** The device to which it belongs; what measures beside it measures the same air. */
  readonly deviceOf: (entityId: string) => string | null;
  /** It tells of a device, not of the air: the temperature of a chip is no fire. */
  readonly isLeftOut: (entityId: string) => boolean;
  /** Why what it says now may not be compared with a limit; null: it may. Source: safety.md AIR-2. */
  readonly doubtOf: (entityId: string) => Doubt | null;
};
