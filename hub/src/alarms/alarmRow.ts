import type { Millis, Moment } from '../shared/time.ts';
import {
  type AlarmCause,
  type AlarmKind,
  type AlarmLevel,
  type AlarmSound,
  type AlarmState,
  isSounding,
  LIFE_SAFETY,
} from './schema.ts';

/** Names one alarm in a fact. */
export type AlarmRef = {
  readonly alarmId: string;
  readonly kind: AlarmKind;
  readonly level: AlarmLevel;
  readonly entityId: string;
};

/** One alarm that is not back to normal, or that somebody put aside. Durable: rebuilt from its transitions. */
export type AlarmRow = AlarmRef & {
  /** Where in the ISA-18.2 table it stands. `normal` (A) has no row; E and F are both `latched`. */
  readonly state: AlarmState;
  readonly roomId: string;
  /** Whether the condition holds, told or not. */
  readonly active: boolean;
  readonly latching: boolean;
  /** The worst level of this episode. */
  readonly peak: AlarmLevel;
  /** Null: it was put aside while it was normal. */
  readonly value: number | boolean | null;
  readonly unit: string | null;
  readonly late: boolean;
  readonly sound: AlarmSound;
  readonly cause: AlarmCause;
  readonly limit: number | null;
  /** Of trouble: whether a life may depend on the sensor that fails. */
  readonly isLifeSensor: boolean;
  /** Of trouble: a life depends on it now, as of a siren that is mute while there is danger. */
  readonly isUrgent: boolean;
  /** Times its condition came in this episode. */
  readonly count: number;
  /** When the condition came, or the alarm was put aside. */
  readonly since: Moment;
  readonly clearedAt: Moment | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Moment | null;
  /** Silent until then; null: it is not hushed. */
  readonly hushedUntil: Moment | null;
  /** `level`: the worst that is put aside; a worse one is told at once. */
  readonly shelf: {
    readonly until: Moment;
    readonly by: string;
    readonly reason: string;
    readonly level: AlarmLevel;
  } | null;
  readonly service: { readonly since: Moment; readonly by: string; readonly reason: string } | null;
  /** The alarm that explains this one. */
  readonly suppressedBy: string | null;
  /** The alarm of which this one is a consequence. */
  readonly firstOutId: string | null;
  /** It has held for more than a day, or is out of service for so long. */
  readonly stale: boolean;
  /** House time of the next daily reminder; null: none is due. */
  readonly remindAt: Millis | null;
};

/** Where the alarm of a kind stands for a sensor: one row each, whatever its level. */
export const pointOf = (kind: AlarmKind, entityId: string): string => `${kind}:${entityId}`;
export const pointOfRow = ({ kind, entityId }: AlarmRow): string => pointOf(kind, entityId);

/** Put aside by a person, or explained by another alarm: it tells nobody and sounds nothing. */
export const isAside = ({ state }: AlarmRow): boolean =>
  state === 'shelved' || state === 'suppressed' || state === 'outOfService';

/** Whether it is a running danger to life that people have to hear of, hushed or not. */
export const isDanger = (row: AlarmRow): boolean =>
  row.active && !isAside(row) && isSounding(row.level) && LIFE_SAFETY.has(row.kind);

/** Whether it asks for its sound now. Which of several is heard, the sounder decides. */
export const asksForSound = (row: AlarmRow): boolean =>
  row.active && !isAside(row) && row.hushedUntil === null && row.sound !== 'none';

/** Latches: what endangered somebody stays in the list until a person puts it back. A warning never needs that. */
export const latches = (row: AlarmRow): boolean => row.latching && isSounding(row.peak);

/** Only what has cleared and was seen may be put back to normal (state F). */
export const mayReset = (row: AlarmRow): boolean => row.state === 'latched' && row.acknowledgedBy !== null;

/** States B, D and E: a person has yet to see it. */
export const mayAcknowledge = (row: AlarmRow): boolean =>
  row.state === 'unacknowledged' ||
  row.state === 'cleared' ||
  (row.state === 'latched' && row.acknowledgedBy === null);

export const refOf = ({ alarmId, kind, level, entityId }: AlarmRow): AlarmRef => ({
  alarmId,
  kind,
  level,
  entityId,
});
