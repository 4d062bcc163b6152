import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHome } from '../../../test/aHome.ts';
import {
  announced,
  anyFact,
  anyStory,
  at,
  availability,
  availableAt,
  carbonMonoxide,
  deviceAnnounced,
  emptyHouse,
  houseWith,
  ofType,
  oxygen,
  play,
  reading,
  SENSOR,
  SMALL_HOME,
  smoke,
} from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import { type House, houseFrom, storedPart, wakeAt } from '../../house/house.ts';
import { step } from '../../house/step.ts';
import { emptyTable, getRow, rowsOf } from '../../house/table.ts';
import type { Millis } from '../../shared/time.ts';
import { LONGEST_SILENT_MS, liveOf, SILENT_MS } from '../heard.ts';
import { BROKER } from './broker.ts';
import { doubtOf } from './doubt.ts';
import { worstOf } from './findings.ts';
import { EMPTY_HEALTH } from './state.ts';
import { findingsOf } from './told.ts';
import { isWatched } from './watched.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const O2 = 'node.o2';

/** Lets time pass up to then; whatever is due comes at its own time. */
function passTo(before: House, mono: Millis): House {
  let house = before;
  for (let due = wakeAt(house); due !== null && due <= mono; due = wakeAt(house)) {
    house = step(house, { type: 'clockReached' }, at(due)).house;
  }
  return house;
}

/** The small home lives that story, woken at its own times; the hub is started anew where it says so. */
function lived(happenings: readonly (readonly [Millis, Fact])[], later: Millis): House {
  let house = SMALL_HOME;
  for (const [mono, fact] of happenings) {
    house = passTo(house, mono);
    if (fact.type === 'houseResumed') house = houseFrom(storedPart(house));
    house = step(house, fact, at(mono)).house;
  }
  return passTo(house, (happenings.at(-1)?.[0] ?? 0) + later);
}

/** Whether it was not heard for longer than it may: 60 s of oxygen; of carbon monoxide 180 s, or three of its spans. */
function isOverdue(house: House, entityId: string, now: Millis): boolean {
  const entity = getRow(house.devices.entities, entityId);
  if (entity === undefined) return false;
  const live = liveOf(house.devices, entityId);
  const usual = Math.min(LONGEST_SILENT_MS, Math.max(SILENT_MS, 3 * (live.everyMs ?? 0)));
  const from = getRow(house.health.pulses, entityId)?.from ?? house.health.startedAt;
  return now - Math.max(live.heardAt?.mono ?? 0, from) >= (entity.config.expireAfterMs ?? usual);
}

const stateIn = (house: House, entityId: string) => worstOf(findingsOf(house.health, entityId));

/** Where there is trouble by the alarms, but for those that chatter: their end is held back. */
const holdingIn = ({ rows, chatters }: House['alarms']): string[] =>
  [...rowsOf(rows)]
    .filter(
      ([point, { kind, active }]) => kind === 'trouble' && active && getRow(chatters, point) === undefined,
    )
    .map(([, { entityId }]) => entityId);

describe('F-27 the radio is jammed', () => {
  it.each([
    [20, []],
    [30, []],
    [60, []],
    [120, ['suspect 90', 'ok 120']],
    [200, ['suspect 90', 'lost 180', 'ok 200', 'warming-up 200', 'ok 230']],
  ])('for %i s: the limits are met to the second', (dropS, told) => {
    // A beat every 10 s until minute 10; the last word before the drop is at its very beginning.
    const home = createHome({
      node: [oxygen()],
      other: [announced('t', { quantity: 'temperature', config: SENSOR })],
    });
    const from = 10 * MINUTE;
    for (let mono = 0; mono <= from; mono += 10 * SECOND) home.hear(mono, reading(O2, 20.9));
    home.told.length = 0;
    for (let mono = from + dropS * SECOND; mono <= from + 6 * MINUTE; mono += 10 * SECOND)
      home.hear(mono, reading(O2, 20.9));
    const own = home.told.map((each) => each.split(' ')).filter(([, id]) => id === O2);
    expect(own.map(([mono, , state]) => `${state} ${(Number(mono) - from) / SECOND}`)).toEqual(told);
  });

  it('of many at once is told as that, at the second the second one is lost, and ends with them', () => {
    const devices = Object.fromEntries(
      ['a', 'b', 'c'].map((id) => [
        id,
        [
          oxygen(),
          announced('b', {
            quantity: 'battery',
            config: { ...SENSOR, unit: '%', entityCategory: 'diagnostic' as const },
          }),
        ],
      ]),
    );
    const home = createHome(devices);
    for (const [n, id] of ['a', 'b', 'c'].entries()) home.hear(n * SECOND, reading(`${id}.o2`, 20.9));
    home.to(LONGEST_SILENT_MS + SECOND - 1);
    expect(ofType(home.facts, 'dropOutBegan')).toEqual([]);
    home.to(LONGEST_SILENT_MS + SECOND);
    expect(ofType(home.facts, 'dropOutBegan')).toMatchObject([{ cause: 'radio', deviceIds: ['a', 'b'] }]);
    home.to(LONGEST_SILENT_MS + 2 * SECOND);
    for (const id of ['a', 'b', 'c']) home.hear(LONGEST_SILENT_MS + MINUTE, reading(`${id}.o2`, 20.9));
    expect(ofType(home.facts, 'dropOutEnded')).toMatchObject([{ source: '~radio' }]);
    expect(home.house().health.away.size).toBe(0);
  });
});

describe('whatever is heard, forgotten and started anew', () => {
  it('health never says "ok" for something not heard within its limit', () => {
    fc.assert(
      fc.property(anyStory, fc.integer({ min: 0, max: 4 * SILENT_MS }), (happenings, later) => {
        const house = lived(happenings, later);
        const now = (happenings.at(-1)?.[0] ?? 0) + later;
        if (!house.devices.brokerUp || now < house.devices.graceUntil) return;
        for (const id of ['kitchen.o2', 'kitchen.co'])
          if (isOverdue(house, id, now)) expect([id, stateIn(house, id)]).toEqual([id, 'lost']);
      }),
      { numRuns: 60 },
    );
  });

  it('there is a row for each watched entity and for nothing else, and troubles only where something is found', () => {
    fc.assert(
      fc.property(anyStory, (happenings) => {
        const { devices, health } = play(SMALL_HOME, happenings).house;
        const watched = [...rowsOf(devices.entities)]
          .filter(([, entity]) => isWatched(entity))
          .map(([id]) => id);
        expect([...rowsOf(health.health)].map(([id]) => id).sort()).toEqual(watched.sort());
        for (const table of [health.pulses, health.troubles])
          for (const [id] of rowsOf<unknown>(table)) expect(watched).toContain(id);
        for (const [id] of rowsOf(health.away)) expect(getRow(devices.devices, id)).toBeDefined();
        const members = [...rowsOf(health.away)].filter(([, { source }]) => source !== null);
        const sizes = [...rowsOf(health.dropOuts)].map(([, { size }]) => size);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(members.length);
      }),
    );
  });

  it('every trouble is an alarm that holds, and every alarm of trouble a trouble, but for one that chatters', () => {
    fc.assert(
      fc.property(anyStory, anyFact, (happenings, last) => {
        const { alarms, health } = play(SMALL_HOME, [...happenings, [1e8, last]]).house;
        const told = [...rowsOf<unknown>(health.troubles), ...rowsOf<unknown>(health.dropOuts)].map(
          ([id]) => id,
        );
        // The broker is no row of its own: away, and told so, or not there anew after a start.
        const isAway = health.broker === null ? [] : [BROKER];
        for (const id of holdingIn(alarms)) expect([...told, ...isAway]).toContain(id);
        if (health.broker?.dueAt === null) told.push(BROKER);
        for (const id of told) expect(getRow(alarms.rows, `trouble:${id}`)?.active).toBe(true);
      }),
    );
  });

  it('an ordinary reading of a healthy sensor writes nothing down', () => {
    let { house } = play(houseWith({ node: [oxygen(), carbonMonoxide()] }), [[0, reading(O2, 20.9)]]);
    for (let n = 1; n < 100; n++) {
      const after = step(house, reading(O2, 20.9 - (n % 3) / 10), at(n * 10 * SECOND)).house;
      expect(after.health.health).toBe(house.health.health);
      expect(after.health.troubles).toBe(house.health.troubles);
      house = after;
    }
  });
});

describe('a house that an earlier version stored', () => {
  it('is watched from its start on, and nobody is taken for new', () => {
    const stored = storedPart(houseWith({ node: [oxygen(), smoke()] }));
    const old = houseFrom({ ...stored, ...EMPTY_HEALTH });
    const { house } = play(old, [
      [5_000, { type: 'houseResumed' }],
      [5_001, { type: 'brokerFound' }],
    ]);
    expect(getRow(house.health.health, O2)).toMatchObject({ knownSince: 5_000, firstUse: null });
    expect(stateIn(passTo(house, 5_000 + SILENT_MS), O2)).toBe('lost');
  });

  it('comes back with its health row for row', () => {
    const { house } = play(houseWith({ node: [oxygen(), smoke()], other: [carbonMonoxide()] }), [
      [300_000, { type: 'clockReached' }],
    ]);
    const stored = storedPart(house);
    const again = houseFrom(stored);
    for (const name of ['health', 'troubles', 'away', 'dropOuts'] as const) {
      expect(again.health[name]).toBe(stored[name]);
      expect(stored[name].size).toBeGreaterThan(0);
    }
    expect(again.health.pulses).toBe(emptyTable());
  });
});

describe('doubt', () => {
  it('is none of a sensor that nobody knows', () => expect(doubtOf(emptyHouse().health, 'x.y')).toBeNull());

  it('is cast on one that nobody relies on: it takes two readings to alarm, but it alarms', () => {
    const { house } = play(houseWith({ node: [oxygen()] }), [
      [1, { type: 'upkeepChanged', entityId: O2, by: 'Ana', upkeep: { disabled: true } }],
    ]);
    expect(doubtOf(house.health, O2)).toBe('fault');
  });
});

it('an entity that measures something else from now on is watched anew', () => {
  const { house } = play(houseWith({ node: [oxygen()] }), [
    [300_000, { type: 'clockReached' }],
    [
      300_001,
      { type: 'deviceCorrected', deviceId: 'node', by: 'Ana', entities: { [O2]: { quantity: 'humidity' } } },
    ],
  ]);
  expect(stateIn(house, O2)).toBe('ok');
  expect(house.health.troubles.size).toBe(0);
  expect(getRow(house.health.health, O2)?.knownSince).toBe(300_001);
});

it('one trouble of a silent device is told by one of its sensors, and goes on by another when that is gone', () => {
  const config = { availability: [availableAt('a')] };
  const device = { node: [smoke('smoke', config), oxygen('o2', config)] };
  const gone = play(houseWith(device), [
    [0, availability(O2, true)],
    [0, availability('node.smoke', true)],
    [100_000, availability('node.smoke', false)],
    [100_000, availability(O2, false)],
  ]);
  expect([...rowsOf(gone.house.health.troubles)]).toEqual([
    ['node.smoke', { cause: 'silent', level: 'warning' }],
  ]);
  const { house } = play(gone.house, [
    [200_000, deviceAnnounced('node', [oxygen('o2', config)], { removedKeys: ['smoke'] })],
  ]);
  expect([...rowsOf(house.health.troubles)].map(([id]) => id)).toEqual([O2]);
});
