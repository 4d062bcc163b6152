import type { Quantity } from '../devices/schema.ts';
import { getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';
import type { AirContext } from './context.ts';

/** What stands in no room shares its air with nobody. */
const UNPLACED = 'unplaced';

/** A value with the house time at which it was heard. */
export type Heard = { readonly value: number; readonly at: Millis };

/** What else is known of the air beside a sensor. Null: nobody measures it there, or nobody has been heard of late. */
export type Climate = {
  /** °C */
  readonly temperature: Heard | null;
  /** % RH */
  readonly humidity: Heard | null;
  /** hPa */
  readonly pressure: Heard | null;
  /** ppm */
  readonly co2: Heard | null;
};

export const NO_CLIMATE: Climate = { temperature: null, humidity: null, pressure: null, co2: null };

/** What one sensor says of its room and its device. Sticks to one sensor for each quantity, so that two do not take turns. */
export type ClimateRow = {
  readonly [key in keyof Climate]: (Heard & { readonly entityId: string }) | null;
};

const NO_ROW: ClimateRow = NO_CLIMATE as ClimateRow;

/** A value older than this says nothing of the air now, ms. Ours: temperature and humidity of a room move within minutes. */
export const CLIMATE_AGE_MS: Millis = 10 * MINUTE_MS;

const PARTS: Partial<Record<Quantity, keyof Climate>> = {
  temperature: 'temperature',
  humidity: 'humidity',
  pressure: 'pressure',
  carbon_dioxide: 'co2',
};

/** A device is found under its id: no id has a colon, so none is that of a room. */
const ofRoom = (roomId: string): string => `room:${roomId}`;

/** The climates with what that reading says of the air beside other sensors. */
export function noteClimate(
  before: Table<ClimateRow>,
  entityId: string,
  quantity: Quantity,
  value: number,
  at: Millis,
  context: AirContext,
): Table<ClimateRow> {
  const part = PARTS[quantity];
  if (part === undefined) return before;
  const heard = { value, at, entityId };
  const deviceId = context.deviceOf(entityId);
  const roomId = context.roomOf(entityId);
  let climates = before;
  if (deviceId !== null) climates = note(climates, deviceId, part, heard);
  if (roomId !== UNPLACED) climates = note(climates, ofRoom(roomId), part, heard);
  return climates;
}

function note(
  climates: Table<ClimateRow>,
  key: string,
  part: keyof Climate,
  heard: Heard & { readonly entityId: string },
): Table<ClimateRow> {
  const row = getRow(climates, key) ?? NO_ROW;
  const old = partOf(row, part);
  const isOther = old !== null && old.entityId !== heard.entityId;
  if (isOther && heard.at - old.at <= CLIMATE_AGE_MS) return climates;
  return setRow(climates, key, {
    temperature: part === 'temperature' ? heard : row.temperature,
    humidity: part === 'humidity' ? heard : row.humidity,
    pressure: part === 'pressure' ? heard : row.pressure,
    co2: part === 'co2' ? heard : row.co2,
  });
}

/** By name and not by key: it is asked for at every reading. */
function partOf(row: ClimateRow, part: keyof Climate): ClimateRow[keyof ClimateRow] {
  if (part === 'temperature') return row.temperature;
  if (part === 'humidity') return row.humidity;
  return part === 'pressure' ? row.pressure : row.co2;
}

/** The air as the sensor's own device measures it. */
export function climateOfDevice(climates: Table<ClimateRow>, entityId: string, context: AirContext): Climate {
  const deviceId = context.deviceOf(entityId);
  return (deviceId === null ? undefined : getRow(climates, deviceId)) ?? NO_ROW;
}

/**
 * The air beside that sensor: as its own device measures it, while that is heard at all, else as whoever of its device and its room was
 * heard last. May be old: see `at`.
 */
export function climateBeside(
  climates: Table<ClimateRow>,
  entityId: string,
  context: AirContext,
  now: Millis,
): Climate {
  const own = climateOfDevice(climates, entityId, context);
  const room = getRow(climates, ofRoom(context.roomOf(entityId))) ?? NO_ROW;
  return {
    temperature: nearest(own.temperature, room.temperature, now),
    humidity: nearest(own.humidity, room.humidity, now),
    pressure: nearest(own.pressure, room.pressure, now),
    co2: nearest(own.co2, room.co2, now),
  };
}

/** Its own device comes first for as long as the slowest sensor that lives may be silent, ms. Source: safety.md §3.2. */
const OWN_MS: Millis = HOUR_MS;

function nearest(own: Heard | null, room: Heard | null, now: Millis): Heard | null {
  if (own === null || room === null) return own ?? room;
  return now - own.at <= OWN_MS || own.at >= room.at ? own : room;
}

type Climates = { readonly climates: Table<ClimateRow> };

/** That sensor is lost, gone, or not to be believed: it says nothing of the air beside others, and another may take its place. */
export function forgetClimate<S extends Climates>(state: S, entityId: string): S {
  let { climates } = state;
  for (const [key, row] of rowsOf(climates)) {
    const kept = {
      temperature: unless(entityId, row.temperature),
      humidity: unless(entityId, row.humidity),
      pressure: unless(entityId, row.pressure),
      co2: unless(entityId, row.co2),
    };
    const isSame = PART_NAMES.every((part) => kept[part] === row[part]);
    if (!isSame) climates = setRow(climates, key, kept);
  }
  return climates === state.climates ? state : { ...state, climates };
}

const PART_NAMES = ['temperature', 'humidity', 'pressure', 'co2'] as const;

const unless = (entityId: string, heard: ClimateRow[keyof ClimateRow]): ClimateRow[keyof ClimateRow] =>
  heard?.entityId === entityId ? null : heard;

/** Whether what measures that says something of the air beside others. */
export const isClimate = (quantity: Quantity): boolean => PARTS[quantity] !== undefined;

/** A battery sensor speaks once an hour when nothing changes: until then what it said holds, ms. Ours. */
const STANDS_MS: Millis = 65 * MINUTE_MS;

/** A value beside a sensor, if it still says something of the air now. */
export const stillTrue = (heard: Heard | null, now: Millis): number | null =>
  heard !== null && now - heard.at <= STANDS_MS ? heard.value : null;
