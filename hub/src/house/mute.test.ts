import { describe, expect, it } from 'vitest';
import { availableAt, siren, smoke, smokeReading } from '../../test/builders.ts';
import { type Happening, homeWith, isOnline, live } from '../../test/soundingHome.ts';
import { priorityOfRow } from '../alarms/ladder.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart } from './house.ts';
import { getRow } from './table.ts';

const SMOKE = smokeReading('hall.smoke', true);
const OVER = smokeReading('hall.smoke', false);
const END: Fact = { type: 'clockReached' };
const test: Fact = { type: 'commandAsked', entityId: 'b1.siren', command: { on: true }, by: 'Ana' };
const ofSiren = (house: House, id = 'b1') => getRow(house.alarms.rows, `trouble:${id}.siren`);
const ackOf = (house: House): Fact => ({
  type: 'acknowledgeAsked',
  alarmId: ofSiren(house)?.alarmId ?? '',
  by: 'Ana',
});

/** Found sirens: one that says when it is online, one that never tells its state, and one that says neither. */
const found = {
  z: [siren('siren', { commandTopic: 'z/set', availability: [availableAt('z/availability')] })],
  y: [
    siren('siren', {
      commandTopic: 'y/set',
      stateTopic: null,
      availability: [availableAt('y/availability')],
    }),
  ],
};
const home = homeWith({ hall: [smoke()], cellar: [smoke()], ...found }, ['b1']);
const online: Happening[] = [
  [0, isOnline('z', true)],
  [0, isOnline('y', true)],
];
const b1IsDead = (id: string) => id === 'b1' || id === 'y';

/** The steps of telling people of the trouble of `b1`, s: `5 second-channel 1`. */
const stepsOf = (facts: readonly Happening[], id = 'b1') =>
  facts.flatMap(([s, fact]) =>
    fact.type === 'escalationDue' && fact.entityId === `${id}.siren`
      ? [`${s} ${fact.rung} ${fact.priority}`]
      : [],
  );

const AT_ONCE = (s: number) => [
  `${s} everybody 1`,
  `${s} second-channel 1`,
  `${s + 30} again 1`,
  `${s + 120} contacts 1`,
  `${s + 300} loop 1`,
];

describe('F-25: a siren that is mute while there is danger', () => {
  it('is of priority 1, and people are told at once on a second way', () => {
    const { facts, house } = live(
      home,
      [
        [0, SMOKE],
        [310, END],
      ],
      b1IsDead,
    );
    expect(stepsOf(facts)).toEqual(AT_ONCE(5));
    expect(ofSiren(house)).toMatchObject({ level: 'warning', isUrgent: true });
  });

  it('is of priority 2 without danger', () => {
    const { facts, house } = live(
      home,
      [
        [0, test],
        [310, END],
      ],
      b1IsDead,
    );
    expect(stepsOf(facts)).toEqual(['5 everybody 2', '65 again 2', '305 again 2']);
    expect(ofSiren(house)?.isUrgent).toBe(false);
  });

  it.each([false, true])(
    'is told anew when the danger comes after it (somebody had seen it: %s)',
    (isSeen) => {
      const mute = live(
        home,
        [
          [0, test],
          [900, END],
        ],
        b1IsDead,
      ).house;
      const seen: Happening[] = isSeen ? [[901, ackOf(mute)]] : [];
      const { facts, house } = live(mute, [...seen, [1_000, SMOKE], [1_305, END]], b1IsDead);
      expect(stepsOf(facts)).toEqual(AT_ONCE(1_000));
      expect(ofSiren(house)?.state).toBe('unacknowledged');
    },
  );

  it('was put aside before: that was another matter', () => {
    const mute = live(
      home,
      [
        [0, test],
        [10, END],
      ],
      b1IsDead,
    ).house;
    const { kind, entityId, roomId } = ofSiren(mute) as NonNullable<ReturnType<typeof ofSiren>>;
    const why = { minutes: 600, reason: 'tomorrow', by: 'Ana' };
    const shelved = live(
      mute,
      [[11, { type: 'shelveAsked', kind, entityId, roomId, ...why }]],
      b1IsDead,
    ).house;
    expect(ofSiren(shelved)?.state).toBe('shelved');
    const { facts, house } = live(shelved, [[20, SMOKE]], b1IsDead);
    expect(ofSiren(house)).toMatchObject({ state: 'unacknowledged', shelf: null });
    expect(stepsOf(facts)).toEqual(['20 everybody 1', '20 second-channel 1']);
  });

  it('is as urgent as any other trouble when the last danger is over, and anew at the next', () => {
    const second = smokeReading('cellar.smoke', true);
    const happenings: Happening[] = [
      [0, SMOKE],
      [10, second],
      [20, OVER],
    ];
    const one = live(home, happenings, b1IsDead).house;
    expect(ofSiren(one)?.isUrgent).toBe(true);
    const none = live(one, [[30, smokeReading('cellar.smoke', false)]], b1IsDead).house;
    const row = ofSiren(none);
    expect([row?.isUrgent, row && priorityOfRow(row)]).toEqual([false, 2]);
    const { facts } = live(none, [[600, SMOKE]], b1IsDead);
    expect(stepsOf(facts).slice(-2)).toEqual(['600 everybody 1', '600 second-channel 1']);
  });

  it.each<[overS: number, after: string[]]>([
    [20, ['65 again 2', '305 again 2']],
    [60, ['35 again 1', '65 again 2', '305 again 2']],
    [130, ['35 again 1', '125 contacts 1', '305 again 2']],
    [700, ['35 again 1', '125 contacts 1', '305 loop 1', '605 loop 1']],
  ])(
    'is told on as any other trouble when the danger is over after %d s: nobody outside, and no loop',
    (overS, after) => {
      const { facts } = live(
        home,
        [
          [0, SMOKE],
          [overS, OVER],
          [4_000, END],
        ],
        b1IsDead,
      );
      expect(stepsOf(facts)).toEqual(['5 everybody 1', '5 second-channel 1', ...after]);
    },
  );

  it('climbs anew when the next danger comes', () => {
    const { facts } = live(
      home,
      [
        [0, SMOKE],
        [60, OVER],
        [100, SMOKE],
        [405, END],
      ],
      b1IsDead,
    );
    expect(stepsOf(facts).slice(-5)).toEqual(AT_ONCE(100));
  });

  it('stays urgent through a restart', () => {
    const mute = live(
      home,
      [
        [0, SMOKE],
        [10, END],
      ],
      b1IsDead,
    ).house;
    expect(ofSiren(houseFrom(storedPart(mute)))?.isUrgent).toBe(true);
  });

  it('speaks for itself though a drop-out would explain it', () => {
    const lost = live(home, [
      ...online,
      [100, SMOKE],
      [200, isOnline('b1', false)],
      [201, isOnline('z', false)],
    ]);
    expect(ofSiren(lost.house)).toMatchObject({ state: 'unacknowledged', isUrgent: true });
    expect(ofSiren(lost.house, 'z')).toMatchObject({ state: 'unacknowledged', isUrgent: true });
  });

  it('was explained by a drop-out before the danger: now it speaks for itself', () => {
    const lost = live(home, [...online, [100, isOnline('b1', false)], [101, isOnline('z', false)]]).house;
    expect([ofSiren(lost)?.state, ofSiren(lost, 'z')?.state]).toEqual(['suppressed', 'suppressed']);
    const { facts, house } = live(lost, [[200, SMOKE]], () => true);
    expect([ofSiren(house)?.state, ofSiren(house, 'z')?.state]).toEqual(['unacknowledged', 'unacknowledged']);
    expect(stepsOf(facts)).toEqual(['200 everybody 1', '200 second-channel 1']);
  });

  it('stays explained by the broker, which is as urgent', () => {
    const lost = live(
      home,
      [
        [10, { type: 'brokerLost' }],
        [20, test],
        [100, END],
      ],
      () => true,
    ).house;
    expect(ofSiren(lost)?.state).toBe('suppressed');
    expect(ofSiren(live(lost, [[110, SMOKE]], () => true).house)?.state).toBe('suppressed');
  });

  it('makes a broker that is away as urgent, whichever came first', () => {
    const broker = (house: House) => getRow(house.alarms.rows, 'trouble:~broker')?.isUrgent;
    const lost: Fact = { type: 'brokerLost' };
    expect(
      broker(
        live(home, [
          [0, SMOKE],
          [10, lost],
          [100, END],
        ]).house,
      ),
    ).toBe(true);
    const before = live(home, [
      [10, lost],
      [100, END],
    ]).house;
    expect(broker(before)).toBe(false);
    expect(broker(live(before, [[110, SMOKE]]).house)).toBe(true);
  });
});

describe('F-25: a found siren that is gone while it is to sound', () => {
  it.each(['z', 'y'])('(%s) is trouble at once, and is told again until it answers', (id) => {
    const { facts, house } = live(home, [...online, [100, SMOKE], [200, isOnline(id, false)], [201, END]]);
    expect(ofSiren(house, id)).toMatchObject({ cause: 'siren-mute', active: true, isUrgent: true });
    expect(stepsOf(facts, id)).toEqual(['200 everybody 1', '200 second-channel 1']);
    const back = live(house, [
      [220, isOnline(id, true)],
      [221, END],
    ]);
    expect(back.told.filter((one) => one.id === id && one.s >= 220)).toMatchObject([{ s: 220, on: true }]);
    expect(ofSiren(back.house, id)?.active ?? false).toBe(false);
  });

  it.each<[id: string, toldS: number]>([
    ['y', 52],
    ['z', 57],
  ])('(%s) and was known to be gone before, in the grace after a start, is told within 10 s', (id, toldS) => {
    const { facts, house } = live(
      houseFrom(storedPart(home)),
      [
        [50, { type: 'houseResumed' }],
        [50.5, { type: 'brokerFound' }],
        [51, isOnline(id, false)],
        [52, SMOKE],
        [62, END],
      ],
      (one) => one === id,
    );
    expect(stepsOf(facts, id)).toEqual([`${toldS} everybody 1`, `${toldS} second-channel 1`]);
    expect(ofSiren(house, id === 'y' ? 'z' : 'y')?.active ?? false).toBe(false);
  });

  it('is so in the grace after a start too', () => {
    const sounding = live(home, [...online, [100, SMOKE]]).house;
    const { house } = live(
      houseFrom(storedPart(sounding)),
      [
        [200, { type: 'houseResumed' }],
        [201, { type: 'brokerFound' }],
        [201.5, isOnline('z', true)],
        [202, isOnline('z', false)],
      ],
      (id, at) => id === 'z' && at >= 202,
    );
    expect(ofSiren(house, 'z')).toMatchObject({ cause: 'siren-mute', active: true, isUrgent: true });
  });

  it('is trouble like any other without danger', () => {
    const { house } = live(home, [...online, [200, isOnline('z', false)]]);
    expect(ofSiren(house, 'z')).toMatchObject({ cause: 'siren-mute', isUrgent: false });
  });
});

describe('a house whose clock runs 60 times as fast', () => {
  const fast: House = { ...home, devices: { ...home.devices, speed: 60 } };
  /** Every siren answers after so many real ms. */
  const answeredAfter = (realMs: number) => {
    const delayS = (realMs * 60) / 1_000;
    const says = (s: number): Happening => [
      s + delayS,
      {
        type: 'reading',
        entityId: 'b1.siren',
        quantity: 'siren',
        value: true,
        unit: null,
        retained: false,
        ageMs: 0,
      },
    ];
    const answers = Array.from({ length: 20 }, (_, n) => says(n * 30));
    return live(fast, [[0, SMOKE], ...answers.filter(([s]) => s < 599), [599, END]], () => true);
  };

  it('hears no mute siren in one that answers after 300 real ms', () => {
    expect(ofSiren(answeredAfter(300).house)).toBeUndefined();
  });

  it('hears one in a siren that has not answered for five real seconds, and not before', () => {
    const before = live(
      fast,
      [
        [0, SMOKE],
        [299.999, END],
      ],
      () => true,
    ).house;
    expect(ofSiren(before)).toBeUndefined();
    expect(ofSiren(live(before, [[300, END]], () => true).house)?.cause).toBe('siren-mute');
  });

  it('hears one in a board that fell silent while it sounded', () => {
    const { house } = live(
      fast,
      [
        [0, SMOKE],
        [700, END],
      ],
      (id, s) => id === 'b1' && s >= 60,
    );
    expect(ofSiren(house)?.cause).toBe('siren-mute');
  });
});
