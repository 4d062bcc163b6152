import type { Fact } from '../house/facts.ts';
import { deleteRow, getRow, rowsOf, setRow } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { climateBeside, forgetClimate, noteClimate, stillTrue } from './climate.ts';
import type { AirContext } from './context.ts';
import { breatheCo } from './exposures.ts';
import { heatIndex } from './heatIndex.ts';
import { fallenSilent, hasMeans, meansOf, newDays, withReading } from './means/means.ts';
import type { MeansRow } from './means/meansRow.ts';
import { forgetMeans, mustStoreMeans, storedMeansOf } from './means/stored.ts';
import { surfaceHumidity } from './mould.ts';
import { breatheOxygen } from './oxygen/cells.ts';
import { withPoint } from './rate.ts';
import { type AirState, type Moving, withMoving } from './state.ts';

type Reading = Extract<Fact, { type: 'reading' }>;

/** Where the humidity of the surfaces beside that sensor stands among the means. */
export const surfaceOf = (entityId: string): string => `${entityId}~surface`;

/** Takes a reading that may be believed into everything that follows from more than one reading. */
export function takeMeasures(
  before: AirState,
  reading: Reading,
  value: number,
  now: Moment,
  context: AirContext,
): AirState {
  const { entityId, quantity } = reading;
  const next = moved(before, reading, value, now.mono, context);
  const state = next === before ? before : withMoving(before, next);
  if (quantity === 'carbon_monoxide') return breatheCo(state, entityId, value, now);
  return quantity === 'oxygen' ? breatheOxygen(state, entityId, value, now, context) : state;
}

function moved(
  before: AirState,
  { entityId, quantity }: Reading,
  value: number,
  now: Millis,
  context: AirContext,
): Moving {
  const { means, storedMeans, thermometers } = before;
  const climates = noteClimate(before.climates, entityId, quantity, value, now, context);
  if (!hasMeans(quantity)) {
    return climates === before.climates ? before : { climates, means, storedMeans, thermometers };
  }
  const row = withReading(meansOf(getRow(means, entityId), quantity), value, now);
  const next = putMeans({ climates, means, storedMeans, thermometers }, entityId, row);
  if (quantity === 'temperature') return withThermometer(next, entityId, value, now, context);
  return quantity === 'humidity' ? withSurface(next, entityId, value, now, context) : next;
}

function withThermometer(
  { climates, means, storedMeans, thermometers }: Moving,
  entityId: string,
  value: number,
  now: Millis,
  context: AirContext,
): Moving {
  const before = getRow(thermometers, entityId);
  const points = withPoint(before?.points ?? [], value, now);
  const humidity = stillTrue(climateBeside(climates, entityId, context, now).humidity, now);
  const felt = humidity === null ? null : heatIndex(value, humidity);
  const isSame = before !== undefined && before.points === points && before.felt === felt;
  const next = isSame ? thermometers : setRow(thermometers, entityId, { points, felt });
  return { climates, means, storedMeans, thermometers: next };
}

/** How damp the coldest surface of its room is, looked at by days. */
function withSurface(
  state: Moving,
  entityId: string,
  humidity: number,
  now: Millis,
  context: AirContext,
): Moving {
  const temperature = stillTrue(climateBeside(state.climates, entityId, context, now).temperature, now);
  if (temperature === null) return state;
  const key = surfaceOf(entityId);
  const row = getRow(state.means, key) ?? newDays();
  return putMeans(state, key, withReading(row, surfaceHumidity(temperature, humidity), now));
}

function putMeans(
  { climates, means, storedMeans, thermometers }: Moving,
  key: string,
  row: MeansRow,
): Moving {
  const isDue = mustStoreMeans(getRow(storedMeans, key), row);
  return {
    climates,
    means: setRow(means, key, row),
    storedMeans: isDue ? setRow(storedMeans, key, storedMeansOf(row)) : storedMeans,
    thermometers,
  };
}

/** That sensor, or everybody, cannot be heard any more: what they said last stands no longer. */
export function silence(state: AirState, now: Millis, entityId?: string): AirState {
  const keys =
    entityId === undefined ? [...rowsOf(state.means)].map(([key]) => key) : [entityId, surfaceOf(entityId)];
  let { means } = state;
  for (const key of keys) {
    const row = getRow(means, key);
    if (row !== undefined) means = setRow(means, key, fallenSilent(row, now));
  }
  return means === state.means ? state : { ...state, means };
}

/** A sensor that is gone leaves nothing. */
export function forgetMeasures(state: AirState, entityId: string): AirState {
  return {
    ...forgetMeans(forgetMeans(forgetClimate(state, entityId), entityId), surfaceOf(entityId)),
    thermometers: deleteRow(state.thermometers, entityId),
    exposures: deleteRow(state.exposures, entityId),
    storedExposures: deleteRow(state.storedExposures, entityId),
    oxygen: deleteRow(state.oxygen, entityId),
    calibrations: deleteRow(state.calibrations, entityId),
  };
}
