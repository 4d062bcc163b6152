import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  anyFact,
  anyStory,
  at,
  deviceAnnounced,
  play,
  reading,
  SMALL_HOME,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import { type House, houseFrom, type StoredHouse, storedPart, wakeAt } from './house.ts';
import { followUps, RULES } from './rules.ts';
import { MAX_CHAIN, step } from './step.ts';
import { rowsOf, type Table, tableOf } from './table.ts';

it('is pure: the same house, fact and moment give the same answer, and the house before is as it was', () => {
  fc.assert(
    fc.property(anyStory, anyFact, (happenings, fact) => {
      const { house } = play(SMALL_HOME, happenings);
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
    fc.property(anyStory, (happenings) => {
      let house: House = SMALL_HOME;
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
    fc.property(anyStory, (happenings) => {
      const end = (happenings.at(-1)?.[0] ?? 0) + 1_000;
      const { house } = play(SMALL_HOME, [...happenings, [end, { type: 'clockReached' }]]);
      expect(wakeAt(house) ?? Infinity).toBeGreaterThan(end);
    }),
  );
});

it('keeps the rows of one thing together: nothing is left of what is gone', () => {
  fc.assert(
    fc.property(anyStory, (happenings) => {
      const { devices, air } = play(SMALL_HOME, happenings).house;
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
    fc.property(anyStory, (happenings) => {
      const before = play(SMALL_HOME, [
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

/** What comes back from the store: each row by way of its JSON. */
const throughDisk = (stored: StoredHouse): StoredHouse =>
  Object.fromEntries(
    Object.entries(stored as unknown as Record<string, Table<unknown>>).map(([domain, rows]) => [
      domain,
      tableOf([...rowsOf(rows)].map(([id, row]) => [id, JSON.parse(JSON.stringify(row))] as const)),
    ]),
  ) as unknown as StoredHouse;

it('an alarm that runs survives any restart, with its deadlines', () => {
  fc.assert(
    fc.property(anyStory, (happenings) => {
      const { house } = play(SMALL_HOME, happenings);
      const restarted = houseFrom(throughDisk(storedPart(house)));
      expect(storedPart(restarted)).toEqual(storedPart(house));
      expect(restarted.alarms.voice).toEqual(house.alarms.voice);
    }),
  );
});

it('AIR-2 a value that nothing has, of an entity that is gone, alarms nobody: that alarm could never end', () => {
  const gone = { type: 'impossibleHeard', entityId: 'x.co', quantity: 'carbon_monoxide' } as const;
  const { house, facts } = play(SMALL_HOME, [
    [1, { ...gone, value: 65_535, unit: 'ppm', ageMs: 0 }],
    [2, { ...gone, value: 65_535, unit: 'ppm', ageMs: 0 }],
  ]);
  expect([house, facts.map(({ type }) => type)]).toEqual([
    SMALL_HOME,
    ['impossibleHeard', 'impossibleHeard'],
  ]);
});

it('a number starts no rule, whatever the house is in: none need be asked', () => {
  const numbers = fc.record({ id: fc.integer({ min: 0, max: 10 }), value: fc.double({ noNaN: true }) });
  fc.assert(
    fc.property(anyStory, numbers, fc.boolean(), (happenings, { id, value }, retained) => {
      const { house } = play(SMALL_HOME, happenings);
      const ids = [...rowsOf(house.devices.entities)].map(([entityId]) => entityId);
      const fact = reading(ids[id % ids.length] ?? 'gone.gone', value, { retained });
      expect(RULES.flatMap((rule) => rule(house, fact))).toEqual([]);
      expect(followUps(house, fact)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
