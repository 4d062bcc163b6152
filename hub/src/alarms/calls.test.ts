import { describe, expect, it } from 'vitest';
import {
  at,
  availability,
  deviceAnnounced,
  houseWith,
  play,
  reading,
  siren,
  smoke,
  smokeReading,
  TONELESS,
} from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { type House, houseFrom, storedPart, wakeAt } from '../house/house.ts';
import { step } from '../house/step.ts';
import type { Millis } from '../shared/time.ts';

const S = 1_000;

const home = houseWith({
  k: [smoke()],
  hall: [smoke()],
  s1: [siren('siren', { commandTopic: 's1/set' })],
  s2: [siren('siren', { commandTopic: 's2/set', ...TONELESS })],
});
const SMOKE = smokeReading('k.smoke', true);
const OVER = smokeReading('k.smoke', false);
const says = (on: boolean, id = 's1.siren') => reading(id, on, { quantity: 'siren' });

/**
 * What the sirens are told and when, s: `600 s1 ON`. The clock wakes the house exactly when it asks for it, as the one timer does,
 * up to the last happening. Each siren says that it does as it was told.
 */
function live(before: House, ...happenings: readonly (readonly [s: number, fact: Fact])[]) {
  let house = before;
  const told: string[] = [];
  const take = (mono: Millis, fact: Fact) => {
    const outcome = step(house, fact, at(mono));
    house = outcome.house;
    for (const effect of outcome.effects) {
      if (effect.do !== 'commandSiren') continue;
      const { state } = JSON.parse(effect.payload) as { state: string };
      const id = effect.topic.slice(0, 2);
      told.push(`${mono / S} ${id} ${state}`);
      take(mono, says(state === 'ON', `${id}.siren`));
    }
  };
  for (const [s, fact] of happenings) {
    for (let due = wakeAt(house); due !== null && due <= s * S; due = wakeAt(house))
      take(due, { type: 'clockReached' });
    take(s * S, fact);
  }
  return { told, house };
}
const END: Fact = { type: 'clockReached' };
const toldIn = (...happenings: (readonly [s: number, fact: Fact])[]) => live(home, ...happenings).told;

describe('while the danger lasts', () => {
  it('every siren is told again every ten minutes, and not when it is over', () => {
    expect(toldIn([0, SMOKE], [1_250, OVER], [3_000, END])).toEqual([
      '0 s1 ON',
      '0 s2 ON',
      '600 s1 ON',
      '600 s2 ON',
      '1200 s1 ON',
      '1200 s2 ON',
      '1250 s1 OFF',
      '1250 s2 OFF',
    ]);
  });

  it('not a second before: at 599.999 s nothing is due', () => {
    expect(toldIn([0, SMOKE], [599.999, END])).toEqual(['0 s1 ON', '0 s2 ON']);
  });

  it('a second danger tells all, and the ten minutes go on', () => {
    const second = smokeReading('hall.smoke', true);
    expect(toldIn([0, SMOKE], [300, second], [310, OVER], [601, END]).slice(4)).toEqual([
      '600 s1 ON',
      '600 s2 ON',
    ]);
  });

  it('also after a restart in the middle of it', () => {
    const { house } = live(home, [0, SMOKE], [30, END]);
    const stored = houseFrom(storedPart(house));
    const { told } = live(stored, [40, { type: 'houseResumed' }], [41, { type: 'brokerFound' }], [641, END]);
    expect(told).toEqual(['41 s1 ON', '41 s2 ON', '640 s1 ON', '640 s2 ON']);
  });

  it('a siren that is told for a span is told long before it ends', () => {
    const spanned = siren('siren', {
      commandTopic: 's3/set',
      commandTemplate: '{"warning": {"duration": {{ duration | default(10) }}}}',
    });
    const { effects } = play(houseWith({ k: [smoke()], s3: [spanned] }), [
      [0, SMOKE],
      [1 * S, says(true, 's3.siren')],
      [600 * S, END],
    ]);
    const spans = effects.map((effect) =>
      effect.do === 'commandSiren' ? JSON.parse(effect.payload).warning.duration : null,
    );
    expect(spans).toEqual([1_800, 1_800]);
  });
});

describe('a siren that says "off" during a danger', () => {
  const first = ['0 s1 ON', '0 s2 ON'];

  it('is told at once, and only it is', () => {
    expect(toldIn([0, SMOKE], [1, says(true)], [180, says(false)])).toEqual([...first, '180 s1 ON']);
  });

  it('is told once in 30 s, however often it says so', () => {
    const off = [10, 11, 15, 39.999].map((s) => [s, says(false)] as const);
    expect(toldIn([0, SMOKE], ...off)).toEqual([...first, '10 s1 ON']);
    expect(toldIn([0, SMOKE], ...off, [40, END])).toEqual([...first, '10 s1 ON', '40 s1 ON']);
    expect(toldIn([0, SMOKE], [10, says(false)], [40, says(false)])).toEqual([
      ...first,
      '10 s1 ON',
      '40 s1 ON',
    ]);
  });

  it('is left alone when it sounds again meanwhile', () => {
    expect(toldIn([0, SMOKE], [10, says(false)], [11, says(false)], [12, says(true)], [50, END])).toEqual([
      ...first,
      '10 s1 ON',
    ]);
  });

  it('is told apart from the others', () => {
    expect(toldIn([0, SMOKE], [10, says(false)], [20, says(false, 's2.siren')])).toEqual([
      ...first,
      '10 s1 ON',
      '20 s2 ON',
    ]);
  });

  it('is not told again within 30 s of the turn of all', () => {
    expect(
      toldIn([0, SMOKE], [590, says(false)], [605, says(false)], [629.999, END], [630, END]).slice(2),
    ).toEqual(['590 s1 ON', '600 s1 ON', '600 s2 ON', '630 s1 ON']);
  });

  it('is not believed when the broker only remembers it', () => {
    const replayed = reading('s1.siren', false, { quantity: 'siren', retained: true });
    expect(toldIn([0, SMOKE], [10, replayed])).toEqual(first);
  });

  it('is told nothing when the danger is over, or before it', () => {
    expect(toldIn([0, says(false)], [100, END])).toEqual([]);
    const over = toldIn(
      [0, SMOKE],
      [10, says(false)],
      [11, says(false)],
      [12, OVER],
      [13, says(false)],
      [99, END],
    );
    expect(over.slice(2)).toEqual(['10 s1 ON', '12 s1 OFF', '12 s2 OFF']);
  });

  it('is told in the next danger at once again', () => {
    const twice = toldIn([0, SMOKE], [10, says(false)], [11, OVER], [12, SMOKE], [13, says(false)]);
    expect(twice.slice(-1)).toEqual(['13 s1 ON']);
  });

  it('is forgotten with its device', () => {
    const gone: Fact = { type: 'announcementWithdrawn', discoveryTopic: 'homeassistant/device/s1/config' };
    const { house, told } = live(
      home,
      [0, SMOKE],
      [10, says(false)],
      [11, says(false)],
      [12, gone],
      [50, END],
    );
    expect(told).toEqual([...first, '10 s1 ON']);
    expect(house.sounder.calls.stopped.size).toBe(0);
  });
});

it('what is no siren may be off, and a house without danger waits for nothing', () => {
  const lamp = deviceAnnounced('s4', [siren('siren', { commandTopic: 's4/set' })]);
  const { house, told } = live(
    home,
    [0, lamp],
    [1, availability('s4.siren', true)],
    [2, smokeReading('hall.smoke', false)],
  );
  expect(told).toEqual([]);
  expect(house.sounder.calls.wakeAt).toBeNull();
});
