import type { Moment } from '../shared/time.ts';
import type { Measured } from './measured.ts';
import type { AirSettings } from './settings.ts';

/** What a person beside that sensor has breathed of carbon monoxide. Durable; times are house time, ms. */
export type ExposureRow = {
  /** Share of the dose at which an alarm sounds; 1 is full. */
  readonly dose: number;
  /** Modelled carboxyhaemoglobin, %. */
  readonly cohb: number;
  readonly ppm: number;
  readonly at: number;
};

export function takeCo(
  row: ExposureRow | undefined,
  ppm: number,
  now: Moment,
  _settings: AirSettings,
): ExposureRow {
  return { dose: row?.dose ?? 0, cohb: row?.cohb ?? 0.8, ppm, at: now.mono };
}

export const measuredCo = (_row: ExposureRow): readonly Measured[] => [];
