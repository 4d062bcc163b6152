import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE, at, ofType, reading } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { rowsOf } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import { isClear, type Limit } from './limits/limit.ts';
import { LIMITS, limitsFor } from './limits/table.ts';
import { type AirState, airFrom, EMPTY_AIR } from './state.ts';

const NOBODY = airFrom(EMPTY_AIR);

/** Limits of single readings, of numbers and contacts: what is measured over time has its own tests. */
const PLAIN = LIMITS.filter(({ measure }) => measure === 'value').map((limit) => [limit.id, limit] as const);
const DELAYED = PLAIN.filter(([, { onDelayMs, confirmReadings }]) => onDelayMs > 0 && confirmReadings === 1);

const isLower = ({ crosses }: Limit) => crosses === 'below' || crosses === 'atMost';

/** A value just beyond the limit, and one that is clear of every limit of that sensor. */
const badOf = (limit: Limit) =>
  limit.crosses === 'on' ? true : limit.limit + (isLower(limit) ? -0.01 : 0.01);
function goodOf(limit: Limit): number | boolean {
  if (limit.crosses === 'on') return false;
  const others = limitsFor(NOBODY.limits, limit.quantity, 0).filter(({ measure }) => measure === 'value');
  for (const value of [20.9, 0, 21, 10, 100]) if (others.every((each) => isClear(each, value))) return value;
  throw new Error(`Nothing is good for ${limit.id}.`);
}

type Happening = readonly [mono: Millis, what: number | boolean | 'clock'];

/** The levels of that kind that were told, and "clear". */
const wordsOf = (facts: readonly Fact[], kind: Limit['kind']): string[] =>
  facts.flatMap((fact) => {
    if (fact.type === 'limitCrossed' && fact.kind === kind) return [fact.level];
    return fact.type === 'limitCleared' && fact.kind === kind ? ['clear'] : [];
  });

/** Plays one sensor; answers the levels of that kind that were told, each with its time. */
function play(limit: Limit, happenings: readonly Happening[], utcOf = (mono: Millis): Millis => mono) {
  let state: AirState = NOBODY;
  const told: string[] = [];
  for (const [mono, what] of happenings) {
    const fact: Fact =
      what === 'clock' ? { type: 'clockReached' } : reading('e', what, { quantity: limit.quantity });
    const outcome = reduceAir(state, fact, { mono, utc: utcOf(mono) } satisfies Moment, ALONE);
    state = outcome.state;
    told.push(...wordsOf(outcome.facts ?? [], limit.kind).map((word) => `${mono} ${word}`));
  }
  return { told, state };
}

/** Readings often enough that no reading stands too long for the means beside it. */
const from = 1_000;

describe('AIR-1: a limit holds', () => {
  it.each(DELAYED)('%s: not one millisecond before its on-delay, by readings', (_id, limit) => {
    const end = from + limit.onDelayMs;
    const bad = badOf(limit);
    const before = play(limit, [
      [from, bad],
      [end - 1, bad],
    ]);
    expect(before.told.filter((each) => each.endsWith(limit.level))).toEqual([]);
    expect(
      play(limit, [
        [from, bad],
        [end, bad],
      ]).told,
    ).toContain(`${end} ${limit.level}`);
  });

  it.each(DELAYED)('%s: … and by the clock, when the sensor says no more', (_id, limit) => {
    const end = from + limit.onDelayMs;
    const { state } = play(limit, [[from, badOf(limit)]]);
    expect(state.wakeAt ?? Infinity).toBeLessThanOrEqual(end);
    expect(
      play(limit, [
        [from, badOf(limit)],
        [end - 1, 'clock'],
      ]).told.join(),
    ).not.toContain(limit.level);
    expect(
      play(limit, [
        [from, badOf(limit)],
        [end, 'clock'],
      ]).told,
    ).toContain(`${end} ${limit.level}`);
  });

  it.each(DELAYED)('%s: only when it was crossed all the time', (_id, limit) => {
    const end = from + limit.onDelayMs;
    const { told } = play(limit, [
      [from, badOf(limit)],
      [end - 1, goodOf(limit)],
      [end, 'clock'],
      [end + 1, 'clock'],
    ]);
    expect(told.filter((each) => each.endsWith(limit.level))).toEqual([]);
  });

  it.each(PLAIN.filter(([, { onDelayMs, confirmReadings }]) => onDelayMs === 0 && confirmReadings === 1))(
    '%s: at once',
    (_id, limit) => {
      expect(play(limit, [[from, badOf(limit)]]).told).toContain(`${from} ${limit.level}`);
    },
  );
});

describe('AIR-1: a limit clears', () => {
  /** Crossed until it holds, then clear from 0 on. */
  const held = (limit: Limit): Happening[] => [
    [0, badOf(limit)],
    [limit.onDelayMs, badOf(limit)],
    [limit.onDelayMs, badOf(limit)],
  ];

  it.each(PLAIN)('%s: after its off-delay, to the millisecond', (_id, limit) => {
    const clearFrom = limit.onDelayMs + 1;
    const end = clearFrom + limit.offDelayMs;
    const good = goodOf(limit);
    const { told } = play(limit, [
      ...held(limit),
      [clearFrom, limit.offDelayMs === 0 ? badOf(limit) : good],
      [end - 1, limit.offDelayMs === 0 ? badOf(limit) : good],
    ]);
    expect(told.join()).not.toContain('clear');
    expect(play(limit, [...held(limit), [clearFrom, good], [end, good]]).told).toContain(`${end} clear`);
  });

  it.each(PLAIN)('%s: never by silence', (_id, limit) => {
    const clearFrom = limit.onDelayMs + 1;
    const last: Happening[] = limit.offDelayMs === 0 ? [] : [[clearFrom, goodOf(limit)]];
    expect(play(limit, [...held(limit), ...last, [1e10, 'clock']]).told.join()).not.toContain('clear');
  });

  it.each(PLAIN.filter(([, { offDelayMs }]) => offDelayMs > 0))(
    '%s: not while one bad reading is between',
    (_id, limit) => {
      const clearFrom = limit.onDelayMs + 1;
      const end = clearFrom + limit.offDelayMs;
      const good = goodOf(limit);
      const { told } = play(limit, [...held(limit), [clearFrom, good], [end - 1, badOf(limit)], [end, good]]);
      expect(told.filter((each) => each === `${end} clear`)).toEqual([]);
    },
  );
});

const YEAR: Millis = 365.25 * 86_400_000;

describe('F-05, F-06: a clock that jumps', () => {
  const oxygen = LIMITS.find(({ id }) => id === 'oxygen/oxygen-low/warning/value') as Limit;
  const story: Happening[] = [
    [0, 19.9],
    [30_000, 19.9],
    [60_000, 'clock'],
    [90_000, 20.9],
    [200_000, 20.9],
    [389_999, 20.9],
    [390_000, 20.9],
  ];
  const steady = play(oxygen, story);

  it.each<[string, (mono: Millis) => Millis]>([
    ['ten years on', (mono) => (mono < 30_000 ? mono : mono + 10 * YEAR)],
    ['ten years back', (mono) => (mono < 30_000 ? mono : mono - 10 * YEAR)],
    ['to 1970', (mono) => (mono < 45_000 ? 1.79e12 + mono : 0)],
    ['an hour on (summer time)', (mono) => (mono < 60_000 ? mono : mono + 3_600_000)],
    ['an hour back (winter time)', (mono) => (mono < 60_000 ? mono : mono - 3_600_000)],
    ['a second back', (mono) => (mono < 60_000 ? mono : mono - 1_000)],
    ['every time', (mono) => (mono * 7_919) % 1e12],
  ])('%s moves nothing', (_what, utcOf) => {
    const { told, state } = play(oxygen, story, utcOf);
    expect(told).toEqual(['60000 warning', '390000 clear']);
    expect(told).toEqual(steady.told);
    expect([...rowsOf(state.rows)]).toEqual([...rowsOf(steady.state.rows)]);
  });
});

describe('F-12: readings that come twice, late or in another order', () => {
  const ALARM = 19.4;
  const copies = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 12 });

  it('twice: one alarm, and one end', () => {
    fc.assert(
      fc.property(copies, (times) => {
        const limit = LIMITS.find(({ id }) => id === 'oxygen/oxygen-low/alarm/value') as Limit;
        const happenings = times.flatMap((count, nth) =>
          Array.from({ length: count }, (): Happening => [nth * 10_000, ALARM]),
        );
        const end = times.length * 10_000;
        const good: Happening[] = [
          [end, 20.9],
          [end, 20.9],
          [end + 300_000, 20.9],
          [end + 300_000, 20.9],
        ];
        const { told } = play(limit, [...happenings, ...good]);
        expect(told.filter((each) => each.endsWith('alarm'))).toHaveLength(1);
        expect(told.filter((each) => each.endsWith('clear'))).toHaveLength(1);
      }),
    );
  });

  it('late or shuffled: one alarm, told as late, however the old readings lie', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 2 }), (order) => {
        let state = NOBODY;
        const levels: string[] = [];
        const ask = order.map((nth) =>
          reading('e', 400 + nth, { quantity: 'carbon_monoxide', ageMs: 600_000 - nth }),
        );
        for (const [nth, fact] of ask.entries()) {
          const outcome = reduceAir(state, fact, at(nth * 10), ALONE);
          state = outcome.state;
          levels.push(
            ...ofType(outcome.facts ?? [], 'limitCrossed').map(({ level, late }) => `${level} ${late}`),
          );
        }
        expect(levels).toEqual(['critical true']);
      }),
    );
  });
});
