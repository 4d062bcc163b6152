import type { AlarmCause, AlarmLevel, AlarmSound } from '../alarms/schema.ts';
import type { Millis } from '../shared/time.ts';
import type { AirKind, AirLimitsPatch, Calibration, CalibrationRefusal } from './schema.ts';

export type AirFact =
  /** Somebody says that an oxygen cell is in outdoor air now. */
  | { readonly type: 'calibrationAsked'; readonly entityId: string; readonly by: string }
  | {
      readonly type: 'calibrated';
      readonly entityId: string;
      readonly by: string;
      readonly calibration: Calibration;
      /** It has aged so far that it is to be replaced (safety.md O2-3). */
      readonly isWorn: boolean;
    }
  | {
      readonly type: 'calibrationRefused';
      readonly entityId: string;
      readonly by: string;
      readonly reason: CalibrationRefusal;
    }
  /** The automatic baseline of an oxygen cell went a step, % vol added to each reading before and now. */
  | { readonly type: 'baselineMoved'; readonly entityId: string; readonly from: number; readonly to: number }
  /** The household chose limits, or the standard; what is not named stays. */
  | { readonly type: 'airSettingsChanged'; readonly patch: AirLimitsPatch; readonly by: string }
  /** A limit has held for its on-delay; `level` is the worst one that holds now. Also sent when another limit becomes the worst. */
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
  | {
      readonly type: 'limitCleared';
      readonly entityId: string;
      readonly kind: AirKind;
      /** Of the limit that was told last, ms: for so long it was clear already. 0: nothing was waited for. */
      readonly offDelayMs: Millis;
    };
