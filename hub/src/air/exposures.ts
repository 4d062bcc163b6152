import { getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { fillsInMs } from './dose.ts';
import {
  advanceCo,
  type ExposureRow,
  fullAt,
  isWorthStoring,
  resumedCo,
  silentCo,
  takeCo,
} from './exposure.ts';
import type { AirSettings } from './settings.ts';

/** Exposures of all carbon monoxide sensors: as they are, and as they are stored. */
type Exposures = {
  readonly exposures: Table<ExposureRow>;
  readonly storedExposures: Table<ExposureRow>;
  readonly settings: AirSettings;
};

/** What a sensor beside which the dose is full said last, ppm, and whether that could be trusted. */
export type FullDose = { readonly entityId: string; readonly ppm: number; readonly isDoubted: boolean };

/** Takes in a reading of carbon monoxide, ppm. */
export const breatheCo = <S extends Exposures>(state: S, entityId: string, ppm: number, now: Moment): S =>
  withExposure(state, entityId, takeCo(getRow(state.exposures, entityId), ppm, now, state.settings));

/**
 * Takes in one that cannot be trusted, ppm: it may add to the dose and heals nothing. One too low to add says as little as silence.
 */
export const breatheDoubted = <S extends Exposures>(
  state: S,
  entityId: string,
  ppm: number,
  now: Moment,
): S =>
  fillsInMs(ppm, state.settings.profile) === null
    ? silentExposure(state, entityId, now)
    : withExposure(
        state,
        entityId,
        takeCo(getRow(state.exposures, entityId), ppm, now, state.settings, true),
      );

/** That sensor fell silent. */
export function silentExposure<S extends Exposures>(state: S, entityId: string, now: Moment): S {
  const row = getRow(state.exposures, entityId);
  return row === undefined ? state : withExposure(state, entityId, silentCo(row, now, state.settings));
}

/** The hub is up again. */
export function resumedExposures<S extends Exposures>(before: S, now: Moment): S {
  let state = before;
  for (const [entityId, row] of rowsOf(before.exposures)) {
    state = withExposure(state, entityId, resumedCo(row, now, state.settings));
  }
  return state;
}

/** Sensors beside which the dose is full and the air was bad when they spoke last. */
export const fullExposures = ({ exposures }: Exposures): FullDose[] =>
  [...rowsOf(exposures)].flatMap(([entityId, { dose, ppm, isDoubted }]) =>
    dose >= 1 && ppm !== null ? [{ entityId, ppm, isDoubted: isDoubted === true }] : [],
  );

/** Whether what it said last could not be trusted. */
export const isLastDoubted = ({ exposures }: Pick<Exposures, 'exposures'>, entityId: string): boolean =>
  getRow(exposures, entityId)?.isDoubted === true;

/** Advances whatever dose the clock has filled, and names the sensors whose dose it is. */
export function fillExposures<S extends Exposures>(
  before: S,
  now: Moment,
): { readonly state: S; readonly filled: readonly FullDose[] } {
  let state = before;
  const filled: FullDose[] = [];
  for (const [entityId, row] of rowsOf(before.exposures)) {
    const due = fullAt(row, before.settings);
    if (row.ppm === null || due === null || due > now.mono) continue;
    state = withExposure(state, entityId, advanceCo(row, now.mono, before.settings));
    filled.push({ entityId, ppm: row.ppm, isDoubted: row.isDoubted === true });
  }
  return { state, filled };
}

/** House time at which the clock fills the next dose; null: none. */
export function nextFullAt({ exposures, settings }: Exposures): Millis | null {
  let next: Millis | null = null;
  for (const [, row] of rowsOf(exposures)) {
    const due = fullAt(row, settings);
    if (due !== null && (next === null || due < next)) next = due;
  }
  return next;
}

function withExposure<S extends Exposures>(state: S, entityId: string, row: ExposureRow): S {
  const isWorth = isWorthStoring(getRow(state.storedExposures, entityId), row);
  return {
    ...state,
    exposures: setRow(state.exposures, entityId, row),
    storedExposures: isWorth ? setRow(state.storedExposures, entityId, row) : state.storedExposures,
  };
}
