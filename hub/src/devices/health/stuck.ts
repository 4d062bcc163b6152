import { quantityOf } from '../state.ts';
import { type Checked, PASSED } from './findings.ts';
import { CO_ZERO_MS, STUCK_MS, STUCK_WARMER_C, WARMTH_EVERY_MS } from './limits.ts';
import type { Look } from './look.ts';
import type { Still } from './state.ts';

/** With how warm it is now, °C; null: nobody knows. */
export function withWarmth(still: Still, warmth: number | null): Still {
  if (warmth === null) return still;
  const low = Math.min(still.low ?? warmth, warmth);
  const high = Math.max(still.high ?? warmth, warmth);
  return low === still.low && high === still.high ? still : { ...still, low, high };
}

/** Whether its value stands still though it should not. The look's pulse knows how warm it has been meanwhile. */
export function checkStuck({ entity, live, row, pulse, now }: Look): Checked {
  const still = pulse.still ?? (live.heardAt === null ? row.still : null);
  if (still === null) return PASSED;
  const isCo = quantityOf(entity) === 'carbon_monoxide';
  const dueAt = still.since + (isCo ? CO_ZERO_MS : STUCK_MS);
  const hasReason = isCo || (still.high ?? 0) - (still.low ?? 0) > STUCK_WARMER_C;
  if (now.mono >= dueAt && hasReason) return { made: { state: 'suspect', priority: 3 }, next: null };
  if (isCo) return { made: null, next: dueAt };
  return {
    made: null,
    next: Math.min(now.mono + WARMTH_EVERY_MS, hasReason ? dueAt : Number.POSITIVE_INFINITY),
  };
}
