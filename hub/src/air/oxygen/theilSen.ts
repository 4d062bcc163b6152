/** A slope with the interval in which it lies nine times out of ten. Per minute. */
export type Slope = { readonly low: number; readonly median: number; readonly high: number };

/** A window has at most so many points. Source: safety.md §2.3: 435 slopes. */
export const MAX_POINTS = 30;

/** 90 %, two-sided. Source: safety.md §2.3. */
const Z = 1.645;
/** Readings of one cell are not independent: the interval is that much wider. Source: safety.md §2.3. */
const AUTOCORRELATION = 1.5;

const MS_PER_MINUTE = 60_000;

/**
 * The median of the slopes of all pairs (Theil and Sen): a third of the points may be nonsense without moving it far. The interval is Kendall's.
 * @param at ms, ascending
 * @returns null: too few points for an interval; 6 are the fewest
 */
export function theilSen(at: readonly number[], values: readonly number[]): Slope | null {
  const points = thin(at, values);
  const slopes = slopesOf(points.at, points.values);
  const n = points.at.length;
  const half = (Z * AUTOCORRELATION * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / 2;
  const rank = Math.ceil(slopes.length / 2 + half);
  if (slopes.length === 0 || rank > slopes.length) return null;
  slopes.sort();
  const low = slopes[slopes.length - rank] as number;
  return { low, median: middle(slopes), high: slopes[rank - 1] as number };
}

/** Neighbours become their mean, until few enough are left. */
function thin(at: readonly number[], values: readonly number[]) {
  const size = Math.ceil(at.length / MAX_POINTS);
  if (size <= 1) return { at, values };
  const thinned = { at: [] as number[], values: [] as number[] };
  for (let from = 0; from < at.length; from += size) {
    thinned.at.push(meanOf(at, from, size));
    thinned.values.push(meanOf(values, from, size));
  }
  return thinned;
}

function meanOf(all: readonly number[], from: number, size: number): number {
  const to = Math.min(from + size, all.length);
  let sum = 0;
  for (let i = from; i < to; i++) sum += all[i] as number;
  return sum / (to - from);
}

function slopesOf(at: readonly number[], values: readonly number[]): Float64Array {
  const slopes = new Float64Array((at.length * (at.length - 1)) / 2);
  let count = 0;
  for (let later = 1; later < at.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const span = (at[later] as number) - (at[earlier] as number);
      if (span <= 0) continue;
      slopes[count++] = ((values[later] as number) - (values[earlier] as number)) * (MS_PER_MINUTE / span);
    }
  }
  return slopes.subarray(0, count);
}

/** The median of sorted numbers, of which there is at least one. */
function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] as number)) / 2;
}

/** The median of numbers, of which there is at least one. */
export const medianOf = (values: readonly number[]): number => middle(Float64Array.from(values).sort());
