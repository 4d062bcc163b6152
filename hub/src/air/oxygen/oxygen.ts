import type { Moment } from '../../shared/time.ts';
import type { Climate } from '../climate.ts';
import type { Measured } from '../measured.ts';
import type { Outlook } from '../viewSchema.ts';
import type { CalibrationRow } from './calibration.ts';

/** What the estimator knows of one oxygen cell. Volatile: after a restart it learns anew. */
export type OxygenRow = { readonly value: number };

export function takeOxygen(
  _row: OxygenRow | undefined,
  reading: number,
  _climate: Climate,
  _calibration: CalibrationRow | undefined,
  _now: Moment,
): OxygenRow {
  return { value: reading };
}

export const measuredOxygen = (row: OxygenRow): readonly Measured[] => [
  { measure: 'value', windowMs: null, value: row.value, coverage: null },
];

export const viewOutlook = (_row: OxygenRow): Outlook => ({
  state: 'off',
  why: null,
  rule: null,
  perMinute: null,
  minutes: null,
  displacement: false,
  dry: null,
});
