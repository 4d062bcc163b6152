import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyMergePatch, withoutNulls } from '../../test/applyMergePatch.ts';
import {
  announced,
  at,
  CONTACT,
  deviceAnnounced,
  houseWith,
  oxygen,
  play,
  reading,
  SENSOR,
} from '../../test/builders.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { createProjection } from './projection.ts';
import { HouseSnapshot } from './schema.ts';
import { changeFor, devicesFor, snapshotFor } from './visible.ts';

const motion = announced('motion', { quantity: 'motion', config: CONTACT });
const door = announced('door', { quantity: 'door', config: CONTACT });
const tamper = announced('tamper', { quantity: 'tamper', config: CONTACT });
const tracker = announced('who', {
  quantity: 'other',
  config: {
    ...SENSOR,
    component: 'device_tracker',
    settings: { component: 'sensor', tells: 'text', options: [] },
  },
});
const HOME = houseWith({ hall: [motion, door, tamper, oxygen()], phone: [tracker] });

const said = (
  entityId: string,
  quantity: 'motion' | 'door' | 'tamper' | 'oxygen' | 'other',
  value: never,
): Fact => reading(entityId, value, { quantity });
const SAYINGS: readonly Fact[] = [
  said('hall.motion', 'motion', true as never),
  said('hall.motion', 'motion', false as never),
  said('hall.door', 'door', true as never),
  said('hall.tamper', 'tamper', true as never),
  said('hall.o2', 'oxygen', 20.9 as never),
  said('hall.o2', 'oxygen', 20.7 as never),
  said('phone.who', 'other', 'at home with Mona' as never),
  // The owner says what it really is, and the other way round.
  {
    type: 'deviceCorrected',
    deviceId: 'hall',
    by: 'Mona',
    entities: { 'hall.motion': { quantity: 'smoke' } },
  },
  {
    type: 'deviceCorrected',
    deviceId: 'hall',
    by: 'Mona',
    entities: { 'hall.motion': { quantity: 'motion' } },
  },
  deviceAnnounced('bell', [announced('rung', { quantity: 'vibration', config: CONTACT })]),
];

const [MOVED, , OPENED, , , , , TAKEN_FOR_SMOKE, TAKEN_FOR_MOTION] = SAYINGS;

function watch(first: House) {
  let house = first;
  let mono = 0;
  const projection = createProjection({ read: () => house, now: () => at(mono), dropped: () => 0 });
  projection.flush();
  return {
    ...projection,
    happen(fact: Fact): void {
      mono += 1_000;
      house = play(house, [[mono, fact]]).house;
    },
  };
}

const onWire = (value: unknown): unknown => withoutNulls(JSON.parse(JSON.stringify(value)));

test('an installer sees that a motion sensor is there and well, and never what it says nor when', () => {
  const watched = watch(HOME);
  for (const fact of SAYINGS.slice(0, 7)) watched.happen(fact);
  watched.flush();
  const { hall, phone } = snapshotFor('installer', watched.snapshot()).devices;
  expect(hall?.entities['hall.motion']).toMatchObject({
    quantity: 'motion',
    available: true,
    value: null,
    at: null,
  });
  expect(hall?.entities['hall.door']).toMatchObject({ value: null, at: null });
  expect(hall?.entities['hall.tamper']).toMatchObject({ value: true });
  expect(hall?.entities['hall.o2']).toMatchObject({ value: 20.7 });
  // Six seconds in: the oxygen was heard, the motion before it and the tracker after it do not show.
  expect([hall?.lastHeardAt, hall?.health]).toEqual([at(6_000).utc, 'ok']);
  expect([phone?.lastHeardAt, phone?.health]).toEqual([null, 'ok']);
  expect(JSON.stringify(snapshotFor('installer', watched.snapshot()))).not.toContain('Mona');
});

test('those who live there see all of it', () => {
  const watched = watch(HOME);
  watched.happen(SAYINGS[0] as Fact);
  watched.flush();
  for (const role of ['owner', 'adult', 'child']) {
    expect(devicesFor(role, watched.snapshot().devices)).toBe(watched.snapshot().devices);
  }
});

test('whatever happens, an installer’s screen that follows the patches tells of nobody’s comings and goings', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SAYINGS), { maxLength: 20 }), (facts) => {
      const watched = watch(HOME);
      let { seq: _first, ...screen } = snapshotFor('installer', watched.snapshot());
      for (const fact of facts) {
        watched.happen(fact);
        const patch = watched.flush();
        if (patch === null) continue;
        const change = changeFor('installer', patch.change, watched.snapshot().devices);
        screen = applyMergePatch(screen, JSON.parse(JSON.stringify(change))) as typeof screen;
      }
      const { seq: _last, ...latest } = snapshotFor('installer', watched.snapshot());
      expect(onWire({ ...screen, now: 0 })).toEqual(onWire({ ...latest, now: 0 }));
      expect(JSON.stringify(screen)).not.toContain('Mona');
      expect(HouseSnapshot.safeParse(onWire({ ...screen, seq: 1 })).success).toBe(true);
    }),
    // A motion sensor that was taken for a smoke detector for a while: when somebody moved stood on the screen.
    { numRuns: 300, examples: [[[TAKEN_FOR_SMOKE, MOVED, OPENED, TAKEN_FOR_MOTION] as Fact[]]] },
  );
});
