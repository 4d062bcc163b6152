import { ok, type Result, refused } from '../../shared/result.ts';
import { MINUTE_MS, type Millis, type Moment } from '../../shared/time.ts';
import type { Climate } from '../climate.ts';
import type { Calibration, CalibrationRefusal } from '../schema.ts';
import { CLEAN_AIR_PERCENT, dryEquivalent, freshClimate, STANDARD_HPA } from './dry.ts';
import type { Point } from './outlook.ts';
import { medianOf } from './theilSen.ts';

/** What is known of one cell from times when the air was known. Durable. */
export type CalibrationRow = {
  /** Newest last; bounded. */
  readonly history: readonly Calibration[];
  /** The first by hand, with which the age of the cell is told; null: none yet. */
  readonly first: Calibration | null;
  /** The last by hand, by which readings are corrected; null: none yet. */
  readonly last: Calibration | null;
  /** % vol that the automatic baseline has added since the last one by hand. */
  readonly baselineOffset: number;
  /** When the automatic baseline last looked (house time), and the oxygen it saw, without its own correction. */
  readonly assessed: { readonly at: Millis; readonly percent: number } | null;
};

export const UNCALIBRATED: CalibrationRow = {
  history: [],
  first: null,
  last: null,
  baselineOffset: 0,
  assessed: null,
};

/** The median of so long is taken, ms. Ours: T90 of galvanic cells is under a minute; five minutes see whether it is steady. */
export const CALIBRATION_MS: Millis = 5 * MINUTE_MS;

/** Of that time, so much must have been heard, in so many points. Source: safety.md AIR-4. */
const HEARD_MS: Millis = 0.75 * CALIBRATION_MS;
const FEWEST = 4;

/** The middle half of its points must lie this close, % vol. Ours: four times the noise of a usual cell (safety.md §2.2). */
const STEADY_PERCENT = 0.2;

/** Span factor over the last one. Source: safety.md O2-1. */
const SPAN = [0.85, 1.15] as const;

/** What the cell gives over what it gave at first. Source: safety.md O2-1. */
const WORN = 0.7;

/** A span factor that has moved by so much since the first: the cell is to be replaced. Source: safety.md O2-3. */
const REPLACE = 0.2;

/** So many are kept of each kind. Ours: a year of baselines is of no use, ten years of calibrations are. */
const KEPT = { 'fresh-air': 40, baseline: 20 } as const;

type Asked = { readonly points: readonly Point[]; readonly climate: Climate; readonly by: string };

/** The cell is in outdoor air now: what it says is 20.95 % of the dry air. Source: safety.md O2-1. */
export function calibrate(
  row: CalibrationRow,
  { points, climate, by }: Asked,
  now: Moment,
): Result<CalibrationRow, CalibrationRefusal> {
  const raw = steadyRaw(points, now.mono);
  if (typeof raw === 'string') return refused(raw);
  const { vapour, pressure } = freshClimate(climate, now.mono);
  if (vapour === null) return refused('no-climate');
  const { temperature, humidity } = vapour;
  const factor = CLEAN_AIR_PERCENT / dryEquivalent(raw, temperature, humidity, pressure ?? STANDARD_HPA);
  if (!Number.isFinite(factor) || factor <= 0) return refused('span');
  if (row.first !== null && row.first.factor / factor < WORN) return refused('worn-out');
  const span = factor / (row.last?.factor ?? 1);
  if (span < SPAN[0] || span > SPAN[1]) return refused('span');
  const made: Calibration = {
    at: now.utc,
    by,
    kind: 'fresh-air',
    factor,
    raw,
    temperature,
    humidity,
    pressure,
  };
  const history = keep([...row.history, made]);
  return ok({ history, first: row.first ?? made, last: made, baselineOffset: 0, assessed: null });
}

/** Median of the last five minutes, as the cell said it; a word: why there is none. */
function steadyRaw(points: readonly Point[], now: Millis): number | 'too-few' | 'not-steady' {
  const last = points.filter(({ at }) => at > now - CALIBRATION_MS);
  const begin = last[0]?.at ?? now;
  const end = last.at(-1)?.at ?? 0;
  if (last.length < FEWEST || end - begin < HEARD_MS || now - end > MINUTE_MS) return 'too-few';
  const sorted = last.map(({ raw }) => raw).sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  const spread = (sorted[sorted.length - 1 - quarter] as number) - (sorted[quarter] as number);
  return spread > STEADY_PERCENT ? 'not-steady' : medianOf(sorted);
}

/** The newest of each kind, so that daily baselines do not push out what people did. */
export function keep(history: readonly Calibration[]): readonly Calibration[] {
  const left = { ...KEPT };
  return history
    .toReversed()
    .filter(({ kind }) => (left as Record<Calibration['kind'], number>)[kind]-- > 0)
    .reverse();
}

/** Whether the cell has aged so far that it is to be replaced. Source: safety.md O2-3. */
export const isWorn = ({ first, last }: CalibrationRow): boolean =>
  first !== null && last !== null && Math.abs(last.factor / first.factor - 1) > REPLACE;
