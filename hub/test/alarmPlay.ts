import type { AlarmRow } from '../src/alarms/alarmRow.ts';
import { pointOf } from '../src/alarms/alarmRow.ts';
import { reduceAlarms } from '../src/alarms/alarms.ts';
import type { AlarmPoint } from '../src/alarms/facts.ts';
import { type AlarmKind, type AlarmLevel, isSounding } from '../src/alarms/schema.ts';
import { type AlarmsState, alarmsFrom, EMPTY_ALARMS } from '../src/alarms/state.ts';
import type { Fact } from '../src/house/facts.ts';
import { getRow, rowsOf } from '../src/house/table.ts';
import type { Millis } from '../src/shared/time.ts';
import { at } from './builders.ts';

/** A house in which no alarm ever was. */
export const NONE: AlarmsState = alarmsFrom(EMPTY_ALARMS);
export const SENSOR = 'kitchen.o2';

type Met = Extract<Fact, { type: 'conditionMet' }>;

/** The condition of an alarm: of oxygen in the kitchen that latches, unless told otherwise. */
export const met = (level: AlarmLevel, more: Partial<Met> = {}): Met => ({
  type: 'conditionMet',
  entityId: SENSOR,
  roomId: 'kitchen',
  kind: 'oxygen-low',
  level,
  latching: true,
  value: 19,
  unit: '%',
  late: false,
  sound: isSounding(level) ? 'siren' : 'none',
  cause: 'limit',
  limit: 19.5,
  ...more,
});

export const ended = (kind: AlarmKind = 'oxygen-low', entityId = SENSOR): Fact => ({
  type: 'conditionEnded',
  kind,
  entityId,
});

export const CLOCK: Fact = { type: 'clockReached' };

/** What can be done to the one alarm of a state; asking about an alarm that is not there is asking for "nobody". */
export type Doing = Fact | ((state: AlarmsState) => Fact);

export const onlyRow = (state: AlarmsState): AlarmRow | undefined => [...rowsOf(state.rows)][0]?.[1];
export const idOf = (state: AlarmsState): string => onlyRow(state)?.alarmId ?? 'nobody';
export const ack = (state: AlarmsState): Fact => ({
  type: 'acknowledgeAsked',
  alarmId: idOf(state),
  by: 'Ana',
});
export const reset = (state: AlarmsState): Fact => ({ type: 'resetAsked', alarmId: idOf(state), by: 'Ana' });
export const hush = (state: AlarmsState): Fact => ({ type: 'hushAsked', alarmId: idOf(state), by: 'Ana' });

const OXYGEN: AlarmPoint = { kind: 'oxygen-low', entityId: SENSOR };
const WHY = { roomId: 'kitchen', reason: 'painting', by: 'Ana' };
export const shelve = (minutes = 60, point = OXYGEN): Fact => ({
  type: 'shelveAsked',
  ...point,
  ...WHY,
  minutes,
});
export const unshelve = (point = OXYGEN): Fact => ({ type: 'unshelveAsked', ...point, by: 'Ben' });
export const takeOut = (point = OXYGEN): Fact => ({ type: 'takenOutAsked', ...point, ...WHY });
export const putBack = (point = OXYGEN): Fact => ({ type: 'putBackAsked', ...point, by: 'Ben' });

/** What became of the alarms, and all that was said on the way. */
export type AlarmStory = { readonly state: AlarmsState; readonly facts: readonly Fact[] };

/** Lets facts happen one after the other, each with its house time, ms; the clock wakes at every deadline between them. */
export function playAlarms(before: AlarmsState, happenings: Iterable<readonly [mono: Millis, doing: Doing]>) {
  let state = before;
  const facts: Fact[] = [];
  const take = (fact: Fact, mono: Millis) => {
    const outcome = reduceAlarms(state, fact, at(mono));
    state = outcome.state;
    facts.push(...(outcome.facts ?? []));
  };
  for (const [mono, doing] of happenings) {
    for (let n = 0; state.wakeAt !== null && state.wakeAt < mono; n++) {
      if (n > 10_000) throw new Error('The clock wakes without end.');
      take(CLOCK, state.wakeAt);
    }
    take(typeof doing === 'function' ? doing(state) : doing, mono);
  }
  return { state, facts } satisfies AlarmStory;
}

/** The same, a second apart, beginning at `from`. */
export const playEachSecond = (doings: readonly Doing[], before = NONE, from: Millis = 0) =>
  playAlarms(
    before,
    doings.map((doing, n) => [from + n * 1_000, doing] as const),
  );

export const rowAt = (state: AlarmsState, kind: AlarmKind = 'oxygen-low', entityId = SENSOR) =>
  getRow(state.rows, pointOf(kind, entityId));

/** The letter of ISA-18.2 for a row. */
export function letterOf(row: AlarmRow | undefined): string {
  switch (row?.state) {
    case undefined:
      return 'A';
    case 'unacknowledged':
      return 'B';
    case 'acknowledged':
      return 'C';
    case 'cleared':
      return 'D';
    case 'latched':
      return row.acknowledgedBy === null ? 'E' : 'F';
    case 'shelved':
      return 'G';
    case 'suppressed':
      return 'H';
    case 'outOfService':
      return 'I';
  }
}
