import type { HistoryRange } from '@homeward/hub/api';
import type { Sample } from '../hub/traces.ts';

type Columns = {
  readonly min: (number | null)[];
  readonly max: (number | null)[];
  readonly avg: (number | null)[];
  readonly n: number[];
};

/** A chart that nobody asks for again grows by no more than this many steps; then it is fetched anew. */
const MOST_ADDED = 2_000;

const put = (columns: Columns, place: number, value: number): void => {
  while (columns.n.length <= place) {
    columns.min.push(null);
    columns.max.push(null);
    columns.avg.push(null);
    columns.n.push(0);
  }
  const n = columns.n[place] ?? 0;
  const avg = columns.avg[place] ?? null;
  columns.min[place] = Math.min(value, columns.min[place] ?? value);
  columns.max[place] = Math.max(value, columns.max[place] ?? value);
  columns.avg[place] = avg === null || n === 0 ? value : (avg * n + value) / (n + 1);
  columns.n[place] = n + 1;
};

/** What was fetched, with what was heard since. What lies before it, or absurdly far after it, stays out. */
export const withLive = (range: HistoryRange, samples: readonly Sample[]): HistoryRange => {
  const most = range.n.length + MOST_ADDED;
  const fit = samples
    .map(({ at, value }) => ({ place: Math.floor((at - range.t0) / range.step), value }))
    .filter(({ place }) => place >= 0 && place < most);
  if (fit.length === 0) return range;
  const columns = { min: [...range.min], max: [...range.max], avg: [...range.avg], n: [...range.n] };
  for (const { place, value } of fit) put(columns, place, value);
  return { ...range, ...columns };
};
