import type { Millis } from '../shared/time.ts';
import type { ChartPlan } from './chartPlan.ts';

/** One number a bucket. NaN: not known. */
export type ChartColumns = {
  readonly min: Float64Array<ArrayBuffer>;
  readonly max: Float64Array<ArrayBuffer>;
  readonly avg: Float64Array<ArrayBuffer>;
  readonly n: Float64Array<ArrayBuffer>;
};

/** Several readings as one. */
export type Summary = {
  readonly n: number;
  readonly low: number;
  readonly high: number;
  /** Sum of the values; of states: milliseconds that it was on. */
  readonly total: number;
};

const emptyColumns = (count: number): ChartColumns => ({
  min: new Float64Array(count).fill(Number.NaN),
  max: new Float64Array(count).fill(Number.NaN),
  avg: new Float64Array(count).fill(Number.NaN),
  n: new Float64Array(count),
});

/** A chart of numbers: what was heard in a bucket, and nothing where nothing was heard. */
export function createNumberChart({ count }: ChartPlan) {
  const columns = emptyColumns(count);
  const total = new Float64Array(count);
  return {
    add(bucket: number, some: Summary): void {
      if (some.n === 0 || bucket < 0 || bucket >= count) return;
      widen(columns, bucket, some.low, some.high);
      columns.n[bucket] = (columns.n[bucket] ?? 0) + some.n;
      total[bucket] = (total[bucket] ?? 0) + some.total;
    },
    finish(): ChartColumns {
      for (let at = 0; at < count; at++) {
        const n = columns.n[at] ?? 0;
        if (n === 0) continue;
        // A sum that is too large for a number is told as the nearest mean there can be.
        const mean = (total[at] ?? 0) / n || 0;
        columns.avg[at] = Math.min(columns.max[at] ?? mean, Math.max(columns.min[at] ?? mean, mean));
      }
      return columns;
    },
  };
}

/**
 * A chart of states, told in the order of time: on or off holds until the next reading. `avg` is the share of a
 * bucket's time that it was on; time before the first reading counts as off.
 * @param before what held when the chart begins; null: not known
 * @param end a state holds until then at most, epoch ms: nobody knows what comes
 */
export function createStateChart({ t0, step, count }: ChartPlan, before: number | null, end: Millis) {
  const columns = emptyColumns(count);
  const on = new Float64Array(count);
  const stop = Math.min(end, t0 + step * count);
  let held = before;
  let since = t0;

  /** What holds has held until then. */
  function hold(until: Millis): void {
    const to = Math.min(until, stop);
    if (held !== null) {
      for (let from = since; from < to; ) {
        const at = Math.floor((from - t0) / step);
        const next = Math.min(to, t0 + (at + 1) * step);
        widen(columns, at, held, held);
        if (held > 0) on[at] = (on[at] ?? 0) + next - from;
        from = next;
      }
    }
    since = Math.max(since, to);
  }

  const bucketOf = (utc: Millis): number => Math.min(count - 1, Math.max(0, Math.floor((utc - t0) / step)));

  return {
    /** One reading. */
    reading(utc: Millis, value: number): void {
      hold(utc);
      const at = bucketOf(utc);
      widen(columns, at, value, value);
      columns.n[at] = (columns.n[at] ?? 0) + 1;
      held = value;
    },
    /** A stretch that was added up before, within one bucket. */
    stretch(from: Millis, to: Millis, some: Summary, last: number): void {
      hold(from);
      const at = bucketOf(from);
      widen(columns, at, some.low, some.high);
      columns.n[at] = (columns.n[at] ?? 0) + some.n;
      on[at] = (on[at] ?? 0) + some.total;
      held = last;
      since = Math.max(since, to);
    },
    finish(): ChartColumns {
      hold(stop);
      for (let at = 0; at < count; at++) {
        if (Number.isNaN(columns.min[at] ?? Number.NaN)) continue;
        const begin = t0 + at * step;
        const length = Math.max(1, Math.min(begin + step, stop) - begin);
        columns.avg[at] = Math.min(1, (on[at] ?? 0) / length);
      }
      return columns;
    },
  };
}

function widen(columns: ChartColumns, at: number, low: number, high: number): void {
  const min = columns.min[at] ?? Number.NaN;
  const max = columns.max[at] ?? Number.NaN;
  if (!(min <= low)) columns.min[at] = low;
  if (!(max >= high)) columns.max[at] = high;
}
