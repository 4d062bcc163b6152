import type { AirLimitsPatch, LimitView } from '../schema.ts';
import { type Limit, withOwn } from './limit.ts';
import type { LimitSet } from './table.ts';

/** How the app sees one limit. */
export const viewLimit = (limit: Limit): LimitView => ({
  id: limit.id,
  kind: limit.kind,
  quantity: limit.quantity,
  level: limit.level,
  measure: limit.measure,
  windowMs: limit.windowMs,
  crosses: limit.crosses,
  limit: limit.limit,
  unit: limit.unit,
  standard: limit.standard,
  own: limit.limit !== limit.standard,
  editable: limit.editable,
  strictest: limit.strictest,
  weakest: limit.weakest,
  hysteresis: limit.hysteresis,
  onDelayMs: limit.onDelayMs,
  offDelayMs: limit.offDelayMs,
  latching: limit.latching,
  source: limit.source,
});

/** Whether more of the quantity is worse. */
const isUpper = ({ crosses }: Limit): boolean => crosses === 'above' || crosses === 'atLeast';

/** Why that limit may not be moved there; null: it may. Source: safety.md AIR-1. */
export type EditRefusal = 'limit-not-editable' | 'limit-too-weak' | 'limit-too-strict' | 'no-such-limit';

export function refusalOfEdit(limit: Limit | undefined, own: number | null): EditRefusal | null {
  if (limit === undefined) return 'no-such-limit';
  if (!limit.editable) return 'limit-not-editable';
  if (own === null) return null;
  const upward = isUpper(limit) ? 1 : -1;
  if ((own - limit.weakest) * upward > 0) return 'limit-too-weak';
  return (limit.strictest - own) * upward > 0 ? 'limit-too-strict' : null;
}

/** The first limit of a patch that may not be, with why; null: all may. */
export function refusalOfPatch(
  set: LimitSet,
  { own = [] }: AirLimitsPatch,
): { readonly id: string; readonly reason: EditRefusal } | null {
  for (const { id, limit } of own) {
    const reason = refusalOfEdit(
      set.all.find((each) => each.id === id),
      limit,
    );
    if (reason !== null) return { id, reason };
  }
  return null;
}

/** The limit as somebody thinks of having it; a refusal where it may not be. */
export function asWished(set: LimitSet, id: string, own: number): Limit | EditRefusal {
  const limit = set.all.find((each) => each.id === id);
  const reason = refusalOfEdit(limit, own);
  return reason ?? withOwn(limit as Limit, own);
}
