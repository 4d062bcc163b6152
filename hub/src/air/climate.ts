import type { Quantity } from '../devices/schema.ts';
import { getRow, setRow, type Table } from '../house/table.ts';
import { MINUTE_MS, type Millis } from '../shared/time.ts';
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

const ofDevice = (deviceId: string): string => `device:${deviceId}`;
const ofRoom = (roomId: string): string => `room:${roomId}`;

type Climates = { readonly climates: Table<ClimateRow> };

/** Notes what that reading says of the air beside other sensors. */
export function noteClimate<S extends Climates>(
  state: S,
  entityId: string,
  quantity: Quantity,
  value: number,
  at: Millis,
  context: AirContext,
): S {
  const part = PARTS[quantity];
  if (part === undefined) return state;
  const heard = { value, at, entityId };
  const deviceId = context.deviceOf(entityId);
  const roomId = context.roomOf(entityId);
  let { climates } = state;
  if (deviceId !== null) climates = note(climates, ofDevice(deviceId), part, heard);
  if (roomId !== UNPLACED) climates = note(climates, ofRoom(roomId), part, heard);
  return { ...state, climates };
}

function note(
  climates: Table<ClimateRow>,
  key: string,
  part: keyof Climate,
  heard: Heard & { readonly entityId: string },
): Table<ClimateRow> {
  const row = getRow(climates, key) ?? NO_ROW;
  const old = row[part];
  const isOther = old !== null && old.entityId !== heard.entityId;
  if (isOther && heard.at - old.at <= CLIMATE_AGE_MS) return climates;
  return setRow(climates, key, { ...row, [part]: heard });
}

/** The air as the sensor's own device measures it. */
export function climateOfDevice(climates: Table<ClimateRow>, entityId: string, context: AirContext): Climate {
  const deviceId = context.deviceOf(entityId);
  return (deviceId === null ? undefined : getRow(climates, ofDevice(deviceId))) ?? NO_ROW;
}

/** The air beside that sensor: as its own device measures it, else as its room does. May be old: see `at`. */
export function climateBeside(climates: Table<ClimateRow>, entityId: string, context: AirContext): Climate {
  const own = climateOfDevice(climates, entityId, context);
  const room = getRow(climates, ofRoom(context.roomOf(entityId))) ?? NO_ROW;
  return {
    temperature: own.temperature ?? room.temperature,
    humidity: own.humidity ?? room.humidity,
    pressure: own.pressure ?? room.pressure,
    co2: own.co2 ?? room.co2,
  };
}

/** A battery sensor speaks once an hour when nothing changes: until then what it said holds, ms. Ours. */
const STANDS_MS: Millis = 65 * MINUTE_MS;

/** A value beside a sensor, if it still says something of the air now. */
export const stillTrue = (heard: Heard | null, now: Millis): number | null =>
  heard !== null && now - heard.at <= STANDS_MS ? heard.value : null;
