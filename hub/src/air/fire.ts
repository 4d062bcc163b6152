import { isSounding } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { rowsOf } from '../house/table.ts';
import type { AirRow } from './airRow.ts';
import { withProgress } from './limitMachine.ts';
import { CONFIRMED_FIRE, type LimitSet } from './limits/table.ts';
import type { AirState } from './state.ts';
import { tell } from './telling.ts';

/** "Two detectors, or one and heat, leave no doubt": every smoke alarm of the home is critical then. Source: safety.md §1.1. */
export function confirmFire(before: AirState): Outcome<AirState> {
  const burning: [entityId: string, row: AirRow][] = [];
  for (const [entityId, row] of rowsOf(before.rows)) {
    if (isBurning(row, before.limits) || CONFIRMED_FIRE.id in row.limits) burning.push([entityId, row]);
  }
  let state = before;
  const facts: Fact[] = [];
  const sure = burning.filter(([, row]) => isBurning(row, before.limits)).length >= 2;
  for (const [entityId, row] of burning) {
    const isCritical = sure && isSmoke(row, before.limits);
    if (isCritical === CONFIRMED_FIRE.id in row.limits) continue;
    const progress = isCritical ? ({ phase: 'holds', clearSince: null, value: true } as const) : undefined;
    const limits = withProgress(row.limits, CONFIRMED_FIRE.id, progress);
    const outcome = tell(state, entityId, { ...row, limits });
    state = outcome.state;
    facts.push(...factsThatFollow(outcome));
  }
  return { state, facts };
}

/** Smoke or heat that sounds, and can be trusted. */
function isBurning(row: AirRow, set: LimitSet): boolean {
  return Object.entries(row.limits).some(([id, { phase }]) => {
    const limit = set.byId.get(id);
    if (limit === undefined || phase !== 'holds' || limit.id === CONFIRMED_FIRE.id) return false;
    const isFire = limit.kind === 'smoke' || limit.kind === 'heat';
    return isFire && isSounding(limit.level) && limit.cause !== 'unverified';
  });
}

const isSmoke = (row: AirRow, set: LimitSet): boolean => row.quantity === 'smoke' && isBurning(row, set);
