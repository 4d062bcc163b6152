import { emptyTable, rowsOf, type Table } from '../house/table.ts';
import { earliest, type Millis } from '../shared/time.ts';
import type { AirRow } from './airRow.ts';
import type { ClimateRow } from './climate.ts';
import type { ExposureRow } from './exposure.ts';
import { endOf } from './limitEnd.ts';
import type { CalibrationRow } from './oxygen/calibration.ts';
import type { OxygenRow } from './oxygen/oxygen.ts';
import { type AirSettings, settingsOf } from './settings.ts';

export type AirState = {
  /** How far the limits have come, by sensor. Durable. */
  readonly rows: Table<AirRow>;
  /** What was breathed of carbon monoxide, by sensor, to the last reading. Volatile. */
  readonly exposures: Table<ExposureRow>;
  /** … as it is to be stored: not with every reading. Durable. */
  readonly storedExposures: Table<ExposureRow>;
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
  /** No on-delay ends before this house time; null: none runs. */
  readonly wakeAt: Millis | null;
};

/** The durable part, by the name under which `safety.db` keeps it. */
export type StoredAir = {
  readonly air: Table<AirRow>;
  readonly exposures: Table<ExposureRow>;
  readonly calibrations: Table<CalibrationRow>;
  readonly airSettings: Table<AirSettings>;
};

export const EMPTY_AIR: StoredAir = {
  air: emptyTable(),
  exposures: emptyTable(),
  calibrations: emptyTable(),
  airSettings: emptyTable(),
};

/** Takes up stored rows; nothing has been heard yet. */
export const airFrom = (stored: StoredAir): AirState => ({
  rows: stored.air,
  exposures: stored.exposures,
  storedExposures: stored.exposures,
  oxygen: emptyTable(),
  calibrations: stored.calibrations,
  climates: emptyTable(),
  settingsRows: stored.airSettings,
  settings: settingsOf(stored.airSettings),
  wakeAt: earliestEnd(stored.air),
});

export const storedAir = (air: AirState): StoredAir => ({
  air: air.rows,
  exposures: air.storedExposures,
  calibrations: air.calibrations,
  airSettings: air.settingsRows,
});

/** House time at which the first on-delay of all ends by the clock. */
export function earliestEnd(rows: Table<AirRow>): Millis | null {
  let end: Millis | null = null;
  for (const [, row] of rowsOf(rows)) end = earliest(end, endOf(row));
  return end;
}
