import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, houseWith, lamp, ofType, play, reading, SWITCH, valve } from '../../test/builders.ts';
import type { AlarmKind, AlarmLevel } from '../alarms/schema.ts';
import type { EntityAnnouncement } from '../devices/entity.ts';
import type { Fact } from '../house/facts.ts';
import { type House, houseFrom, storedPart } from '../house/house.ts';
import { responseContext } from '../house/responses.ts';
import { step } from '../house/step.ts';
import { rowsOf } from '../house/table.ts';
import { OWN_RESPONSES } from './own.ts';
import type { ResponseId, ResponsePatch } from './schema.ts';
import { viewResponses } from './view.ts';

const S = 1_000;
const MINUTE = 60 * S;

const switched = (key: string): EntityAnnouncement => lamp(key, { ...SWITCH, commandTopic: `${key}/set` });

const bare = houseWith({
  h: [switched('fan'), switched('other'), valve('gas', 'gas'), valve('water', 'water'), valve('odd', null)],
});
const chosen = (responseId: ResponseId, patch: ResponsePatch): Fact => ({
  type: 'responseChangeAsked',
  responseId,
  patch,
  by: 'Ana',
});
/** The fan is the owner's choice, and the other switch is the lamp on the way out. */
const home = play(bare, [
  [0, chosen('ventilate', { entityIds: ['h.fan'] })],
  [0, chosen('way-out', { entityIds: ['h.other'] })],
]).house;

const met = (kind: AlarmKind, level: AlarmLevel = 'alarm', entityId = 'x'): Fact => ({
  type: 'conditionMet',
  entityId,
  roomId: 'unplaced',
  kind,
  level,
  latching: level === 'alarm',
  value: true,
  unit: null,
  late: false,
  sound: 'none',
  cause: 'limit',
  limit: null,
});
const over = (kind: AlarmKind, entityId = 'x'): Fact => ({ type: 'conditionEnded', entityId, kind });
const says = (key: string, on: boolean): Fact =>
  reading(`h.${key}`, on, { quantity: key === 'gas' ? 'valve' : 'switch' });
const byAna = (key: string, on: boolean): Fact => ({
  type: 'commandAsked',
  entityId: `h.${key}`,
  command: { on },
  by: 'Ana',
});

type Happening = readonly [s: number, fact: Fact];
const playS = (house: House, ...story: Happening[]) =>
  play(
    house,
    story.map(([s, fact]) => [s * S, fact] as const),
  );
/** What went out: `fan ON`. */
const sent = (house: House, ...story: Happening[]) =>
  playS(house, ...story).effects.flatMap((effect) =>
    effect.do === 'commandEntity' || effect.do === 'closeValve'
      ? [`${effect.topic.replace('/set', '')} ${effect.payload}`]
      : [],
  );
const viewOf = (house: House, id: ResponseId) => {
  const view = viewResponses(house.responses, responseContext(house.devices, house.alarms));
  const found = view.responses.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};

describe('the house airs a room', () => {
  it('at a warning of carbon dioxide, and stops when it is over', () => {
    expect(sent(home, [0, met('co2', 'warning')], [1, says('fan', true)], [60, over('co2')])).toEqual([
      'fan ON',
      'fan OFF',
    ]);
  });

  it('not at an advisory', () => {
    expect(sent(home, [0, met('co2', 'advisory')])).toEqual([]);
  });

  it('once, however many alarms ask for it, and until the last has ended', () => {
    const story: Happening[] = [
      [0, met('co2', 'warning')],
      [1, met('co2', 'warning', 'y')],
      [2, met('co2', 'alarm')],
      [3, over('co2')],
    ];
    expect(sent(home, ...story)).toEqual(['fan ON']);
    expect(sent(home, ...story, [4, over('co2', 'y')])).toEqual(['fan ON', 'fan OFF']);
  });

  it('leaves on what somebody had switched on before', () => {
    expect(sent(home, [0, says('fan', true)], [1, met('co2', 'warning')], [2, over('co2')])).toEqual([]);
  });

  it.each<[string, Happening[]]>([
    ['in the app', [[5, byAna('fan', true)]]],
    [
      'off and on again, by its own switch',
      [
        [4, says('fan', true)],
        [5, says('fan', false)],
        [6, says('fan', true)],
      ],
    ],
  ])('leaves on what somebody switched meanwhile %s', (_how, touch) => {
    const story: Happening[] = [[0, met('co2', 'warning')], ...touch, [60, over('co2')]];
    expect(sent(home, ...story)).not.toContain('fan OFF');
  });

  it('does not take an "off" that crossed the command for a hand', () => {
    const story: Happening[] = [
      [0, met('co2', 'warning')],
      [1, says('fan', false)],
      [2, says('fan', true)],
      [60, over('co2')],
    ];
    expect(sent(home, ...story)).toEqual(['fan ON', 'fan OFF']);
  });

  it('hands back after a restart too', () => {
    const begun = playS(home, [0, met('co2', 'warning')], [1, says('fan', true)]).house;
    const stored = houseFrom(storedPart(begun));
    expect(
      sent(stored, [60, { type: 'houseResumed' }], [61, { type: 'brokerFound' }], [90, over('co2')]),
    ).toEqual(['fan OFF']);
  });

  it('not for an alarm that was put aside', () => {
    const shelved: Fact = {
      type: 'shelveAsked',
      kind: 'co2',
      entityId: 'x',
      roomId: 'unplaced',
      minutes: 60,
      reason: 'r',
      by: 'Ana',
    };
    expect(sent(home, [0, met('co2', 'warning')], [1, says('fan', true)], [2, shelved])).toEqual([
      'fan ON',
      'fan OFF',
    ]);
  });

  it.each<AlarmKind>(['smoke', 'heat'])('never while there is %s, but when that is over', (kind) => {
    const burning: Happening[] = [
      [0, met(kind)],
      [1, met('co2', 'warning')],
    ];
    expect(sent(home, ...burning)).not.toContain('fan ON');
    expect(viewOf(playS(home, ...burning).house, 'ventilate').lastRan).toMatchObject({ withheld: true });
    expect(sent(home, ...burning, [60, over(kind)]).at(-1)).toBe('fan ON');
  });

  it('stops when smoke comes', () => {
    const story: Happening[] = [
      [0, met('co2', 'warning')],
      [1, says('fan', true)],
      [2, met('smoke')],
    ];
    const told = sent(home, ...story);
    expect(told.filter((each) => each.startsWith('fan')).at(-1)).toBe('fan OFF');
    expect(sent(home, ...story, [9, over('co2')])).toEqual(told);
  });
});

describe('in smoke', () => {
  it('fans go off, whoever switched them on, and stay off', () => {
    const story: Happening[] = [
      [0, says('fan', true)],
      [1, met('smoke')],
      [60, over('smoke')],
    ];
    expect(sent(home, ...story).filter((each) => each.startsWith('fan'))).toEqual(['fan OFF']);
  });

  it('light shows the way out until the alarm is put back to normal', () => {
    const begun = playS(home, [0, met('smoke')], [1, says('other', true)], [60, over('smoke')]);
    expect(begun.effects.map((effect) => ('payload' in effect ? effect.payload : ''))).toContain('ON');
    const [raised] = ofType(begun.facts, 'alarmRaised');
    const alarmId = raised?.alarmId ?? '';
    const seen: Fact = { type: 'acknowledgeAsked', alarmId, by: 'Ana' };
    const reset: Fact = { type: 'resetAsked', alarmId, by: 'Ana' };
    expect(sent(begun.house, [70, seen])).toEqual([]);
    expect(sent(begun.house, [70, seen], [71, reset])).toEqual(['other OFF']);
  });
});

describe('gas', () => {
  it('shuts every valve that is known to be of gas, and nothing else', () => {
    expect(sent(home, [0, met('gas', 'warning')])).toEqual(['gas CLOSE']);
  });

  it('withholds all that would be switched', () => {
    const story: Happening[] = [
      [0, met('gas', 'warning')],
      [1, met('co2', 'warning')],
      [2, met('smoke')],
    ];
    expect(sent(home, ...story)).toEqual(['gas CLOSE']);
  });

  it('keeps a fan that runs as it is, and hands it back when the gas is over', () => {
    const story: Happening[] = [
      [0, met('co2', 'warning')],
      [1, says('fan', true)],
      [2, met('gas', 'warning')],
      [3, over('co2')],
    ];
    expect(sent(home, ...story)).toEqual(['fan ON', 'gas CLOSE']);
    expect(sent(home, ...story, [60, over('gas')])).toEqual(['fan ON', 'gas CLOSE', 'fan OFF']);
  });

  it('tells a valve that does not answer again, and that is trouble until it does', () => {
    const story: Happening[] = [[0, met('gas', 'warning')]];
    for (let n = 1; n <= 3; n++) story.push([n * 121, { type: 'clockReached' }]);
    const { house, facts } = playS(home, ...story);
    expect(sent(home, ...story)).toEqual(['gas CLOSE', 'gas CLOSE', 'gas CLOSE', 'gas CLOSE']);
    expect(ofType(facts, 'alarmRaised').filter(({ kind }) => kind === 'trouble')).toMatchObject([
      { entityId: 'h.gas' },
    ]);
    const shut = playS(house, [500, says('gas', false)]);
    expect(ofType(shut.facts, 'alarmCleared')).toMatchObject([{ kind: 'trouble', entityId: 'h.gas' }]);
    expect(sent(shut.house, [900, { type: 'clockReached' }])).toEqual([]);
  });

  it('tells a valve that comes back, or the broker, again', () => {
    const leaking = playS(home, [0, met('gas', 'warning')]).house;
    expect(sent(leaking, [1, { type: 'brokerFound' }])).toEqual(['gas CLOSE']);
    expect(sent(leaking, [1, { type: 'entityFound', entityId: 'h.gas', deviceId: 'h' }])).toEqual([
      'gas CLOSE',
    ]);
    expect(sent(leaking, [1, says('gas', false)], [2, { type: 'brokerFound' }])).toEqual([]);
  });

  it('closes a valve that does not say what it is, if the owner chose it', () => {
    const own = playS(home, [0, chosen('gas-valve', { entityIds: ['h.odd', 'h.water', 'h.fan'] })]).house;
    expect(sent(own, [1, met('gas', 'warning')])).toEqual(['odd CLOSE']);
  });
});

it('a leak shuts the water', () => {
  expect(sent(home, [0, met('water')])).toEqual(['water CLOSE']);
});

describe('what the owner chooses', () => {
  it('holds at once: switched off, it is handed back', () => {
    const story: Happening[] = [
      [0, met('co2', 'warning')],
      [1, says('fan', true)],
    ];
    expect(sent(home, ...story, [2, chosen('ventilate', { enabled: false })])).toEqual(['fan ON', 'fan OFF']);
  });

  it('holds at once: chosen while there is danger, it is done', () => {
    expect(
      sent(bare, [0, met('co2', 'warning')], [1, chosen('ventilate', { entityIds: ['h.fan'] })]),
    ).toEqual(['fan ON']);
  });

  it('is kept, and seen', () => {
    const own = playS(home, [0, chosen('ventilate', { kinds: ['humidity'], fromLevel: 'advisory' })]).house;
    const stored = houseFrom(storedPart(own));
    expect(viewOf(stored, 'ventilate')).toMatchObject({
      kinds: ['humidity'],
      fromLevel: 'advisory',
      entityIds: ['h.fan'],
      mayEntityIds: ['h.fan', 'h.other'],
    });
    expect(viewOf(stored, 'fans-off').entityIds).toEqual(['h.fan']);
  });

  it('never makes it do what it may not, whatever is stored', () => {
    const own = playS(home, [
      0,
      chosen('ventilate', { kinds: ['smoke', 'gas'], entityIds: ['h.fan', 'h.gas'] }),
    ]).house;
    expect(viewOf(own, 'ventilate')).toMatchObject({ kinds: [], entityIds: ['h.fan'] });
    expect(sent(own, [1, met('smoke')], [2, met('gas')])).not.toContain('fan ON');
  });
});

it('no definition may fan a fire, or switch in gas', () => {
  for (const { mayKinds, kinds, command, blockedBy } of OWN_RESPONSES) {
    expect(mayKinds).toEqual(expect.arrayContaining([...kinds]));
    if ('do' in command) continue;
    expect(mayKinds).not.toContain('gas');
    expect(blockedBy).toContain('gas');
  }
});

it('whatever happens, no fan is told to go on while it burns, and what was begun is handed back in the end', () => {
  const happening = fc.oneof(
    fc
      .tuple(fc.constantFrom<AlarmKind>('co2', 'smoke', 'gas', 'humidity'), fc.boolean())
      .map(([kind, on]) => (on ? met(kind) : over(kind))),
    fc.boolean().map((on) => says('fan', on)),
    fc.constantFrom<Fact>({ type: 'clockReached' }, { type: 'brokerFound' }, byAna('fan', false)),
  );
  /** What holds after the story. */
  const holding = (story: readonly Fact[]): AlarmKind[] =>
    (['co2', 'smoke', 'gas', 'humidity'] as const).filter(
      (kind) => story.findLast((fact) => 'kind' in fact && fact.kind === kind)?.type === 'conditionMet',
    );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
      let house = home;
      for (const [n, fact] of story.entries()) {
        const outcome = step(house, fact, at(n * MINUTE));
        house = outcome.house;
        const fanOn = outcome.effects.filter(
          (effect) => 'payload' in effect && effect.payload === 'ON' && effect.topic === 'fan/set',
        );
        const burns = holding(story.slice(0, n + 1)).some((kind) => kind === 'smoke' || kind === 'gas');
        expect(burns && fanOn.length > 0).toBe(false);
      }
      for (const kind of holding(story)) house = step(house, over(kind), at(99 * MINUTE)).house;
      expect([...rowsOf(house.responses.deeds)].filter(([id]) => id === 'h.fan')).toEqual([]);
    }),
  );
});
