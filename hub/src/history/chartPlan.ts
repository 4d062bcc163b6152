import type { Millis } from '../shared/time.ts';
import { CHART_BUCKETS, CHART_MS, FINEST_STEP_MS, LONGEST_RAW_MS, MOST_RAW_ROWS } from './limits.ts';
import { HOUR_MS } from './timeKey.ts';

/** What a caller asks for; all of it may be left out. */
export type Wanted = {
  readonly from?: Millis | undefined;
  readonly to?: Millis | undefined;
  readonly buckets?: number | undefined;
};

/** Bounds of a chart, epoch ms; `to` is not included. */
export type Span = { readonly from: Millis; readonly to: Millis; readonly buckets: number };

/** Equal steps that cover a span. */
export type ChartPlan = {
  readonly source: 'readings' | 'hours';
  readonly t0: Millis;
  readonly step: Millis;
  readonly count: number;
};

/** Fills in what was left out: the last 24 hours in 300 buckets. Null: it ends before it begins. */
export function spanOf({ from, to, buckets = CHART_BUCKETS }: Wanted, now: Millis): Span | null {
  const end = to ?? (from === undefined ? now : Math.max(now, from + 1));
  const begin = from ?? Math.max(0, end - CHART_MS);
  return begin < end ? { from: begin, to: end, buckets } : null;
}

/** Whether the steps are so short that only the readings themselves can tell. */
export const wantsReadings = ({ from, to }: Span): boolean => to - from <= LONGEST_RAW_MS;

/**
 * @param rows readings that lie in the span; a rough number
 * @param keptFrom readings before this moment are kept no more, epoch ms
 */
export function planChart(span: Span, rows: number, keptFrom: Millis): ChartPlan {
  const { from, to, buckets } = span;
  if (wantsReadings(span) && rows <= MOST_RAW_ROWS && from >= keptFrom) {
    const seconds = Math.ceil((to - from) / buckets / FINEST_STEP_MS);
    const step = seconds * FINEST_STEP_MS;
    return { source: 'readings', t0: from, step, count: Math.ceil((to - from) / step) };
  }
  const first = Math.floor(from / HOUR_MS);
  const hours = Math.ceil(to / HOUR_MS) - first;
  const each = Math.ceil(hours / buckets);
  return { source: 'hours', t0: first * HOUR_MS, step: each * HOUR_MS, count: Math.ceil(hours / each) };
}
