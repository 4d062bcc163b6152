import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, play, siren, smoke, smokeReading, TONELESS } from '../../test/builders.ts';
import { homeWith, isOnline, type Life, live } from '../../test/soundingHome.ts';
import type { Fact } from '../house/facts.ts';
import { type House, houseFrom, storedPart } from '../house/house.ts';
import type { AlarmKind, AlarmLevel, AlarmSound } from './schema.ts';
import { chooseSound } from './sounder.ts';

const home = homeWith({ k: [smoke()], z: [siren('siren', { commandTopic: 'z/set', ...TONELESS })] }, ['b']);
const END: Fact = { type: 'clockReached' };
const HOURS_S = 3_600;

type Said = { level?: AlarmLevel; sound?: AlarmSound; entityId?: string; isLifeSensor?: boolean };
const met = (
  kind: AlarmKind,
  { level = 'alarm', sound = 'siren', entityId = 'x', isLifeSensor = true }: Said = {},
): Fact => ({
  type: 'conditionMet',
  entityId,
  roomId: 'unplaced',
  kind,
  level,
  latching: false,
  value: true,
  unit: null,
  late: false,
  sound,
  cause: 'limit',
  limit: null,
  isLifeSensor,
});
const ended = (kind: AlarmKind, entityId = 'x'): Fact => ({ type: 'conditionEnded', entityId, kind });

/** What the board was told, without what only repeats it: `0 fire_t3`. */
const changes = ({ told }: Life, id = 'b') => {
  const words = told
    .filter((each) => each.id === id)
    .map(({ s, on, tone }) => [s, on ? (tone ?? 'on') : 'off'] as const);
  return words.filter(([, word], n) => word !== words[n - 1]?.[1]).map(([s, word]) => `${s} ${word}`);
};

/** Worst first, with its tone. Source: safety.md §1.5. */
const RANKED: readonly (readonly [AlarmKind, string])[] = [
  ['smoke', 'fire_t3'],
  ['co', 'co_t4'],
  ['gas', 'gas'],
  ['intrusion', 'steady'],
];
const PAIRS = RANKED.flatMap(([high, highTone], n) =>
  RANKED.slice(n + 1).map(([low, lowTone]) => ({ high, highTone, low, lowTone })),
);

describe('one sounder for the house (safety.md §1.5)', () => {
  it.each<[AlarmKind, string]>([
    ['smoke', 'fire_t3'],
    ['heat', 'fire_t3'],
    ['co', 'co_t4'],
    ['gas', 'gas'],
    ['oxygen-low', 'gas'],
    ['oxygen-high', 'gas'],
    ['hydrogen-sulfide', 'gas'],
    ['co2', 'gas'],
    ['intrusion', 'steady'],
    ['panic', 'steady'],
  ])('each has its voice: %s', (kind, tone) => {
    expect(changes(live(home, [[0, met(kind)]]))).toEqual([`0 ${tone}`]);
  });

  it.each(PAIRS)('$low never sounds over $high', ({ high, highTone, low }) => {
    expect(
      changes(
        live(home, [
          [0, met(high)],
          [5, met(low)],
          [60, END],
        ]),
      ),
    ).toEqual([`0 ${highTone}`]);
  });

  it.each(PAIRS)(
    '$high takes over from $low, which resumes in its own voice',
    ({ high, highTone, low, lowTone }) => {
      const life = live(home, [
        [0, met(low)],
        [5, met(high)],
        [60, ended(high)],
        [90, ended(low)],
      ]);
      expect(changes(life)).toEqual([`0 ${lowTone}`, `5 ${highTone}`, `60 ${lowTone}`, '90 off']);
    },
  );

  it('duress is never heard', () => {
    expect(
      live(home, [
        [0, met('duress')],
        [60, END],
      ]).told,
    ).toEqual([]);
  });

  it('whatever comes and ends, what sounds is the worst that holds', () => {
    const deed = fc.tuple(
      fc.constantFrom<AlarmKind>('smoke', 'co', 'gas', 'intrusion', 'duress', 'trouble'),
      fc.constantFrom('x', 'y'),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const story = deeds.map(([kind, entityId, on], s): [number, Fact] => [
          s,
          on
            ? met(kind, { entityId, level: kind === 'trouble' ? 'warning' : 'alarm' })
            : ended(kind, entityId),
        ]);
        const holding = new Set<string>();
        for (const [kind, entityId, on] of deeds) holding[on ? 'add' : 'delete'](`${kind} ${entityId}`);
        const worst = [...RANKED, ['trouble', 'chirp'] as const].find(([kind]) =>
          ['x', 'y'].some((id) => holding.has(`${kind} ${id}`)),
        );
        const last = live(home, story)
          .told.filter(({ id }) => id === 'b')
          .at(-1);
        expect(last?.on === true ? last.tone : undefined).toBe(worst?.[1]);
      }),
    );
  });
});

describe('SIR-1', () => {
  const toBoard = ({ told }: Life) => told.filter(({ id }) => id === 'b');

  it.each<[AlarmKind, number]>([
    ['smoke', 180],
    ['co', 180],
    ['gas', 30],
    ['intrusion', 30],
  ])('a board of ours is told for a while, and again within 10 s: %s, %i s', (kind, duration) => {
    const told = toBoard(
      live(home, [
        [0, met(kind)],
        [120, END],
      ]),
    );
    expect(new Set(told.map((each) => each.duration))).toEqual(new Set([duration]));
    for (const [n, each] of told.entries()) expect(each.s - (told[n - 1]?.s ?? 0)).toBeLessThanOrEqual(10);
    expect(120 - (told.at(-1)?.s ?? 0)).toBeLessThanOrEqual(10);
  });

  it('renewing a lease is no news: nothing of it is stored or written down', () => {
    const begun = live(home, [
      [0, met('smoke')],
      [1, END],
    ]);
    const { house, facts, told } = live(begun.house, [
      [2, END],
      [300, END],
    ]);
    expect(told.length).toBeGreaterThan(60);
    expect(facts.filter(([, { type }]) => type === 'commandSent' || type === 'commandTimedOut')).toEqual([]);
    expect(house.devices.commands).toBe(begun.house.devices.commands);
  });

  it('another siren is told every ten minutes, for its tone begins anew each time', () => {
    const { told } = live(home, [
      [0, met('smoke')],
      [1_799, END],
    ]);
    expect(told.filter(({ id }) => id === 'z').map(({ s }) => s)).toEqual([0, 600, 1_200]);
  });

  it('a siren that sounds and does not say so again is not taken for mute', () => {
    const begun = live(home, [
      [0, met('smoke')],
      [1, END],
    ]).house;
    const { facts, told } = live(
      begun,
      [
        [2, END],
        [1_300, END],
      ],
      (id) => id === 'z',
    );
    expect(told.filter(({ id }) => id === 'z')).toHaveLength(2);
    expect(facts.filter(([, { type }]) => type === 'commandTimedOut')).toEqual([]);
  });

  it('nothing is told once it is over', () => {
    const { told } = live(home, [
      [0, met('smoke')],
      [61, ended('smoke')],
      [9_000, END],
    ]);
    expect(told.at(-1)).toMatchObject({ s: 61, on: false });
  });

  it('the lease outlives a restart of the hub: told at once when the broker is found, and renewed', () => {
    const stored = houseFrom(
      storedPart(
        live(home, [
          [0, met('co')],
          [9, END],
        ]).house,
      ),
    );
    const life = live(stored, [
      [12, { type: 'houseResumed' }],
      [13, { type: 'brokerFound' }],
      [14, isOnline('b', true)],
      [40, END],
    ]);
    expect(toBoard(life)[0]).toMatchObject({ s: 13, tone: 'co_t4', duration: 180 });
    expect(toBoard(life).length).toBeGreaterThan(5);
  });

  it('an intrusion is heard for 15 minutes, a fire until it is over', () => {
    expect(
      changes(
        live(home, [
          [0, met('intrusion')],
          [4_000, END],
        ]),
      ),
    ).toEqual(['0 steady', '900 off']);
    expect(
      changes(
        live(home, [
          [0, met('smoke')],
          [86_400, END],
        ]),
      ),
    ).toEqual(['0 fire_t3']);
  });

  it('the 15 minutes of an intrusion go on through a restart', () => {
    const stored = houseFrom(
      storedPart(
        live(home, [
          [0, met('intrusion')],
          [60, END],
        ]).house,
      ),
    );
    const life = live(stored, [
      [100, { type: 'houseResumed' }],
      [101, { type: 'brokerFound' }],
      [102, isOnline('b', true)],
      [2_000, END],
    ]);
    expect(changes(life)).toEqual(['101 steady', '900 off']);
  });
});

/** The hour of the night or day at house time 0 is that of the machine's zone. */
const utcAtHour = (hour: number, minute = 0) => new Date(2026, 10, 1, hour, minute).getTime();
const soundAt = (house: House, hour: number, minute = 0) =>
  chooseSound(house.alarms.rows, { mono: 0, utc: utcAtHour(hour, minute) }).sound?.pattern.tone ?? null;

describe('trouble', () => {
  const minor = live(home, [
    [0, met('trouble', { level: 'warning', sound: 'chime', isLifeSensor: false })],
  ]).house;
  const major = live(home, [[0, met('trouble', { level: 'warning', sound: 'chime' })]]).house;

  it.each([
    [6, 59, null],
    [7, 0, 'chirp'],
    [21, 59, 'chirp'],
    [22, 0, null],
    [0, 0, null],
  ])('chirps by day and not by night: at %i:%i %s', (hour, minute, tone) => {
    expect(soundAt(minor, hour, minute)).toBe(tone);
  });

  it('of what a life depends on chirps by night too', () => {
    expect(soundAt(major, 3)).toBe('chirp');
  });

  it('that makes no sound makes none', () => {
    const none = live(home, [[0, met('trouble', { level: 'warning', sound: 'none' })]]);
    expect(none.told).toEqual([]);
  });

  it('is heard only from our own boards: another siren would sound in full', () => {
    const life = live(home, [
      [0, met('trouble', { level: 'warning', sound: 'chime' })],
      [20, ended('trouble')],
    ]);
    expect(changes(life)).toEqual(['0 chirp', '20 off']);
    expect(changes(life, 'z')).toEqual([]);
  });

  it('begins to be heard when the morning comes', () => {
    const night: House = play(home, [[0, { type: 'clockReached' }]]).house;
    const { told } = live(night, [
      [0, met('trouble', { level: 'warning', sound: 'chime', isLifeSensor: false })],
      [24 * HOURS_S, END],
    ]);
    const dayMs = told
      .filter(({ id, on }) => id === 'b' && on)
      .map(({ s }) => new Date(at(s * 1_000).utc).getHours());
    expect(dayMs.length).toBeGreaterThan(100);
    expect(dayMs.every((hour) => hour >= 7 && hour < 22)).toBe(true);
    expect(told.filter(({ on }) => !on).map(({ id }) => id)).toEqual(['b']);
  });
});

describe('a chime', () => {
  const warning = met('co2', { level: 'warning', sound: 'chime' });

  it('is heard once, from sirens that know one', () => {
    const { told } = live(home, [
      [0, warning],
      [1, warning],
      [2_000, END],
    ]);
    expect(told).toEqual([{ s: 0, id: 'b', on: true, tone: 'chime', duration: 3 }]);
  });

  it('is not heard while something worse sounds', () => {
    const { told } = live(home, [
      [0, met('smoke')],
      [1, warning],
      [20, END],
    ]);
    expect(told.every(({ tone }) => tone !== 'chime')).toBe(true);
  });

  it('is heard again when the warning comes again', () => {
    const { told } = live(home, [
      [0, warning],
      [60, ended('co2')],
      [90, warning],
    ]);
    expect(told.map(({ s }) => s)).toEqual([0, 90]);
  });
});

describe('F-25 a siren board is lost in an alarm', () => {
  const two = homeWith({ k: [smoke()], z: [siren('siren', { commandTopic: 'z/set', ...TONELESS })] }, [
    'b',
    'c',
  ]);
  const timedOut = ({ facts }: Life, id: string) =>
    facts
      .filter(([, fact]) => fact.type === 'commandTimedOut' && fact.entityId === `${id}.siren`)
      .map(([s]) => s);
  const story: [number, Fact][] = [
    [0, smokeReading('k.smoke', true)],
    [600, END],
  ];

  it.each([0, 1, 3.9, 4, 4.1, 7.9, 33.3, 100])(
    'unplugged at %f s without a word: known within 10 s',
    (unplugged) => {
      const life = live(two, story, (id, s) => id === 'b' && s >= unplugged);
      const [first = Number.POSITIVE_INFINITY] = timedOut(life, 'b');
      expect(first).toBeGreaterThan(unplugged);
      expect(first).toBeLessThanOrEqual(unplugged + 10);
      expect(timedOut(life, 'c')).toEqual([]);
    },
  );

  it('it is told again all the time, and the others sound on', () => {
    const life = live(two, story, (id, s) => id === 'b' && s >= 20);
    const after = (id: string) => life.told.filter((each) => each.id === id && each.s > 30);
    expect(after('b').length).toBeGreaterThanOrEqual(after('c').length);
    expect(after('c').every(({ on }) => on)).toBe(true);
  });

  it('it is mute no more when it answers again', () => {
    const life = live(two, story, (id, s) => id === 'b' && s >= 20 && s < 120);
    const confirmed = life.facts.filter(([s, fact]) => s > 20 && fact.type === 'commandConfirmed');
    expect(confirmed.map(([s]) => Math.ceil(s / 10))).toEqual([12]);
  });

  it('a siren that is none of ours is told again too until it answers', () => {
    const life = live(two, story, (id, s) => id === 'z' && s < 100);
    expect(life.told.filter(({ id }) => id === 'z').map(({ s }) => s)).toEqual([0, 5, 35, 65, 95, 125, 600]);
  });
});
