import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at } from '../../test/builders.ts';
import { DAY_MS } from '../shared/time.ts';
import { type Entry, fieldsOf } from './entry.ts';
import { ANYBODYS_MS, ANYBODYS_ROWS, KEEP_ROWS, PERSONS_ROWS } from './limits.ts';
import { type Noise, QUIET, takeNoise } from './noise.ts';

const entry = (mono: number, type: string, who: string | null = null): Entry => ({
  ...at(mono),
  type,
  who,
  place: '10.0.0.9',
  why: null,
  json: `{"type":"${type}"}`,
  sealed: null,
});

/** All rows that come of these, in order. */
function written(entries: readonly Entry[]): Entry[] {
  let noise: Noise = QUIET;
  return entries.flatMap((each) => {
    const taken = takeNoise(noise, each);
    noise = taken.noise;
    return taken.rows;
  });
}

const times = (rows: readonly Entry[]) =>
  rows.filter(({ type }) => type === 'journalCounted').map(({ json }) => fieldsOf(json).times);

const tries = (count: number, from: number) =>
  Array.from({ length: count }, (_, n) => entry(from + n, 'loginRefused'));

it('what anybody can cause is written so many times in an hour, and then counted', () => {
  const rows = written([
    ...tries(ANYBODYS_ROWS + 7, 0),
    ...Array.from({ length: ANYBODYS_ROWS + 3 }, () => entry(900, 'invitationRefused')),
    entry(ANYBODYS_MS - 1, 'personLoggedIn'),
    entry(ANYBODYS_MS, 'personLoggedIn'),
    entry(ANYBODYS_MS + 1, 'personLoggedIn'),
  ]);
  expect(rows).toHaveLength(2 * ANYBODYS_ROWS + 4);
  expect(rows.slice(-4).map(({ type }) => type)).toEqual([
    'personLoggedIn',
    'journalCounted',
    'personLoggedIn',
    'personLoggedIn',
  ]);
  expect(times(rows)).toEqual([{ loginRefused: 7, invitationRefused: 3 }]);
});

it('the next hour begins with the next try, and has its own rows', () => {
  const rows = written([...tries(ANYBODYS_ROWS + 1, 0), ...tries(ANYBODYS_ROWS + 2, ANYBODYS_MS + 50)]);
  expect(rows.filter(({ type }) => type === 'loginRefused')).toHaveLength(2 * ANYBODYS_ROWS);
  expect(times(rows)).toEqual([{ loginRefused: 1 }]);
});

it('what people and devices of the house do is always written, in its order, and no try is lost from the count', () => {
  const any = fc.record({
    type: fc.constantFrom('loginRefused', 'invitationRefused', 'alarmRaised', 'personJoined'),
    step: fc.integer({ min: 0, max: ANYBODYS_MS / 20 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 400, size: 'max' }), (steps) => {
      let mono = 0;
      const entries = steps.map(({ type, step }) => {
        mono += step;
        return entry(mono, type);
      });
      const rows = written([...entries, entry(mono + ANYBODYS_MS, 'houseResumed')]);
      const ours = (list: readonly Entry[]) => list.filter(({ type }) => /^(alarm|person)/.test(type));
      expect(ours(rows)).toEqual(ours(entries));
      const told = (type: string) =>
        rows.filter((each) => each.type === type).length +
        times(rows).reduce<number>((sum, each) => sum + ((each as Record<string, number>)[type] ?? 0), 0);
      for (const type of ['loginRefused', 'invitationRefused'])
        expect(told(type)).toBe(entries.filter((each) => each.type === type).length);
    }),
    { numRuns: 200 },
  );
});

it('whoever tries without end for two months does not push the rest of the journal out', () => {
  const day = written(Array.from({ length: 28_800 }, (_, n) => entry(n * 3_000, 'loginRefused')));
  expect(day.length * 60).toBeLessThan(KEEP_ROWS);
  expect(day.at(-1)?.mono).toBeLessThan(DAY_MS);
});

it.each(['personLoggedIn', 'personLoggedOut', 'rightRefused', 'sessionRevoked'])(
  'of %s each person has so many rows in an hour, and takes nobody the theirs',
  (type) => {
    const rows = written([
      ...Array.from({ length: PERSONS_ROWS + 5 }, (_, n) => entry(n, type, 'eve')),
      entry(100, 'personLoggedOut', 'eve'),
      ...Array.from({ length: PERSONS_ROWS }, (_, n) => entry(200 + n, type, 'ana')),
      ...tries(ANYBODYS_ROWS, 300),
      entry(400, 'alarmAcknowledged', 'eve'),
      entry(ANYBODYS_MS, type, 'eve'),
    ]);
    expect(rows.filter(({ who }) => who === 'eve')).toHaveLength(PERSONS_ROWS + 2);
    expect(rows.filter(({ who }) => who === 'ana')).toHaveLength(PERSONS_ROWS);
    const counted = { [`${type}:eve`]: 5 };
    counted['personLoggedOut:eve'] = (counted['personLoggedOut:eve'] ?? 0) + 1;
    expect(times(rows)).toEqual([counted]);
  },
);

it('whoever of the house is refused without end for four months does not push the rest of the journal out', () => {
  const day = written(Array.from({ length: 28_800 }, (_, n) => entry(n * 3_000, 'rightRefused', 'eve')));
  expect(day.length * 120).toBeLessThan(KEEP_ROWS);
  expect(day.at(-1)?.mono).toBeLessThan(DAY_MS);
});

it('a flood of one kind of try silences no trace of another', () => {
  const rows = written([...tries(1_000, 0), entry(1_000, 'passRefused'), entry(1_001, 'invitationRefused')]);
  expect(rows.slice(-2).map(({ type }) => type)).toEqual(['passRefused', 'invitationRefused']);
});
