import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, ofType } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { emptyTable, getRow, rowsOf } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import type { AlarmRow } from './alarmRow.ts';
import { type AlarmsState, alarmsFrom, findAlarm, mayReset, pointOf, reduceAlarms } from './alarms.ts';
import { type AlarmKind, type AlarmLevel, compareLevels, isSounding } from './schema.ts';

const NONE: AlarmsState = alarmsFrom(emptyTable());
const SENSOR = 'kitchen.o2';

type Met = Extract<Fact, { type: 'conditionMet' }>;
const met = (level: AlarmLevel, more: Partial<Met> = {}): Met => ({
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
const ended = (kind: AlarmKind = 'oxygen-low', entityId = SENSOR): Fact => ({
  type: 'conditionEnded',
  kind,
  entityId,
});

/** What can be done to the one alarm of a state; asking about an alarm that is not there is asking for "nobody". */
const idOf = (state: AlarmsState) => [...rowsOf(state.rows)][0]?.[1].alarmId ?? 'nobody';
const ack = (state: AlarmsState): Fact => ({ type: 'acknowledgeAsked', alarmId: idOf(state), by: 'Ana' });
const reset = (state: AlarmsState): Fact => ({ type: 'resetAsked', alarmId: idOf(state), by: 'Ana' });

type Doing = Fact | ((state: AlarmsState) => Fact);

function play(doings: readonly Doing[], before = NONE, from = 0) {
  let state = before;
  const facts: Fact[] = [];
  doings.forEach((doing, n) => {
    const fact = typeof doing === 'function' ? doing(state) : doing;
    const outcome = reduceAlarms(state, fact, at(from + n * 1_000));
    state = outcome.state;
    facts.push(...(outcome.facts ?? []));
  });
  return { state, facts, row: getRow(state.rows, pointOf('oxygen-low', SENSOR)) };
}

/** The letter of ISA-18.2 for a row. */
function letterOf(row: AlarmRow | undefined): string {
  if (row === undefined) return 'A';
  if (row.state === 'latched') return row.acknowledgedBy === null ? 'E' : 'F';
  return row.state === 'unacknowledged' ? 'B' : 'C';
}

const WAYS: Readonly<Record<string, readonly Doing[]>> = {
  A: [],
  B: [met('alarm')],
  C: [met('alarm'), ack],
  E: [met('alarm'), ended()],
  F: [met('alarm'), ack, ended()],
};

describe('the table of ISA-18.2', () => {
  it.each<[from: string, event: string, to: string, doing: Doing, told: Fact['type'][]]>([
    ['A', 'condition', 'B', met('alarm'), ['alarmRaised']],
    ['A', 'condition ends', 'A', ended(), []],
    ['A', 'acknowledge', 'A', ack, []],
    ['A', 'reset', 'A', reset, []],
    ['B', 'the same condition', 'B', met('alarm'), []],
    ['B', 'a worse condition', 'B', met('critical'), ['alarmLevelChanged']],
    ['B', 'a milder condition', 'B', met('warning'), ['alarmLevelChanged']],
    ['B', 'condition ends', 'E', ended(), ['alarmCleared']],
    ['B', 'acknowledge', 'C', ack, ['alarmAcknowledged']],
    ['B', 'reset', 'B', reset, []],
    ['C', 'the same condition', 'C', met('alarm'), []],
    ['C', 'a worse condition', 'B', met('critical'), ['alarmLevelChanged']],
    ['C', 'a milder condition', 'C', met('warning'), ['alarmLevelChanged']],
    ['C', 'condition ends', 'F', ended(), ['alarmCleared']],
    ['C', 'acknowledge', 'C', ack, []],
    ['C', 'reset', 'C', reset, []],
    ['E', 'condition', 'B', met('alarm'), ['alarmRaised']],
    ['E', 'condition ends', 'E', ended(), []],
    ['E', 'acknowledge', 'F', ack, ['alarmAcknowledged']],
    ['E', 'reset', 'E', reset, []],
    ['F', 'condition', 'B', met('alarm'), ['alarmRaised']],
    ['F', 'condition ends', 'F', ended(), []],
    ['F', 'acknowledge', 'F', ack, []],
    ['F', 'reset', 'A', reset, ['alarmReturned']],
  ])('from %s by "%s" to %s', (from, _event, to, doing, told) => {
    const { state, row } = play(WAYS[from] ?? []);
    expect(letterOf(row)).toBe(from);
    const after = play([doing], state, 60_000);
    expect(letterOf(after.row)).toBe(to);
    expect(after.facts.map(({ type }) => type)).toEqual(told);
    if (told.length === 0) expect(after.state).toBe(state);
  });
});

describe('what never was worse than a warning', () => {
  it.each<AlarmLevel>(['advisory', 'warning'])('returns by itself: %s', (level) => {
    for (const seen of [[], [ack]]) {
      const { facts, state } = play([met(level), ...seen, ended()]);
      expect(facts.slice(-2).map(({ type }) => type)).toEqual(['alarmCleared', 'alarmReturned']);
      expect(facts.at(-1)).toMatchObject({ by: null });
      expect(state.rows.size).toBe(0);
    }
  });

  it('stays once it was an alarm, even when it is a warning by the time it ends', () => {
    const { row } = play([met('warning'), met('alarm'), met('warning'), ended()]);
    expect(row).toMatchObject({ state: 'latched', level: 'alarm', peak: 'alarm', active: false });
  });

  it('leaves the list when it does not latch, however bad it was', () => {
    expect(play([met('critical', { latching: false }), ended()]).state.rows.size).toBe(0);
  });

  it('latches from the level on that latches, whatever it began as', () => {
    const { row } = play([met('advisory', { latching: false }), met('alarm', { latching: true }), ended()]);
    expect(letterOf(row)).toBe('E');
  });
});

describe('acknowledging', () => {
  it('names who and when, and silences nothing', () => {
    const { row } = play([met('critical'), ack]);
    expect(row).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'Ana',
      acknowledgedAt: at(1_000),
      active: true,
      level: 'critical',
    });
  });

  it('is forgotten when it gets worse: whoever saw a warning has not seen an alarm', () => {
    const { row } = play([met('warning'), ack, met('alarm')]);
    expect(row).toMatchObject({ state: 'unacknowledged', acknowledgedBy: null, acknowledgedAt: null });
  });

  it('is kept when it gets better', () => {
    expect(play([met('critical'), ack, met('alarm')]).row).toMatchObject({ acknowledgedBy: 'Ana' });
  });

  it('is forgotten when a latched alarm flares up, and the alarm stays the same one', () => {
    const before = play([met('alarm'), ack, ended()]).row;
    const after = play([met('alarm'), ack, ended(), met('critical', { value: 17, roomId: 'hall' })]).row;
    expect(after).toMatchObject({
      alarmId: before?.alarmId,
      acknowledgedBy: null,
      acknowledgedAt: null,
      clearedAt: null,
      roomId: 'hall',
      value: 17,
      since: at(3_000),
      active: true,
    });
  });

  it('counts for the first who asks only', () => {
    const { state } = play([met('alarm'), ack]);
    const second: Fact = { type: 'acknowledgeAsked', alarmId: idOf(state), by: 'Ben' };
    expect(reduceAlarms(state, second, at(9_000)).state).toBe(state);
  });

  it('of an old episode cannot acknowledge a new one', () => {
    const first = play([met('warning')]);
    const second = play([ended(), met('warning')], first.state, 5_000);
    const late: Fact = { type: 'acknowledgeAsked', alarmId: idOf(first.state), by: 'Ana' };
    expect(reduceAlarms(second.state, late, at(9_000)).state).toBe(second.state);
  });
});

it('names two episodes differently even when somebody set the clock back between them', () => {
  const sameUtc = (mono: number): Moment => ({ mono, utc: 0 });
  const first = reduceAlarms(NONE, met('warning'), sameUtc(1)).state;
  const between = reduceAlarms(first, ended(), sameUtc(2)).state;
  const second = reduceAlarms(between, met('warning'), sameUtc(3)).state;
  expect(idOf(second)).not.toBe(idOf(first));
});

it('keeps kinds and sensors apart: one row each', () => {
  const { state } = play([
    met('alarm'),
    met('alarm', { kind: 'co' }),
    met('alarm', { entityId: 'hall.o2' }),
    met('critical', { entityId: 'hall.o2' }),
  ]);
  expect(state.rows.size).toBe(3);
  expect(new Set([...rowsOf(state.rows)].map(([, row]) => row.alarmId)).size).toBe(3);
});

it('leaves alone what is no matter of alarms', () => {
  expect(reduceAlarms(NONE, { type: 'clockReached' }, at(0)).state).toBe(NONE);
});

const POINTS: readonly (readonly [AlarmKind, string])[] = [
  ['oxygen-low', 'kitchen.o2'],
  ['oxygen-low', 'hall.o2'],
  ['co', 'kitchen.o2'],
  ['smoke', 'hall.smoke'],
];
type Walk =
  | { do: 'met'; point: number; level: AlarmLevel; latching: boolean }
  | { do: 'ended'; point: number }
  | { do: 'acknowledgeAsked' | 'resetAsked'; point: number };

const point = fc.nat(POINTS.length - 1);
const walk: fc.Arbitrary<Walk[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('met' as const),
      point,
      level: fc.constantFrom<AlarmLevel>('advisory', 'warning', 'alarm', 'critical'),
      latching: fc.boolean(),
    }),
    fc.record({ do: fc.constant('ended' as const), point }),
    fc.record({ do: fc.constantFrom('acknowledgeAsked' as const, 'resetAsked' as const), point }),
  ),
  { maxLength: 60, size: 'max' },
);

function factOf(state: AlarmsState, each: Walk): Fact {
  const [kind, entityId] = POINTS[each.point] ?? ['co', 'x'];
  if (each.do === 'met') return met(each.level, { kind, entityId, latching: each.latching });
  if (each.do === 'ended') return ended(kind, entityId);
  const alarmId = getRow(state.rows, pointOf(kind, entityId))?.alarmId ?? 'nobody';
  return { type: each.do, alarmId, by: 'Ana' };
}

/** Walks and shows every step: state before, the fact, state after, facts that followed. */
function* steps(walked: readonly Walk[]) {
  let state = NONE;
  let mono = 0;
  for (const each of walked) {
    const fact = factOf(state, each);
    mono += 7;
    const outcome = reduceAlarms(state, fact, at(mono));
    yield { before: state, fact, after: outcome.state, facts: outcome.facts ?? [] };
    state = outcome.state;
  }
}

function checkRow(id: string, row: AlarmRow): void {
  expect(id).toBe(pointOf(row.kind, row.entityId));
  expect(row.active).toBe(row.state !== 'latched');
  expect(row.active).toBe(row.clearedAt === null);
  expect(compareLevels(row.peak, row.level)).toBeGreaterThanOrEqual(0);
  if (row.state !== 'latched') expect(row.acknowledgedBy !== null).toBe(row.state === 'acknowledged');
  expect(row.acknowledgedBy === null).toBe(row.acknowledgedAt === null);
  if (row.state === 'latched') expect(row.latching && isSounding(row.peak)).toBe(true);
  expect(mayReset(row)).toBe(letterOf(row) === 'F');
}

describe('on any walk', () => {
  it('every row makes sense, and is found by its id', () => {
    fc.assert(
      fc.property(walk, (walked) => {
        for (const { after } of steps(walked)) {
          for (const [id, row] of rowsOf(after.rows)) {
            checkRow(id, row);
            expect(findAlarm(after, row.alarmId)).toBe(row);
          }
        }
      }),
    );
  });

  it('the ids of two episodes differ', () => {
    fc.assert(
      fc.property(walk, (walked) => {
        const begun = [...steps(walked)].flatMap(({ before, facts }) =>
          ofType(facts, 'alarmRaised').filter(({ alarmId }) => findAlarm(before, alarmId) === undefined),
        );
        expect(new Set(begun.map(({ alarmId }) => alarmId)).size).toBe(begun.length);
      }),
    );
  });

  it('a latched alarm leaves the list only by a reset that it may have', () => {
    fc.assert(
      fc.property(walk, (walked) => {
        for (const { before, fact, after } of steps(walked)) {
          const latched = [...rowsOf(before.rows)].filter(([, row]) => !row.active);
          const gone = latched.filter(([id]) => getRow(after.rows, id) === undefined);
          expect(gone.every(([, row]) => fact.type === 'resetAsked' && mayReset(row))).toBe(true);
        }
      }),
    );
  });

  it('every change of the state is told, and nothing is told without one', () => {
    fc.assert(
      fc.property(walk, (walked) => {
        for (const { before, after, facts } of steps(walked)) {
          expect(before !== after).toBe(facts.length > 0);
        }
      }),
    );
  });

  it('the journal alone rebuilds the alarms that stand (ALM-1)', () => {
    fc.assert(
      fc.property(walk, (walked) => {
        const replayed = new Map<string, Replayed>();
        let state = NONE;
        for (const { after, facts } of steps(walked)) {
          for (const fact of facts) replay(replayed, fact);
          state = after;
        }
        const live = [...rowsOf(state.rows)].map(([, row]) => [row.alarmId, summary(row)] as const);
        expect(replayed).toEqual(new Map(live));
      }),
    );
  });
});

const summary = (row: AlarmRow) => ({ letter: letterOf(row), level: row.level });

type Replayed = { readonly letter: string; readonly level: AlarmLevel };

/** What a reader of the journal makes of one entry. */
function replay(alarms: Map<string, Replayed>, fact: Fact): void {
  if (!('alarmId' in fact) || !('level' in fact)) return;
  const letter = letterAfter(alarms.get(fact.alarmId)?.letter ?? 'A', fact);
  if (letter === 'A') alarms.delete(fact.alarmId);
  else alarms.set(fact.alarmId, { letter, level: fact.level });
}

function letterAfter(old: string, fact: Fact): string {
  switch (fact.type) {
    case 'alarmRaised':
      return 'B';
    case 'alarmCleared':
      return old === 'C' ? 'F' : 'E';
    case 'alarmAcknowledged':
      return old === 'E' ? 'F' : 'C';
    case 'alarmLevelChanged':
      return compareLevels(fact.level, fact.from) > 0 ? 'B' : old;
    default:
      return 'A';
  }
}
