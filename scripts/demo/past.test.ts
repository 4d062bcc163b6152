import { expect, test } from 'vitest';
import { emptyStretches, joined } from './past.ts';

test.each([
  ['nothing known', [0, 0, 0], [[100, 130]]],
  ['all known', [1, 2, 3], []],
  ['nothing known at first', [0, 0, 3], [[100, 120]]],
  ['not known since', [4, 0], [[110, 120]]],
  [
    'twice away',
    [1, 0, 0, 5, 0, 1],
    [
      [110, 130],
      [140, 150],
    ],
  ],
  ['no time', [], []],
])('of a history with %s the stretches are found that are to be filled', (_name, n, stretches) => {
  expect(emptyStretches({ t0: 100, step: 10, n })).toEqual(stretches.map(([from, to]) => ({ from, to })));
});

test('a gap that two charts show in part is one gap', () => {
  const [one, two, three] = [
    { from: 0, to: 10 },
    { from: 10, to: 12 },
    { from: 13, to: 15 },
  ];
  expect(joined([one, two, three])).toEqual([{ from: 0, to: 12 }, three]);
});
