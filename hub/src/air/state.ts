import { emptyTable, rowsOf, type Table } from '../house/table.ts';
import { earliest, type Millis } from '../shared/time.ts';
import type { AirRow } from './airRow.ts';
import type { ClimateRow } from './climate.ts';
import type { ExposureRow } from './exposure.ts';
import { endOf } from './limitMachine.ts';
import { type LimitSet, limitsWith } from './limits/table.ts';
import type { MeansRow } from './means/meansRow.ts';
import { meansFrom, type StoredMeans } from './means/stored.ts';
import type { CalibrationRow } from './oxygen/calibration.ts';
import type { OxygenRow } from './oxygen/oxygen.ts';
import type { Thermometer } from './rate.ts';
import { type AirSettings, settingsOf } from './settings.ts';
import { upgradeAir } from './storedAir.ts';

export type AirState = {
  /** How far the limits have come, by sensor. Durable. */
  readonly rows: Table<AirRow>;
  /** Where smoke or heat sounds that can be trusted. Follows from `rows`; null: they were not looked through yet. */
  readonly fires: Table<true> | null;
  /** What was breathed of carbon monoxide, by sensor, to the last reading. Volatile. */
  readonly exposures: Table<ExposureRow>;
  /** … as it is to be stored: not with every reading. Durable. */
  readonly storedExposures: Table<ExposureRow>;
  /** What was heard, by sensor, and by `surfaceOf` it. Volatile. */
  readonly means: Table<MeansRow>;
  /** … as it is to be stored: not with every reading. Durable. */
  readonly storedMeans: Table<StoredMeans>;
  /** By thermometer. Volatile. */
  readonly thermometers: Table<Thermometer>;
  /** By oxygen cell. Volatile. */
  readonly oxygen: Table<OxygenRow>;
  /** By oxygen cell. Durable. */
  readonly calibrations: Table<CalibrationRow>;
  /** What else is known of the air, by room and by device . Volatile. */
  readonly climates: Table<ClimateRow>;
  /** Durable; at most one row. */
  readonly settingsRows: Table<AirSettings>;
  /** Follows from `settingsRows`. */
  readonly settings: AirSettings;
  /** Follows from `settings`. */
  readonly limits: LimitSet;
  /** No on-delay ends before this house time; null: none runs. */
  readonly wakeAt: Millis | null;
};

/** What moves with nearly every reading. */
export type Moving = Pick<AirState, 'climates' | 'means' | 'storedMeans' | 'thermometers'>;

/** Written out: it is done for every reading, and a spread of so many fields costs more than the rest of it. */
export const withMoving = (
  state: AirState,
  { climates, means, storedMeans, thermometers }: Moving,
): AirState => ({
  rows: state.rows,
  fires: state.fires,
  exposures: state.exposures,
  storedExposures: state.storedExposures,
  means,
  storedMeans,
  thermometers,
  oxygen: state.oxygen,
  calibrations: state.calibrations,
  climates,
  settingsRows: state.settingsRows,
  settings: state.settings,
  limits: state.limits,
  wakeAt: state.wakeAt,
});

/** The durable part, by the name under which `safety.db` keeps it. */
export type StoredAir = {
  readonly air: Table<AirRow>;
  readonly airMeans: Table<StoredMeans>;
  readonly exposures: Table<ExposureRow>;
  readonly calibrations: Table<CalibrationRow>;
  readonly airSettings: Table<AirSettings>;
};

export const EMPTY_AIR: StoredAir = {
  air: emptyTable(),
  airMeans: emptyTable(),
  exposures: emptyTable(),
  calibrations: emptyTable(),
  airSettings: emptyTable(),
};

/** Takes up stored rows; nothing has been heard yet. */
export function airFrom(stored: StoredAir): AirState {
  const settings = settingsOf(stored.airSettings);
  const limits = limitsWith(settings);
  const rows = upgradeAir(stored.air, limits);
  return {
    rows,
    fires: null,
    means: meansFrom(stored.airMeans),
    storedMeans: stored.airMeans,
    thermometers: emptyTable(),
    exposures: stored.exposures,
    storedExposures: stored.exposures,
    oxygen: emptyTable(),
    calibrations: stored.calibrations,
    climates: emptyTable(),
    settingsRows: stored.airSettings,
    settings,
    limits,
    wakeAt: earliestEnd(rows, limits),
  };
}

export const storedAir = (air: AirState): StoredAir => ({
  air: air.rows,
  airMeans: air.storedMeans,
  exposures: air.storedExposures,
  calibrations: air.calibrations,
  airSettings: air.settingsRows,
});

/** House time at which the first on-delay of all ends by the clock. */
export function earliestEnd(rows: Table<AirRow>, limits: LimitSet): Millis | null {
  let end: Millis | null = null;
  for (const [, row] of rowsOf(rows)) end = earliest(end, endOf(row, limits));
  return end;
}
