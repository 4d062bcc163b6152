import { isSounding } from '../alarms/schema.ts';
import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { eachRow } from '../house/table.ts';
import type { AirRow } from './airRow.ts';
import { withProgress } from './limitMachine.ts';
import type { Limit } from './limits/limit.ts';
import { CONFIRMED_FIRE, type LimitSet } from './limits/table.ts';
import type { AirState } from './state.ts';
import { tell } from './telling.ts';

/** "Two detectors, or one and heat, leave no doubt": every smoke alarm of the home is critical then. Source: safety.md §1.1. */
export function confirmFire(before: AirState): Outcome<AirState> {
  /** Where it burns, or was thought to. */
  const suspects: { readonly entityId: string; readonly row: AirRow; readonly burns: boolean }[] = [];
  eachRow(before.rows, (row, entityId) => {
    const burns = isBurning(row, before.limits);
    if (burns || CONFIRMED_FIRE.id in row.limits) suspects.push({ entityId, row, burns });
  });
  let state = before;
  const facts: Fact[] = [];
  const sure = suspects.filter(({ burns }) => burns).length >= 2;
  for (const { entityId, row, burns } of suspects) {
    const isCritical = sure && burns && row.quantity === 'smoke';
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
  for (const id in row.limits) {
    const limit = row.limits[id]?.phase === 'holds' ? set.byId.get(id) : undefined;
    if (limit !== undefined && limit.id !== CONFIRMED_FIRE.id && isFire(limit)) return true;
  }
  return false;
}

const isFire = ({ kind, level, cause }: Limit): boolean =>
  (kind === 'smoke' || kind === 'heat') && isSounding(level) && cause !== 'unverified';
