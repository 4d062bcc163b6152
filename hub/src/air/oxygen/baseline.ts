import { MINUTE_MS, type Millis, type Moment } from '../../shared/time.ts';
import { type CalibrationRow, keep } from './calibration.ts';
import { CLEAN_AIR_PERCENT } from './dry.ts';
import type { Level } from './levels.ts';
import { medianOf, theilSen } from './theilSen.ts';

/** A cell drifts; people do not calibrate. In air that is clean beyond doubt it is brought back, slowly. Source: safety.md O2-2. */

/** Carbon dioxide of an aired room: below this, ppm, … */
export const FRESH_CO2_PPM = 600;
/** … for so long. */
const FRESH_MS: Millis = 30 * MINUTE_MS;
/** The slope is flatter than this, % vol per minute. */
const FLAT = 0.001;
/** The reading lies between these, % vol. */
const READING = [20.3, 21.5] as const;
/** At most one step of this, % vol, … */
export const STEP_PERCENT = 0.02;
/** … in this time. */
export const STEP_EVERY_MS: Millis = 24 * 60 * MINUTE_MS;
/** All steps between two calibrations by hand, % vol. */
export const TOTAL_PERCENT = 0.5;

/**
 * Never while it is falling: fallen by more than this since it was last looked at, a day ago at least, % vol. Ours: cells lose 1 % of
 * their value in a week at most (safety.md §2.2), 0.03 % vol a day.
 */
const FALLEN_PERCENT = 0.05;

/** The slope is told of at least so long, ms: noise of a cell hides 0.001 % per minute in a shorter time. Ours. */
const SEEN_MS: Millis = 60 * MINUTE_MS;

/** Nearer than this it is right. Ours: a step does not overshoot. */
const RIGHT_PERCENT = STEP_PERCENT;

export type Seen = {
  /** The five-minute levels of the last two hours, with the correction of the baseline in them. */
  readonly levels: readonly Level[];
  /** Since when carbon dioxide has been heard to be below `FRESH_CO2_PPM`; null: it is not. */
  readonly freshSince: Millis | null;
};

/** The baseline a step further, or the same row. */
export function moveBaseline(row: CalibrationRow, { levels, freshSince }: Seen, now: Moment): CalibrationRow {
  if (row.assessed !== null && now.mono - row.assessed.at < STEP_EVERY_MS) return row;
  if (freshSince === null || now.mono - freshSince < FRESH_MS || !isFlat(levels, now.mono)) return row;
  const level = medianOf(levels.map(({ dry }) => dry));
  if (level < READING[0] || level > READING[1]) return row;
  const percent = level - row.baselineOffset;
  const looked = { ...row, assessed: { at: now.mono, percent } };
  if (row.assessed === null || percent < row.assessed.percent - FALLEN_PERCENT) return looked;
  return stepped(looked, CLEAN_AIR_PERCENT - level, percent, now);
}

function isFlat(levels: readonly Level[], now: Millis): boolean {
  const first = levels[0];
  if (first === undefined || now - first.at < SEEN_MS) return false;
  const slope = theilSen(
    levels.map(({ at }) => at),
    levels.map(({ dry }) => dry),
  );
  return slope !== null && Math.abs(slope.median) < FLAT && slope.high >= 0;
}

function stepped(row: CalibrationRow, missing: number, raw: number, { utc }: Moment): CalibrationRow {
  if (Math.abs(missing) <= RIGHT_PERCENT) return row;
  const wanted = row.baselineOffset + Math.sign(missing) * STEP_PERCENT;
  const baselineOffset = Number(Math.min(TOTAL_PERCENT, Math.max(-TOTAL_PERCENT, wanted)).toFixed(3));
  if (baselineOffset === row.baselineOffset) return row;
  const none = { temperature: null, humidity: null, pressure: null };
  const factor = (raw + baselineOffset) / raw;
  const history = keep([...row.history, { at: utc, by: '', kind: 'baseline', factor, raw, ...none }]);
  return { ...row, baselineOffset, history };
}
