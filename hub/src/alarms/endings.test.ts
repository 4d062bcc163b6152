import { describe, expect, it } from 'vitest';
import { at, reading, siren, smoke, smokeReading } from '../../test/builders.ts';
import { homeWith, type Life, live } from '../../test/soundingHome.ts';
import type { Fact } from '../house/facts.ts';
import { houseFrom, storedPart } from '../house/house.ts';
import { step } from '../house/step.ts';

const END: Fact = { type: 'clockReached' };
const SMOKE = smokeReading('k.smoke', true);
const OVER = smokeReading('k.smoke', false);
const FOUND = { commandTopic: 'z/set' };
const home = homeWith({ k: [smoke()], z: [siren('siren', FOUND)] }, ['b']);

const offs = ({ told }: Life, siren = 'z') =>
  told.filter(({ id, on }) => id === siren && !on).map(({ s }) => s);

describe('SIR-1 a siren that misses its "off"', () => {
  it('is told to stop until it says that it did, ever less often', () => {
    const life = live(
      home,
      [
        [0, SMOKE],
        [60, OVER],
        [1_000, END],
      ],
      (id, s) => id === 'z' && s >= 60 && s < 300,
    );
    // Not answered within 5 s; then after 30, 60, 120 and 240 s: the last one is heard.
    expect(offs(life)).toEqual([60, 65, 95, 155, 275, 515]);
  });

  it('that says once more that it sounds is told at once, but no more often than every half minute', () => {
    const says: [number, Fact][] = Array.from({ length: 21 }, (_, n) => [
      400 + n,
      reading('z.siren', true, { quantity: 'siren' }),
    ]);
    const life = live(home, [[0, SMOKE], [60, OVER], ...says, [420, END]], (id, s) => id === 'z' && s >= 60);
    expect(offs(life).filter((s) => s >= 400)).toEqual([400]);
  });

  it('is told at its own time, not at that of another', () => {
    const two = homeWith({
      k: [smoke()],
      z: [siren('siren', FOUND)],
      y: [siren('siren', { commandTopic: 'y/set' })],
    });
    const says = reading('y.siren', true, { quantity: 'siren' });
    const life = live(
      two,
      [
        [0, SMOKE],
        [60, OVER],
        [130, says],
        [200, END],
      ],
      (_, s) => s >= 60,
    );
    // Both after 5 s and 30 s; then the one that says that it sounds at once, and 30 s later.
    expect(offs(life)).toEqual([60, 65, 95, 155]);
    expect(offs(life, 'y')).toEqual([60, 65, 95, 130, 160]);
  });

  it('is told to stop while a board chirps of trouble', () => {
    const trouble: Fact = {
      type: 'conditionMet',
      entityId: 'x',
      roomId: 'unplaced',
      kind: 'trouble',
      level: 'warning',
      latching: false,
      value: true,
      unit: null,
      late: false,
      sound: 'chime',
      cause: 'silent',
      limit: null,
      isLifeSensor: true,
    };
    const life = live(
      home,
      [
        [0, SMOKE],
        [50, trouble],
        [60, OVER],
        [100, END],
      ],
      (id, s) => id === 'z' && s >= 60,
    );
    expect(life.house.sounder.sound?.pattern.tone).toBe('chirp');
    expect(offs(life)).toEqual([60, 65, 95]);
  });

  it('is told on at once when the danger comes back, and is not silenced after it', () => {
    const life = live(
      home,
      [
        [0, SMOKE],
        [60, OVER],
        [80, SMOKE],
        [400, END],
      ],
      (id, s) => id === 'z' && s >= 60 && s < 70,
    );
    expect(life.told.filter(({ id, s }) => id === 'z' && s >= 80).every(({ on }) => on)).toBe(true);
  });

  it('goes on being told after a restart of the hub', () => {
    const begun = live(
      home,
      [
        [0, SMOKE],
        [60, OVER],
        [61, END],
      ],
      (id) => id === 'z',
    );
    const life = live(
      houseFrom(storedPart(begun.house)),
      [
        [62, { type: 'houseResumed' }],
        [63, { type: 'brokerFound' }],
        [120, END],
      ],
      (id) => id === 'z',
    );
    expect(offs(life)).toEqual([63, 68, 98]);
  });

  it('one that a person switched on is left alone', () => {
    const { house } = live(home, [
      [0, SMOKE],
      [60, OVER],
      [70, END],
    ]);
    const asked: Fact = { type: 'commandAsked', entityId: 'z.siren', command: { on: true }, by: 'Ana' };
    const on = step(house, asked, at(80_000)).house;
    const said = step(on, reading('z.siren', true, { quantity: 'siren' }), at(81_000));
    expect(said.effects).toEqual([]);
    expect(offs(live(said.house, [[200, END]]))).toEqual([]);
  });
});
