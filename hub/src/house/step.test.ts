import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  at,
  availability,
  availableAt,
  carbonMonoxide,
  deviceAnnounced,
  houseWith,
  lamp,
  oxygen,
  play,
  reading,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart, wakeAt } from './house.ts';
import { MAX_CHAIN, step } from './step.ts';
import { rowsOf } from './table.ts';

const home = houseWith({
  kitchen: [oxygen('o2', { expireAfterMs: 60_000 }), carbonMonoxide(), smoke(), lamp()],
  hall: [siren('siren', { availability: [availableAt('a')] })],
});

/** Everything that may come from outside, about a small house. */
const outside: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom(17, 19.4, 20.1, 20.9, null).map((value) => reading('kitchen.o2', value)),
  fc.constantFrom(0, 30, 300).map((value) => reading('kitchen.co', value, { quantity: 'carbon_monoxide' })),
  fc
    .tuple(fc.boolean(), fc.boolean())
    .map(([on, retained]) => smokeReading('kitchen.smoke', on, { retained })),
  fc.boolean().map((on) => reading('kitchen.lamp', on, { quantity: 'switch' })),
  fc.boolean().map((online) => availability('hall.siren', online)),
  fc
    .tuple(fc.constantFrom('kitchen.lamp', 'hall.siren'), fc.boolean())
    .map(([entityId, on]): Fact => ({ type: 'commandAsked', entityId, on, tone: null, by: 'Ana' })),
  fc.constantFrom<Fact>(
    { type: 'clockReached' },
    { type: 'houseResumed' },
    { type: 'brokerLost' },
    { type: 'brokerFound' },
    { type: 'deviceRemoveAsked', deviceId: 'hall', by: 'Ana' },
    { type: 'announcementWithdrawn', discoveryTopic: 'homeassistant/device/kitchen/config' },
    deviceAnnounced('kitchen', [oxygen('o2', { expireAfterMs: 60_000 }), smoke()]),
    deviceAnnounced('hall', [siren('siren', { availability: [availableAt('a')] })]),
    { type: 'devicePaired', deviceId: 'board', name: 'B', kind: 'board' },
    { type: 'boardStarted', deviceId: 'kitchen', boot: 'b1' },
    {
      type: 'boardAlarmHeard',
      deviceId: 'kitchen',
      entityId: 'kitchen.smoke',
      boot: 'b1',
      seq: 1,
      value: true,
      ageMs: 0,
    },
  ),
);
const story = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 5_000, 10_000, 60_000, 400_000), outside), { maxLength: 40 })
  .map((steps) => {
    let mono = 0;
    return steps.map(([later, fact]) => {
      mono += later;
      return [mono, fact] as const;
    });
  });

it('is pure: the same house, fact and moment give the same answer, and the house before is as it was', () => {
  fc.assert(
    fc.property(story, outside, (happenings, fact) => {
      const { house } = play(home, happenings);
      const copy = structuredClone(house);
      const first = step(house, fact, at(1e7));
      expect(step(house, fact, at(1e7))).toEqual(first);
      expect(house).toEqual(copy);
    }),
    { numRuns: 60 },
  );
});

it('never throws, and answers the fact itself first', () => {
  fc.assert(
    fc.property(story, (happenings) => {
      let house: House = home;
      for (const [mono, fact] of happenings) {
        const outcome = step(house, fact, at(mono));
        expect(outcome.facts[0]).toBe(fact);
        expect(outcome.facts.length).toBeLessThan(4 * MAX_CHAIN);
        house = outcome.house;
      }
    }),
  );
});

it('leaves nothing overdue: after a tick the house wakes later than now, or not at all', () => {
  fc.assert(
    fc.property(story, (happenings) => {
      const end = (happenings.at(-1)?.[0] ?? 0) + 1_000;
      const { house } = play(home, [...happenings, [end, { type: 'clockReached' }]]);
      expect(wakeAt(house) ?? Infinity).toBeGreaterThan(end);
    }),
  );
});

it('keeps the rows of one thing together: nothing is left of what is gone', () => {
  fc.assert(
    fc.property(story, (happenings) => {
      const { devices, air } = play(home, happenings).house;
      const entities = new Set([...rowsOf(devices.entities)].map(([id]) => id));
      for (const table of [devices.live, devices.commands, air.rows]) {
        for (const [id] of rowsOf<unknown>(table)) expect(entities, id).toContain(id);
      }
      for (const [, entity] of rowsOf(devices.entities)) {
        expect([...rowsOf(devices.devices)].map(([id]) => id)).toContain(entity.deviceId);
      }
    }),
  );
});

it('tells a siren to sound whenever a danger begins, whatever came before', () => {
  fc.assert(
    fc.property(story, (happenings) => {
      const before = play(home, [
        ...happenings,
        [1e8, deviceAnnounced('hall', [siren()])],
        [1e8, deviceAnnounced('fresh', [smoke()])],
      ]).house;
      const { effects } = step(before, smokeReading('fresh.smoke', true), at(1e8 + 1));
      expect(effects.filter((effect) => effect.do === 'commandSiren')).toMatchObject([
        { payload: expect.stringContaining('ON') },
      ]);
    }),
  );
});

it('an alarm that runs survives any restart, with its deadlines', () => {
  fc.assert(
    fc.property(story, (happenings) => {
      const { house } = play(home, happenings);
      const restarted = houseFrom(JSON.parse(JSON.stringify(storedPart(house))));
      expect(restarted.alarms).toEqual(house.alarms);
      expect(restarted.air.rows).toEqual(house.air.rows);
    }),
  );
});
