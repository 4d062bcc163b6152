import type { ChartAnswer } from './messages.ts';
import type { HistoryRange } from './schema.ts';

const nulls = (column: Float64Array): (number | null)[] =>
  Array.from(column, (value) => (Number.isNaN(value) ? null : value));

/** A chart as the app gets it. */
export const rangeOf = ({ min, max, avg, n, ...rest }: ChartAnswer): HistoryRange => ({
  ...rest,
  min: nulls(min),
  max: nulls(max),
  avg: nulls(avg),
  n: Array.from(n),
});
