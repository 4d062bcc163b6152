import { describe, expect, it } from 'vitest';
import {
  announced,
  at,
  availability,
  availableAt,
  carbonMonoxide,
  deviceAnnounced,
  emptyHouse,
  ofType,
  oxygen,
  play,
  reading,
  SENSOR,
} from '../../../test/builders.ts';
import type { Fact } from '../../house/facts.ts';
import type { House } from '../../house/house.ts';
import { step } from '../../house/step.ts';
import { getRow, rowsOf } from '../../house/table.ts';
import { MANY_LOST, TOGETHER_MS } from './limits.ts';

const MINUTE = 60_000;

const battery = announced('battery', {
  quantity: 'battery',
  config: { ...SENSOR, unit: '%', entityCategory: 'diagnostic' },
});

/** Devices by name: `b…` runs on a battery, `g…` speaks through the gateway, all others on mains. All were heard at 0. */
function homeOf(...names: readonly string[]): House {
  const gateway: Fact = {
    type: 'devicePaired',
    deviceId: 'gw',
    name: 'G',
    kind: 'gateway',
    topics: ['zigbee/#'],
  };
  const happenings: [number, Fact][] = [
    [0, gateway],
    [0, { type: 'brokerFound' }],
  ];
  for (const name of names) {
    const stateTopic = name.startsWith('g') ? `zigbee/${name}` : `t/${name}`;
    const config = {
      stateTopic,
      availability: [availableAt(`${stateTopic}/a`)],
      availabilityMode: 'latest' as const,
    };
    const entities = [oxygen('o2', config), ...(name.startsWith('b') ? [battery] : [])];
    happenings.push([0, deviceAnnounced(name, entities)]);
    happenings.push([0, availability(`${name}.o2`, true, `${stateTopic}/a`)]);
    happenings.push([0, reading(`${name}.o2`, 20.9)]);
  }
  return play(emptyHouse(), happenings).house;
}

const withLine = <C extends object>(config: C, name: string) => ({
  ...config,
  stateTopic: `t/${name}`,
  availability: [availableAt(`t/${name}/a`)],
  availabilityMode: 'latest' as const,
});

const line = (name: string, online: boolean): Fact =>
  availability(`${name}.o2`, online, `${name.startsWith('g') ? 'zigbee' : 't'}/${name}/a`);

/** Devices go (`-a`) and come (`+a`), each with its house time. After the grace. */
function playDrops(house: House, ...drops: readonly (readonly [number, string])[]) {
  return play(
    house,
    drops.map(([mono, [sign, ...name]]) => [2 * MINUTE + mono, line(name.join(''), sign === '+')] as const),
  );
}

const toldIn = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => {
    if (fact.type === 'dropOutBegan') return [`began ${fact.source} ${fact.deviceIds.toSorted().join('+')}`];
    if (fact.type === 'dropOutGrew') return [`grew ${fact.source} ${fact.deviceId}`];
    return fact.type === 'dropOutEnded' ? [`ended ${fact.source}`] : [];
  });

const alarmsIn = (house: House): string[] =>
  [...rowsOf(house.alarms.rows)]
    .filter(([, { active }]) => active)
    .map(([, { entityId, cause, level, state }]) => `${entityId} ${cause} ${level} ${state}`)
    .sort();

describe('devices that are lost together', () => {
  it.each<[why: string, names: string[], lost: string[], told: string]>([
    ['all through one gateway', ['ga', 'gb', 'c', 'bd'], ['ga', 'gb'], 'began ~gateway.gw ga+gb'],
    ['some on batteries: the radio', ['a', 'bb', 'c'], ['a', 'bb'], 'began ~radio a+bb'],
    ['only mains, batteries are heard: power', ['a', 'c', 'bd'], ['a', 'c'], 'began ~power a+c'],
    ['only mains, and nobody has a battery', ['a', 'c', 'd'], ['a', 'c'], 'began ~drop-out a+c'],
    ['one of the gateway, one of its own, on mains', ['ga', 'c'], ['ga', 'c'], 'began ~drop-out c+ga'],
  ])('%s', (_, names, lost, told) => {
    const drops = lost.map((name, n) => [n * TOGETHER_MS, `-${name}`] as const);
    expect(toldIn(playDrops(homeOf(...names), ...drops).facts)).toEqual([told]);
  });

  it('are no drop-out when more than a minute lies between them, to the millisecond', () => {
    expect(toldIn(playDrops(homeOf('a', 'c'), [0, '-a'], [TOGETHER_MS + 1, '-c']).facts)).toEqual([]);
    expect(toldIn(playDrops(homeOf('a', 'c'), [0, '-a'], [TOGETHER_MS, '-c']).facts)).toHaveLength(1);
  });

  it(`are at least ${MANY_LOST}: one alone is its own trouble`, () => {
    const { facts, house } = playDrops(homeOf('a', 'c'), [0, '-a'], [1, '+c']);
    expect(toldIn(facts)).toEqual([]);
    expect(alarmsIn(house)).toEqual(['a.o2 silent warning unacknowledged']);
  });

  it('grow, and may turn out to have another cause', () => {
    const { facts, house } = playDrops(
      homeOf('a', 'bb', 'c', 'd', 'be'),
      [0, '-a'],
      [1, '-c'],
      [20_000, '-d'],
      [50_000, '-bb'],
    );
    expect(toldIn(facts)).toEqual([
      'began ~power a+c',
      'grew ~power d',
      'began ~radio a+bb+c+d',
      'ended ~power',
    ]);
    // Neither those that are gone nor what it was taken for are told beside it.
    expect(alarmsIn(house).filter((each) => !each.endsWith('suppressed'))).toEqual([
      '~radio radio warning unacknowledged',
    ]);
  });

  it('end when fewer than two are left, and who is left speaks for itself', () => {
    const home = homeOf('a', 'c', 'd');
    const gone = playDrops(home, [0, '-a'], [1, '-c'], [2, '-d']);
    expect(alarmsIn(gone.house)).toEqual([
      'a.o2 silent warning suppressed',
      'c.o2 silent warning suppressed',
      'd.o2 silent warning suppressed',
      '~drop-out drop-out warning unacknowledged',
    ]);
    const one = playDrops(gone.house, [MINUTE, '+a']);
    expect(toldIn(one.facts)).toEqual([]);
    const two = playDrops(one.house, [MINUTE + 1, '+c']);
    expect(toldIn(two.facts)).toEqual(['ended ~drop-out']);
    expect(alarmsIn(two.house)).toEqual(['d.o2 silent warning unacknowledged']);
    const all = playDrops(two.house, [MINUTE + 2, '+d']);
    expect(alarmsIn(all.house)).toEqual([]);
    expect(all.house.health.away.size).toBe(0);
  });

  it('STRIDE D: jamming: ALM-7 raise one alarm, of which the others are consequences: nobody is told of those that follow', () => {
    const { facts, house } = playDrops(homeOf('a', 'c', 'd'), [0, '-a'], [1, '-c'], [2, '-d']);
    const raised = ofType(facts, 'alarmRaised').map(({ entityId }) => entityId);
    expect(raised).toEqual(['a.o2', '~drop-out']);
    const cause = getRow(house.alarms.rows, 'trouble:~drop-out')?.alarmId;
    for (const name of ['a', 'c', 'd'])
      expect(getRow(house.alarms.rows, `trouble:${name}.o2`)).toMatchObject({
        suppressedBy: cause,
        firstOutId: cause,
      });
  });

  it('ALM-7 explain a device no more that came back and is lost again', () => {
    const gone = playDrops(homeOf('a', 'c', 'd'), [0, '-a'], [1, '-c'], [2, '-d'], [MINUTE, '+a']);
    expect(toldIn(gone.facts)).not.toContain('ended ~drop-out');
    expect(alarmsIn(gone.house).map((each) => each.split(' ')[0])).not.toContain('a.o2');
    const again = playDrops(gone.house, [10 * MINUTE, '-a']);
    expect(toldIn(again.facts)).toEqual([]);
    expect(ofType(again.facts, 'alarmRaised').map(({ entityId }) => entityId)).toEqual(['a.o2']);
    expect(alarmsIn(again.house)).toContain('a.o2 silent warning unacknowledged');
  });

  it('ALM-4 are a matter of life only if a life depends on one of them, also on one that is lost later', () => {
    const thermometer = announced('temp', { quantity: 'temperature', config: { ...SENSOR, unit: '°C' } });
    const plain = (name: string): [number, Fact][] => [
      [0, deviceAnnounced(name, [{ ...thermometer, config: withLine(thermometer.config, name) }])],
      [0, availability(`${name}.temp`, true, `t/${name}/a`)],
      [0, reading(`${name}.temp`, 20, { quantity: 'temperature' })],
    ];
    const home = play(homeOf('life'), [...plain('a'), ...plain('c')]).house;
    const lost = (name: string, entity = 'temp') => availability(`${name}.${entity}`, false, `t/${name}/a`);
    const two = play(home, [
      [2 * MINUTE, lost('a')],
      [2 * MINUTE + 1, lost('c')],
    ]).house;
    const isOfLife = (house: House) => getRow(house.alarms.rows, 'trouble:~drop-out')?.isLifeSensor;
    expect(isOfLife(two)).toBe(false);
    expect(isOfLife(play(two, [[2 * MINUTE + 2, lost('life', 'o2')]]).house)).toBe(true);
  });

  it('by silence, at the same moment, are one alarm as well', () => {
    const entities = [oxygen(), carbonMonoxide()];
    let { house } = play(emptyHouse(), [
      [0, { type: 'brokerFound' }],
      [0, deviceAnnounced('a', entities)],
      [0, deviceAnnounced('c', entities)],
      ...['a.o2', 'a.co', 'c.o2', 'c.co'].map((id) => [0, reading(id, 20.9)] as const),
    ]);
    const outcome = step(house, { type: 'clockReached' }, at(180_000));
    house = outcome.house;
    expect(ofType(outcome.facts, 'alarmRaised').map(({ entityId }) => entityId)).toEqual(['~drop-out']);
    expect(alarmsIn(house).map((each) => each.split(' ')[0])).toHaveLength(3);
  });

  it('are forgotten with their devices', () => {
    const gone = playDrops(homeOf('a', 'c'), [0, '-a'], [1, '-c']);
    const { facts, house } = play(gone.house, [
      [4 * MINUTE, { type: 'deviceRemoveAsked', deviceId: 'a', by: 'Ana' }],
      [4 * MINUTE, { type: 'deviceRemoveAsked', deviceId: 'c', by: 'Ana' }],
    ]);
    expect(toldIn(facts)).toEqual(['ended ~drop-out']);
    expect([house.health.away.size, house.health.dropOuts.size, house.health.troubles.size]).toEqual([
      0, 0, 0,
    ]);
    expect(house.health.health.size).toBe(0);
    expect(alarmsIn(house)).toEqual([]);
  });
});
