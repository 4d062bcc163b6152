import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE, at, ofType, reading } from '../../test/builders.ts';
import type { Doubt } from '../devices/healthSchema.ts';
import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import { rowsOf } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import type { Limit } from './limits/limit.ts';
import { isPlausible, RANGE } from './plausible.ts';
import { airFrom, EMPTY_AIR } from './state.ts';

const NOBODY = airFrom(EMPTY_AIR);
const say = (value: unknown, quantity: Quantity = 'carbon_monoxide') =>
  reading('e', value as number, { quantity });

type Happening = readonly [mono: Millis, value: number, doubt?: Doubt | null];

/** What is told of one sensor, "level cause" each, "clear" at its end. */
function told(quantity: Quantity, ...happenings: Happening[]) {
  let state = NOBODY;
  const words: string[] = [];
  for (const [mono, value, doubt = null] of happenings) {
    const outcome = reduceAir(state, say(value, quantity), at(mono), { ...ALONE, doubtOf: () => doubt });
    state = outcome.state;
    for (const fact of outcome.facts ?? []) {
      if (fact.type === 'limitCrossed') words.push(`${fact.kind} ${fact.level} ${fact.cause}`);
      if (fact.type === 'limitCleared') words.push(`${fact.kind} clear`);
    }
  }
  return { words, state };
}

const byIdOf = (id: string): Limit => NOBODY.limits.byId.get(id) as Limit;

const DOUBTS: readonly Doubt[] = ['warming-up', 'range', 'rate', 'suspect', 'fault'];

describe('AIR-2: a reading that cannot be trusted', () => {
  it.each(DOUBTS)('(%s) warns at once on the dangerous side', (doubt) => {
    expect(told('carbon_monoxide', [0, 400, doubt]).words).toEqual(['co warning unverified']);
  });

  it.each(DOUBTS)('(%s) alarms when the second one agrees', (doubt) => {
    expect(told('carbon_monoxide', [0, 400, doubt], [1, 400, doubt]).words).toEqual([
      'co warning unverified',
      'co alarm unverified',
    ]);
  });

  it.each(DOUBTS)('(%s) on the safe side raises nothing', (doubt) => {
    expect(told('carbon_monoxide', [0, 20, doubt], [1, 299, doubt]).words).toEqual([]);
  });

  // EN 50291-1: an alarm within 90 min at 50 ppm, 40 min at 100 ppm, 3 min at 300 ppm.
  it.each(
    DOUBTS.flatMap((doubt) =>
      [
        [50, 90],
        [60, 90],
        [100, 40],
        [250, 40],
        [299, 40],
        [300, 3],
      ].map(([ppm, minutes]) => [doubt, ppm as number, minutes as number] as const),
    ),
  )('CO-1 (%s) of %d ppm alarms within %d min', (doubt, ppm, minutes) => {
    const happenings = Array.from({ length: minutes * 6 }, (_, n): Happening => [n * 10_000, ppm, doubt]);
    expect(told('carbon_monoxide', ...happenings).words.at(-1)).toBe('co alarm unverified');
  });

  it('CO-1 goes on from what was believed before, and a low one that cannot be trusted heals nothing', () => {
    const believed = Array.from({ length: 12 * 6 }, (_, n): Happening => [n * 10_000, 100]);
    const low: Happening = [12 * 60_000, 0, 'fault'];
    const after = Array.from(
      { length: 15 * 6 },
      (_, n): Happening => [30 * 60_000 + n * 10_000, 100, 'fault'],
    );
    expect(told('carbon_monoxide', ...believed, low, ...after).words).toEqual(['co alarm unverified']);
    expect(told('carbon_monoxide', ...after).words).toEqual([]);
  });

  it('CO-1 that no air has adds nothing to a dose', () => {
    const { state } = told('carbon_monoxide', [0, 20_000, 'fault'], [600_000, 20_000, 'fault']);
    expect([...rowsOf(state.exposures)]).toEqual([]);
  });

  it.each<[Quantity, number, string]>([
    ['carbon_monoxide', 10_001, 'co'],
    ['carbon_monoxide', 1e308, 'co'],
    ['oxygen', -0.1, 'oxygen-low'],
    ['oxygen', 30.1, 'oxygen-high'],
    ['carbon_dioxide', 100_001, 'co2'],
    ['lel_methane', 101, 'gas'],
    ['lel_lpg', 1e9, 'gas'],
    ['hydrogen_sulfide', 2_001, 'hydrogen-sulfide'],
    ['temperature', 86, 'heat'],
  ])('warns of %s at %f, which no air has, and alarms when it stays', (quantity, value, kind) => {
    expect(told(quantity, [0, value]).words).toEqual([`${kind} warning unverified`]);
    expect(told(quantity, [0, value], [1, value]).words.at(-1)).toBe(`${kind} alarm unverified`);
  });

  it.each<[Quantity, number]>([
    ['carbon_monoxide', -1],
    ['carbon_dioxide', -1],
    ['lel_methane', -5],
    ['temperature', -127],
    ['humidity', 300],
    ['pm25', 1e6],
  ])('says nothing of %s at %f: no life hangs on that side of it', (quantity, value) => {
    expect(told(quantity, [0, value], [1, value]).words).toEqual([]);
  });

  it('does not alarm while it warms up until it says the worst', () => {
    const low = told('lel_methane', [0, 12, 'warming-up'], [1, 12, 'warming-up'], [2, 12, 'warming-up']);
    expect(low.words).toEqual(['gas warning unverified']);
    const high = told('lel_methane', [0, 25, 'warming-up'], [1, 25, 'warming-up']);
    expect(high.words).toEqual(['gas warning unverified', 'gas alarm unverified']);
  });

  it('agrees only with the one before it: a safe one between begins the count anew', () => {
    const { words } = told('carbon_monoxide', [0, 400, 'rate'], [1, 20, 'rate'], [2, 400, 'rate']);
    expect(words).toEqual(['co warning unverified']);
  });

  it('clears nothing that was said by one that can be trusted', () => {
    const { words } = told(
      'carbon_monoxide',
      [0, 400],
      [1, 0, 'fault'],
      [400_000, 0, 'fault'],
      [900_000, 0, 'fault'],
    );
    expect(words).toEqual(['co critical limit']);
  });

  it.each(DOUBTS)('(%s) clears what was said in doubt after the off-delay, to the millisecond', (doubt) => {
    const raised: Happening[] = [
      [0, 25, doubt],
      [5_000, 25, doubt],
      [20_000, 0, doubt],
    ];
    const words = ['gas warning unverified', 'gas alarm unverified'];
    const off = byIdOf('lel_methane/gas/alarm/unverified-critical').offDelayMs;
    expect(told('lel_methane', ...raised, [19_999 + off, 0, doubt]).words).toEqual(words);
    expect(told('lel_methane', ...raised, [20_000 + off, 0, doubt]).words).toEqual([...words, 'gas clear']);
    // One within the hysteresis begins the delay anew.
    const again = told('lel_methane', ...raised, [19_999 + off, 19.9, doubt], [20_000 + off, 0, doubt]);
    expect(again.words).toEqual(words);
  });

  it.each(DOUBTS)('CO-1 (%s) a dose breathed in doubt ends in clean air, not before', (doubt) => {
    const filled = Array.from({ length: 26 * 6 }, (_, n): Happening => [n * 10_000, 100, doubt]);
    const from = 26 * 60_000;
    const ending = (ppm: number): Happening[] => [
      [from, ppm, doubt],
      [from + 300_000, ppm, doubt],
    ];
    expect(told('carbon_monoxide', ...filled, ...ending(30)).words).toEqual(['co alarm unverified']);
    expect(told('carbon_monoxide', ...filled, ...ending(0)).words).toEqual([
      'co alarm unverified',
      'co clear',
    ]);
  });

  it('that no air has clears nothing, whatever side it lies on', () => {
    const hot: Happening[] = [0, 5_000].map((mono) => [mono, 120]);
    const broken: Happening[] = [10_000, 600_000, 7_200_000].map((mono) => [mono, -127]);
    expect(told('temperature', ...hot, ...broken).words).toEqual([
      'heat warning unverified',
      'heat alarm unverified',
    ]);
  });

  it('ends with readings that can be trusted, after their off-delay, or becomes a verified alarm', () => {
    const end = told('carbon_monoxide', [0, 400, 'rate'], [1, 0], [300_000, 0], [300_001, 0]);
    expect(end.words).toEqual(['co warning unverified', 'co clear']);
    expect([...rowsOf(end.state.rows)]).toEqual([]);
    expect(told('carbon_monoxide', [0, 400, 'rate'], [1, 400]).words).toEqual([
      'co warning unverified',
      'co critical limit',
    ]);
  });

  it('leaves a delay that runs alone: it ends by the clock', () => {
    let { state } = told('oxygen', [0, 19.4], [5_000, 20.9, 'suspect']);
    const outcome = reduceAir(state, { type: 'clockReached' }, at(10_000), ALONE);
    state = outcome.state;
    expect(ofType(outcome.facts ?? [], 'limitCrossed')).toMatchObject([{ level: 'alarm', cause: 'limit' }]);
  });

  it('warns within one sample, for every danger to life and every value beyond', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 300, noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(...DOUBTS),
        (ppm, doubt) => {
          expect(told('carbon_monoxide', [0, ppm, doubt]).words).toEqual(['co warning unverified']);
        },
      ),
    );
  });
});

describe('AIR-3: whatever JSON says', () => {
  const quantities = Object.keys(RANGE) as Quantity[];
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 5e-324, undefined),
  );

  it('only finite numbers and contacts move anything, and nothing that is not finite is told or kept', () => {
    fc.assert(
      fc.property(fc.constantFrom(...quantities), anything, (quantity, value) => {
        const first = reduceAir(NOBODY, say(value, quantity), at(0), ALONE);
        const then = reduceAir(first.state, say(value, quantity), at(3_600_000), ALONE);
        if (!isUsable(value)) expect(then.state).toBe(NOBODY);
        expect([...(first.facts ?? []), ...(then.facts ?? [])].every(isFiniteFact)).toBe(true);
        const kept = [...rowsOf(then.state.rows)].flatMap(([, row]) => Object.values(row.limits));
        expect(kept.every((progress) => isUsable(progress.value))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([Number.NaN, Infinity, -Infinity, null, 'NaN', '400'])('%s is passed over', (value) => {
    expect(reduceAir(NOBODY, say(value), at(0), ALONE)).toEqual({ state: NOBODY });
    const held = told('carbon_monoxide', [0, 400]).state;
    expect(reduceAir(held, say(value), at(900_000), ALONE).state).toBe(held);
  });

  it('and a sensor that tells of a device, or on which nobody relies, raises nothing', () => {
    const context = { ...ALONE, isLeftOut: () => true };
    expect(reduceAir(NOBODY, say(5_000), at(0), context)).toEqual({ state: NOBODY });
  });
});

const isUsable = (value: unknown): boolean => typeof value === 'boolean' || Number.isFinite(value);

const isFiniteFact = (fact: Fact): boolean => fact.type !== 'limitCrossed' || isUsable(fact.value);

it.each<[Quantity, number | boolean, boolean]>([
  ['oxygen', -0.001, false],
  ['oxygen', 0, true],
  ['oxygen', 30, true],
  ['oxygen', 30.001, false],
  ['carbon_monoxide', 10_000, true],
  ['carbon_monoxide', 10_001, false],
  ['power', -4_000, true],
  ['power', Number.NaN, false],
  ['smoke', true, true],
])('%s of %s can be: %s', (quantity, value, isTrue) => {
  expect(isPlausible(quantity, value)).toBe(isTrue);
});
