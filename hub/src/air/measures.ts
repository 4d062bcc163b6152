import type { Fact } from '../house/facts.ts';
import { deleteRow, getRow, setRow, type Table } from '../house/table.ts';
import { MINUTE_MS, type Moment } from '../shared/time.ts';
import { climateBeside, noteClimate } from './climate.ts';
import type { AirContext } from './context.ts';
import { type ExposureRow, takeCo } from './exposure.ts';
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
  if (quantity === 'carbon_monoxide') return withCo(state, entityId, value, now);
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

function withCo(state: AirState, entityId: string, ppm: number, now: Moment): AirState {
  const row = takeCo(getRow(state.exposures, entityId), ppm, now, state.settings);
  const stored = getRow(state.storedExposures, entityId);
  return {
    ...state,
    exposures: setRow(state.exposures, entityId, row),
    storedExposures: mustStore(stored, row)
      ? setRow(state.storedExposures, entityId, row)
      : state.storedExposures,
  };
}

/** A dose that moved so far is stored at once. Source: safety.md CO-1. */
const STORED_STEP = 0.05;

/** … and one that is not nothing this often, ms. Source: safety.md CO-1. */
const STORED_EVERY_MS = MINUTE_MS;

function mustStore(stored: ExposureRow | undefined, row: ExposureRow): boolean {
  if (stored === undefined) return row.dose > 0;
  if (Math.abs(row.dose - stored.dose) > STORED_STEP) return true;
  return (row.dose > 0 || stored.dose > 0) && row.at - stored.at >= STORED_EVERY_MS;
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
