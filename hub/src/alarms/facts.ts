import type { Millis } from '../shared/time.ts';
import type { AlarmRef, AlarmRow } from './alarmRow.ts';
import type { AlarmEvent } from './lifeSchema.ts';
import type { AlarmCause, AlarmKind, AlarmLevel, AlarmSound, AlarmState } from './schema.ts';
import type { Sound } from './sounderPatterns.ts';

/** Facts carry what the journal shall say later: who, what, where. */
export type AlarmFact =
  | ConditionFact
  | AskedFact
  | MovedFact
  | RemindingFact
  /** A siren said that it is off, though there is danger. */
  | { readonly type: 'sirenStopped'; readonly entityId: string }
  /** A siren that was told to sound has not answered in time. */
  | { readonly type: 'sirenUnanswered'; readonly entityId: string }
  /** A siren that is to be silent was told so, and does not say that it is, or says that it sounds. */
  | { readonly type: 'sirenSoundsOn'; readonly entityId: string }
  /** These sirens are to be told once more to stop. */
  | { readonly type: 'endingsDue'; readonly entityIds: readonly string[] }
  /** The house sounds something else from now on. Null: nothing. */
  | { readonly type: 'soundChanged'; readonly from: Sound | null; readonly to: Sound | null }
  /** Our own boards are to be told again. `since`: house time at which they were told before. */
  | { readonly type: 'leasesDue'; readonly since: Millis }
  /** There is still danger: these sirens are to be told again. Null: all. */
  | { readonly type: 'sirensCalled'; readonly entityIds: readonly string[] | null };

/** Names the place of an alarm, whether it is normal or not. */
export type AlarmPoint = { readonly kind: AlarmKind; readonly entityId: string };

export type ConditionFact =
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
      /** Of trouble: whether a life may depend on the sensor that fails. Default: true. */
      readonly isLifeSensor?: boolean;
      /** Of trouble: a life depends on it now. Default: false. */
      readonly isUrgent?: boolean;
      /** It is in view again though a person put it aside: what they put it aside for is not what has come now. Default: false. */
      readonly comesBack?: boolean;
    }
  /** `offDelayMs`: for how long it was clear before this was said. Default 0. */
  | ({ readonly type: 'conditionEnded'; readonly offDelayMs?: number } & AlarmPoint);

/** Asked by a person, or by a rule. */
export type AskedFact =
  | { readonly type: 'acknowledgeAsked'; readonly alarmId: string; readonly by: string }
  | { readonly type: 'resetAsked'; readonly alarmId: string; readonly by: string }
  | { readonly type: 'hushAsked'; readonly alarmId: string; readonly by: string }
  | ({
      readonly type: 'shelveAsked';
      readonly roomId: string;
      readonly minutes: number;
      readonly reason: string;
      readonly by: string;
    } & AlarmPoint)
  | ({ readonly type: 'unshelveAsked'; readonly by: string } & AlarmPoint)
  | ({
      readonly type: 'takenOutAsked';
      readonly roomId: string;
      readonly reason: string;
      readonly by: string;
    } & AlarmPoint)
  | ({ readonly type: 'putBackAsked'; readonly by: string } & AlarmPoint)
  /** A rule: that alarm explains whatever this point may say. Never takes a life-safety kind aside. */
  | ({ readonly type: 'suppressAsked'; readonly roomId: string; readonly alarmId: string } & AlarmPoint)
  /** A rule: it explains it no more. Said by itself when the explaining alarm returns to normal. */
  | ({ readonly type: 'suppressEnded' } & AlarmPoint);

export type MovedFact =
  /**
   * One transition of one alarm, for each there is one: `row` is what stands after it, null: normal. The states follow from these
   * facts alone.
   */
  | ({
      readonly type: 'alarmMoved';
      readonly event: AlarmEvent;
      readonly from: AlarmState | 'normal';
      readonly to: AlarmState | 'normal';
      readonly roomId: string;
      readonly value: number | boolean | null;
      /** Null: the house. */
      readonly by: string | null;
      readonly row: AlarmRow | null;
    } & AlarmRef)
  /** People have to be told of it: a new episode, one that came back, or one that is no longer put aside (to B). */
  | ({
      readonly type: 'alarmRaised';
      readonly roomId: string;
      readonly value: number | boolean | null;
    } & AlarmRef)
  /** The level of a running alarm changed. Upwards it is unacknowledged again. */
  | ({ readonly type: 'alarmLevelChanged'; readonly from: AlarmLevel } & AlarmRef)
  /** Its condition ended, and people had been told of it. */
  | ({ readonly type: 'alarmCleared' } & AlarmRef)
  | ({ readonly type: 'alarmAcknowledged'; readonly by: string } & AlarmRef)
  /** The alarm is back to normal: it leaves the list and stays in the history. */
  | ({ readonly type: 'alarmReturned'; readonly by: string | null } & AlarmRef);

export type RemindingFact =
  /** A day has passed again: it holds, or is out of service, still. */
  | ({ readonly type: 'alarmReminded'; readonly outOfService: boolean } & AlarmRef)
  /** Nobody has acknowledged it: the next step of telling people is due. Once for an alarm and a step. */
  | ({
      readonly type: 'escalationDue';
      /** Runs on through the episode: with the id it names this step. */
      readonly step: number;
      readonly rung: Rung;
      readonly priority: number;
    } & AlarmRef)
  /** Came and went 3 times in a minute: its clearing is held back for an hour. */
  | ({ readonly type: 'chatterBegan' } & AlarmPoint)
  | ({ readonly type: 'chatterEnded' } & AlarmPoint)
  /** More than 10 new alarms in 10 minutes. */
  | { readonly type: 'alarmFloodBegan' }
  | { readonly type: 'alarmFloodEnded' };

/** What a step of the escalation is: all people, all again, a second channel, contacts outside the house, and those by turns. */
export type Rung = 'everybody' | 'again' | 'second-channel' | 'contacts' | 'loop';
