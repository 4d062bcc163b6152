import type { Calibration } from '../schema.ts';

/** Calibrations of one oxygen cell, newest last. Durable. */
export type CalibrationRow = {
  readonly history: readonly Calibration[];
  /** % vol moved by the automatic baseline since the last one by hand. */
  readonly baselineOffset: number;
};
