import { describe, expect, it } from 'vitest';
import {
  announced,
  at,
  houseWith,
  lamp,
  ofType,
  play,
  reading,
  SWITCH,
  siren,
  TONELESS,
} from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { type House, houseFrom, storedPart } from '../house/house.ts';
import { getRow } from '../house/table.ts';
import { ANSWER_MS } from './commands.ts';
import { reduceDevices } from './devices.ts';
import { liveOf } from './heard.ts';

const clock: Fact = { type: 'clockReached' };
const ask = (entityId: string, on = true, tone: string | null = null): Fact => ({
  type: 'commandAsked',
  entityId,
  command: tone === null ? { on } : { on, tone },
  by: 'Ana',
});
const said = (entityId: string, value: boolean | null) => reading(entityId, value, { quantity: 'switch' });

const home = houseWith({
  n: [
    lamp(),
    lamp('blind', { stateTopic: null }),
    lamp('bold', { optimistic: true }),
    siren('siren', { qos: 0 }),
    siren('mute', TONELESS),
    lamp('careful', { qos: 2 }),
    lamp('foreign'),
    announced('sensor'),
    lamp('stubborn', { commandTemplate: '{{ None }}' }),
  ],
});
const phaseOf = (house: House, entityId: string) => getRow(house.devices.commands, entityId)?.phase;

describe('a command', () => {
  it('goes out as announced and waits for its answer', () => {
    const { house, facts, effects } = play(home, [[7, ask('n.lamp')]]);
    expect(effects).toEqual([{ do: 'commandEntity', topic: 't/set', payload: 'ON', qos: 0 }]);
    expect(ofType(facts, 'commandSent')).toEqual([
      { type: 'commandSent', entityId: 'n.lamp', command: { on: true }, by: 'Ana' },
    ]);
    expect(getRow(house.devices.commands, 'n.lamp')).toEqual({
      command: { on: true },
      by: 'Ana',
      phase: 'pending',
      dueAt: 7 + ANSWER_MS,
    });
    expect(liveOf(house.devices, 'n.lamp').value).toBeNull();
  });

  it('is confirmed by the state that was asked for', () => {
    const { house, facts } = play(home, [
      [0, ask('n.lamp')],
      [4_999, said('n.lamp', true)],
    ]);
    expect(ofType(facts, 'commandConfirmed')).toEqual([
      { type: 'commandConfirmed', entityId: 'n.lamp', command: { on: true } },
    ]);
    expect(phaseOf(house, 'n.lamp')).toBe('confirmed');
    expect(
      ofType(
        play(house, [
          [1e6, clock],
          [1e6, said('n.lamp', true)],
        ]).facts,
        'commandConfirmed',
      ),
    ).toEqual([]);
  });

  it.each([false, null])('is not confirmed by %s', (value) => {
    expect(
      phaseOf(
        play(home, [
          [0, ask('n.lamp')],
          [1, said('n.lamp', value)],
        ]).house,
        'n.lamp',
      ),
    ).toBe('pending');
  });

  it('is not answered after five seconds, to the millisecond', () => {
    const { house } = play(home, [[10, ask('n.lamp')]]);
    expect(phaseOf(play(house, [[5_009, clock]]).house, 'n.lamp')).toBe('pending');
    const late = play(house, [[5_010, clock]]);
    expect(phaseOf(late.house, 'n.lamp')).toBe('timedOut');
    expect(ofType(late.facts, 'commandTimedOut')).toEqual([
      { type: 'commandTimedOut', entityId: 'n.lamp', command: { on: true } },
    ]);
    expect(ofType(play(late.house, [[1e6, clock]]).facts, 'commandTimedOut')).toEqual([]);
    expect(house.devices.wakeAt).toBeLessThanOrEqual(5_010);
  });

  it('that was answered too late is answered all the same', () => {
    const { house } = play(home, [
      [0, ask('n.lamp')],
      [5_000, clock],
      [9_000, said('n.lamp', true)],
    ]);
    expect(phaseOf(house, 'n.lamp')).toBe('confirmed');
  });

  it('that is asked anew waits anew, and for what was asked last', () => {
    const { house } = play(home, [
      [0, ask('n.lamp')],
      [4_000, ask('n.lamp', false)],
      [4_001, said('n.lamp', true)],
      [5_000, clock],
    ]);
    expect(getRow(house.devices.commands, 'n.lamp')).toMatchObject({
      command: { on: false },
      phase: 'pending',
      dueAt: 9_000,
    });
    expect(house.devices.wakeAt).toBeLessThanOrEqual(9_000);
  });

  it('that waits does so through a restart', () => {
    const { house } = play(home, [[0, ask('n.lamp')]]);
    const restarted = houseFrom(storedPart(house));
    expect(restarted.devices.wakeAt).toBe(ANSWER_MS);
    expect(phaseOf(play(restarted, [[ANSWER_MS, clock]]).house, 'n.lamp')).toBe('timedOut');
  });

  it.each(['n.blind', 'n.bold'])(
    'to one that never tells its state (%s) is assumed to be obeyed, and shown so',
    (id) => {
      const { house, facts } = play(home, [
        [3, ask(id)],
        [1e6, clock],
      ]);
      expect(getRow(house.devices.commands, id)).toMatchObject({ phase: 'assumed', dueAt: null });
      expect(liveOf(house.devices, id)).toMatchObject({ value: true, heardAt: at(3) });
      expect(ofType(facts, 'commandTimedOut')).toEqual([]);
    },
  );

  it.each(['n.sensor', 'n.stubborn', 'nobody'])('to %s is none', (id) => {
    expect(reduceDevices(home.devices, ask(id), at(1))).toEqual({ state: home.devices });
  });

  it('never goes to a topic that is somebody else’s', () => {
    const foreign = houseWith({
      n: [
        { ...lamp('x'), fault: 'foreign-topic' },
        { ...siren('s'), fault: 'foreign-topic' },
      ],
    });
    for (const id of ['n.x', 'n.s']) expect(play(foreign, [[1, ask(id)]]).effects).toEqual([]);
  });

  it('goes to a siren whose state cannot be read: better a siren that is not understood than a silent one', () => {
    const odd = houseWith({ n: [{ ...siren(), fault: 'template: unsupported' }] });
    expect(play(odd, [[1, ask('n.siren')]]).effects).toHaveLength(1);
  });
});

describe('a siren command', () => {
  it.each([
    ['n.siren', 'fire_t3', '{"state":"ON","tone":"fire_t3"}'],
    ['n.siren', 'unheard_of', '{"state":"ON"}'],
    ['n.siren', null, '{"state":"ON"}'],
    ['n.mute', 'fire_t3', '{"state":"ON"}'],
  ])('to %s with tone %s says %s, at least once delivered', (id, tone, payload) => {
    const { effects } = play(home, [[0, ask(id, true, tone)]]);
    expect(effects).toEqual([{ do: 'commandSiren', topic: 't/set', payload, qos: 1 }]);
  });

  it('to stop carries no tone', () => {
    const { effects } = play(home, [[0, ask('n.siren', false, 'fire_t3')]]);
    expect(effects).toMatchObject([{ payload: '{"state":"OFF"}' }]);
  });
});

it.each([
  ['n.lamp', 0],
  ['n.careful', 1],
])('a switch is told as it announced: %s with quality %d', (id, qos) => {
  expect(play(home, [[0, ask(id)]]).effects).toMatchObject([{ qos }]);
});

it('a switch that says what it is without being asked confirms nothing', () => {
  const { facts } = play(houseWith({ n: [announced('s', { quantity: 'switch', config: SWITCH })] }), [
    [0, said('n.s', true)],
  ]);
  expect(facts.map(({ type }) => type)).toEqual(['reading']);
});
