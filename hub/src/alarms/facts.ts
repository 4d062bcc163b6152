import type { AlarmCause, AlarmKind, AlarmLevel, AlarmSound } from './schema.ts';

/** Facts carry what the journal shall say later: who, what, where. */
export type AlarmFact =
  /** A rule says that the condition of an alarm holds, or holds at another level. `late`: the news was over 60 s old. */
  | {
      readonly type: 'conditionMet';
      readonly entityId: string;
      readonly roomId: string;
      readonly kind: AlarmKind;
      readonly level: AlarmLevel;
      readonly latching: boolean;
      readonly value: number | boolean;
      readonly unit: string | null;
      readonly late: boolean;
      readonly sound: AlarmSound;
      readonly cause: AlarmCause;
      /** The limit that was crossed, in `unit`; null: there is none. */
      readonly limit: number | null;
    }
  | { readonly type: 'conditionEnded'; readonly entityId: string; readonly kind: AlarmKind }
  | { readonly type: 'acknowledgeAsked'; readonly alarmId: string; readonly by: string }
  | { readonly type: 'resetAsked'; readonly alarmId: string; readonly by: string }
  /** A new episode, or a latched one that came back (state E or F to B). */
  | ({ readonly type: 'alarmRaised'; readonly roomId: string; readonly value: number | boolean } & AlarmRef)
  /** The level of a running alarm changed. Upwards it is unacknowledged again. */
  | ({ readonly type: 'alarmLevelChanged'; readonly from: AlarmLevel } & AlarmRef)
  | ({ readonly type: 'alarmCleared' } & AlarmRef)
  | ({ readonly type: 'alarmAcknowledged'; readonly by: string } & AlarmRef)
  /** A siren said that it is off, though there is danger. */
  | { readonly type: 'sirenStopped'; readonly entityId: string }
  /** There is still danger: these sirens are to be told again. Null: all. */
  | { readonly type: 'sirensCalled'; readonly entityIds: readonly string[] | null }
  /** The alarm is back to normal: it leaves the list and stays in the journal. */
  | ({ readonly type: 'alarmReturned'; readonly by: string | null } & AlarmRef);

/** Names one alarm in a fact. */
export type AlarmRef = {
  readonly alarmId: string;
  readonly kind: AlarmKind;
  readonly level: AlarmLevel;
  readonly entityId: string;
};
