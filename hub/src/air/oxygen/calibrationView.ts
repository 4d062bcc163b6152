import type { Millis } from '../../shared/time.ts';
import { DAY_MS } from '../../shared/time.ts';
import type { SensorTrace } from '../schema.ts';
import { type CalibrationRow, UNCALIBRATED } from './calibration.ts';

/** An oxygen cell wants to be seen in outdoor air this often, ms. Source: safety.md §3.2. */
const DUE_MS: Millis = 90 * DAY_MS;

/** Calibrations of a cell as the app shows them; of a cell that never was, none. */
export function viewCalibration(row: CalibrationRow | undefined): SensorTrace['calibration'] {
  const { last, baselineOffset, history } = row ?? UNCALIBRATED;
  return { last, baselineOffset, dueAt: last === null ? null : last.at + DUE_MS, history: [...history] };
}
