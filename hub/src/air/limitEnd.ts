import { earliest, type Millis } from '../shared/time.ts';
import type { AirRow } from './airRow.ts';
import { type Limit, limitsFor } from './limits.ts';

export const nameOf = (limit: Limit) => `${limit.kind}/${limit.level}`;

/** House time at which the first on-delay of this sensor ends by the clock. */
export function endOf(row: AirRow): Millis | null {
  let end: Millis | null = null;
  for (const limit of limitsFor(row.quantity, row.value)) {
    const progress = row.limits[nameOf(limit)];
    if (progress?.phase !== 'pending' || limit.confirmReadings > 1) continue;
    end = earliest(end, progress.since + limit.onDelayMs);
  }
  return end;
}
