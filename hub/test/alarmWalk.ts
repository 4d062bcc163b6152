import fc from 'fast-check';
import type { AlarmRow } from '../src/alarms/alarmRow.ts';
import { pointOf } from '../src/alarms/alarmRow.ts';
import { reduceAlarms } from '../src/alarms/alarms.ts';
import type { AlarmPoint, MovedFact } from '../src/alarms/facts.ts';
import type { AlarmLevel } from '../src/alarms/schema.ts';
import type { AlarmsState } from '../src/alarms/state.ts';
import type { Fact } from '../src/house/facts.ts';
import { getRow } from '../src/house/table.ts';
import type { Millis } from '../src/shared/time.ts';
import { CLOCK, ended, met, NONE } from './alarmPlay.ts';
import { at, reading } from './builders.ts';

/** Sensors that one event could set off, and one that has nothing to do with them. */
export const POINTS: readonly AlarmPoint[] = [
  { kind: 'oxygen-low', entityId: 'kitchen.o2' },
  { kind: 'co', entityId: 'kitchen.co' },
  { kind: 'smoke', entityId: 'hall.smoke' },
  { kind: 'intrusion', entityId: 'hall.door' },
  { kind: 'trouble', entityId: '~power' },
  { kind: 'trouble', entityId: 'hall.smoke' },
];

type Simple =
  | 'ended'
  | 'acknowledgeAsked'
  | 'resetAsked'
  | 'hushAsked'
  | 'unshelveAsked'
  | 'takenOutAsked'
  | 'putBackAsked'
  | 'suppressAsked'
  | 'suppressEnded'
  | 'entityRetired';

/** One step of a walk. `wait`: how long nothing happened before it, ms; the clock wakes meanwhile. */
export type Walked = { readonly point: number; readonly wait: Millis } & (
  | { readonly do: 'met'; readonly level: AlarmLevel; readonly latching: boolean }
  | { readonly do: 'shelveAsked'; readonly minutes: number }
  | { readonly do: 'reading'; readonly value: number }
  | { readonly do: 'clockReached' | 'houseResumed' }
  | { readonly do: Simple }
);
export type AlarmWalk = readonly Walked[];

const point = fc.nat(POINTS.length - 1);
/** A day is long: each five minutes of it somebody may have to be told again. */
const wait = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(0, 1, 700, 5_000, 31_000, 61_000, 600_000) },
  { weight: 3, arbitrary: fc.constant(3_600_000) },
  { weight: 1, arbitrary: fc.constant(90_000_000) },
);
const simple = fc.constantFrom<Simple>(
  'ended',
  'ended',
  'ended',
  'acknowledgeAsked',
  'acknowledgeAsked',
  'resetAsked',
  'hushAsked',
  'hushAsked',
  'unshelveAsked',
  'takenOutAsked',
  'putBackAsked',
  'suppressAsked',
  'suppressEnded',
  'entityRetired',
);

/** Everything that may happen to alarms, in any order. */
export const anyWalk: fc.Arbitrary<AlarmWalk> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('met' as const),
        point,
        wait,
        level: fc.constantFrom<AlarmLevel>('advisory', 'warning', 'alarm', 'critical'),
        latching: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('shelveAsked' as const),
        point,
        wait,
        minutes: fc.constantFrom(1, 60, 480, 1440),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('reading' as const),
        point,
        wait,
        value: fc.constantFrom(0, 17, 20, 100, 400),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('clockReached' as const, 'houseResumed' as const),
        point,
        wait,
      }),
    },
    { weight: 6, arbitrary: fc.record({ do: simple, point, wait }) },
  ),
  { maxLength: 40, size: 'max' },
);

const roomOf = (entityId: string): string =>
  entityId.startsWith('~') ? 'unplaced' : (entityId.split('.')[0] as string);

function factOf(state: AlarmsState, walked: Walked): Fact {
  const place = POINTS[walked.point] as AlarmPoint;
  const { kind, entityId } = place;
  const alarmId = getRow(state.rows, pointOf(kind, entityId))?.alarmId ?? 'nobody';
  const placed = { ...place, roomId: roomOf(entityId), reason: 'why', by: 'Ana' };
  switch (walked.do) {
    case 'met':
      return met(walked.level, {
        ...place,
        roomId: roomOf(entityId),
        latching: walked.latching,
        value: kind === 'smoke' || kind === 'trouble' ? true : 19,
      });
    case 'ended':
      return ended(kind, entityId);
    case 'shelveAsked':
      return { type: 'shelveAsked', ...placed, minutes: walked.minutes };
    case 'takenOutAsked':
      return { type: 'takenOutAsked', ...placed };
    case 'suppressAsked': {
      const cause = getRow(state.rows, pointOf('trouble', '~power'))?.alarmId ?? 'nobody';
      return { type: 'suppressAsked', ...place, roomId: roomOf(entityId), alarmId: cause };
    }
    case 'unshelveAsked':
    case 'putBackAsked':
      return { ...place, type: walked.do, by: 'Ben' } as Fact;
    case 'suppressEnded':
      return { type: 'suppressEnded', ...place };
    case 'entityRetired':
      return { type: 'entityRetired', entityId } as Fact;
    case 'reading':
      return reading(entityId, walked.value);
    case 'clockReached':
    case 'houseResumed':
      return { type: walked.do };
    default:
      return { type: walked.do, alarmId, by: 'Ana' };
  }
}

type AlarmMoved = Extract<MovedFact, { type: 'alarmMoved' }>;
export type AlarmStep = {
  readonly before: AlarmsState;
  readonly fact: Fact;
  readonly after: AlarmsState;
  readonly facts: readonly Fact[];
  readonly moved: readonly AlarmMoved[];
  readonly mono: Millis;
};

const isMoved = (fact: Fact): fact is AlarmMoved => fact.type === 'alarmMoved';

/** Walks and shows every step. The clock wakes at every deadline on the way: these are steps, too. */
export function* walkAlarms(walk: AlarmWalk): Generator<AlarmStep> {
  let state = NONE;
  let mono = 0;
  function take(fact: Fact): AlarmStep {
    const before = state;
    const outcome = reduceAlarms(before, fact, at(mono));
    state = outcome.state;
    const facts = outcome.facts ?? [];
    return { before, fact, after: state, facts, moved: facts.filter(isMoved), mono };
  }
  for (const walked of walk) {
    const until = mono + walked.wait;
    for (let n = 0; state.wakeAt !== null && state.wakeAt < until; n++) {
      if (n > 10_000) throw new Error('The clock wakes without end.');
      mono = Math.max(mono, state.wakeAt);
      yield take(CLOCK);
    }
    mono = until;
    yield take(factOf(state, walked));
  }
}

/** What a reader of the transitions alone makes of them. */
export function replay(rows: Map<string, AlarmRow>, moved: readonly AlarmMoved[]): void {
  for (const { kind, entityId, row } of moved) {
    if (row === null) rows.delete(pointOf(kind, entityId));
    else rows.set(pointOf(kind, entityId), row);
  }
}
