import { deleteRow, getRow, setRow, type Table } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { type AlarmRow, isDanger, pointOfRow } from './alarmRow.ts';
import { STEADY_MS, WORSE_OXYGEN, WORSE_SHARE } from './limits.ts';
import type { AlarmKind } from './schema.ts';

/** How the measured value of a danger moves, by point. Volatile: after a start it counts as rising until it was steady anew. */
export type Trend = {
  readonly kind: AlarmKind;
  /** The minute that is collected now: when it began, and its worst value. */
  readonly minuteAt: Millis;
  readonly worst: number;
  /** The worst value of the minute before. */
  readonly before: number;
  /** When it last got worse. */
  readonly worseAt: Millis;
  readonly rising: boolean;
  /** The worst value of the minute in which it was hushed; null: it is not hushed. What creeps is never much worse than a minute ago. */
  readonly hushed: number | null;
};

/** Begins to watch what became a measured danger, and ends when it is none any more. */
export function followDanger(
  trends: Table<Trend>,
  row: AlarmRow,
  after: AlarmRow | null,
  now: Millis,
): Table<Trend> {
  const point = pointOfRow(row);
  if (after === null || !isDanger(after)) return deleteRow(trends, point);
  const old = getRow(trends, point);
  if (old !== undefined) {
    const hushed = after.hushedUntil === null ? null : (old.hushed ?? old.worst);
    return hushed === old.hushed ? trends : setRow(trends, point, { ...old, hushed });
  }
  const { value } = after;
  return typeof value === 'number' ? setRow(trends, point, trendFrom(row.kind, value, now)) : trends;
}

const trendFrom = (kind: AlarmKind, value: number, now: Millis): Trend => ({
  kind,
  minuteAt: now,
  worst: value,
  before: value,
  worseAt: now,
  rising: true,
  hushed: null,
});

/** Takes in one more value. The same trend when nothing of it changed. */
export function nextTrend(trend: Trend, value: number, now: Millis): Trend {
  const { kind, minuteAt, hushed } = trend;
  const isNewMinute = now - minuteAt >= STEADY_MS;
  const before = isNewMinute ? trend.worst : trend.before;
  const worst = isNewMinute ? value : worseOf(kind, trend.worst, value);
  const isWorse = isWorseThan(kind, value, before) || (hushed !== null && isWorseThan(kind, value, hushed));
  if (!isNewMinute && !isWorse && worst === trend.worst) return settled(trend, now);
  const next = { ...trend, minuteAt: isNewMinute ? now : minuteAt, worst, before };
  return isWorse ? { ...next, worseAt: now, rising: true, hushed: null } : settled(next, now);
}

/** House time at which it no longer counts as rising, if nothing more is heard; null: it does not rise. */
export const steadyAt = ({ rising, worseAt }: Trend): Millis | null => (rising ? worseAt + STEADY_MS : null);

export const settled = (trend: Trend, now: Millis): Trend =>
  trend.rising && now - trend.worseAt >= STEADY_MS ? { ...trend, rising: false } : trend;

/** Worse is less: oxygen that runs out. */
const isDownwards = (kind: AlarmKind): boolean => kind === 'oxygen-low';

const worseOf = (kind: AlarmKind, a: number, b: number): number =>
  isDownwards(kind) ? Math.min(a, b) : Math.max(a, b);

function isWorseThan(kind: AlarmKind, value: number, before: number): boolean {
  const isOxygen = kind === 'oxygen-low' || kind === 'oxygen-high';
  const step = isOxygen ? WORSE_OXYGEN : Math.abs(before) * WORSE_SHARE;
  return isDownwards(kind) ? value < before - step : value > before + step;
}
