import type { Curve } from './curve.ts';

/** A figure from which on a value means something. Drawn with word and figure. */
export type HistoryLimit = {
  readonly level: 'check' | 'warning' | 'alarm';
  readonly value: number;
  /** `under`: what is dangerous lies below, as with oxygen. */
  readonly side: 'over' | 'under';
};

export const isBeyond = ({ value, side }: HistoryLimit, measured: number): boolean =>
  side === 'over' ? measured > value : measured < value;

/** How long the mean was beyond a limit, ms: each value counts half the way to its neighbours, gaps count nothing. */
export const beyondMs = (curve: Curve, limit: HistoryLimit): number => {
  let ms = 0;
  for (const [place, at] of curve.x.entries()) {
    const value = curve.avg[place] ?? null;
    if (value === null || !isBeyond(limit, value)) continue;
    for (const neighbour of [place - 1, place + 1])
      if ((curve.avg[neighbour] ?? null) !== null) ms += Math.abs((curve.x[neighbour] ?? at) - at) / 2;
  }
  return ms;
};

/**
 * The limits that a chart draws: on each side those that were passed and the next one. One that is far away would press the
 * curve flat.
 */
export const limitsInSight = (
  limits: readonly HistoryLimit[],
  { min, max }: Curve,
): readonly HistoryLimit[] => {
  const values = [...min, ...max].filter((value) => value !== null && value !== undefined);
  if (values.length === 0) return limits;
  const lowest = values.reduce((low, value) => Math.min(low, value));
  const highest = values.reduce((high, value) => Math.max(high, value));
  const over = limits.filter(({ side }) => side === 'over').toSorted((a, b) => a.value - b.value);
  const under = limits.filter(({ side }) => side === 'under').toSorted((a, b) => b.value - a.value);
  return [
    ...withNext(over, (limit) => highest >= limit.value),
    ...withNext(under, (limit) => lowest <= limit.value),
  ];
};

const withNext = (
  limits: readonly HistoryLimit[],
  isPassed: (limit: HistoryLimit) => boolean,
): readonly HistoryLimit[] => limits.slice(0, limits.filter(isPassed).length + 1);
