import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMergePatch, withoutNulls } from '../../test/applyMergePatch.ts';
import {
  anyStory,
  at,
  availability,
  availableAt,
  carbonMonoxide,
  deviceAnnounced,
  emptyHouse,
  houseWith,
  lamp,
  oxygen,
  play,
  reading,
  SMALL_HOME,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { Millis } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { createProjection } from './projection.ts';
import { HouseSnapshot, type Verdict } from './schema.ts';

type Happening = readonly [mono: Millis, fact: Fact];

/** A projection of a house to which the test lets things happen. */
function watch(initial: House, dropped: (deviceId: string) => number = () => 0) {
  let house = initial;
  let mono = 0;
  const { flush, snapshot } = createProjection({ read: () => house, now: () => at(mono), dropped });
  flush();
  return {
    flush,
    snapshot,
    happen(...happenings: readonly Happening[]): void {
      house = play(house, happenings).house;
      mono = happenings.at(-1)?.[0] ?? mono;
    },
    house: () => house,
  };
}

const look = (house: House): HouseSnapshot => watch(house).snapshot();
const onWire = (value: unknown): unknown => withoutNulls(JSON.parse(JSON.stringify(value)));

describe('patches', () => {
  it('applied in order to the first snapshot give the latest, numbered without a gap', () => {
    fc.assert(
      fc.property(anyStory, fc.integer({ min: 1, max: 4 }), (happenings, together) => {
        const watched = watch(SMALL_HOME);
        let { seq, ...screen } = watched.snapshot();
        for (let n = 0; n < happenings.length; n += together) {
          watched.happen(...happenings.slice(n, n + together));
          const patch = watched.flush();
          if (patch === null) continue;
          expect(patch.seq).toBe(seq + 1);
          seq = patch.seq;
          screen = applyMergePatch(screen, JSON.parse(JSON.stringify(patch.change))) as typeof screen;
        }
        const { seq: last, ...latest } = watched.snapshot();
        expect(last).toBe(seq);
        expect(onWire({ ...screen, now: 0 })).toEqual(onWire({ ...latest, now: 0 }));
      }),
    );
  });

  it('end in the picture that a fresh look gives', () => {
    fc.assert(
      fc.property(anyStory, (happenings) => {
        const watched = watch(SMALL_HOME);
        for (const each of happenings) {
          watched.happen(each);
          watched.flush();
        }
        const bare = ({ devices, ...rest }: HouseSnapshot) => ({ devices, ...rest, seq: 0, now: 0 });
        // Whether a board restarts too often is seen when its device is drawn, so it may lag behind.
        const strip = (snapshot: HouseSnapshot) =>
          JSON.stringify(bare(snapshot)).replaceAll('"restarting":true', '"restarting":false');
        expect(JSON.parse(strip(watched.snapshot()))).toEqual(JSON.parse(strip(look(watched.house()))));
      }),
    );
  });

  it('are as the contract says, before and after a journey over the wire', () => {
    fc.assert(
      fc.property(anyStory, (happenings) => {
        const snapshot = look(play(SMALL_HOME, happenings).house);
        expect(HouseSnapshot.parse(onWire(snapshot))).toEqual(JSON.parse(JSON.stringify(snapshot)));
      }),
      { numRuns: 50 },
    );
  });

  it('are none when nothing can be seen to have changed', () => {
    const watched = watch(houseWith({ k: [oxygen()] }));
    expect(watched.flush()).toBeNull();
    watched.happen([1, { type: 'clockReached' }], [2, { type: 'houseResumed' }]);
    expect(watched.flush()).toBeNull();
    expect(watched.snapshot()).toMatchObject({ seq: 1, now: at(2).utc });
  });

  it('carry only what changed, and the hub’s clock', () => {
    const watched = watch(houseWith({ k: [oxygen()], other: [lamp()] }));
    watched.happen([1, reading('k.o2', 20.9)]);
    expect(watched.flush()).toEqual({
      seq: 2,
      now: at(1).utc,
      change: {
        verdict: 'safe',
        rooms: { unplaced: { verdict: 'safe' } },
        devices: {
          k: {
            lastHeardAt: at(1).utc,
            entities: { 'k.o2': { value: 20.9, at: at(1).utc, air: expect.anything() } },
          },
        },
      },
    });
  });

  it('tell with null what is gone', () => {
    const watched = watch(houseWith({ k: [oxygen()], other: [lamp()] }));
    watched.happen([1, { type: 'deviceRemoveAsked', deviceId: 'k', by: 'Ana' }]);
    expect(watched.flush()?.change).toMatchObject({ devices: { k: null } });
  });
});

it('one reading redraws one device; all others stay the very same objects', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`d${n}`, [oxygen()]]));
  const watched = watch(houseWith(many));
  const before = watched.snapshot().devices;
  watched.happen([1, reading('d7.o2', 20.9)]);
  watched.flush();
  const after = watched.snapshot().devices;
  expect(Object.keys(after).filter((id) => after[id] !== before[id])).toEqual(['d7']);
});

describe('the verdict', () => {
  const good: Happening[] = [
    [1, reading('k.o2', 20.9)],
    [1, availability('hall.smoke', true)],
    [1, smokeReading('hall.smoke', false)],
    [1, availability('s.siren', true)],
  ];
  const home = houseWith({
    k: [oxygen('o2', { expireAfterMs: 100_000 }), carbonMonoxide('co', { entityCategory: 'diagnostic' })],
    hall: [smoke('smoke', { availability: [availableAt('a')] })],
    s: [siren('siren', { availability: [availableAt('a')] }), lamp()],
  });
  const verdictAfter = (...happenings: Happening[]) =>
    look(play(home, [...good, ...happenings]).house).verdict;
  const at20 = (value: number): Happening[] => [
    [2, reading('k.o2', value)],
    [60_002, reading('k.o2', value)],
  ];
  const sirenLost: Happening = [60_003, availability('s.siren', false)];
  const unused = (entityId: string): Happening => [
    60_003,
    { type: 'upkeepChanged', entityId, by: 'Ana', upkeep: { disabled: true } },
  ];
  const silent: Happening = [400_000, { type: 'clockReached' }];
  const unknown: Happening = [70_000, reading('k.o2', null)];
  const brokerGone: Happening = [400_001, { type: 'brokerLost' }];
  const smokes: Happening = [60_004, smokeReading('hall.smoke', true)];
  const noSmoke: Happening = [60_005, smokeReading('hall.smoke', false)];
  const asks: Happening = [
    60_006,
    { type: 'commandAsked', entityId: 's.siren', command: { on: false }, by: 'Ana' },
  ];

  it.each<[what: string, happenings: Happening[], verdict: Verdict]>([
    ['everybody is heard', [], 'safe'],
    ['a siren is lost', [sirenLost], 'check'],
    ['a siren does not answer', [asks, [70_000, { type: 'clockReached' }]], 'check'],
    [
      'a lamp does not answer',
      [
        [2, { type: 'commandAsked', entityId: 's.lamp', command: { on: true }, by: 'A' }],
        [9_000, { type: 'clockReached' }],
      ],
      'safe',
    ],
    ['a smoke alarm is out of use', [unused('hall.smoke')], 'check'],
    ['a siren is out of use', [unused('s.siren')], 'check'],
    ['a sensor is out of use, and silent', [unused('k.o2'), silent], 'check'],
    ['all that a life depends on is out of use', [unused('hall.smoke'), unused('k.o2')], 'blind'],
    ['there is smoke at an alarm that is out of use', [unused('hall.smoke'), smokes], 'alarm'],
    ['the air is a little thin', at20(20.3), 'check'],
    ['a sensor says that it does not know', [unknown], 'blind'],
    ['a sensor says what cannot be, on the dangerous side', [[2, reading('k.o2', -1)]], 'warning'],
    ['a sensor is silent', [silent], 'blind'],
    ['a siren is lost and a sensor silent', [sirenLost, silent], 'blind'],
    ['the broker is gone', [brokerGone], 'blind'],
    ['the air is thin', at20(20), 'warning'],
    ['the air is thin and a siren lost', [...at20(20), sirenLost], 'warning'],
    ['the air is thin and its sensor silent', [...at20(20), silent], 'warning'],
    ['there is smoke', [smokes], 'alarm'],
    ['there is smoke and the broker is gone', [smokes, brokerGone], 'alarm'],
    ['there is smoke and the air is thin', [...at20(20), smokes], 'alarm'],
    ['there was smoke, and nobody saw it', [smokes, noSmoke], 'warning'],
  ])('when %s is %j', (_what, happenings, verdict) => {
    expect(verdictAfter(...happenings)).toBe(verdict);
  });

  it('is to look, once somebody saw that there was smoke, and safe when that is put back', () => {
    const { house } = play(home, [...good, smokes, noSmoke]);
    const [alarmId = ''] = Object.keys(look(house).alarms);
    const seen = play(house, [[70_000, { type: 'acknowledgeAsked', alarmId, by: 'Ana' }]]).house;
    expect(look(seen).verdict).toBe('check');
    expect(look(seen).alarms[alarmId]).toMatchObject({
      state: 'latched',
      acknowledgedBy: 'Ana',
      active: false,
    });
    expect(look(play(seen, [[70_001, { type: 'resetAsked', alarmId, by: 'Ana' }]]).house).verdict).toBe(
      'safe',
    );
  });

  it('is to look while a smoke alarm could be dead and nobody would notice', () => {
    const house = play(houseWith({ hall: [smoke()] }), [[1, smokeReading('hall.smoke', false)]]).house;
    expect(look(house).verdict).toBe('check');
    expect(look(house).devices.hall?.entities['hall.smoke']?.supervised).toBe(false);
  });

  it('is blind in a house that measures nothing, whatever else it has', () => {
    expect(look(emptyHouse()).verdict).toBe('blind');
    expect(look(houseWith({})).verdict).toBe('blind');
    expect(look(houseWith({ s: [siren(), lamp()] })).verdict).toBe('blind');
  });

  it('is blind before anybody was heard', () => {
    expect(look(home).verdict).toBe('blind');
  });

  it('is blind when a life-safety sensor cannot be read', () => {
    const odd = houseWith({ k: [{ ...oxygen(), fault: 'template: unsupported' }, smoke()] });
    const { house } = play(odd, [
      [1, reading('k.o2', 20.9)],
      [1, smokeReading('k.smoke', false)],
    ]);
    expect(look(house)).toMatchObject({ verdict: 'blind', devices: { k: { health: 'fault' } } });
  });

  it('is that of each room, too', () => {
    const { house } = play(home, [
      [0, { type: 'deviceCorrected', deviceId: 'hall', by: 'Ana', room: 'Constructor' }],
      ...good,
      smokes,
    ]);
    expect(look(house).rooms).toEqual({
      unplaced: { id: 'unplaced', name: '', verdict: 'safe' },
      'constructor-2': { id: 'constructor-2', name: 'Constructor', verdict: 'alarm' },
    });
  });

  it('is to look at a board that restarts again and again', () => {
    const loop = Array.from(
      { length: 6 },
      (_, n): Happening => [n * 2_000, { type: 'boardStarted', deviceId: 'k', boot: `b${n}` }],
    );
    const { verdict, devices } = look(play(home, [...good, ...loop]).house);
    expect(verdict).toBe('check');
    expect(devices.k?.restarting).toBe(true);
  });
});

describe('a device', () => {
  const healthOf = (happenings: Happening[]) =>
    look(play(houseWith({ k: [oxygen()] }), happenings).house).devices.k?.health;

  it.each<[string, Happening[]]>([
    ['ok', [[1, reading('k.o2', 20.9)]]],
    [
      'lost',
      [
        [1, reading('k.o2', 20.9)],
        [400_000, { type: 'clockReached' }],
      ],
    ],
    ['waiting', [[1, { type: 'brokerLost' }]]],
  ])('is %s', (health, happenings) => {
    expect(healthOf(happenings)).toBe(health);
  });

  it('shows what the owner calls it, where it stands and what could not be read of it', () => {
    const { house } = play(houseWith({ k: [oxygen()] }), [
      [
        1,
        deviceAnnounced('k', [], { device: { name: 'Node', manufacturer: 'F', model: 'M', swVersion: '1' } }),
      ],
      [
        2,
        {
          type: 'deviceCorrected',
          deviceId: 'k',
          by: 'A',
          name: 'Stove',
          room: 'Kitchen',
          entities: { 'k.o2': { name: 'Air' } },
        },
      ],
    ]);
    expect(watch(house, () => 7).snapshot().devices.k).toMatchObject({
      name: 'Stove',
      roomId: 'kitchen',
      manufacturer: 'F',
      droppedMessages: 7,
      entities: { 'k.o2': { name: 'Air', quantity: 'oxygen', unit: '%', safety: true, command: 'none' } },
    });
  });
});
