import type { HistoryRange } from '@homeward/hub/api';
import { beginOf, nextOf, type Step } from './calendar.ts';
import { type OnStretch, onTime } from './onTime.ts';
import { stepFor } from './ticks.ts';
import type { Stretch } from './view.ts';

/** What a stretch of time comes to. `n` 0: nothing was heard. */
export type Total = Stretch & {
  readonly n: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly avg: number | null;
  /** States: how long it was on, and how long that is known. ms */
  readonly onMs: number;
  readonly knownMs: number;
};

/** More rows than this nobody listens to. */
const MOST_ROWS = 31;

/** The total of all buckets that begin within the stretch; `on`: of a series of states. */
export const totalOf = (range: HistoryRange, on: readonly OnStretch[], stretch: Stretch): Total => {
  const first = Math.max(0, Math.ceil((stretch.from - range.t0) / range.step));
  const end = Math.min(range.n.length, Math.ceil((stretch.to - range.t0) / range.step));
  let min: number | null = null;
  let max: number | null = null;
  let sum = 0;
  let n = 0;
  for (let place = first; place < end; place += 1) {
    const avg = range.avg[place] ?? null;
    const count = range.n[place] ?? 0;
    if (avg === null || count === 0) continue;
    min = Math.min(range.min[place] ?? avg, min ?? Number.POSITIVE_INFINITY);
    max = Math.max(range.max[place] ?? avg, max ?? Number.NEGATIVE_INFINITY);
    sum += avg * count;
    n += count;
  }
  const times = onTime(on, stretch.from, stretch.to);
  return { ...stretch, n, min, max, avg: n === 0 ? null : sum / n, ...times };
};

/** The step of the table's rows: of the calendar, never finer than the buckets. */
export const rowStep = (range: HistoryRange, { from, to }: Stretch): Step =>
  stepFor(from, to, Math.max(1, Math.min(MOST_ROWS, (to - from) / range.step)));

/** The same as the chart in rows, newest first. */
export const rowsOf = (
  range: HistoryRange,
  on: readonly OnStretch[],
  shown: Stretch,
  until: number,
): readonly Total[] => {
  const step = rowStep(range, shown);
  const rows: Total[] = [];
  const to = Math.min(shown.to, until);
  for (let begin = beginOf(shown.from, step); begin < to; begin = nextOf(begin, step)) {
    const row = { from: Math.max(begin, shown.from), to: Math.min(nextOf(begin, step), to) };
    rows.push(totalOf(range, on, row));
  }
  return rows.reverse();
};
