import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { emptyTable, rowsOf } from '../house/table.ts';
import { reduceAir } from './air.ts';
import { confirmFire } from './fire.ts';
import { CONFIRMED_FIRE } from './limits/table.ts';
import { type AirState, airFrom, EMPTY_AIR, storedAir } from './state.ts';

const DETECTORS = ['a', 'b', 'c', 'd'];

const said: fc.Arbitrary<Fact | 'restart'> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ id: fc.constantFrom(...DETECTORS), on: fc.boolean() })
      .map(({ id, on }) => reading(id, on, { quantity: 'smoke' })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(20, 40, 60, 80)
      .map((value) => reading('t', value, { quantity: 'temperature' })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...DETECTORS)
      .map((entityId) => ({ type: 'entityRetired', entityId }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('EN' as const, 'US' as const)
      .map((profile) => ({ type: 'airSettingsChanged', patch: { profile }, by: 'owner' }) as Fact),
  },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

const critical = (state: AirState): string[] =>
  [...rowsOf(state.rows)].flatMap(([id, row]) => (CONFIRMED_FIRE.id in row.limits ? [id] : [])).sort();

const sounding = (state: AirState): string[] =>
  [...rowsOf(state.rows)].flatMap(([id, { told }]) => (told.smoke || told.heat ? [id] : [])).sort();

/** The state after each fact of a story, a second apart. */
function* statesOf(story: readonly (Fact | 'restart')[]): Generator<AirState> {
  let state = airFrom(EMPTY_AIR);
  for (const [second, said] of story.entries()) {
    if (said === 'restart') state = airFrom(storedAir(state));
    const fact: Fact = said === 'restart' ? { type: 'houseResumed' } : said;
    state = reduceAir(state, fact, at(second * 1_000), ALONE).state;
    yield state;
  }
}

it('a fire that two detectors saw is critical at each smoke alarm, whatever was said before', () => {
  let most = 0;
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 40, size: 'max' }), (story) => {
      for (const state of statesOf(story)) {
        const burning = sounding(state);
        expect(critical(state)).toEqual(burning.length >= 2 ? burning.filter((id) => id !== 't') : []);
        most = Math.max(most, critical(state).length);
      }
    }),
    { numRuns: 300 },
  );
  expect(most).toBe(DETECTORS.length);
});

it('what is followed from fact to fact is what a look through all of them finds', () => {
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 40, size: 'max' }), (story) => {
      for (const state of statesOf(story)) {
        const anew = confirmFire(emptyTable(), { ...state, fires: null });
        expect(anew.facts).toEqual([]);
        expect(anew.state.rows).toBe(state.rows);
        const fires = state.fires ?? anew.state.fires;
        expect([...rowsOf(fires ?? emptyTable())]).toEqual([...rowsOf(anew.state.fires ?? emptyTable())]);
      }
    }),
    { numRuns: 300 },
  );
});
