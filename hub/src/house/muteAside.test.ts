import { describe, expect, it } from 'vitest';
import { reading, smoke, smokeReading } from '../../test/builders.ts';
import { type Happening, homeWith, isOnline, live } from '../../test/soundingHome.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart } from './house.ts';
import { getRow } from './table.ts';

const SMOKE = smokeReading('hall.smoke', true);
const OVER = smokeReading('hall.smoke', false);
const END: Fact = { type: 'clockReached' };
const test: Fact = { type: 'commandAsked', entityId: 'b1.siren', command: { on: true }, by: 'Ana' };
const ofSiren = (house: House) => getRow(house.alarms.rows, 'trouble:b1.siren');
const home = homeWith({ hall: [smoke()] }, ['b1']);

/** The steps of telling people of the trouble of `b1`, s: `5 second-channel 1`. */
const stepsOf = (facts: readonly Happening[]) =>
  facts.flatMap(([s, fact]) =>
    fact.type === 'escalationDue' && fact.entityId === 'b1.siren'
      ? [`${s} ${fact.rung} ${fact.priority}`]
      : [],
  );

const takenOut = (entityId: string): Fact => ({
  type: 'takenOutAsked',
  kind: 'trouble',
  entityId,
  roomId: 'hall',
  reason: 'it is being mended',
  by: 'Ana',
});
const shelved = (entityId: string): Fact => ({
  type: 'shelveAsked',
  kind: 'trouble',
  entityId,
  roomId: 'hall',
  minutes: 600,
  reason: 'tomorrow',
  by: 'Ana',
});

const use = (disabled: boolean): Fact => ({
  type: 'upkeepChanged',
  entityId: 'b1.siren',
  by: 'Ana',
  upkeep: { disabled },
});
const AT_ONCE = (s: number) => [`${s} everybody 1`, `${s} second-channel 1`];

describe('F-25: a siren out of use', () => {
  const unused = live(home, [[0, use(true)]]).house;

  it('is told when it is mute in danger, and no more once the danger is over', () => {
    const { facts, house } = live(
      unused,
      [
        [10, SMOKE],
        [16, END],
      ],
      () => true,
    );
    expect(stepsOf(facts)).toEqual(AT_ONCE(15));
    expect(ofSiren(house)).toMatchObject({ cause: 'siren-mute', active: true, isUrgent: true });
    const over = live(
      house,
      [
        [60, OVER],
        [4_000, END],
      ],
      () => true,
    );
    expect(ofSiren(over.house)?.active ?? false).toBe(false);
    expect(over.house.health.troubles.size).toBe(0);
  });

  it('is told when it is known to be gone, through a restart too', () => {
    const gone = live(
      unused,
      [
        [5, isOnline('b1', false)],
        [10, SMOKE],
        [16, END],
      ],
      () => true,
    );
    expect(stepsOf(gone.facts)).toEqual(AT_ONCE(15));
    const again = live(
      houseFrom(storedPart(gone.house)),
      [
        [20, { type: 'houseResumed' }],
        [21, { type: 'brokerFound' }],
        [40, END],
      ],
      () => true,
    );
    expect(ofSiren(again.house)?.active).toBe(true);
  });

  it('is no trouble when it answers, nor once it does', () => {
    expect(
      ofSiren(
        live(unused, [
          [10, SMOKE],
          [60, END],
        ]).house,
      ),
    ).toBeUndefined();
    const { house } = live(
      unused,
      [
        [10, SMOKE],
        [60, END],
      ],
      (_, s) => s < 30,
    );
    expect(ofSiren(house)?.active ?? false).toBe(false);
  });

  it.each<[what: string, happened: Happening[]]>([
    [
      'is tested and mute',
      [
        [1, test],
        [10, END],
      ],
    ],
    [
      'is gone',
      [
        [1, isOnline('b1', false)],
        [100, END],
      ],
    ],
  ])('is no trouble without danger, though it %s', (_, happened) => {
    expect(ofSiren(live(unused, happened, () => true).house)?.active ?? false).toBe(false);
  });

  it('is told no more when it is put out of use, but in danger it is', () => {
    const mute = live(
      home,
      [
        [0, test],
        [10, END],
      ],
      () => true,
    ).house;
    expect(
      ofSiren(
        live(
          mute,
          [
            [11, use(true)],
            [12, END],
          ],
          () => true,
        ).house,
      )?.active ?? false,
    ).toBe(false);
    const inDanger = live(
      mute,
      [
        [11, SMOKE],
        [17, use(true)],
        [18, END],
      ],
      () => true,
    ).house;
    expect(ofSiren(inDanger)).toMatchObject({ active: true, isUrgent: true });
  });
});

describe('F-25: a mute siren that somebody put aside', () => {
  it.each<[what: string, aside: (entityId: string) => Fact, when: 'healthy' | 'mute']>([
    ['out of service before it was mute', takenOut, 'healthy'],
    ['out of service while it was', takenOut, 'mute'],
    ['on the shelf before it was mute', shelved, 'healthy'],
    ['on the shelf while it was', shelved, 'mute'],
  ])('comes back into view in danger when it was put %s', (_, aside, when) => {
    const happened: Happening[] = when === 'mute' ? [[0, test]] : [[0, OVER]];
    const { house: quiet } = live(home, [...happened, [10, aside('b1.siren')], [11, END]], () => true);
    expect(ofSiren(quiet)?.active).toBe(when === 'mute');
    const { facts, house } = live(
      quiet,
      [
        [20, SMOKE],
        [26, END],
      ],
      () => true,
    );
    const s = when === 'mute' ? 20 : 25;
    expect(stepsOf(facts)).toEqual([`${s} everybody 1`, `${s} second-channel 1`]);
    expect(ofSiren(house)).toMatchObject({ state: 'unacknowledged', shelf: null, service: null });
  });

  it('that was urgent, ended, and was taken out of service comes back in the next danger', () => {
    const { house } = live(
      home,
      [
        [0, SMOKE],
        [10, { ...reading('b1.siren', true, { quantity: 'siren' }) }],
        [11, takenOut('b1.siren')],
        [12, OVER],
      ],
      (_, s) => s < 12,
    );
    expect(ofSiren(house)).toMatchObject({ state: 'outOfService', active: false });
    const { facts } = live(
      house,
      [
        [100, SMOKE],
        [106, END],
      ],
      () => true,
    );
    expect(stepsOf(facts)).toEqual(['105 everybody 1', '105 second-channel 1']);
  });

  it.each([takenOut, shelved])('is not hidden by a broker that was put aside (%#)', (aside) => {
    const away: Happening[] = [
      [10, { type: 'brokerLost' }],
      [75, aside('~broker')],
    ];
    const asked = live(home, [...away, [80, test], [90, END]], () => true).house;
    expect(ofSiren(asked)?.state).toBe('unacknowledged');
    const { facts, house } = live(home, [...away, [80, SMOKE], [90, END]], () => true);
    expect(getRow(house.alarms.rows, 'trouble:~broker')).toMatchObject({
      state: 'unacknowledged',
      isUrgent: true,
    });
    expect(
      facts.flatMap(([s, fact]) =>
        fact.type === 'escalationDue' && fact.entityId === '~broker' && s >= 80 ? [`${s} ${fact.rung}`] : [],
      ),
    ).toEqual(['80 everybody', '80 second-channel']);
  });

  it('is not hidden by a broker that is put aside while there is danger', () => {
    const gone: Happening[] = [
      [5, { type: 'brokerLost' }],
      [70, SMOKE],
      [76, END],
    ];
    expect(ofSiren(live(home, gone, () => true).house)?.state).toBe('suppressed');
    const { house } = live(home, [...gone, [80, takenOut('~broker')]], () => true);
    expect(ofSiren(house)?.state).toBe('unacknowledged');
  });

  it('is told by itself when the broker was out of service before it went', () => {
    const { house } = live(
      home,
      [
        [1, takenOut('~broker')],
        [10, { type: 'brokerLost' }],
        [20, test],
        [90, END],
      ],
      () => true,
    );
    expect(getRow(house.alarms.rows, 'trouble:~broker')).toMatchObject({
      state: 'outOfService',
      active: true,
    });
    expect(ofSiren(house)?.state).toBe('unacknowledged');
  });
});

describe('F-25: a siren that chatters', () => {
  it.each([
    ['ends while the end of its trouble is held back', 40],
    ['ends later', 110],
  ])('has no trouble for ever when the danger %s', (_, overAt) => {
    const { house } = live(home, [
      [10, SMOKE],
      [18, isOnline('b1', false)],
      [20, isOnline('b1', true)],
      [26, isOnline('b1', false)],
      [30, isOnline('b1', true)],
      [overAt, OVER],
      [4_000, END],
    ]);
    expect(house.health.troubles.size).toBe(0);
    expect(ofSiren(house)?.active ?? false).toBe(false);
  });

  it('tells nobody anew in a danger that begins when it answers already', () => {
    const { facts, house } = live(home, [
      [10, SMOKE],
      [18, isOnline('b1', false)],
      [20, isOnline('b1', true)],
      [26, isOnline('b1', false)],
      [30, isOnline('b1', true)],
      [40, OVER],
      [50, SMOKE],
      [4_000, END],
    ]);
    expect(ofSiren(house)?.active ?? false).toBe(false);
    // While its end is held back it may be said once more; after that it is a trouble that is over.
    const later = stepsOf(facts).filter((step) => Number.parseInt(step, 10) > 90);
    expect(later.filter((step) => !step.endsWith(' again 2'))).toEqual([]);
    expect(later.length).toBeLessThanOrEqual(2);
  });
});

describe('F-25: a mute siren that was put aside in a danger', () => {
  const both = homeWith({ hall: [smoke()], attic: [smoke()] }, ['b1']);
  const ATTIC = smokeReading('attic.smoke', true);

  it.each([
    ['out of service', takenOut],
    ['on the shelf', shelved],
  ])('%s is in view again when another danger comes, though the first goes on', (_, aside) => {
    const { facts, house } = live(
      both,
      [
        [10, SMOKE],
        [16, END],
        [30, aside('b1.siren')],
        [600, ATTIC],
        [1_500, END],
      ],
      () => true,
    );
    expect(ofSiren(house)).toMatchObject({ state: 'unacknowledged', active: true, isUrgent: true });
    expect(stepsOf(facts).filter((step) => step.startsWith('600 '))).toEqual(AT_ONCE(600));
  });

  it('stays aside while nothing new comes', () => {
    const { house } = live(
      both,
      [
        [10, SMOKE],
        [16, END],
        [30, takenOut('b1.siren')],
        [1_500, END],
      ],
      () => true,
    );
    expect(ofSiren(house)).toMatchObject({ state: 'outOfService', isUrgent: true });
  });
});
