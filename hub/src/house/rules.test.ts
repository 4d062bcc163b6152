import { describe, expect, it } from 'vitest';
import {
  availability,
  availableAt,
  carbonMonoxide,
  deviceAnnounced,
  houseWith,
  lamp,
  ofType,
  oxygen,
  play,
  reading,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { Millis } from '../shared/time.ts';
import type { Fact } from './facts.ts';
import { type House, houseFrom, storedPart } from './house.ts';
import type { Effect } from './outcome.ts';

const MINUTE = 60_000;
const clock: Fact = { type: 'clockReached' };

const home = houseWith({
  kitchen: [oxygen(), carbonMonoxide(), smoke()],
  hall: [smoke(), oxygen()],
  s1: [siren('siren', { commandTopic: 's1/set', availability: [availableAt('a')] })],
  s2: [siren('siren', { commandTopic: 's2/set' })],
});
const co = (value: number) => reading('kitchen.co', value, { quantity: 'carbon_monoxide' });
const SMOKE = smokeReading('kitchen.smoke', true);
const NO_SMOKE = smokeReading('kitchen.smoke', false);

/** What the sirens were told: `s1 ON fire_t3`. */
const told = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.do !== 'commandSiren') return [];
    const { state, tone } = JSON.parse(effect.payload) as { state: string; tone?: string };
    return [`${effect.topic.slice(0, 2)} ${state}${tone === undefined ? '' : ` ${tone}`}`];
  });

const after = (...happenings: [Millis, Fact][]): House => play(home, happenings).house;
const heard = (house: House, ...happenings: [Millis, Fact][]) => told(play(house, happenings).effects);

describe('a new danger', () => {
  it('tells every siren once: oxygen falls below 19.5 %', () => {
    const { effects, facts } = play(home, [
      [0, reading('kitchen.o2', 19.4)],
      [10_000, clock],
    ]);
    expect(told(effects)).toEqual(['s1 ON gas', 's2 ON gas']);
    const [alarm] = ofType(facts, 'alarmRaised');
    expect(ofType(facts, 'commandSent').map(({ by }) => by)).toEqual([alarm?.alarmId, alarm?.alarmId]);
  });

  it.each<[string, Fact, string]>([
    ['fire', SMOKE, 'fire_t3'],
    ['carbon monoxide', co(300), 'co_t4'],
  ])('has a voice of its own: %s', (_what, fact, tone) => {
    expect(heard(home, [0, fact])).toEqual([`s1 ON ${tone}`, `s2 ON ${tone}`]);
  });

  it.each([20.3, 20.0, 19.5])('is not what is only a warning: %f %% for a minute', (value) => {
    expect(heard(home, [0, reading('kitchen.o2', value)], [MINUTE, clock])).toEqual([]);
  });

  it('is a warning that becomes an alarm; an alarm that becomes critical is none', () => {
    const warned = after([0, reading('kitchen.o2', 19.9)], [MINUTE, clock]);
    const { house, effects } = play(warned, [
      [MINUTE + 1, reading('kitchen.o2', 19.4)],
      [2 * MINUTE, clock],
    ]);
    expect(told(effects)).toEqual(['s1 ON gas', 's2 ON gas']);
    const worse: [Millis, Fact][] = [
      [3 * MINUTE, reading('kitchen.o2', 17)],
      [3 * MINUTE + 1, reading('kitchen.o2', 17)],
    ];
    const critical = play(house, worse);
    expect(ofType(critical.facts, 'alarmLevelChanged')).toMatchObject([{ level: 'critical' }]);
    expect(told(critical.effects)).toEqual([]);
  });

  it('tells sirens that sound already too, in the voice of the worse danger', () => {
    const burning = after([0, SMOKE]);
    expect(heard(burning, [1, co(300)])).toEqual(['s1 ON fire_t3', 's2 ON fire_t3']);
    const poisoned = after([0, co(300)]);
    expect(heard(poisoned, [1, SMOKE])).toEqual(['s1 ON fire_t3', 's2 ON fire_t3']);
  });

  it('in another room is a new one', () => {
    expect(heard(after([0, SMOKE]), [1, smokeReading('hall.smoke', true)])).toHaveLength(2);
  });

  it('that is told again by the same sensor is none', () => {
    expect(heard(after([0, SMOKE]), [1, SMOKE], [2, SMOKE], [3, clock])).toEqual([]);
  });

  it('is a latched alarm that flares up', () => {
    expect(heard(after([0, SMOKE], [1, NO_SMOKE]), [2, SMOKE])).toEqual(['s1 ON fire_t3', 's2 ON fire_t3']);
  });

  it('switches nothing else on', () => {
    const { effects } = play(houseWith({ k: [smoke(), lamp()] }), [[0, smokeReading('k.smoke', true)]]);
    expect(effects).toEqual([]);
  });
});

describe('the sirens stop', () => {
  it('when the last danger has ended, and not before', () => {
    const both = after([0, SMOKE], [1, smokeReading('hall.smoke', true)]);
    const { house, effects } = play(both, [[2, NO_SMOKE]]);
    expect(told(effects)).toEqual([]);
    expect(heard(house, [3, smokeReading('hall.smoke', false)])).toEqual(['s1 OFF', 's2 OFF']);
  });

  it('when a level falls below alarm, though the air is not good yet', () => {
    const alarming = after([0, reading('kitchen.o2', 19.4)], [MINUTE, clock]);
    const better: [Millis, Fact][] = [0, 6].map((n) => [(2 + n) * MINUTE, reading('kitchen.o2', 19.9)]);
    expect(heard(alarming, ...better)).toEqual(['s1 OFF', 's2 OFF']);
  });

  it('when the sensor that alarmed is gone', () => {
    expect(
      heard(after([0, SMOKE]), [1, { type: 'deviceRemoveAsked', deviceId: 'kitchen', by: 'Ana' }]),
    ).toEqual(['s1 OFF', 's2 OFF']);
  });

  it('not because somebody said "I’m on it"', () => {
    const { house, facts } = play(home, [[0, SMOKE]]);
    const alarmId = ofType(facts, 'alarmRaised')[0]?.alarmId ?? '';
    expect(heard(house, [1, { type: 'acknowledgeAsked', alarmId, by: 'Ana' }])).toEqual([]);
  });

  it('and are not told to when an advisory becomes a warning', () => {
    const thin = after(
      [0, reading('kitchen.o2', 20.2)],
      [MINUTE, clock],
      [MINUTE, reading('kitchen.o2', 19.9)],
    );
    expect(heard(thin, [2 * MINUTE, clock])).toEqual([]);
  });

  it('and are not told to when what ended was only a warning', () => {
    const warned = after([0, reading('kitchen.o2', 20.2)], [MINUTE, clock]);
    const { effects, facts } = play(warned, [
      [2 * MINUTE, reading('kitchen.o2', 20.9)],
      [8 * MINUTE, reading('kitchen.o2', 20.9)],
    ]);
    expect(ofType(facts, 'alarmCleared')).toHaveLength(1);
    expect(told(effects)).toEqual([]);
  });
});

describe('a siren that was not there', () => {
  const up = availability('s1.siren', true);
  const down = availability('s1.siren', false);

  it('is told when it comes back during a danger, and only it is', () => {
    expect(heard(after([0, up], [1, down], [2, SMOKE]), [3, up])).toEqual(['s1 ON fire_t3']);
  });

  it('is told when it says "online" again without ever having been missed', () => {
    expect(heard(after([0, up], [1, SMOKE]), [2, up])).toEqual(['s1 ON fire_t3']);
  });

  it('is told when it starts later than the hub after a power cut', () => {
    const stored = houseFrom(storedPart(after([0, up], [1, SMOKE])));
    const { house, effects } = play(stored, [
      [2, { type: 'houseResumed' }],
      [3, { type: 'brokerFound' }],
      [4, down],
    ]);
    expect(told(effects).sort()).toEqual(['s1 ON fire_t3', 's2 ON fire_t3']);
    expect(heard(house, [9, up])).toEqual(['s1 ON fire_t3']);
  });

  it('is told when it is plugged in for the first time during a danger', () => {
    const added = deviceAnnounced('s3', [
      siren('siren', { commandTopic: 's3/set', availability: [availableAt('a')] }),
    ]);
    expect(heard(after([0, SMOKE]), [1, added], [2, availability('s3.siren', true)])).toEqual([
      's3 ON fire_t3',
    ]);
  });

  it('is told at once when it announces itself without any availability', () => {
    const added = deviceAnnounced('s3', [siren('siren', { commandTopic: 's3/set' })]);
    expect(heard(after([0, SMOKE]), [1, added])).toEqual(['s3 ON fire_t3']);
    expect(heard(after([0, SMOKE], [1, added]), [2, added])).toEqual([]);
  });

  it('is told to stop when it may have missed the end of the danger', () => {
    const over = after([0, up], [1, SMOKE], [2, NO_SMOKE]);
    expect(heard(over, [3, up])).toEqual(['s1 OFF']);
    const silent = reading('s1.siren', false, { quantity: 'siren' });
    expect(heard(over, [3, silent], [4, up])).toEqual([]);
    const testing: Fact = { type: 'commandAsked', entityId: 's1.siren', command: { on: true }, by: 'Ana' };
    expect(heard(after([0, up], [1, testing]), [2, up])).toEqual([]);
  });

  it('is told nothing when there is no danger, or when it goes', () => {
    expect(heard(home, [0, up], [1, down], [2, up])).toEqual([]);
    expect(heard(after([0, SMOKE]), [1, up], [2, down])).toEqual(['s1 ON fire_t3']);
  });

  it('is told with all others when the broker comes back', () => {
    const burning = after([0, co(300)]);
    expect(heard(burning, [1, { type: 'brokerLost' }], [2, { type: 'brokerFound' }])).toEqual([
      's1 ON co_t4',
      's2 ON co_t4',
    ]);
    expect(heard(home, [1, { type: 'brokerFound' }])).toEqual([]);
  });
});

it('a danger in a house without sirens is an alarm all the same', () => {
  const { facts, effects } = play(houseWith({ k: [smoke()] }), [[0, smokeReading('k.smoke', true)]]);
  expect(ofType(facts, 'alarmRaised')).toMatchObject([{ kind: 'smoke', roomId: 'unplaced' }]);
  expect(effects).toEqual([]);
});

it('an alarm stands in the room of its sensor', () => {
  const placed = deviceAnnounced('k', [smoke()], { device: { suggestedArea: 'Attic' } });
  const { facts } = play(home, [
    [0, placed],
    [1, smokeReading('k.smoke', true)],
  ]);
  expect(ofType(facts, 'alarmRaised')).toMatchObject([{ roomId: 'attic', entityId: 'k.smoke', value: true }]);
});
