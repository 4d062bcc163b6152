import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  announced,
  at,
  availability,
  availableAt,
  CONTACT,
  carbonMonoxide,
  emptyHouse,
  houseWith,
  ofType,
  oxygen,
  play,
  reading,
  SENSOR,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import type { House } from '../house/house.ts';
import { getRow, rowsOf } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import type { EntityConfig } from './entity.ts';
import { GRACE_MS } from './grace.ts';
import { isAvailable, isSafety, LONGEST_SILENT_MS, liveOf, SILENT_MS } from './heard.ts';

const O2 = 'node.o2';
const clock: Fact = { type: 'clockReached' };
const withOxygen = (config: Partial<EntityConfig> = {}) => houseWith({ node: [oxygen('o2', config)] });

function availableIn(house: House, entityId = O2): boolean {
  const entity = getRow(house.devices.entities, entityId);
  return entity !== undefined && isAvailable(house.devices, entity, liveOf(house.devices, entityId));
}

const lostIn = (facts: readonly Fact[]) => ofType(facts, 'entityLost').map(({ entityId }) => entityId);

describe('availability topics', () => {
  type Said = [topic: string, online: boolean];
  it.each<[EntityConfig['availabilityMode'], topics: string[], said: Said[], isAvailable: boolean]>([
    ['latest', [], [], true],
    ['latest', ['a', 'b'], [], false],
    ['latest', ['a', 'b'], [['a', true]], true],
    [
      'latest',
      ['a', 'b'],
      [
        ['a', true],
        ['b', false],
      ],
      false,
    ],
    [
      'latest',
      ['a', 'b'],
      [
        ['a', false],
        ['b', true],
      ],
      true,
    ],
    ['all', [], [], true],
    ['all', ['a', 'b'], [['a', true]], false],
    [
      'all',
      ['a', 'b'],
      [
        ['a', true],
        ['b', true],
      ],
      true,
    ],
    [
      'all',
      ['a', 'b'],
      [
        ['a', true],
        ['b', true],
        ['a', false],
      ],
      false,
    ],
    ['any', [], [], true],
    ['any', ['a', 'b'], [], false],
    ['any', ['a', 'b'], [['a', true]], true],
    [
      'any',
      ['a', 'b'],
      [
        ['a', true],
        ['b', false],
      ],
      true,
    ],
    [
      'any',
      ['a', 'b'],
      [
        ['a', true],
        ['a', false],
      ],
      false,
    ],
    [
      'all',
      ['__proto__', 'constructor'],
      [
        ['__proto__', true],
        ['constructor', true],
      ],
      true,
    ],
  ])('mode %s with topics %j after %j: available %s', (availabilityMode, topics, said, isThere) => {
    const house = withOxygen({ availability: topics.map(availableAt), availabilityMode });
    const happenings = said.map(([topic, online], n) => [n, availability(O2, online, topic)] as const);
    expect(availableIn(play(house, [...happenings, [9, reading(O2, 20.9)]]).house)).toBe(isThere);
  });

  const WATCHED = { availability: [availableAt('a')] };

  it('tell a loss once and its end once', () => {
    const { facts, house } = play(withOxygen(WATCHED), [
      [0, availability(O2, true)],
      [1, reading(O2, 20.9)],
      [2, availability(O2, false)],
      [3, availability(O2, false)],
      [4, availability(O2, true)],
      [5, availability(O2, true)],
    ]);
    expect(lostIn(facts)).toEqual([O2]);
    expect(ofType(facts, 'entityFound')).toEqual([{ type: 'entityFound', entityId: O2, deviceId: 'node' }]);
    expect(liveOf(house.devices, O2)).toMatchObject({ lost: false, value: null, heardAt: null });
  });

  it('alone bring it back: a value that straggles in while it is offline does not', () => {
    const { facts, house } = play(withOxygen(WATCHED), [
      [0, availability(O2, true)],
      [1, availability(O2, false)],
      [2, reading(O2, 20.9)],
      [3, availability(O2, true)],
    ]);
    expect(facts.map(({ type }) => type)).toContain('entityFound');
    expect(ofType(facts, 'entityFound')).toHaveLength(1);
    expect(liveOf(house.devices, O2).lost).toBe(false);
    const straggled = play(withOxygen(WATCHED), [
      [0, availability(O2, true)],
      [1, availability(O2, false)],
      [2, reading(O2, 20.9)],
    ]);
    expect(liveOf(straggled.house.devices, O2).lost).toBe(true);
  });

  it('that say "online" do not bring back a sensor that is silent: only a reading does', () => {
    const { facts, house } = play(withOxygen({ ...WATCHED, expireAfterMs: 100_000 }), [
      [0, availability(O2, true)],
      [0, reading(O2, 20.9)],
      [100_000, clock],
      [100_001, availability(O2, true)],
    ]);
    expect(lostIn(facts)).toEqual([O2]);
    expect(availableIn(house)).toBe(false);
    expect(ofType(play(house, [[100_002, reading(O2, 20.9)]]).facts, 'entityFound')).toHaveLength(1);
  });

  it('of nobody we know change nothing', () => {
    const house = withOxygen();
    expect(
      play(house, [
        [1, availability('x.y', true)],
        [2, reading('x.y', 1)],
      ]).house.devices,
    ).toEqual(house.devices);
  });

  it('tell every loss and every find in turn, whatever happens', () => {
    const anything = fc.oneof(
      fc.boolean().map((online) => availability(O2, online)),
      fc.constant(reading(O2, 20.9)),
      fc.constantFrom<Fact>(clock, { type: 'brokerLost' }, { type: 'brokerFound' }, { type: 'houseResumed' }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200_000), anything), { maxLength: 30, size: 'max' }), (steps) => {
        let mono = 0;
        const happenings = steps.map(([later, fact]) => {
          mono += later;
          return [mono, fact] as const;
        });
        const { facts, house } = play(withOxygen(WATCHED), happenings);
        let isLost = false;
        for (const { type } of facts) {
          if (type !== 'entityLost' && type !== 'entityFound') continue;
          expect(type).toBe(isLost ? 'entityFound' : 'entityLost');
          isLost = !isLost;
        }
        expect(liveOf(house.devices, O2).lost).toBe(isLost);
      }),
    );
  });
});

describe('silence', () => {
  it.each<[what: string, config: Partial<EntityConfig>, silentAfter: Millis]>([
    ['what it announced', { expireAfterMs: 70_000 }, 70_000],
    ['three minutes, when it announced nothing', {}, SILENT_MS],
  ])('counts after %s, to the millisecond', (_what, config, silentAfter) => {
    const heard = GRACE_MS + 5;
    const { house } = play(withOxygen(config), [[heard, reading(O2, 20.9)]]);
    const before = play(house, [[heard + silentAfter - 1, clock]]);
    expect(lostIn(before.facts)).toEqual([]);
    const after = play(house, [[heard + silentAfter, clock]]);
    expect(lostIn(after.facts)).toEqual([O2]);
    expect(availableIn(after.house)).toBe(false);
    expect(house.devices.wakeAt).toBeLessThanOrEqual(heard + silentAfter);
    expect(lostIn(play(after.house, [[1e9, clock]]).facts)).toEqual([]);
  });

  it.each<[every: Millis, silentAfter: Millis]>([
    [59_999, SILENT_MS],
    [60_000, SILENT_MS],
    [60_001, 180_003],
    [3_600_000, LONGEST_SILENT_MS],
  ])('of a sensor that reports every %d ms counts after %d ms', (every, silentAfter) => {
    const { house } = play(
      withOxygen(),
      [0, 1, 2].map((n) => [GRACE_MS + n * every, reading(O2, 20.9)] as const),
    );
    const last = GRACE_MS + 2 * every;
    expect(liveOf(house.devices, O2)).toMatchObject({ everyMs: every, silentAt: last + silentAfter });
  });

  it('of ten hours does not teach the hub that ten hours are usual', () => {
    const tenHours = 36_000_000;
    const steady = [0, 1, 2, 3].map((n) => [GRACE_MS + n * 10_000, reading(O2, 20.9)] as const);
    const back = GRACE_MS + tenHours;
    const { house } = play(withOxygen(), [...steady, [tenHours - 1, clock], [back, reading(O2, 20.9)]]);
    expect(liveOf(house.devices, O2)).toMatchObject({ everyMs: 10_000, silentAt: back + SILENT_MS });
  });

  it('while the broker was away teaches nothing either', () => {
    const { house } = play(withOxygen(), [
      [GRACE_MS, reading(O2, 20.9)],
      [GRACE_MS + 10_000, reading(O2, 20.9)],
      [GRACE_MS + 10_001, { type: 'brokerLost' }],
      [36_000_000, { type: 'brokerFound' }],
      [36_000_001, reading(O2, 20.9)],
    ]);
    expect(liveOf(house.devices, O2)).toMatchObject({ everyMs: 10_000 });
  });

  it.each([
    ['a contact', smoke('x')],
    ['a sensor of comfort', announced('x', { quantity: 'temperature' })],
    ['a diagnostic', oxygen('x', { entityCategory: 'diagnostic' })],
  ])('of %s that promised nothing means nothing', (_what, entity) => {
    const { quantity } = entity;
    const value = quantity === 'smoke' ? false : 20;
    const { house, facts } = play(houseWith({ node: [entity] }), [
      [0, reading('node.x', value, { quantity })],
      [1e10, clock],
    ]);
    expect(lostIn(facts)).toEqual([]);
    expect(liveOf(house.devices, 'node.x').silentAt).toBeNull();
  });

  it('of an alarming sensor is told, and its alarm stays', () => {
    const { facts, house } = play(withOxygen(), [
      [0, reading(O2, 17)],
      [1, reading(O2, 17)],
      [400_000, clock],
    ]);
    expect(lostIn(facts)).toEqual([O2]);
    expect(ofType(facts, 'alarmCleared')).toEqual([]);
    expect([...rowsOf(house.alarms.rows)].map(([, { kind }]) => kind).sort()).toEqual([
      'oxygen-low',
      'trouble',
    ]);
  });
});

describe('grace', () => {
  const heardLong = (config: Partial<EntityConfig> = { expireAfterMs: 1_000 }) =>
    play(withOxygen(config), [[GRACE_MS, reading(O2, 20.9)]]).house;

  it('nobody is lost while the broker is away, nor within a minute after it is back', () => {
    const away = play(heardLong(), [
      [GRACE_MS + 1, { type: 'brokerLost' }],
      [1e6, clock],
    ]);
    expect(lostIn(away.facts)).toEqual([]);
    expect(availableIn(away.house)).toBe(false);
    const back = play(away.house, [
      [2e6, { type: 'brokerFound' }],
      [2e6 + GRACE_MS - 1, clock],
    ]);
    expect(lostIn(back.facts)).toEqual([]);
    expect(lostIn(play(back.house, [[2e6 + GRACE_MS, clock]]).facts)).toEqual([O2]);
    expect(back.house.devices.wakeAt).toBeLessThanOrEqual(2e6 + GRACE_MS);
  });

  it('nobody is lost within a minute after a start', () => {
    const { house } = play(heardLong(), [[2e6, { type: 'houseResumed' }]]);
    expect(lostIn(play(house, [[2e6 + GRACE_MS - 1, clock]]).facts)).toEqual([]);
    expect(lostIn(play(house, [[2e6 + GRACE_MS, clock]]).facts)).toEqual([O2]);
  });

  it('a house with nobody in it needs no waking but for its grace', () => {
    const { house } = play(emptyHouse(), [
      [5, { type: 'houseResumed' }],
      [5 + GRACE_MS, clock],
    ]);
    expect(house.devices.wakeAt).toBeNull();
  });
});

describe('a contact that goes off by itself', () => {
  const motion = announced('m', { quantity: 'motion', config: { ...CONTACT, offDelayMs: 5_000 } });
  const on = reading('node.m', true, { quantity: 'motion' });

  it('does so after its delay, to the millisecond', () => {
    const { house } = play(houseWith({ node: [motion] }), [[0, on]]);
    expect(liveOf(play(house, [[4_999, clock]]).house.devices, 'node.m').value).toBe(true);
    const { house: after, facts } = play(house, [[5_000, clock]]);
    expect(liveOf(after.devices, 'node.m')).toMatchObject({ value: false, offAt: null });
    expect(ofType(facts, 'reading')).toMatchObject([
      { entityId: 'node.m', value: false, quantity: 'motion' },
    ]);
  });

  it('counts anew from every "on", and not at all after an "off"', () => {
    const again = play(houseWith({ node: [motion] }), [
      [0, on],
      [4_000, on],
      [5_000, clock],
    ]);
    expect(liveOf(again.house.devices, 'node.m')).toMatchObject({ value: true, offAt: 9_000 });
    const off = play(again.house, [
      [5_001, { ...on, value: false }],
      [9_000, clock],
    ]);
    expect(ofType(off.facts, 'reading')).toHaveLength(1);
  });
});

describe('what the broker replays', () => {
  it('is no value when it is a number: nobody knows how old it is', () => {
    const house = withOxygen();
    expect(play(house, [[1, reading(O2, 5, { retained: true })]]).house).toEqual(house);
  });

  it('is the state of a contact, of which nobody knows since when', () => {
    const { house } = play(houseWith({ node: [smoke()] }), [
      [1, smokeReading('node.smoke', false, { retained: true })],
    ]);
    expect(liveOf(house.devices, 'node.smoke')).toMatchObject({
      value: false,
      heardAt: null,
      silentAt: null,
    });
  });
});

it('a sensor that says "unknown" is heard, and its value is not known', () => {
  const { house } = play(withOxygen(), [
    [1, reading(O2, 20.9)],
    [2, reading(O2, null)],
  ]);
  expect(liveOf(house.devices, O2)).toMatchObject({ value: null, heardAt: at(2) });
});

it.each([
  ['oxygen', oxygen(), true],
  ['carbon monoxide', carbonMonoxide(), true],
  ['smoke', smoke(), true],
  ['temperature', announced('t', { quantity: 'temperature' }), false],
  [
    'a switch called smoke',
    announced('s', { quantity: 'smoke', config: { ...SENSOR, component: 'switch' } }),
    false,
  ],
  ['a diagnostic', oxygen('d', { entityCategory: 'diagnostic' }), false],
])('%s is life safety: %s', (_what, entity, isLife) => {
  const found = getRow(houseWith({ node: [entity] }).devices.entities, `node.${entity.key}`);
  expect(found && isSafety(found)).toBe(isLife);
});
