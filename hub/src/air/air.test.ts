import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE, at, ofType, reading, smokeReading } from '../../test/builders.ts';
import { type AlarmLevel, compareLevels } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import { emptyTable, rowsOf, type Table, tableOf } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import type { AirRow } from './airRow.ts';
import { endOf } from './limitMachine.ts';
import { crosses } from './limits/limit.ts';
import { LIMITS } from './limits/table.ts';
import { type AirState, airFrom, EMPTY_AIR } from './state.ts';

const SENSOR = 'kitchen.o2';
const NOBODY: AirState = airFrom(EMPTY_AIR);
const clock: Fact = { type: 'clockReached' };
const MINUTE = 60_000;

type Happening = readonly [mono: Millis, fact: Fact | number];

function wordsOf(mono: Millis, fact: Fact): string {
  if (fact.type === 'limitCrossed') return `${mono} ${fact.kind} ${fact.level}`;
  return fact.type === 'limitCleared' ? `${mono} ${fact.kind} clear` : fact.type;
}

function playFrom(before: AirState, happenings: readonly Happening[]) {
  let state = before;
  const told: string[] = [];
  const facts: Fact[] = [];
  for (const [mono, what] of happenings) {
    const outcome = reduceAir(
      state,
      typeof what === 'number' ? reading(SENSOR, what) : what,
      at(mono),
      ALONE,
    );
    state = outcome.state;
    facts.push(...(outcome.facts ?? []));
    told.push(...(outcome.facts ?? []).map((fact) => wordsOf(mono, fact)));
  }
  return { state, told, facts };
}

const play = (...happenings: Happening[]) => playFrom(NOBODY, happenings);

const co = (value: number, more = {}) =>
  reading('kitchen.co', value, { quantity: 'carbon_monoxide', ...more });
const coContact = (value: boolean) => reading('hall.co', value, { quantity: 'carbon_monoxide' });

describe('a limit holds', () => {
  it.each<[level: string, value: number, delay: Millis]>([
    ['advisory', 20.3, MINUTE],
    ['warning', 20.0, MINUTE],
    ['alarm', 19.49, 10_000],
  ])('%s: at %f %% after %d ms, by readings, not one millisecond before', (level, value, delay) => {
    expect(play([0, value], [delay - 1, value]).told).toEqual([]);
    expect(play([0, value], [delay, value]).told).toEqual([`${delay} oxygen-low ${level}`]);
  });

  it.each<[level: string, value: number, delay: Millis]>([
    ['advisory', 20.3, MINUTE],
    ['warning', 20.0, MINUTE],
    ['alarm', 19.49, 10_000],
  ])('%s: at %f %% after %d ms, by the clock: the sensor may have died', (level, value, delay) => {
    expect(play([5, value], [5 + delay - 1, clock]).told).toEqual([]);
    const { told, state } = play([5, value], [5 + delay, clock]);
    expect(told).toEqual([`${5 + delay} oxygen-low ${level}`]);
    expect(state.wakeAt === null || state.wakeAt > 5 + delay).toBe(true);
  });

  it.each<[value: number, told: string[]]>([
    [20.31, []],
    [20.01, ['60000 oxygen-low advisory']],
    [19.5, ['60000 oxygen-low warning']],
  ])('not beside it: %f %% for a minute tells %j', (value, told) => {
    expect(play([0, value], [MINUTE, value]).told).toEqual(told);
  });

  it('by the second reading of 18 % or less, however fast it follows, and not by the clock', () => {
    expect(play([0, 18]).told).toEqual([]);
    expect(play([0, 18], [9_999, clock]).told).toEqual([]);
    expect(play([0, 18], [0, 18]).told).toEqual(['0 oxygen-low critical']);
    expect(play([0, 18], [1, 18.01], [2, 18]).told).toEqual([]);
  });

  it('as an alarm by the clock when the sensor dies after one reading that nobody confirmed', () => {
    expect(play([0, 17], [10_000, clock]).told).toEqual(['10000 oxygen-low alarm']);
  });

  it.each<[number, string[]]>([
    [299.9, []],
    [300, ['0 co critical']],
    [10_000, ['0 co critical']],
  ])('at once for carbon monoxide: %f ppm tells %j', (value, told) => {
    expect(play([0, co(value)]).told).toEqual(told);
  });

  it('at once for the contact of a detector', () => {
    expect(play([0, smokeReading('s', true)]).told).toEqual(['0 smoke alarm']);
    expect(play([0, coContact(true)]).told).toEqual(['0 co alarm']);
  });

  it('only when it was crossed all the time: one safe reading begins the delay anew', () => {
    expect(play([0, 19.4], [5_000, 19.5], [10_000, 19.4], [19_999, 19.4]).told).toEqual([]);
    expect(play([0, 19.4], [5_000, 19.5], [10_000, 19.4], [20_000, 19.4]).told).toEqual([
      '20000 oxygen-low alarm',
    ]);
  });

  it('step by step as the air gets worse', () => {
    expect(
      play([0, 20.2], [MINUTE, 19.9], [2 * MINUTE, 19.4], [130_000, 17.9], [130_001, 17.9]).told,
    ).toEqual([
      '60000 oxygen-low advisory',
      '120000 oxygen-low warning',
      '130000 oxygen-low alarm',
      '130001 oxygen-low critical',
    ]);
  });

  it('once: further readings and ticks tell nothing new', () => {
    const { told } = play([0, 19.4], [10_000, clock], [10_001, clock], [11_000, 19.3], [12_000, 19.2]);
    expect(told).toEqual(['10000 oxygen-low alarm']);
  });
});

describe('a limit clears', () => {
  const ALARM: Happening[] = [[0, co(300)]];
  const CLEAR = 24.9;

  it('after readings were clear for the off-delay, to the millisecond', () => {
    const off = 5 * MINUTE;
    expect(play(...ALARM, [1, co(CLEAR)], [off, co(CLEAR)]).told).toEqual(['0 co critical']);
    expect(play(...ALARM, [1, co(CLEAR)], [1 + off, co(CLEAR)]).told).toEqual([
      '0 co critical',
      '300001 co clear',
    ]);
  });

  it('never by silence: ticks alone clear nothing', () => {
    const { told, state } = play(...ALARM, [1, co(CLEAR)], [10 * MINUTE, clock], [1e9, clock]);
    expect(told).toEqual(['0 co critical']);
    expect(state.wakeAt).toBeNull();
  });

  it.each([25, 299, 300])('not while a reading of %d ppm is between', (value) => {
    const { told } = play(...ALARM, [1, co(CLEAR)], [4 * MINUTE, co(value)], [5 * MINUTE + 1, co(CLEAR)]);
    expect(told).toEqual(['0 co critical']);
  });

  it('level by level, and says the one that is left', () => {
    const bad: Happening[] = [
      [0, 17.9],
      [1, 17.9],
      [MINUTE, 17.9],
    ];
    const { told } = play(
      ...bad,
      [2 * MINUTE, 19.8],
      [7 * MINUTE, 19.8],
      [8 * MINUTE, 20.6],
      [13 * MINUTE, 20.6],
    );
    expect(told).toEqual(['1 oxygen-low critical', '420000 oxygen-low warning', '780000 oxygen-low clear']);
  });

  it('at once for a contact that goes off', () => {
    const { told, state } = play([0, smokeReading('s', true)], [1, smokeReading('s', false)]);
    expect(told).toEqual(['0 smoke alarm', '1 smoke clear']);
    expect(state.rows.size).toBe(0);
  });

  it('when its sensor is gone', () => {
    const { told, state } = play([0, 17], [1, 17], [2, { type: 'entityRetired', entityId: SENSOR }]);
    expect(told).toEqual(['1 oxygen-low critical', '2 oxygen-low clear']);
    expect(state.rows.size).toBe(0);
  });
});

it('tells nothing of a sensor that is gone before its delay ended', () => {
  const { told, state } = play([0, 19], [1, { type: 'entityRetired', entityId: SENSOR }], [MINUTE, clock]);
  expect(told).toEqual([]);
  expect([state.rows, state.wakeAt]).toEqual([emptyTable(), null]);
});

it('knows nothing of a sensor that nobody heard when it is retired', () =>
  expect(reduceAir(NOBODY, { type: 'entityRetired', entityId: 'x' }, at(0), ALONE).state).toEqual(NOBODY));

describe('what is not to be believed', () => {
  it('is "unknown": the limit stays as it was', () => {
    expect(play([0, 19.4], [5_000, reading(SENSOR, null)], [10_000, clock]).told).toEqual([
      '10000 oxygen-low alarm',
    ]);
  });

  it('nor is a number that the broker replays, in either direction', () => {
    expect(play([0, reading(SENSOR, 1, { retained: true })], [MINUTE, clock]).state).toBe(NOBODY);
    const held = play([0, co(300)], [1, co(0)]).state;
    expect(reduceAir(held, co(0, { retained: true }), at(1e7), ALONE).state).toBe(held);
  });
});

it('believes the replayed state of a contact: it is its state still', () => {
  expect(play([0, smokeReading('s', true, { retained: true })]).told).toEqual(['0 smoke alarm']);
});

it.each([
  [59_999, false],
  [60_000, false],
  [60_001, true],
])('news that was %d ms old when it came is late: %s', (ageMs, late) => {
  const { facts } = play([0, co(400, { ageMs })]);
  expect(ofType(facts, 'limitCrossed')).toMatchObject([{ late }]);
});

it('tells the value and unit that crossed the limit', () => {
  const { facts } = play([0, reading(SENSOR, 19.4, { unit: '%' })], [10_000, clock]);
  expect(facts).toEqual([
    {
      type: 'limitCrossed',
      entityId: SENSOR,
      kind: 'oxygen-low',
      level: 'alarm',
      value: 19.4,
      unit: '%',
      late: false,
      latching: true,
      sound: 'siren',
      cause: 'limit',
      limit: 19.5,
    },
  ]);
});

/** What the air may do: readings at the limits and between, out of range, ticks, and the sensor's end. */
const anything = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(17, 18, 18.1, 19.4, 19.5, 19.7, 20, 20.2, 20.3, 20.5, 20.6, 20.9, -1),
  },
  { weight: 3, arbitrary: fc.constant(clock) },
  { weight: 1, arbitrary: fc.constant<Fact>({ type: 'houseResumed' }) },
  { weight: 1, arbitrary: fc.constant<Fact>({ type: 'entityRetired', entityId: SENSOR }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(co(0), co(24), co(25), co(300), coContact(true), coContact(false)),
  },
);
const span = fc.constantFrom(0, 1, 999, 5_000, 9_999, 10_000, MINUTE, 5 * MINUTE);
const story = fc.array(fc.tuple(span, anything), { maxLength: 40, size: 'max' }).map((steps) => {
  let mono = 0;
  return steps.map(([later, what]): Happening => {
    mono += later;
    return [mono, what];
  });
});

/** Takes one fact of the air into what stands; answers whether it made sense after what was told before. */
function follows(standing: Map<string, string>, fact: Fact): boolean {
  if (fact.type === 'limitCleared') return standing.delete(`${fact.kind}:${fact.entityId}`);
  if (fact.type !== 'limitCrossed') return false;
  const point = `${fact.kind}:${fact.entityId}`;
  const { level, cause, unit, limit } = fact;
  const said = [level, cause, unit, limit].join(' ');
  const isNews = standing.get(point) !== said;
  standing.set(point, said);
  return isNews;
}

/** Whether the value that was told lies beyond a limit of the level that was told. */
const isCrossed = ({ kind, level, value }: Crossed): boolean =>
  LIMITS.some((limit) => limit.kind === kind && limit.level === level && crosses(limit, value));

type Crossed = Extract<Fact, { type: 'limitCrossed' }>;

/** Crossings that were told for the first time, or as worse than what was told before. */
function worsenings(facts: readonly Fact[]): Crossed[] {
  const standing = new Map<string, AlarmLevel>();
  return ofType(facts, 'limitCrossed').filter(({ entityId, level }) => {
    const before = standing.get(entityId);
    standing.set(entityId, level);
    return before === undefined || compareLevels(level, before) > 0;
  });
}

const isCoNumber = (what: Fact | number): boolean =>
  typeof what !== 'number' && what.type === 'reading' && what.entityId === 'kitchen.co';

/** A quarter of an hour of it, a reading a minute. */
const goodAirAfter = (end: number): Happening[] =>
  Array.from({ length: 16 }, (_, minute) => end + minute * MINUTE).flatMap((at) =>
    [reading(SENSOR, 20.9), co(0), coContact(false)].map((fact): Happening => [at, fact]),
  );

const stored = (rows: Table<AirRow>): Table<AirRow> =>
  tableOf(JSON.parse(JSON.stringify([...rowsOf(rows)])) as [string, AirRow][]);

describe('whatever happens', () => {
  it('a restart in the middle changes nothing of the end', () => {
    fc.assert(
      fc.property(story, fc.nat(40), (all, cut) => {
        // Means and doses of carbon monoxide go on from what was stored: see their own tests.
        const happenings = all.filter(([, what]) => !isCoNumber(what));
        const whole = play(...happenings);
        const first = play(...happenings.slice(0, cut));
        const second = playFrom(
          airFrom({ ...EMPTY_AIR, air: stored(first.state.rows) }),
          happenings.slice(cut),
        );
        expect([...first.told, ...second.told]).toEqual(whole.told);
        expect([...rowsOf(second.state.rows)]).toEqual([...rowsOf(whole.state.rows)]);
      }),
    );
  });

  it('every row has a limit that runs or holds, and what was told is the worst that holds', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        for (const [, row] of rowsOf(play(...happenings).state.rows)) {
          const names = Object.keys(row.limits);
          expect(names.length).toBeGreaterThan(0);
          for (const [kind, level] of Object.entries(row.told)) {
            const held = names.filter((id) => row.limits[id]?.phase === 'holds');
            expect(held.some((id) => id.includes(`/${kind}/${level}/`))).toBe(true);
          }
          const holding = Object.entries(row.limits).filter(([, progress]) => progress.phase === 'holds');
          expect(holding.length > 0).toBe(Object.keys(row.told).length > 0);
        }
      }),
    );
  });

  it('what is told follows by kind: crossed or changed, then cleared once, then crossed again', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const standing = new Map<string, string>();
        for (const fact of play(...happenings).facts) expect(follows(standing, fact), fact.type).toBe(true);
      }),
    );
  });

  it('fifteen minutes of good air leave nothing but means, which are longer', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const { state } = play(...happenings, ...goodAirAfter(happenings.at(-1)?.[0] ?? 0));
        const left = [...rowsOf(state.rows)].flatMap(([, { limits }]) => Object.keys(limits));
        expect(left.filter((id) => !/\/mean\d/.test(id))).toEqual([]);
      }),
    );
  });

  it('a delay that runs is never forgotten: the state wakes at or before its end', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const { state } = play(...happenings);
        const ends = [...rowsOf(state.rows)].flatMap(([, row]) => endOf(row, state.limits) ?? []);
        if (ends.length > 0) expect(state.wakeAt ?? Infinity).toBeLessThanOrEqual(Math.min(...ends));
      }),
    );
  });

  it('a level that is told for the first time, or as worse, is one that the told value crosses', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        expect(worsenings(play(...happenings).facts).every(isCrossed)).toBe(true);
      }),
    );
  });
});

it('costs a sensor in good air nothing', () => {
  const { state } = play([0, 20.9], [1, co(0)], [2, smokeReading('s', false)], [3, clock]);
  expect(state.rows).toBe(NOBODY.rows);
});
