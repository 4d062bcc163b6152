import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lamp, ofType, play, reading, siren, smoke, smokeReading } from '../../test/builders.ts';
import { type Happening, homeWith, isOnline, live } from '../../test/soundingHome.ts';
import { sirenTestOf } from '../readiness/sirenTest.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart } from './house.ts';
import { detectorParts, sirenParts } from './readiness.ts';
import { whyNoSirenTest } from './sirenTest.ts';
import { getRow } from './table.ts';

const ASKED: Fact = { type: 'sirenTestAsked', by: 'Ana' };
const CLOCK: Fact = { type: 'clockReached' };
const SMOKE = smokeReading('hall.smoke', true);

/** A board's siren, one that was found, and one that never tells its state. */
const SIRENS = {
  z: [siren('siren', { commandTopic: 'z/set' })],
  y: [siren('siren', { commandTopic: 'y/set', stateTopic: null })],
};
const HOME = homeWith({ hall: [smoke(), lamp()], ...SIRENS }, ['b1']);
const ALL = ['b1.siren', 'y.siren', 'z.siren'];

const answersOf = (house: House) =>
  Object.fromEntries(
    Object.entries(sirenTestOf(house.readiness)?.sirens ?? {}).map(([id, { answer }]) => [id, answer]),
  );
const proofsOf = (house: House) =>
  Object.fromEntries(
    sirenParts(house).map(({ entityId, proven, how, failed }) => [
      entityId,
      failed ? 'failed' : proven === null ? 'never' : `${how} ${proven.mono / 1_000}`,
    ]),
  );
const factsOf = (facts: readonly Happening[]) => facts.map(([, fact]) => fact);
const isDeaf = (dead: string) => (id: string) => id === dead;

describe('a test of the sirens', () => {
  it('sounds every siren once in its full voice, for two seconds, and says who asked', () => {
    const { told, facts, house } = live(HOME, [
      [0, ASKED],
      [60, CLOCK],
    ]);
    expect(told).toEqual([
      { s: 0, id: 'z', on: true, duration: 2 },
      { s: 0, id: 'y', on: true, duration: 2 },
      { s: 0, id: 'b1', on: true, tone: 'steady', duration: 2 },
      { s: 2, id: 'z', on: false },
      { s: 2, id: 'y', on: false },
      { s: 2, id: 'b1', on: false },
    ]);
    expect(ofType(factsOf(facts), 'sirenTestBegan')).toMatchObject([
      { by: 'Ana', entityIds: expect.any(Array) },
    ]);
    expect(answersOf(house)).toEqual({ 'z.siren': 'answered', 'y.siren': 'unknown', 'b1.siren': 'answered' });
    expect(proofsOf(house)).toEqual({
      'z.siren': 'answered 0',
      'y.siren': 'never',
      'b1.siren': 'answered 0',
    });
  });

  it('ends when all have answered and are told to stop', () => {
    const { facts } = live(HOME, [
      [0, ASKED],
      [60, CLOCK],
    ]);
    const ended = facts.filter(([, { type }]) => type === 'sirenTestEnded');
    expect(ended).toEqual([
      [
        2,
        {
          type: 'sirenTestEnded',
          by: 'Ana',
          answered: ['z.siren', 'b1.siren'],
          unknown: ['y.siren'],
          mute: [],
        },
      ],
    ]);
  });

  it('names a siren that does not answer, which is trouble from then on', () => {
    const { facts, house } = live(
      HOME,
      [
        [0, ASKED],
        [10, CLOCK],
      ],
      isDeaf('z'),
    );
    expect(ofType(factsOf(facts), 'sirenTestEnded')).toMatchObject([{ mute: ['z.siren'] }]);
    expect(facts.find(([, { type }]) => type === 'sirenTestEnded')?.[0]).toBe(6);
    expect(proofsOf(house)['z.siren']).toBe('failed');
    expect(ofType(factsOf(facts), 'troubleBegan')).toMatchObject([
      { cause: 'siren-mute', entityId: 'z.siren' },
    ]);
  });

  it('takes the answer of a slow siren, though it was told to stop already', () => {
    const slow = reading('z.siren', true, { quantity: 'siren' });
    const { facts, house } = live(
      HOME,
      [
        [0, ASKED],
        [4, slow],
        [60, CLOCK],
      ],
      isDeaf('z'),
    );
    expect(ofType(factsOf(facts), 'sirenTestEnded')).toMatchObject([{ mute: [] }]);
    expect(answersOf(house)['z.siren']).toBe('answered');
  });

  it('is passed by a siren that was mended, in the next test', () => {
    const mended = (id: string, s: number) => id === 'z' && s < 60;
    const { house } = live(
      HOME,
      [
        [0, ASKED],
        [60, ASKED],
        [120, CLOCK],
      ],
      mended,
    );
    expect(proofsOf(house)['z.siren']).toBe('answered 60');
    expect(whyNoSirenTest(house)).toBeNull();
  });

  it('stops a siren that missed the end until it says that it is silent', () => {
    const missesOff = (id: string, s: number) => id === 'z' && s >= 2 && s < 60;
    const { told } = live(
      HOME,
      [
        [0, ASKED],
        [200, CLOCK],
      ],
      missesOff,
    );
    const stops = told.filter(({ id, on }) => id === 'z' && !on).map(({ s }) => s);
    expect(stops.length).toBeGreaterThan(1);
    expect(stops.at(-1)).toBeGreaterThan(60);
  });

  it('believes an alarm as much as a test', () => {
    const { house } = live(HOME, [
      [0, SMOKE],
      [5, CLOCK],
    ]);
    expect(proofsOf(house)).toMatchObject({ 'z.siren': 'answered 0', 'b1.siren': 'answered 0' });
  });

  it('takes the word of a person for a siren that cannot speak', () => {
    const { house } = live(HOME, [
      [0, ASKED],
      [30, { type: 'sirensHeard', entityIds: ['y.siren'], by: 'Ana' }],
    ]);
    expect(proofsOf(house)['y.siren']).toBe('heard 30');
    expect(getRow(house.health.health, 'y.siren')?.tested?.mono).toBe(30_000);
  });

  it('takes a test by hand for one, though it failed before', () => {
    const byHand: Fact = { type: 'upkeepChanged', entityId: 'z.siren', by: 'Ana', upkeep: { tested: true } };
    const { house } = live(
      HOME,
      [
        [0, ASKED],
        [30, byHand],
      ],
      isDeaf('z'),
    );
    expect(proofsOf(house)['z.siren']).toBe('tested 30');
  });

  it('leaves out a siren that is out of use', () => {
    const unused: Fact = {
      type: 'upkeepChanged',
      entityId: 'z.siren',
      by: 'Ana',
      upkeep: { disabled: true },
    };
    const { told, house } = live(HOME, [
      [0, unused],
      [1, ASKED],
      [60, CLOCK],
    ]);
    expect(told.some(({ id }) => id === 'z')).toBe(false);
    expect(Object.keys(proofsOf(house))).not.toContain('z.siren');
  });

  it('goes on without a siren that is removed meanwhile', () => {
    const removed: Fact = { type: 'deviceRemoveAsked', deviceId: 'z', by: 'Ana' };
    const { facts, house } = live(
      HOME,
      [
        [0, ASKED],
        [1, removed],
        [60, CLOCK],
      ],
      isDeaf('z'),
    );
    expect(ofType(factsOf(facts), 'sirenTestEnded')).toMatchObject([{ mute: [] }]);
    expect(Object.keys(answersOf(house))).not.toContain('z.siren');
  });

  it('is ended by the next start when the hub dies while they sound', () => {
    const before = live(HOME, [[0, ASKED]]).house;
    const stored = JSON.parse(JSON.stringify(storedPart(before))) as ReturnType<typeof storedPart>;
    const { told, house } = live(houseFrom(stored), [
      [1, { type: 'houseResumed' }],
      [2, { type: 'brokerFound' }],
      [60, CLOCK],
    ]);
    for (const id of ['b1', 'y', 'z'])
      expect(told.filter((one) => one.id === id).at(-1)).toMatchObject({ on: false });
    expect(sirenTestOf(house.readiness)?.endsAt).toBeNull();
  });

  it('takes real time, however fast the clock of the house runs', () => {
    const fast = homeWith(SIRENS);
    const speeding = { ...fast, devices: { ...fast.devices, speed: 60 } };
    const { told } = live(speeding, [
      [0, ASKED],
      [3_600, CLOCK],
    ]);
    expect(told.filter(({ on }) => !on).map(({ s }) => s)).toEqual([120, 120]);
    expect(told[0]).toMatchObject({ duration: 2 });
  });
});

describe('a danger goes before a test', () => {
  it('which is not made then', () => {
    for (const [why, house] of [
      ['sirens-busy', live(HOME, [[0, SMOKE]]).house],
      ['sirens-busy', live(HOME, [[0, ASKED]]).house],
      ['broker-away', live(HOME, [[0, { type: 'brokerLost' }]]).house],
      ['no-siren', homeWith({ hall: [smoke()] })],
    ] as const) {
      expect(whyNoSirenTest(house)).toBe(why);
      expect(play(house, [[9_000, ASKED]]).facts.map(({ type }) => type)).toEqual(['sirenTestAsked']);
    }
    expect(whyNoSirenTest(HOME)).toBeNull();
  });

  it('and is never silenced by the end of one, whenever it begins', () => {
    const moments = fc.integer({ min: 0, max: 7_000 });
    fc.assert(
      fc.property(moments, fc.constantFrom(...ALL), (ms, deaf) => {
        const { told } = live(
          HOME,
          [
            [0, ASKED],
            [ms / 1_000, SMOKE],
            [20, CLOCK],
          ],
          (id) => `${id}.siren` === deaf,
        );
        for (const id of ['b1', 'y', 'z']) expect(told.filter((one) => one.id === id).at(-1)?.on).toBe(true);
        expect(told.filter(({ id, on, s }) => id === 'b1' && !on && s * 1_000 > ms)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('at the very millisecond at which the test would stop them', () => {
    const before = live(HOME, [[0, ASKED]]).house;
    for (const facts of [
      [SMOKE, CLOCK],
      [CLOCK, SMOKE],
    ]) {
      const { effects } = play(
        before,
        facts.map((fact) => [2_000, fact] as const),
      );
      const last = new Map(
        effects.flatMap((effect) =>
          effect.do === 'commandSiren' ? [[effect.topic, effect.payload] as const] : [],
        ),
      );
      expect([...last.keys()].sort()).toEqual(['b1/set', 'y/set', 'z/set']);
      for (const payload of last.values()) expect(JSON.parse(payload)).toMatchObject({ state: 'ON' });
    }
  });

  it('leaves a siren alone that somebody has taken over meanwhile', () => {
    const taken: Fact = { type: 'commandAsked', entityId: 'z.siren', command: { on: true }, by: 'Ben' };
    const { told } = live(HOME, [
      [0, ASKED],
      [1, taken],
      [60, CLOCK],
    ]);
    expect(told.filter(({ id }) => id === 'z').at(-1)).toMatchObject({ s: 1, on: true });
  });
});

describe('when a detector is proven', () => {
  const detectors = homeWith({ hall: [smoke(), lamp()] });
  const partOf = (house: House, mono: number) => detectorParts(house, { mono, utc: mono })[0];

  it('is never at first, then when somebody tested it, or when it alarmed', () => {
    expect(partOf(detectors, 0)).toMatchObject({ entityId: 'hall.smoke', proven: null, how: null });
    const tested: Fact = {
      type: 'upkeepChanged',
      entityId: 'hall.smoke',
      by: 'Ana',
      upkeep: { tested: true },
    };
    const { house } = play(detectors, [[5_000, tested]]);
    expect(partOf(house, 6_000)).toMatchObject({ how: 'tested', proven: { mono: 5_000 } });
    const alarmed = play(house, [[9_000, SMOKE]]).house;
    expect(partOf(alarmed, 9_000)).toMatchObject({ how: 'alarmed', proven: { mono: 9_000 } });
  });

  it('is forgotten with the detector', () => {
    const { house } = play(detectors, [
      [0, SMOKE],
      [1, smokeReading('hall.smoke', false)],
      [2, { type: 'deviceRemoveAsked', deviceId: 'hall', by: 'Ana' }],
    ]);
    expect(detectorParts(house, { mono: 3, utc: 3 })).toEqual([]);
    expect(house.readiness.proofs.size).toBe(0);
  });

  it('counts nothing that a lamp says', () => {
    const { house } = play(detectors, [
      [0, { type: 'commandAsked', entityId: 'hall.lamp', command: { on: true }, by: 'Ana' }],
      [1, reading('hall.lamp', true, { quantity: 'switch' })],
    ]);
    expect(house.readiness.proofs.size).toBe(0);
  });
});

it('boards that come online in a test are not told to sound', () => {
  const { told } = live(HOME, [
    [0, ASKED],
    [10, isOnline('b1', true)],
    [20, CLOCK],
  ]);
  expect(told.filter(({ id, on }) => id === 'b1' && on)).toHaveLength(1);
});
