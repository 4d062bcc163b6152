import { MINUTE_MS, type Millis, type Moment, SECOND_MS } from '../../shared/time.ts';
import type { Climate, Heard } from '../climate.ts';
import { FRESH_CO2_PPM, moveBaseline } from './baseline.ts';
import { type CalibrationRow, UNCALIBRATED } from './calibration.ts';
import { CO2_AGE_MS, isDisplaced } from './displacement.ts';
import { dryEquivalent, type FreshClimate, freshClimate, STANDARD_HPA } from './dry.ts';
import { highOf, type Level, noteLevel } from './levels.ts';
import { judge, KEPT_MS, levelOf, NONE_STANDS, type Point, type Standings, slopeOver } from './outlook.ts';
import { medianOf, type Slope } from './theilSen.ts';

/** What the estimator knows of one oxygen cell. Volatile: after a restart it learns anew. Times are house time, ms. */
export type OxygenRow = {
  /** % vol: dry-equivalent where it can be reckoned, else as the cell says it, corrected by its calibration. */
  readonly value: number;
  /** Temperature and humidity are known: the value is dry-equivalent, and its outlook can be told (safety.md O2-5). */
  readonly isDry: boolean;
  /** It cannot be believed now: nothing is told of where it goes. */
  readonly isDoubtful: boolean;
  readonly at: Millis;
  /** What the value was reckoned with; another basis is another scale, and what was seen before cannot be compared. */
  readonly basis: Basis;
  readonly bucket: Bucket;
  /** Of the last 20 minutes. */
  readonly points: readonly Point[];
  /** Of the last two hours. */
  readonly levels: readonly Level[];
  /** Since when carbon dioxide of the room is below that of aired rooms; null: it is not, or nobody says. */
  readonly freshSince: Millis | null;
  readonly standings: Standings;
  /** How oxygen moves in the longest window; null: too little was heard. Reckoned once a minute. */
  readonly trend: Trend | null;
  readonly isDisplaced: boolean;
};

type Basis = { readonly calibratedAt: number | null; readonly isDry: boolean; readonly isPressed: boolean };
type Trend = { readonly slope: Slope; readonly at: Millis };

/** Readings since the last point. */
type Bucket = { readonly since: Millis; readonly raw: readonly number[]; readonly dry: readonly number[] };

/** A point is the median of so long. Source: safety.md §2.3. */
const BUCKET_MS: Millis = 20 * SECOND_MS;
/** A sensor that speaks more often than this in that time is heard so often, and no more. */
const BUCKET_READINGS = 40;
/** A silence of this length ends what was seen: nobody knows what was in between, ms. Ours: half of the main window. */
const GAP_MS: Millis = 7.5 * MINUTE_MS;
const TREND_MS: Millis = MINUTE_MS;

/**
 * Takes in a reading of a cell.
 * @param percent as the cell says it, finite, % vol
 * @param climate beside it. Pressure counts only for a cell that was calibrated beside a barometer: then what it says follows the air
 *   pressure, as membrane cells do, and is brought back to the pressure of its calibration
 */
export function takeOxygen(
  before: OxygenRow | undefined,
  percent: number,
  climate: Climate,
  calibration: CalibrationRow | undefined,
  now: Moment,
): OxygenRow {
  const at = now.mono;
  const fresh = freshClimate(climate, at);
  const { last, baselineOffset } = calibration ?? UNCALIBRATED;
  const pressed = last?.pressure != null && fresh.pressure !== null ? last.pressure / fresh.pressure : null;
  const basis: Basis = {
    calibratedAt: last?.at ?? null,
    isDry: fresh.vapour !== null,
    isPressed: pressed !== null,
  };
  const value = corrected(percent * (last?.factor ?? 1) * (pressed ?? 1), fresh) + baselineOffset;
  const known = before !== undefined && mayGoOn(before, basis, at) ? before : begun(basis, at);
  const row = {
    ...known,
    value,
    isDry: basis.isDry,
    isDoubtful: false,
    at,
    freshSince: freshSince(known, climate.co2, at),
  };
  return takeIntoBucket(row, percent, heardCo2(climate.co2, at));
}

const corrected = (wet: number, { vapour, pressure }: FreshClimate): number =>
  vapour === null ? wet : dryEquivalent(wet, vapour.temperature, vapour.humidity, pressure ?? STANDARD_HPA);

const mayGoOn = ({ basis, at }: OxygenRow, now: Basis, mono: Millis): boolean =>
  mono - at <= GAP_MS &&
  basis.calibratedAt === now.calibratedAt &&
  basis.isDry === now.isDry &&
  basis.isPressed === now.isPressed;

const begun = (basis: Basis, at: Millis): OxygenRow => ({
  value: 0,
  isDry: basis.isDry,
  isDoubtful: false,
  at,
  basis,
  // The first reading is a point of its own: an outlook is wanted soon.
  bucket: { since: at - BUCKET_MS, raw: [], dry: [] },
  points: [],
  levels: [],
  freshSince: null,
  standings: NONE_STANDS,
  trend: null,
  isDisplaced: false,
});

const heardCo2 = (co2: Heard | null, at: Millis): number | null =>
  co2 === null || at - co2.at > CO2_AGE_MS ? null : co2.value;

function freshSince(row: OxygenRow, co2: Heard | null, at: Millis): Millis | null {
  const ppm = heardCo2(co2, at);
  return ppm !== null && ppm < FRESH_CO2_PPM ? (row.freshSince ?? at) : null;
}

function takeIntoBucket(row: OxygenRow, raw: number, co2: number | null): OxygenRow {
  const { bucket, at, value } = row;
  const isFull = bucket.raw.length >= BUCKET_READINGS;
  const all = isFull
    ? bucket
    : { since: bucket.since, raw: [...bucket.raw, raw], dry: [...bucket.dry, value] };
  if (at - bucket.since < BUCKET_MS) return all === bucket ? row : { ...row, bucket: all };
  const point: Point = { at, dry: medianOf(all.dry), raw: medianOf(all.raw), co2 };
  return withPoint({ ...row, bucket: { since: at, raw: [], dry: [] } }, point);
}

function withPoint(row: OxygenRow, point: Point): OxygenRow {
  const { at } = point;
  const points = [...row.points.filter((old) => at - old.at <= KEPT_MS), point];
  const levels = noteLevel(row.levels, points);
  if (!row.isDry) return { ...row, points, levels, standings: NONE_STANDS, trend: null, isDisplaced: false };
  const high = highOf(levels, points);
  const standings = judge(row.standings, points, high, at);
  return {
    ...row,
    points,
    levels,
    standings,
    trend: trendOf(row.trend, points, at),
    isDisplaced: standings !== NONE_STANDS && isDisplaced(levels, points, high - levelOf(points)),
  };
}

function trendOf(before: Trend | null, points: readonly Point[], at: Millis): Trend | null {
  if (before !== null && at - before.at < TREND_MS) return before;
  const slope = slopeOver(points, KEPT_MS, at);
  return slope === null ? null : { slope, at };
}

/** The cell cannot be believed now. What it says next is compared with nothing that it said before. */
export const doubtOxygen = (row: OxygenRow): OxygenRow =>
  row.isDoubtful ? row : { ...begun(row.basis, row.at), value: row.value, isDoubtful: true };

/** The calibration of a cell after a reading: the automatic baseline may have moved; the same row where it has not. */
export function calibrationAfter(
  row: OxygenRow,
  calibration: CalibrationRow | undefined,
  now: Moment,
): CalibrationRow | undefined {
  // Levels are five minutes apart, and nothing can have changed in between.
  if (!row.isDry || row.levels.at(-1)?.at !== now.mono) return calibration;
  const before = calibration ?? UNCALIBRATED;
  const after = moveBaseline(before, row, now);
  return after === before ? calibration : after;
}
