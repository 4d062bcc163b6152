import type { Judged, Table } from './bench.ts';
import { rounded } from './figures.ts';

type Unit = Judged['unit'];

/** Judges a figure; nothing when it was not measured. NaN is never met. */
export function atMost(figure: string, value: number | undefined, limit: number, unit: Unit): Judged[] {
  if (value === undefined) return [];
  return [{ figure, value: rounded(value, 3), atMost: limit, unit, met: value <= limit }];
}

export function atLeast(figure: string, value: number | undefined, limit: number, unit: Unit): Judged[] {
  if (value === undefined) return [];
  return [{ figure, value: rounded(value, 3), atLeast: limit, unit, met: value >= limit }];
}

/** One number over another; undefined when one of them is missing. */
export const ratioOf = (ours: number | undefined, theirs: number | undefined): number | undefined =>
  ours === undefined || theirs === undefined ? undefined : ours / theirs;

export function tableOfLimits(limits: readonly Judged[]): Table {
  const rows = limits.map(({ figure, value, atMost: most, atLeast: least, unit, met }) => {
    const limit = most === undefined ? `≥ ${least}` : `≤ ${most}`;
    return [figure, `${rounded(value)} ${unit}`, `${limit} ${unit}`, met ? 'met' : 'MISSED'];
  });
  return { title: 'Limits', rows: [['figure', 'measured', 'limit', ''], ...rows] };
}
