import type { HistoryRange } from '@homeward/hub/api';

/** What is drawn of a series of numbers. A row of nulls opens the line: nothing was heard there. */
export type Curve = {
  readonly x: number[];
  readonly min: (number | null)[];
  readonly max: (number | null)[];
  readonly avg: (number | null)[];
};

/** Without a known report interval: so many times the usual distance between two values still belong together. */
const USUAL_TIMES = 3;
/** As on a tile: over two report intervals nothing was heard. */
const INTERVALS = 2;

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** How far apart two values may be and still be one line. ms. A sensor that reports rarely is no broken one. */
export const joinedMs = (range: HistoryRange, reportEveryMs: number | null): number => {
  const { step, n } = range;
  if (reportEveryMs !== null) return INTERVALS * reportEveryMs + step;
  const heard = n.flatMap((count, place) => (count > 0 ? [place] : []));
  const apart = heard.slice(1).map((place, before) => place - (heard[before] ?? 0));
  return USUAL_TIMES * Math.max(1, median(apart.toSorted((a, b) => a - b))) * step;
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
