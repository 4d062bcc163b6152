import type { Millis } from '../../shared/time.ts';
import { type Checked, type Made, PASSED } from './findings.ts';
import { FIRST_USE_MS, WARM_UP_MS } from './limits.ts';
import type { Look } from './look.ts';
import { technologyOf } from './technology.ts';
import { deviceOf } from './watched.ts';

/** It warms up until then. */
const until = (endsAt: Millis): Made => ({ state: 'warming-up', priority: 4, endsAt });

/** While it warms up, and in its first hours of all. */
export function checkWarmUp(look: Look): Checked {
  const { entity, row, devices, now } = look;
  const technology = technologyOf(entity, deviceOf(devices, entity), row);
  const first = row.firstUse === null ? 0 : row.firstUse + (FIRST_USE_MS[technology] ?? 0);
  const endsAt = Math.max(row.findings['warm-up']?.endsAt ?? 0, first);
  return endsAt > now.mono ? { made: until(endsAt), next: endsAt } : PASSED;
}

/** The sensor got its power at that house time; null: nothing to wait for. */
export function warmUpFrom(look: Look, poweredAt: Millis): Made | null {
  const { entity, row, devices, now } = look;
  const endsAt = poweredAt + WARM_UP_MS[technologyOf(entity, deviceOf(devices, entity), row)];
  const runsUntil = row.findings['warm-up']?.endsAt ?? 0;
  return Math.max(endsAt, runsUntil) > now.mono ? until(Math.max(endsAt, runsUntil)) : null;
}
