import type { AlarmCause, AlarmLevel } from '../../alarms/schema.ts';
import { emptyTable, type Table } from '../../house/table.ts';
import type { Millis, Moment } from '../../shared/time.ts';
import type { HealthCheck, SensorTechnology, HealthState as Word } from '../healthSchema.ts';

/** A check that does not pass. */
export type Finding = {
  readonly state: Exclude<Word, 'ok'>;
  /** 2 … 4, as of an alarm. */
  readonly priority: number;
  readonly since: Moment;
  /** House time at which it ends by itself; null: not by itself. */
  readonly endsAt: Millis | null;
  /** Battery %, days left, dBm … as the check has it. */
  readonly detail: number | null;
};

export type Findings = Readonly<Partial<Record<HealthCheck, Finding>>>;

/** All checks pass. Compared by identity, for it is what nearly every reading meets. */
export const NO_FINDINGS: Findings = {};

/** A value that has not moved since then, and the coldest and warmest meanwhile, °C. */
export type Still = {
  readonly value: number;
  readonly since: Millis;
  readonly low: number | null;
  readonly high: number | null;
};

/** What is known of one sensor for longer than the program runs. Durable; times are house time, ms. */
export type HealthRow = {
  readonly knownSince: Millis;
  /** It was first seen by this hub then, and may be new; null: it was there before anybody asked. */
  readonly firstUse: Millis | null;
  /** When it was last calibrated, tested, or seen to be right. */
  readonly checkedAt: Millis;
  readonly findings: Findings;
  readonly still: Still | null;
  readonly madeOn: string | null;
  readonly lifeMonths: number | null;
  readonly technology: SensorTechnology | null;
  /** When a person last tested it, or it sounded. */
  readonly tested: Moment | null;
  /** Hour of the day at which its test is asked for, by the clock of the hub. Absent or null: `TEST_HOUR`. */
  readonly testHour?: number | null;
  readonly disabled: boolean;
  /** Under so many volts its battery is low, as its owner said. Absent or null: nobody said. */
  readonly lowVolts?: number | null;
  /** The most that its battery told, V. Absent: it tells none. */
  readonly fullVolts?: number;
  /** A calibration found it used up. Absent: none did. */
  readonly isWorn?: boolean;
  /** When its life ends, if the month of its manufacture is known. In house time: a clock that is set moves it no more. */
  readonly endsAt: Millis | null;
};

/** What is seen of one sensor while the program runs. A sensor with nothing to note has none. */
export type Pulse = {
  /** Silence counts from here while it has not been heard since; null: from the start. */
  readonly from: Millis | null;
  /** Impossible values since the last `RANGE_GOOD_SAMPLES` good ones, and good ones since. */
  readonly bad: number;
  readonly good: number;
  /** When its last unreadable messages came, at most `MALFORMED_MESSAGES`. */
  readonly malformed: readonly Millis[];
  /** The value before a jump that was too fast to be believed at once; null: there is none. */
  readonly before: { readonly value: number; readonly at: Millis } | null;
  readonly still: Still | null;
  /** Since when it differs from others beside it; null: it does not. */
  readonly differsSince: Millis | null;
  /** Checks that fail for a sample or two: not worth writing down. */
  readonly passing: Findings;
};

export const NO_PULSE: Pulse = {
  from: null,
  bad: 0,
  good: 0,
  malformed: [],
  before: null,
  still: null,
  differsSince: null,
  passing: NO_FINDINGS,
};

/** What of an entity is told as trouble. Durable. */
export type Trouble = {
  readonly cause: AlarmCause;
  readonly level: Extract<AlarmLevel, 'advisory' | 'warning'>;
};

/** A device that is lost. Durable. */
export type Away = {
  readonly at: Millis;
  /** The drop-out to which it belongs; null: to none. */
  readonly source: string | null;
};

export type DropOutCause = Extract<AlarmCause, 'radio' | 'power' | 'drop-out' | 'gateway'>;

/** Several devices were lost at once. Durable; by source id (`~radio`, `~power`, `~drop-out`, `~gateway.<deviceId>`). */
export type DropOut = {
  readonly cause: DropOutCause;
  /** The gateway through which all of them speak; null: there is none. */
  readonly gatewayId: string | null;
  /** Whether any of them runs on a battery. */
  readonly hasBattery: boolean;
  /** When the last of them was lost. */
  readonly lastAt: Millis;
  /** How many are still away. */
  readonly size: number;
};

export type StoredHealth = {
  readonly health: Table<HealthRow>;
  readonly troubles: Table<Trouble>;
  readonly away: Table<Away>;
  readonly dropOuts: Table<DropOut>;
};

/** A broker that is away, or comes and goes. Volatile; house times. */
export type Missing = {
  /** When it went first. */
  readonly since: Millis;
  readonly isTold: boolean;
  /** While it is away: when that is told. While it is there: when it has stayed for a whole grace. Null: nothing is due. */
  readonly dueAt: Millis | null;
};

export type HealthState = StoredHealth & {
  readonly pulses: Table<Pulse>;
  /** The broker went, and has not stayed for a whole grace since; null: it is there. */
  readonly broker: Missing | null;
  /** House time of the last start. */
  readonly startedAt: Millis;
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

export const EMPTY_HEALTH: StoredHealth = {
  health: emptyTable(),
  troubles: emptyTable(),
  away: emptyTable(),
  dropOuts: emptyTable(),
};

export const storedHealth = ({ health, troubles, away, dropOuts }: HealthState): StoredHealth => ({
  health,
  troubles,
  away,
  dropOuts,
});

/** Takes up stored rows; nobody has been heard yet. */
export const healthFrom = ({ health, troubles, away, dropOuts }: StoredHealth): HealthState => ({
  health,
  troubles,
  away,
  dropOuts,
  pulses: emptyTable(),
  broker: null,
  startedAt: 0,
  wakeAt: null,
});
