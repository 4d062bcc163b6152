import type { AlarmCause, AlarmLevel, AlarmSound } from '../alarms/schema.ts';
import type { AirKind, AirLimitsPatch } from './schema.ts';

export type AirFact =
  /** The household chose limits, or the standard; what is not named stays. */
  | { readonly type: 'airSettingsChanged'; readonly patch: AirLimitsPatch; readonly by: string }
  /** A limit has held for its on-delay; `level` is the worst one that holds now. Also sent when the level changes. */
  | {
      readonly type: 'limitCrossed';
      readonly entityId: string;
      readonly kind: AirKind;
      readonly level: AlarmLevel;
      readonly value: number | boolean;
      readonly unit: string | null;
      /** The reading was more than a minute old when it came. */
      readonly late: boolean;
      /** Of the worst limit that holds. */
      readonly latching: boolean;
      readonly sound: AlarmSound;
      readonly cause: AlarmCause;
      readonly limit: number | null;
    }
  /** Every limit of that kind has been clear, beyond its hysteresis, for its off-delay. */
  | { readonly type: 'limitCleared'; readonly entityId: string; readonly kind: AirKind };
