import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { deleteRow, getRow, setRow, type Table } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import { type ClimateRow, climateBeside, climateOfDevice, type Heard } from '../climate.ts';
import type { AirContext } from '../context.ts';
import type { CalibrationRefusal } from '../schema.ts';
import { type CalibrationRow, calibrate, isWorn, UNCALIBRATED } from './calibration.ts';
import { CO2_AGE_MS } from './displacement.ts';
import { calibrationAfter, doubtOxygen, type OxygenRow, takeOxygen } from './estimator.ts';

/** All oxygen cells: what is known of each, and what else is known of their air. */
type Cells = {
  readonly oxygen: Table<OxygenRow>;
  readonly calibrations: Table<CalibrationRow>;
  readonly climates: Table<ClimateRow>;
};

/** Takes in a reading of oxygen, % vol as the cell says it. */
export function breatheOxygen<S extends Cells>(
  state: S,
  entityId: string,
  percent: number,
  now: Moment,
  context: AirContext,
): S {
  const climate = climateBeside(state.climates, entityId, context, now.mono);
  const before = getRow(state.calibrations, entityId);
  const row = takeOxygen(getRow(state.oxygen, entityId), percent, climate, before, now);
  const after = calibrationAfter(row, before, now);
  const { calibrations } = state;
  return {
    ...state,
    oxygen: setRow(state.oxygen, entityId, row),
    calibrations:
      after === undefined || after === before ? calibrations : setRow(calibrations, entityId, after),
  };
}

/** What the cell says cannot be believed now: its outlook ends. */
export function doubtCell<S extends Cells>(state: S, entityId: string): S {
  const row = getRow(state.oxygen, entityId);
  return row === undefined ? state : { ...state, oxygen: setRow(state.oxygen, entityId, doubtOxygen(row)) };
}

/** The cell fell silent: what it said is no trend any more. */
export const forgetCell = <S extends Cells>(state: S, entityId: string): S => ({
  ...state,
  oxygen: deleteRow(state.oxygen, entityId),
});

/** There is another cell in its place. */
export const renewCell = <S extends Cells>(state: S, entityId: string): S => ({
  ...forgetCell(state, entityId),
  calibrations: deleteRow(state.calibrations, entityId),
});

/** What is to be told of a reading that moved the automatic baseline of its cell. Each step is (safety.md O2-2). */
export function baselineNews(before: Cells, after: Cells, entityId: string): readonly Fact[] {
  if (before.calibrations === after.calibrations) return [];
  const from = getRow(before.calibrations, entityId)?.baselineOffset ?? 0;
  const to = getRow(after.calibrations, entityId)?.baselineOffset ?? 0;
  return from === to ? [] : [{ type: 'baselineMoved', entityId, from, to }];
}

/** Carbon dioxide that outdoor air never has, ppm. Source: safety.md §1.1: under 800 is well aired; outdoors it is some 430. */
const INDOORS_CO2_PPM = 800;

/** What measures carbon dioxide beside the cell, and goes where it goes, may know better. */
const isOutdoors = (co2: Heard | null, { mono }: Moment): boolean =>
  co2 === null || mono - co2.at > CO2_AGE_MS || co2.value < INDOORS_CO2_PPM;

type Asked = Extract<Fact, { type: 'calibrationAsked' }>;

/** Somebody says that the cell is in outdoor air now. */
export function calibrateCell<S extends Cells>(
  state: S,
  { entityId, by }: Asked,
  now: Moment,
  context: AirContext,
): Outcome<S> {
  const refuse = (reason: CalibrationRefusal): Outcome<S> => ({
    state,
    facts: [{ type: 'calibrationRefused', entityId, by, reason }],
  });
  const cell = getRow(state.oxygen, entityId);
  if (cell === undefined || cell.isDoubtful) return refuse('too-few');
  if (!isOutdoors(climateOfDevice(state.climates, entityId, context).co2, now)) return refuse('not-outdoors');
  const climate = climateBeside(state.climates, entityId, context, now.mono);
  const row = getRow(state.calibrations, entityId) ?? UNCALIBRATED;
  const made = calibrate(row, { points: cell.points, climate, by }, now);
  if (!made.ok) return refuse(made.reason);
  const calibration = made.value.last as NonNullable<CalibrationRow['last']>;
  return {
    state: { ...state, calibrations: setRow(state.calibrations, entityId, made.value) },
    facts: [{ type: 'calibrated', entityId, by, calibration, isWorn: isWorn(made.value) }],
  };
}
