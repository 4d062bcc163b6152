import { expect, test } from 'vitest';
import {
  announced,
  availability,
  availableAt,
  CONTACT,
  deviceAnnounced,
  houseWith,
  oxygen,
  play,
  reading,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import { getRow } from '../house/table.ts';
import { isAvailable, liveOf } from './heard.ts';

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

const isThere = (devices: typeof house.devices, id: string) => {
  const entity = getRow(devices.entities, id);
  return entity !== undefined && isAvailable(devices, entity, liveOf(devices, id));
};

test('a contact whose state the broker only remembers has no longer than any other to speak itself', () => {
  const quiet = houseWith({ node: [smoke('smoke', { expireAfterMs: 10_000 })] });
  const replayed = smokeReading('node.smoke', false, { retained: true });
  const soon = play(quiet, [
    [1_000, replayed],
    [60_000, { type: 'clockReached' }],
  ]).house;
  expect(liveOf(soon.devices, 'node.smoke').lost).toBe(true);
  expect(isThere(soon.devices, 'node.smoke')).toBe(false);
});

test('what a device names no longer is lost until it speaks, and is not removed', () => {
  const both = houseWith({ node: [smoke(), announced('heat', { quantity: 'heat', config: CONTACT })] });
  const { house: after, facts } = play(both, [
    [1, smokeReading('node.smoke', false)],
    [2, deviceAnnounced('node', [announced('heat', { quantity: 'heat', config: CONTACT })])],
  ]);
  expect(facts).toContainEqual({ type: 'entityLost', entityId: 'node.smoke', deviceId: 'node' });
  expect(isThere(after.devices, 'node.smoke')).toBe(false);
  expect(isThere(after.devices, 'node.heat')).toBe(true);
});
