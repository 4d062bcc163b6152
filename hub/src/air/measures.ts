import type { Fact } from '../house/facts.ts';
import { deleteRow, getRow, setRow, type Table } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import { climateBeside, noteClimate } from './climate.ts';
import type { AirContext } from './context.ts';
import { breatheCo } from './exposures.ts';
import { isPlausible } from './limits.ts';
import { takeOxygen } from './oxygen/oxygen.ts';
import type { AirState } from './state.ts';

type Reading = Extract<Fact, { type: 'reading' }>;

/** Takes a reading that may be believed into everything that follows from more than one reading. */
export function takeMeasures(before: AirState, reading: Reading, now: Moment, context: AirContext): AirState {
  const { entityId, quantity, value, retained } = reading;
  if (typeof value !== 'number' || retained || !isPlausible(quantity, value)) return before;
  if (context.doubtOf(entityId) !== null) return before;
  const state = noteClimate(before, reading, value, now.mono, context);
  if (quantity === 'carbon_monoxide') return breatheCo(state, entityId, value, now);
  if (quantity !== 'oxygen') return state;
  const row = takeOxygen(
    getRow(state.oxygen, entityId),
    value,
    climateBeside(state.climates, entityId, context),
    getRow(state.calibrations, entityId),
    now,
  );
  return { ...state, oxygen: setRow(state.oxygen, entityId, row) };
}

/** A sensor that is gone leaves nothing. */
export function forgetMeasures(state: AirState, entityId: string): AirState {
  const without = <T>(table: Table<T>): Table<T> => deleteRow(table, entityId);
  return {
    ...state,
    exposures: without(state.exposures),
    storedExposures: without(state.storedExposures),
    oxygen: without(state.oxygen),
    calibrations: without(state.calibrations),
  };
}
