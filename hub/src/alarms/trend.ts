import { deleteRow, getRow, setRow, type Table } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { type AlarmRow, isDanger } from './alarmRow.ts';
import { STEADY_MS, WORSE_SHARE } from './limits.ts';

/** How the measured value of a danger moves, by sensor. Volatile: after a start it counts as rising until it was steady anew. */
export type Trend = {
  /** Worse is less: oxygen that runs out. */
  readonly downwards: boolean;
  /** The minute that is collected now: when it began, and its worst value. */
  readonly minuteAt: Millis;
  readonly worst: number;
  /** The worst value of the minute before. */
  readonly before: number;
  /** When it last got worse. */
  readonly worseAt: Millis;
  readonly rising: boolean;
};

/** Begins to watch what became a measured danger, and ends when it is none any more. */
export function followDanger(
  trends: Table<Trend>,
  { entityId, kind }: AlarmRow,
  after: AlarmRow | null,
  now: Millis,
): Table<Trend> {
  if (after === null || !isDanger(after)) return deleteRow(trends, entityId);
  const first = after.value;
  if (typeof first !== 'number' || getRow(trends, entityId) !== undefined) return trends;
  const downwards = kind === 'oxygen-low';
  const trend: Trend = { downwards, minuteAt: now, worst: first, before: first, worseAt: now, rising: true };
  return setRow(trends, entityId, trend);
}

/** Takes in one more value. The same trend when nothing of it changed. */
export function nextTrend(trend: Trend, value: number, now: Millis): Trend {
  const { downwards, minuteAt } = trend;
  const isNewMinute = now - minuteAt >= STEADY_MS;
  const before = isNewMinute ? trend.worst : trend.before;
  const worst = isNewMinute ? value : worseOf(downwards, trend.worst, value);
  const step = Math.abs(before) * WORSE_SHARE;
  const isWorse = downwards ? value < before - step : value > before + step;
  if (!isNewMinute && !isWorse && worst === trend.worst) return settled(trend, now);
  const next = { ...trend, minuteAt: isNewMinute ? now : minuteAt, worst, before };
  return isWorse ? { ...next, worseAt: now, rising: true } : settled(next, now);
}

/** House time at which it no longer counts as rising, if nothing more is heard; null: it does not rise. */
export const steadyAt = ({ rising, worseAt }: Trend): Millis | null => (rising ? worseAt + STEADY_MS : null);

export const settled = (trend: Trend, now: Millis): Trend =>
  trend.rising && now - trend.worseAt >= STEADY_MS ? { ...trend, rising: false } : trend;

const worseOf = (downwards: boolean, a: number, b: number): number =>
  downwards ? Math.min(a, b) : Math.max(a, b);
