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
import type { AirState } from './state.ts';

type Reading = Extract<Fact, { type: 'reading' }>;

/** Where the humidity of the surfaces beside that sensor stands among the means. */
export const surfaceOf = (entityId: string): string => `${entityId}~surface`;

/** Takes a reading that may be believed into everything that follows from more than one reading. */
export function takeMeasures(
  before: AirState,
  { entityId, quantity }: Reading,
  value: number,
  now: Moment,
  context: AirContext,
): AirState {
  let state = noteClimate(before, entityId, quantity, value, now.mono, context);
  if (!hasMeans(quantity)) return state;
  const old = getRow(state.means, entityId);
  state = putMeans(state, entityId, withReading(meansOf(old, quantity), value, now.mono));
  switch (quantity) {
    case 'carbon_monoxide':
      return breatheCo(state, entityId, value, now);
    case 'oxygen':
      return breatheOxygen(state, entityId, value, now, context);
    case 'temperature':
      return withThermometer(state, entityId, value, now.mono, context);
    case 'humidity':
      return withSurface(state, entityId, value, now.mono, context);
    default:
      return state;
  }
}

function withThermometer(
  state: AirState,
  entityId: string,
  value: number,
  now: Millis,
  context: AirContext,
): AirState {
  const points = withPoint(getRow(state.thermometers, entityId)?.points ?? [], value, now);
  const humidity = stillTrue(climateBeside(state.climates, entityId, context, now).humidity, now);
  const felt = humidity === null ? null : heatIndex(value, humidity);
  return { ...state, thermometers: setRow(state.thermometers, entityId, { points, felt }) };
}

/** How damp the coldest surface of its room is, looked at by days. */
function withSurface(
  state: AirState,
  entityId: string,
  humidity: number,
  now: Millis,
  context: AirContext,
): AirState {
  const temperature = stillTrue(climateBeside(state.climates, entityId, context, now).temperature, now);
  if (temperature === null) return state;
  const key = surfaceOf(entityId);
  const row = getRow(state.means, key) ?? newDays();
  return putMeans(state, key, withReading(row, surfaceHumidity(temperature, humidity), now));
}

function putMeans(state: AirState, key: string, row: MeansRow): AirState {
  const means = setRow(state.means, key, row);
  const storedMeans = mustStoreMeans(getRow(state.storedMeans, key), row)
    ? setRow(state.storedMeans, key, storedMeansOf(row))
    : state.storedMeans;
  return { ...state, means, storedMeans };
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
