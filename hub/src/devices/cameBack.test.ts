import { expect, test } from 'vitest';
import {
  availability,
  availableAt,
  houseWith,
  oxygen,
  play,
  reading,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import { liveOf } from './heard.ts';

const house = houseWith({
  node: [
    oxygen('o2', { availability: [availableAt('a')] }),
    smoke('smoke', { availability: [availableAt('a')] }),
  ],
});
const gone = (entityId: string) =>
  [
    [2_000, availability(entityId, false)],
    [3_000, availability(entityId, true)],
  ] as const;

test('a contact that comes back keeps its last word, with its age: it speaks only when something happens', () => {
  const id = 'node.smoke';
  const { house: after } = play(house, [
    [500, availability(id, true)],
    [1_000, smokeReading(id, false)],
    ...gone(id),
  ]);
  expect(liveOf(after.devices, id)).toMatchObject({ value: false, heardAt: { mono: 1_000 }, lost: false });
});

test('what a sensor measures is not known until it speaks again', () => {
  const id = 'node.o2';
  const { house: after } = play(house, [
    [500, availability(id, true)],
    [1_000, reading(id, 20.9)],
    ...gone(id),
  ]);
  expect(liveOf(after.devices, id)).toMatchObject({ value: null, heardAt: null, lost: false });
});
