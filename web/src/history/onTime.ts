import type { HistoryRange } from '@homeward/hub/api';
import type { Sample } from '../hub/traces.ts';
import type { Curve } from './curve.ts';
import type { Stretch } from './view.ts';

/** A stretch of time and the share of it, 0..1, in which it was on. */
export type OnStretch = Stretch & { readonly share: number };

const join = (stretches: OnStretch[], next: OnStretch): void => {
  if (next.to <= next.from) return;
  const last = stretches.at(-1);
  if (last !== undefined && last.to === next.from && last.share === next.share)
    stretches[stretches.length - 1] = { ...last, to: next.to };
  else stretches.push(next);
};

/**
 * When it was on, in order; stretches of the same share are one. The hub fills each bucket in which it knows what
 * held, though nothing was said in it; what nobody knows is left out.
 * @param live what was heard since the range was fetched, oldest first, and what held then
 */
export const onStretches = (
  range: HistoryRange,
  live: readonly Sample[],
  until: number,
): readonly OnStretch[] => {
  const stretches: OnStretch[] = [];
  const fetchedUntil = Math.min(live[0]?.at ?? until, until);
  for (const [place, avg] of range.avg.entries()) {
    const from = range.t0 + place * range.step;
    if (avg !== null) join(stretches, { from, to: Math.min(from + range.step, fetchedUntil), share: avg });
  }
  for (const [place, { at, value }] of live.entries())
    join(stretches, { from: at, to: Math.min(live[place + 1]?.at ?? until, until), share: value });
  return stretches;
};

/** How long it was on and how long that is known, ms, within a stretch of time. */
export const onTime = (
  stretches: readonly OnStretch[],
  from: number,
  to: number,
): { readonly onMs: number; readonly knownMs: number } => {
  let onMs = 0;
  let knownMs = 0;
  for (const stretch of stretches) {
    const ms = Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
    knownMs += ms;
    onMs += ms * stretch.share;
  }
  return { onMs, knownMs };
};

/** The same as a curve of shares, for looking at one moment after the other. */
export const onCurve = (stretches: readonly OnStretch[], step: number): Curve => {
  const x: number[] = [];
  const avg: number[] = [];
  for (const { from, to, share } of stretches)
    for (let begin = from; begin < to; begin += step) {
      x.push((begin + Math.min(begin + step, to)) / 2);
      avg.push(share);
    }
  return { x, min: avg, max: avg, avg };
};
