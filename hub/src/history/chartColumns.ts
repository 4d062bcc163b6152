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

/** Stands among the readings of a state for: from here on nobody knows, until the next one. Never shown. */
export const ENDED = -1;

/** Milliseconds of a stretch in which it was known what held; null: all of it. */
export type Known = { readonly known: number | null };

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
 * A chart of states, told in the order of time: on or off holds until the next reading, or until it ended. `avg` is the
 * share that it was on of the time in which that was known.
 * @param before what held when the chart begins; null: not known
 * @param end a state holds until then at most, epoch ms: nobody knows what comes
 */
export function createStateChart({ t0, step, count }: ChartPlan, before: number | null, end: Millis) {
  const columns = emptyColumns(count);
  const on = new Float64Array(count);
  const known = new Float64Array(count);
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
        known[at] = (known[at] ?? 0) + next - from;
        from = next;
      }
    }
    since = Math.max(since, to);
  }

  const bucketOf = (utc: Millis): number => Math.min(count - 1, Math.max(0, Math.floor((utc - t0) / step)));

  return {
    /** One reading, or `ENDED`. */
    reading(utc: Millis, value: number): void {
      hold(utc);
      if (value === ENDED) {
        held = null;
        return;
      }
      const at = bucketOf(utc);
      widen(columns, at, value, value);
      columns.n[at] = (columns.n[at] ?? 0) + 1;
      held = value;
    },
    /** A stretch that was added up before, within one bucket. `last`: what held at its end; null: not known. */
    stretch(from: Millis, to: Millis, some: Summary & Known, last: number | null): void {
      hold(from);
      const at = bucketOf(from);
      const knownMs = some.known ?? to - from;
      if (knownMs > 0 || some.n > 0) widen(columns, at, some.low, some.high);
      known[at] = (known[at] ?? 0) + knownMs;
      columns.n[at] = (columns.n[at] ?? 0) + some.n;
      on[at] = (on[at] ?? 0) + some.total;
      held = last;
      since = Math.max(since, to);
    },
    /** Of a bucket, after `finish`: milliseconds that it was on, and that it was known. */
    timeOf: (at: number) => ({ total: on[at] ?? 0, known: known[at] ?? 0 }),
    finish(): ChartColumns {
      hold(stop);
      for (let at = 0; at < count; at++) {
        if (Number.isNaN(columns.min[at] ?? Number.NaN)) continue;
        const time = known[at] ?? 0;
        columns.avg[at] = time > 0 ? Math.min(1, (on[at] ?? 0) / time) : (columns.max[at] ?? 0);
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
