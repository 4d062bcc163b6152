import { MINUTE_MS, type Millis, type Moment } from '../shared/time.ts';
import { bodyOf, CLEAN_COHB, cohbAfter } from './cohb.ts';
import { breathe, CLEAR_PPM, type Dose, fillsInMs, NO_DOSE, SAMPLE_MS } from './dose.ts';
import type { Measured } from './measured.ts';
import type { AirSettings } from './settings.ts';

/**
 * What a person beside that sensor has breathed of carbon monoxide. Durable, and written down only when it is worth it: see
 * `isWorthStoring`. Times are house time, ms.
 */
export type ExposureRow = {
  /** Share of the dose at which an alarm sounds, 0..1; 1 is full. */
  readonly dose: number;
  /** The dose was full, and the air has not been clear for 5 minutes since. */
  readonly full: boolean;
  /** Modelled carboxyhaemoglobin, %. */
  readonly cohb: number;
  /** The last reading, ppm; null: nobody knows, for the sensor is silent. */
  readonly ppm: number | null;
  /** The last reading could not be trusted: what it fills by the clock cannot be either. Absent: it could. */
  readonly isDoubted?: boolean;
  /** Up to when it is reckoned. */
  readonly at: Millis;
};

/** What decides how fast it goes. */
export type Uptake = Pick<AirSettings, 'profile' | 'sensitivePeople'>;

/**
 * A reading counts until the next one, at most this long. Source: safety.md §3.2: no safety sensor may be silent for longer than
 * 130 min; where less is allowed, `silentCo` ends it sooner.
 */
export const HOLD_MS: Millis = 130 * MINUTE_MS;

/** While the hub is down the last reading counts for at most this long. Ours: it restarts in seconds, and bad air stays that long. */
export const RESTART_HOLD_MS: Millis = 10 * MINUTE_MS;

/** Modelled COHb under which a step of the model cannot lead above clean air: 2 ppm leads to 0.4 %, for any body. */
const CLEAN_PPM = 2;

/** How far the dose may be ahead of what is on disk. Source: safety.md CO-1. */
const STORED_DOSE = 0.05;
/** The same for COHb, %-points: the tolerance of the model (safety.md CO-3). */
const STORED_COHB = 0.05;
/** And so long, while there is a dose. Source: safety.md CO-1. */
const STORED_MS: Millis = MINUTE_MS;

/**
 * Takes in a reading. The one before it counted until now; of the time since, one sample's length counts with the worse of both, for
 * nobody knows when within it the air changed.
 * @param ppm finite, from 0
 * @param isDoubted it cannot be trusted
 */
export function takeCo(
  row: ExposureRow | undefined,
  ppm: number,
  now: Moment,
  settings: Uptake,
  isDoubted = false,
): ExposureRow {
  if (row === undefined) return { dose: 0, full: false, cohb: CLEAN_COHB, ppm, isDoubted, at: now.mono };
  const last = Math.max(0, Math.min(now.mono - row.at, SAMPLE_MS));
  const before = advanceCo(row, now.mono - last, settings);
  const worse = row.ppm === null ? null : Math.max(row.ppm, ppm);
  return { ...hold({ ...before, ppm: worse }, last, settings), ppm, isDoubted, at: now.mono };
}

/** The exposure up to then, should the air have stayed as it was; silence adds nothing and heals nothing. */
export const advanceCo = (row: ExposureRow, mono: Millis, settings: Uptake): ExposureRow =>
  mono <= row.at ? row : { ...hold(row, Math.min(mono - row.at, HOLD_MS), settings), at: mono };

/** The sensor fell silent: from now on nobody knows. What was breathed stays breathed. */
export const silentCo = (row: ExposureRow, now: Moment, settings: Uptake): ExposureRow =>
  row.ppm === null ? row : { ...advanceCo(row, now.mono, settings), ppm: null };

/** The hub was down: the last reading counts for a while, and goes on to count. */
export function resumedCo(row: ExposureRow, now: Moment, settings: Uptake): ExposureRow {
  const until = Math.min(now.mono, row.at + RESTART_HOLD_MS);
  return { ...advanceCo(row, until, settings), at: Math.max(row.at, now.mono) };
}

/** House time at which the dose will be full, should the air stay as it is; null: never. */
export function fullAt(row: ExposureRow, settings: Uptake): Millis | null {
  if (row.ppm === null || row.dose >= 1) return null;
  const fillsMs = fillsInMs(row.ppm, settings.profile);
  if (fillsMs === null) return null;
  const inMs = Math.ceil((1 - row.dose) * fillsMs);
  return inMs > HOLD_MS ? null : row.at + inMs;
}

function hold(row: ExposureRow, spanMs: Millis, settings: Uptake): ExposureRow {
  const { ppm } = row;
  if (ppm === null || (row.dose === 0 && row.cohb === CLEAN_COHB && ppm <= CLEAN_PPM)) return row;
  const before: Dose = row.dose === 0 ? NO_DOSE : { share: row.dose, full: row.full };
  const { share, full } = breathe(before, ppm, spanMs, settings.profile);
  const cohb = Math.max(CLEAN_COHB, cohbAfter(row.cohb, ppm, spanMs, bodyOf(settings.sensitivePeople)));
  return { ...row, dose: share, full, cohb };
}

/** Whether what is on disk is too old to go on from after a restart (safety.md CO-1). A home in clean air writes nothing. */
export function isWorthStoring(stored: ExposureRow | undefined, live: ExposureRow): boolean {
  if (stored === undefined) return live.dose > STORED_DOSE || live.cohb > CLEAN_COHB + STORED_COHB;
  if (stored.full !== live.full || Math.abs(stored.dose - live.dose) > STORED_DOSE) return true;
  if (Math.abs(stored.cohb - live.cohb) > STORED_COHB) return true;
  if (stored.dose === 0 && live.dose === 0) return false;
  if ((stored.isDoubted === true) !== (live.isDoubted === true)) return true;
  return live.at - stored.at >= STORED_MS || live.dose === 0;
}

/** What limits of carbon monoxide are compared with beside the reading itself. */
export const measuredCo = (row: ExposureRow): readonly Measured[] => [
  { measure: 'dose', windowMs: null, value: doseNow(row), coverage: null },
  { measure: 'cohb', windowMs: null, value: row.cohb, coverage: null },
];

/** A full dose is less than full from the very reading on that says that the air is clear. */
const doseNow = ({ dose, ppm }: ExposureRow): number =>
  ppm !== null && ppm < CLEAR_PPM ? Math.min(dose, FADING_DOSE) : dose;

/** Less than full by so little that nothing else is changed by it. */
const FADING_DOSE = 0.999;
