import type { Millis } from '../../shared/time.ts';

/**
 * What was heard, in spans of equal length side by side: the sum of value times time, and for how long anything was heard. Spans
 * lie at multiples of `spanMs` of house time. Of bounded size, whatever comes.
 */
export type Tier = {
  readonly spanMs: Millis;
  /** Spans that are kept before the running one. */
  readonly keep: number;
  /** The running span: house time divided by `spanMs`, rounded down. */
  readonly index: number;
  /** Of the running span: value times ms. */
  readonly sum: number;
  /** Of the running span: ms in which the sensor was heard. */
  readonly ms: Millis;
  /** Sum and ms by turns of the spans before it, the latest first. */
  readonly past: readonly number[];
};

export const emptyTier = (spanMs: Millis, keep: number): Tier => ({
  spanMs,
  keep,
  index: 0,
  sum: 0,
  ms: 0,
  past: [],
});

/** Adds a value that stood from then to then, house time. Time runs forward; what lies before the running span is lost. */
export function addSpan(before: Tier, value: number, from: Millis, to: Millis): Tier {
  const { spanMs } = before;
  let tier = before;
  // A gap longer than all that is kept leaves nothing of what was.
  let at = Math.max(from, tier.index * spanMs, (Math.floor(to / spanMs) - tier.keep) * spanMs);
  while (at < to) {
    const index = Math.floor(at / spanMs);
    const end = Math.min(to, (index + 1) * spanMs);
    const { keep, index: running, sum, ms, past } = runTo(tier, index);
    // Written out: this is done for every reading, and a spread costs many times as much.
    tier = { spanMs, keep, index: running, sum: sum + value * (end - at), ms: ms + (end - at), past };
    at = end;
  }
  return tier;
}

/** The same tier with that span as the running one: those between were silent. */
function runTo(tier: Tier, index: number): Tier {
  const steps = index - tier.index;
  if (steps <= 0) return tier;
  const size = 2 * tier.keep;
  // Whole numbers take a third of the room on disk, and lose nothing that a sensor can tell.
  const closed = [Math.round(tier.sum), Math.round(tier.ms)];
  const silent = new Array<number>(Math.min(2 * (steps - 1), size)).fill(0);
  const past = [...silent, ...closed, ...tier.past].slice(0, size);
  return { spanMs: tier.spanMs, keep: tier.keep, index, sum: 0, ms: 0, past };
}

/** A mean over a span of house time with the share of it in which the sensor was heard. */
export type Mean = { readonly mean: number | null; readonly coverage: number };

/** The mean from then to then. A span that the edge cuts counts in proportion. */
export function meanOver(tier: Tier, from: Millis, to: Millis): Mean {
  let sum = 0;
  let ms = 0;
  const { spanMs, past } = tier;
  const first = tier.index * spanMs;
  if (to > first) {
    const share = from <= first ? 1 : Math.max(0, (to - from) / Math.max(1, to - first));
    sum += tier.sum * share;
    ms += tier.ms * share;
  }
  for (let at = 0, start = first - spanMs; at < past.length && start + spanMs > from; at += 2) {
    if (start < to) {
      const share = (Math.min(to, start + spanMs) - Math.max(from, start)) / spanMs;
      sum += (past[at] as number) * share;
      ms += (past[at + 1] as number) * share;
    }
    start -= spanMs;
  }
  // The share in which it was heard can be rounded to a little more than all of it.
  return { mean: ms > 0 ? sum / ms : null, coverage: Math.min(1, Math.max(0, ms / (to - from))) };
}
