import type { Quantity } from '../devices/schema.ts';
import type { Fact } from '../house/facts.ts';
import { factsThatFollow, type Outcome } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import type { Millis } from '../shared/time.ts';
import { judge } from './judged.ts';
import { moveLimits } from './limitMachine.ts';
import type { Limit } from './limits/limit.ts';
import { saidNow } from './measuredNow.ts';
import type { AirState } from './state.ts';
import { tell } from './telling.ts';

/** What a sensor said last, and the limits that it is held against. */
export type SaidLast = {
  readonly entityId: string;
  readonly quantity: Quantity;
  readonly value: number;
  readonly limits: readonly Limit[];
};

/** Holds what those sensors said last against limits again: the limits changed, or a dose filled by the clock. */
export function judgeAnew(before: AirState, sensors: readonly SaidLast[], now: Millis): Outcome<AirState> {
  let state = before;
  const facts: Fact[] = [];
  for (const { entityId, quantity, value, limits: against } of sensors) {
    const said = saidNow(state, entityId, quantity, value, now);
    const row = getRow(state.rows, entityId) ?? { quantity, limits: {}, told: {}, late: false };
    const limits = moveLimits(row.limits, against, (limit) => judge(limit, said), now, false);
    if (limits === row.limits) continue;
    const outcome = tell(state, entityId, { ...row, limits });
    state = outcome.state;
    facts.push(...factsThatFollow(outcome));
  }
  return { state, facts };
}
