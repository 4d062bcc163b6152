import type { HistoryRange } from '@homeward/hub/api';

/** What is drawn of a series of numbers. A row of nulls opens the line: nothing was heard there. */
export type Curve = {
  readonly x: number[];
  readonly min: (number | null)[];
  readonly max: (number | null)[];
  readonly avg: (number | null)[];
};

/** Of what is past the hub keeps no word on who was silent: over two report intervals nothing was heard. */
const INTERVALS = 2;
/**
 * The usual distance between two values: nine of ten are no longer. Also with a known report interval, for what was
 * brought in, or told before the interval was changed, keeps its own.
 */
const USUAL = 0.9;

/** How far apart two values may be and still be one line. ms. A sensor that reports rarely is no broken one. */
export const joinedMs = ({ step, n }: HistoryRange, reportEveryMs: number | null): number => {
  const heard = n.flatMap((count, place) => (count > 0 ? [place] : []));
  const apart = heard.slice(1).map((place, before) => place - (heard[before] ?? 0));
  const usual = apart.toSorted((a, b) => a - b)[Math.floor(USUAL * (apart.length - 1))] ?? 1;
  return Math.max(INTERVALS * (reportEveryMs ?? 0) + step, INTERVALS * usual * step);
};

/** The curve of a range, each value in the middle of its bucket; `until` is now, which the last bucket has not passed. */
export const curveOf = (range: HistoryRange, until: number, joined: number): Curve => {
  const curve: Curve = { x: [], min: [], max: [], avg: [] };
  const push = (at: number, min: number | null, max: number | null, avg: number | null): void => {
    curve.x.push(at);
    curve.min.push(min);
    curve.max.push(max);
    curve.avg.push(avg);
  };
  let last: number | null = null;
  for (const [place, avg] of range.avg.entries()) {
    if (avg === null) continue;
    const begin = range.t0 + place * range.step;
    const at = Math.max(begin, Math.min(begin + range.step / 2, until));
    if (last !== null && at - last > joined) push((last + at) / 2, null, null, null);
    push(at, range.min[place] ?? avg, range.max[place] ?? avg, avg);
    last = at;
  }
  return curve;
};

/** How long nothing was heard, ms: the opened stretches, and what is missing at both ends of a stretch of time. */
export const unheardMs = ({ x, avg }: Curve, from: number, to: number, joined: number): number => {
  const heard = x.filter((_, place) => (avg[place] ?? null) !== null);
  const edges = [from, ...heard, to];
  let ms = 0;
  for (const [place, at] of edges.entries()) {
    const apart = at - (edges[place - 1] ?? at);
    if (apart > joined) ms += apart;
  }
  return ms;
};

/** Values with nothing on either side: they are drawn as dots, for no line reaches them. */
export const lonely = (values: readonly (number | null)[]): number[] =>
  values.flatMap((value, place) => {
    const before = values[place - 1] ?? null;
    const after = values[place + 1] ?? null;
    return value !== null && before === null && after === null ? [place] : [];
  });
