import { describe, expect, it } from 'vitest';
import {
  deviceAnnounced,
  emptyHouse,
  oxygen,
  play,
  reading,
  smoke,
  smokeReading,
} from '../../../test/builders.ts';
import { type Happening, homeWith, live } from '../../../test/soundingHome.ts';
import type { Fact } from '../../house/facts.ts';
import { EMPTY_STORE, type House, houseFrom, storedPart } from '../../house/house.ts';
import { getRow, rowsOf } from '../../house/table.ts';
import { BROKER } from './broker.ts';

const LOST: Fact = { type: 'brokerLost' };
const FOUND: Fact = { type: 'brokerFound' };
const RESUMED: Fact = { type: 'houseResumed' };
const END: Fact = { type: 'clockReached' };
const SMOKE = smokeReading('hall.smoke', true);
const test: Fact = { type: 'commandAsked', entityId: 'b1.siren', command: { on: true }, by: 'Ana' };

const home = homeWith({ hall: [smoke()] }, ['b1']);
const broker = (house: House) => getRow(house.alarms.rows, `trouble:${BROKER}`);

const flaps = ({ times, awayS, everyS }: Record<'times' | 'awayS' | 'everyS', number>): Happening[] =>
  Array.from({ length: times }, (_, n): Happening[] => [
    [100 + n * everyS, LOST],
    [100 + n * everyS + awayS, FOUND],
  ]).flat();

/** Who is told of what, and when, s: `60 ~broker broker`. */
const raisedIn = (facts: readonly Happening[], house: House) =>
  facts.flatMap(([s, fact]) =>
    fact.type === 'alarmRaised'
      ? [
          `${s} ${fact.entityId} ${getRow(house.alarms.rows, `${fact.kind}:${fact.entityId}`)?.cause ?? 'gone'}`,
        ]
      : [],
  );
const troublesAfter = (...happenings: Happening[]) => {
  const { facts, house } = live(home, happenings, () => true);
  return raisedIn(facts, house).filter((one) => !one.includes('smoke'));
};

describe('a broker that is away', () => {
  it('is a trouble of the house after a minute, to the millisecond', () => {
    expect(troublesAfter([100, LOST], [159.999, END])).toEqual([]);
    expect(troublesAfter([100, LOST], [160, END])).toEqual(['160 ~broker broker']);
    const { house } = live(home, [
      [100, LOST],
      [160, END],
    ]);
    expect(broker(house)).toMatchObject({
      level: 'warning',
      roomId: 'unplaced',
      isLifeSensor: true,
      isUrgent: false,
      sound: 'none',
      active: true,
    });
  });

  it('is none when it comes back before, and stays for a minute', () => {
    expect(troublesAfter(...flaps({ times: 9, awayS: 59, everyS: 120 }), [1_300, END])).toEqual([]);
  });

  it.each<[awayS: number, everyS: number, toldS: number]>([
    [1, 60, 160],
    [1, 60.9, 160.9],
    [59, 60, 160],
    [59, 70, 170],
    [59, 118.9, 218.9],
    [62, 70, 160],
  ])('is one, told once, when it is away for %d s in every %d for an hour', (awayS, everyS, toldS) => {
    const times = Math.floor(3_600 / everyS);
    expect(troublesAfter(...flaps({ times, awayS, everyS }), [100 + times * everyS, END])).toEqual([
      `${toldS} ~broker broker`,
    ]);
  });

  it('is none when it restarts once, or twice within the minute', () => {
    expect(troublesAfter([100, LOST], [101, FOUND], [1_000, END])).toEqual([]);
    expect(troublesAfter([100, LOST], [101, FOUND], [140, LOST], [145, FOUND], [1_000, END])).toEqual([]);
  });

  it('is told once, though it is lost again before it was found', () => {
    expect(troublesAfter([100, LOST], [130, LOST], [160, END], [200, LOST], [900, END])).toEqual([
      '160 ~broker broker',
    ]);
  });

  it('is one that does not come after a start', () => {
    const resumed = (...happenings: Happening[]) => {
      const { facts, house } = live(houseFrom(storedPart(home)), [[500, RESUMED], ...happenings]);
      return raisedIn(facts, house).filter((one) => one.includes('broker'));
    };
    expect(resumed([559.999, END])).toEqual([]);
    expect(resumed([560, END])).toEqual(['560 ~broker broker']);
    expect(resumed([510, FOUND], [900, END])).toEqual([]);
  });

  it('ends when it has stayed for a minute, also after a restart in between', () => {
    const gone = live(home, [
      [100, LOST],
      [160, END],
    ]).house;
    const back = live(gone, [
      [161, FOUND],
      [220.999, END],
    ]).house;
    expect(broker(back)?.active).toBe(true);
    expect(broker(live(back, [[221, END]]).house)?.active).toBe(false);
    const flapping = live(back, [
      [220.999, LOST],
      [230, FOUND],
      [289.999, END],
    ]).house;
    expect(broker(flapping)?.active).toBe(true);
    expect(broker(live(flapping, [[290, END]]).house)?.active).toBe(false);
    const { house, facts } = live(houseFrom(storedPart(gone)), [
      [170, RESUMED],
      [400, END],
    ]);
    expect(raisedIn(facts, house)).toEqual([]);
    expect(broker(house)?.active).toBe(true);
    const found = live(house, [
      [401, FOUND],
      [460.999, END],
    ]).house;
    expect(broker(found)?.active).toBe(true);
    expect(broker(live(found, [[461, END]]).house)?.active).toBe(false);
  });

  it('ends though it was there before the start was told', () => {
    const gone = live(home, [
      [100, LOST],
      [160, END],
    ]).house;
    const { house } = live(houseFrom(storedPart(gone)), [
      [170, FOUND],
      [170, RESUMED],
      [230, END],
    ]);
    expect(broker(house)?.active).toBe(false);
  });

  it('is no matter of life in a house without anything on which one depends', () => {
    const { house } = live(houseFrom(EMPTY_STORE), [
      [0, RESUMED],
      [60, END],
    ]);
    expect(broker(house)).toMatchObject({ level: 'warning', isLifeSensor: false });
  });

  it('comes back in real time: in a house that is 60 times as fast it has a minute of that', () => {
    const fast = { ...home, devices: { ...home.devices, speed: 60 } };
    const { facts, house } = live(fast, [
      [100, LOST],
      [3_699.999, END],
    ]);
    expect(raisedIn(facts, house)).toEqual([]);
    expect(broker(live(house, [[3_700, END]]).house)?.active).toBe(true);
  });
});

describe('F-25: a broker that is away in a danger', () => {
  const OVER = smokeReading('hall.smoke', false);

  it('is told at once, of priority 1 and on a second way', () => {
    const { facts, house } = live(home, [
      [100, SMOKE],
      [200, LOST],
      [201, END],
    ]);
    expect(raisedIn(facts, house)).toContain('200 ~broker broker');
    expect(broker(house)).toMatchObject({ isUrgent: true, state: 'unacknowledged' });
    const steps = facts.flatMap(([s, fact]) =>
      fact.type === 'escalationDue' && fact.entityId === BROKER ? [`${s} ${fact.rung} ${fact.priority}`] : [],
    );
    expect(steps).toEqual(['200 everybody 1', '200 second-channel 1']);
  });

  it('is told when the danger comes while it is away, also when it comes by the clock', () => {
    expect(troublesAfter([100, LOST], [120, SMOKE], [121, END])).toEqual(['120 ~broker broker']);
    const low = homeWith({ hall: [oxygen()] }, ['b1']);
    const story: Happening[] = [
      [95, reading('hall.o2', 19.3)],
      [100, LOST],
      [120, END],
    ];
    const { facts, house } = live(low, story);
    expect(raisedIn(facts, house).filter((one) => one.includes(BROKER))).toEqual(['105 ~broker broker']);
  });

  it('after a start it has ten seconds to come', () => {
    const burning = live(home, [[100, SMOKE]]).house;
    const resumed = (...happenings: Happening[]) => {
      const { facts, house } = live(houseFrom(storedPart(burning)), [[500, RESUMED], ...happenings]);
      return raisedIn(facts, house).filter((one) => one.includes('broker'));
    };
    expect(resumed([509.999, END])).toEqual([]);
    expect(resumed([510, END])).toEqual(['510 ~broker broker']);
    expect(resumed([503, FOUND], [504, LOST], [520, END])).toEqual(['510 ~broker broker']);
    expect(resumed([502, FOUND], [900, END])).toEqual([]);
  });

  it('is told once, and ends as ever', () => {
    const story: Happening[] = [
      [100, SMOKE],
      [200, LOST],
      [210, FOUND],
      [220, LOST],
      [230, smokeReading('hall.smoke', true)],
      [240, FOUND],
      [299.999, END],
    ];
    const { facts, house } = live(home, story);
    expect(raisedIn(facts, house).filter((one) => one.includes(BROKER))).toEqual(['200 ~broker broker']);
    expect(broker(house)?.active).toBe(true);
    expect(broker(live(house, [[300, END]]).house)?.active).toBe(false);
  });

  it('is nothing to be told in a house that was not started', () => {
    const unstarted = play(emptyHouse(), [[0, deviceAnnounced('hall', [smoke()])]]).house;
    const { facts, house } = live(unstarted, [
      [1, SMOKE],
      [100, END],
    ]);
    expect(raisedIn(facts, house)).toEqual(['1 hall.smoke contact']);
  });

  it('waits for its minute when the danger is over', () => {
    const brokerAfter = (endS: number) =>
      troublesAfter([50, SMOKE], [60, OVER], [100, LOST], [endS, END]).filter((one) => one.includes(BROKER));
    expect(brokerAfter(159.999)).toEqual([]);
    expect(brokerAfter(160)).toEqual(['160 ~broker broker']);
  });
});

describe('a detector that is dead while the broker comes and goes', () => {
  const house = homeWith({ hall: [oxygen('o2', { expireAfterMs: 60_000 })] }, ['b1']);
  const heard = (s: number): Happening => [s, reading('hall.o2', 20.9)];
  const lostAt = (...happenings: Happening[]) =>
    live(house, [heard(99), ...happenings]).facts.flatMap(([s, fact]) =>
      fact.type === 'entityLost' && fact.entityId === 'hall.o2' ? [s] : [],
    );

  it.each<[awayS: number, everyS: number, lostS: number]>([
    // Its first return, and five minutes.
    [1, 60, 401],
    [59, 60, 459],
    [62, 70, 512],
  ])('away %d s in every %d: it is lost after the last grace', (awayS, everyS, lostS) => {
    expect(lostAt(...flaps({ times: 20, awayS, everyS }))).toEqual([lostS]);
  });

  it('has a new grace when the broker stayed for a minute, or was away for five', () => {
    const capped = flaps({ times: 5, awayS: 59, everyS: 60 });
    expect(lostAt(...capped, [399.5, LOST], [699.5, FOUND], [759.499, END])).toEqual([]);
    expect(lostAt(...capped, [399.5, LOST], [699.5, FOUND], [759.5, END])).toEqual([759.5]);
    const once: Happening[] = [[100, LOST], [101, FOUND], heard(150)];
    expect(lostAt(...once, [161, LOST], [460, FOUND], [519.999, END])).toEqual([]);
    expect(lostAt(...once, [160.999, LOST], [460, FOUND], [460.001, END])).toEqual([460]);
  });
});

describe('a siren that does not answer while the broker is away', () => {
  const troubles = (house: House) =>
    [...rowsOf(house.alarms.rows)]
      .filter(([, { kind, active }]) => kind === 'trouble' && active)
      .map(([, { entityId, state }]) => `${entityId} ${state}`)
      .sort();

  it.each<[what: string, asked: Happening]>([
    ['before that was told', [110, test]],
    ['after it', [200, test]],
  ])('is explained by it when it was asked %s', (_, asked) => {
    const { house } = live(home, [[100, LOST], asked, [300, END]], () => true);
    expect(troubles(house)).toEqual(['b1.siren suppressed', '~broker unacknowledged']);
  });

  it('is told by itself when it was mute before', () => {
    const { house } = live(
      home,
      [
        [90, test],
        [96, LOST],
        [300, END],
      ],
      () => true,
    );
    expect(troubles(house)).toEqual(['b1.siren unacknowledged', '~broker unacknowledged']);
  });

  it.each([false, true])(
    'is told of no more when the broker is back (that was acknowledged: %s)',
    (isSeen) => {
      const gone = live(
        home,
        [
          [100, LOST],
          [110, test],
          [300, END],
        ],
        () => true,
      ).house;
      const alarmId = broker(gone)?.alarmId ?? '';
      const seen: Happening[] = isSeen ? [[301, { type: 'acknowledgeAsked', alarmId, by: 'Ana' }]] : [];
      const { house, facts } = live(gone, [...seen, [310, FOUND], [900, END]]);
      expect(raisedIn(facts, house)).toEqual([]);
      expect(troubles(house)).toEqual([]);
    },
  );

  it('is mute when it does not answer after that either', () => {
    const away: Happening[] = [
      [100, LOST],
      [110, SMOKE],
      [300, END],
    ];
    const { house, facts } = live(
      homeWith({ hall: [smoke()] }, ['b1', 'b2']),
      [...away, [310, FOUND], [330, END]],
      (id, s) => id === 'b1' || s < 310,
    );
    expect(troubles(house)).toContain('b1.siren unacknowledged');
    expect(raisedIn(facts, house)).toContain('315 b1.siren siren-mute');
    expect(troubles(house)).not.toContain('b2.siren unacknowledged');
  });
});

it('an ordinary reading leaves what is awaited of the broker alone', () => {
  const gone = live(home, [[100, LOST]]).house;
  const { house } = live(gone, [[101, reading('hall.smoke', false, { quantity: 'smoke' })]]);
  expect(house.health.broker).toBe(gone.health.broker);
});
