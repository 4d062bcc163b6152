import { expect, test } from 'vitest';
import { Role } from '../people/schema.ts';
import { EMPTY_STORE, houseFrom } from './house.ts';
import { createProjection } from './projection.ts';
import { HouseSnapshot } from './schema.ts';
import { changeFor, snapshotFor } from './visible.ts';

const house = houseFrom(EMPTY_STORE);
const empty = createProjection({ read: () => house, now: () => ({ mono: 0, utc: 0 }), dropped: () => 0 });
const full = {
  ...empty.snapshot(),
  seq: 7,
  now: 9,
  verdict: 'alarm',
  brokerConnected: true,
  rooms: { hall: { id: 'hall', name: 'Hall', verdict: 'alarm' } },
  devices: { cam: { id: 'cam', entities: {} } },
  alarms: { a1: { id: 'a1' } },
  flood: { since: 1 },
  intrusion: { mode: 'away' },
  doors: { front: {} },
  occupancy: { home: ['anna'] },
} as unknown as HouseSnapshot;

/** The parts that differ from nothing at all. */
const shown = (role: string) =>
  Object.entries(snapshotFor(role, full))
    .filter(([part, value]) => value === full[part as keyof HouseSnapshot])
    .map(([part]) => part)
    .filter((part) => part !== 'seq' && part !== 'now');

const ALL = Object.keys(HouseSnapshot.shape).filter((part) => part !== 'seq' && part !== 'now');
const STATE = ['verdict', 'brokerConnected', 'rooms', 'alarms', 'flood'];

test.each([
  ['owner', ALL],
  ['adult', ALL],
  ['child', ALL],
  ['guest', STATE],
  ['installer', [...STATE, 'devices']],
  ['panel', []],
  ['nobody', []],
])('a %s sees exactly what the role may', (role, parts) => {
  expect(shown(role).sort()).toEqual([...parts].sort());
  const change = Object.keys(changeFor(role, full, full.devices)).filter(
    (part) => part !== 'seq' && part !== 'now',
  );
  expect(change.sort()).toEqual([...parts].sort());
});

test('what is hidden is still a snapshot of the contract, under the same number', () => {
  for (const role of Role.options) {
    const seen = snapshotFor(role, { ...empty.snapshot(), seq: 7 });
    expect(HouseSnapshot.parse(seen).seq).toBe(7);
  }
});

test('nothing of what is hidden stands in what is sent', () => {
  for (const role of ['guest', 'installer', 'panel']) {
    for (const sent of [snapshotFor(role, full), changeFor(role, full, full.devices)]) {
      expect(JSON.stringify(sent)).not.toMatch(/anna|front|away/);
    }
  }
});
