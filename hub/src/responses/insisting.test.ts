import { describe, expect, it } from 'vitest';
import { deviceAnnounced, houseWith, ofType, play, reading, valve } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { type House, wakeAt } from '../house/house.ts';

const S = 1_000;
const CLOCK: Fact = { type: 'clockReached' };

const GAS: Fact = {
  type: 'conditionMet',
  entityId: 'x',
  roomId: 'unplaced',
  kind: 'gas',
  level: 'alarm',
  latching: true,
  value: 14,
  unit: '%LEL',
  late: false,
  sound: 'siren',
  cause: 'limit',
  limit: 10,
};
const isOpen = (open: boolean): Fact => reading('v.gas', open, { quantity: 'valve' });

/** When a valve was told to shut: `60 gas`. The clock wakes the house when it asks for it. */
function shut(before: House, ...story: readonly (readonly [s: number, fact: Fact])[]) {
  let house = before;
  const told: string[] = [];
  const facts: Fact[] = [];
  const take = (s: number, fact: Fact) => {
    const played = play(house, [[s * S, fact]]);
    house = played.house;
    facts.push(...played.facts);
    for (const effect of played.effects)
      if (effect.do === 'closeValve') told.push(`${s} ${effect.topic.replace('/set', '')}`);
  };
  for (const [s, fact] of story) {
    for (let due = wakeAt(house); due !== null && due <= s * S; due = wakeAt(house)) take(due / S, CLOCK);
    take(s, fact);
  }
  return { told, facts, house };
}

const home = houseWith({ v: [valve('gas', 'gas')] });
const shutOnce = [
  [0, GAS],
  [5, isOpen(false)],
] as const;

describe('AIR-5 a valve that was shut for gas', () => {
  it('is shut again when it opens, and that is trouble until it is shut', () => {
    const opened = shut(home, ...shutOnce, [60, isOpen(true)]);
    expect(opened.told).toEqual(['0 gas', '60 gas']);
    const isTrouble = { kind: 'trouble', entityId: 'v.gas' };
    expect(ofType(opened.facts, 'alarmRaised')).toContainEqual(expect.objectContaining(isTrouble));
    const again = shut(opened.house, [65, isOpen(false)]);
    expect(ofType(again.facts, 'alarmCleared')).toMatchObject([isTrouble]);
  });

  it('that says while it shuts that it is not shut yet is not told anew', () => {
    expect(shut(home, [0, GAS], [1, isOpen(true)], [2, isOpen(true)], [5, isOpen(false)]).told).toEqual([
      '0 gas',
    ]);
  });

  it('that somebody opens each time is shut every ten seconds, and is not given up', () => {
    const fight = Array.from({ length: 10 }, (_, n): [number, Fact][] => [
      [60 + 2 * n, isOpen(true)],
      [61 + 2 * n, isOpen(false)],
    ]).flat();
    const { told } = shut(
      home,
      ...shutOnce,
      ...fight,
      [80, isOpen(true)],
      [83, isOpen(false)],
      [84, isOpen(true)],
      [95, CLOCK],
    );
    expect(told).toEqual(['0 gas', '60 gas', '70 gas', '80 gas', '90 gas']);
  });

  it('stays open when it is opened after the gas', () => {
    const over: Fact = { type: 'conditionEnded', kind: 'gas', entityId: 'x' };
    expect(shut(home, ...shutOnce, [60, over], [70, isOpen(true)], [300, CLOCK]).told).toEqual(['0 gas']);
  });
});

describe('AIR-5 a valve that comes during the gas', () => {
  it.each<[string, House]>([
    ['first', houseWith({})],
    ['second', houseWith({ w: [valve('other', 'gas')] })],
  ])('is shut as soon as it is announced: the %s one', (_which, house) => {
    const { told } = shut(house, [0, GAS], [30, deviceAnnounced('v', [valve('gas', 'gas')])]);
    expect(told.filter((each) => each.endsWith(' gas'))).toEqual(['30 gas']);
  });

  it('is shut as soon as the owner chooses it, and the others are not told anew', () => {
    const chosen: Fact = {
      type: 'responseChangeAsked',
      responseId: 'gas-valve',
      patch: { entityIds: ['v.gas', 'v.odd'] },
      by: 'Ana',
    };
    const two = houseWith({ v: [valve('gas', 'gas'), valve('odd', null)] });
    expect(shut(two, [0, GAS], [9, chosen]).told).toEqual(['0 gas', '9 odd']);
  });
});
