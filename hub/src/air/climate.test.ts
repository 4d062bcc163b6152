import { describe, expect, it } from 'vitest';
import { ALONE, at, reading } from '../../test/builders.ts';
import type { Doubt } from '../devices/healthSchema.ts';
import type { Fact } from '../house/facts.ts';
import { emptyTable } from '../house/table.ts';
import { HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import { type ClimateRow, climateBeside, noteClimate } from './climate.ts';
import type { AirContext } from './context.ts';
import { airFrom, EMPTY_AIR } from './state.ts';

/** `cell.o2` and `cell.t` are one device; `room.t` hangs in the same room. */
const ROOM: AirContext = {
  ...ALONE,
  roomOf: () => 'bath',
  deviceOf: (entityId) => entityId.split('.')[0] ?? null,
};

type Said = readonly [entityId: string, value: number, minute: number];

function beside(said: readonly Said[], minute: number): number | null {
  let climates = emptyTable<ClimateRow>();
  for (const [entityId, value, at] of said)
    climates = noteClimate(climates, entityId, 'temperature', value, at * MINUTE_MS, ROOM);
  return climateBeside(climates, 'cell.o2', ROOM, minute * MINUTE_MS).temperature?.value ?? null;
}

describe('the air beside a sensor', () => {
  it.each<[string, readonly Said[], number, number | null]>([
    ['nobody', [], 0, null],
    [
      'its own device first',
      [
        ['cell.t', 20, 0],
        ['room.t', 25, 30],
      ],
      60,
      20,
    ],
    [
      'the room, once its own is silent for an hour',
      [
        ['cell.t', 20, 0],
        ['room.t', 25, 30],
      ],
      61,
      25,
    ],
    [
      'its own, where the room is silent for longer',
      [
        ['room.t', 25, 0],
        ['cell.t', 20, 30],
      ],
      91,
      20,
    ],
    ['the room, where its own says nothing', [['room.t', 25, 0]], 0, 25],
  ])('is that of %s', (_, said, minute, value) => {
    expect(beside(said, minute)).toBe(value);
  });

  it('stays as it is when a sensor falls silent that said nothing of it', () => {
    const said = reading('room.t', 25, { quantity: 'temperature' });
    const before = reduceAir(airFrom(EMPTY_AIR), said, at(0), ROOM).state;
    const gone: Fact = { type: 'entityLost', entityId: 'cell.o2', deviceId: 'cell' };
    const after = reduceAir(before, gone, at(1_000), ROOM).state;
    expect(after.climates).toBe(before.climates);
    expect(climateBeside(after.climates, 'cell.o2', ROOM, MINUTE_MS).temperature?.value).toBe(25);
  });

  const goes: readonly [string, Fact, Doubt | null][] = [
    ['lost', { type: 'entityLost', entityId: 'cell.t', deviceId: 'cell' }, null],
    ['retired', { type: 'entityRetired', entityId: 'cell.t' }, null],
    ['doubted', reading('cell.t', 80, { quantity: 'temperature' }), 'rate'],
  ];
  it.each(goes)('is that of the room as soon as its own thermometer is %s', (_, gone, doubt) => {
    let state = airFrom(EMPTY_AIR);
    const happen = (fact: Fact, mono: Millis, context: AirContext = ROOM): void => {
      state = reduceAir(state, fact, at(mono), context).state;
    };
    happen(reading('cell.t', 20, { quantity: 'temperature' }), 0);
    happen(gone, 1_000, { ...ROOM, doubtOf: () => doubt });
    happen(reading('room.t', 25, { quantity: 'temperature' }), 2_000);
    expect(climateBeside(state.climates, 'cell.o2', ROOM, HOUR_MS / 2).temperature?.value).toBe(25);
  });
});
