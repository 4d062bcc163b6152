import { crosses, isClear, type Limit } from './limits/limit.ts';
import type { Measured } from './measured.ts';

/** How what is measured stands to a limit. `between`: neither crossed nor clear. `unknown`: it cannot be computed. */
export type Judged = {
  readonly is: 'crossed' | 'between' | 'clear' | 'unknown';
  readonly value: number | boolean;
};

const UNKNOWN: Judged = { is: 'unknown', value: 0 };

/** The state of a contact against a limit of contacts. */
export const judgeContact = (limit: Limit, value: boolean): Judged => ({
  is: crosses(limit, value) ? 'crossed' : 'clear',
  value,
});

/** What one sensor says now, as its limits are held against it. */
export type Said = {
  /** The reading itself. */
  readonly raw: number;
  readonly measured: readonly Measured[];
  /** Whether the reading went up during the last quarter of an hour. */
  readonly rising: boolean;
};

/** What that limit is held against. A plain loop: it is asked for each limit at each reading. */
export function measuredFor(measured: readonly Measured[], limit: Limit): Measured | undefined {
  for (const each of measured) {
    if (each.measure === limit.measure && each.windowMs === limit.windowMs) return each;
  }
  return undefined;
}

export function judge(limit: Limit, { raw, measured, rising }: Said): Judged {
  const value = measuredFor(measured, limit)?.value ?? null;
  // Under the gate it is clear whatever cannot be computed: a sensor that speaks seldom has no rate, and must end its alarm all the same.
  if (limit.gate !== null && raw < limit.gate) return { is: 'clear', value: value ?? raw };
  // What is not finite never reaches a comparison (safety.md AIR-3).
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  if (isClear(limit, value)) return { is: 'clear', value };
  const isCrossed = crosses(limit, value) && (!limit.onlyRising || rising);
  return { is: isCrossed ? 'crossed' : 'between', value };
}
