import { getRow } from '../../house/table.ts';
import type { Doubt, HealthCheck } from '../healthSchema.ts';
import type { Findings, HealthState } from './state.ts';

/**
 * Which checks cast doubt on a reading, the gravest first. Age, battery, signal and the like do not: its alarm could never clear. Nor
 * does a value that stands still, or differs from the one beside it: a dead sensor must not make the good one deaf, so each alarms by
 * itself. One that nobody relies on any more still alarms when a second reading agrees: no setting silences a danger.
 */
const DOUBTS: readonly (readonly [HealthCheck, Doubt])[] = [
  ['unreadable', 'fault'],
  ['malformed', 'fault'],
  ['disabled', 'fault'],
  ['rate', 'rate'],
  ['warm-up', 'warming-up'],
];

function doubtIn(findings: Findings): Doubt | null {
  const range = findings.range?.state;
  if (range !== undefined) return range === 'fault' ? 'fault' : 'suspect';
  for (const [check, doubt] of DOUBTS) if (findings[check] !== undefined) return doubt;
  return null;
}

/** Why what the sensor says now may not be compared with a limit as it is; null: it may. Source: safety.md AIR-2. */
export function doubtOf(state: HealthState, entityId: string): Doubt | null {
  const row = getRow(state.health, entityId);
  if (row === undefined) return null;
  const pulse = getRow(state.pulses, entityId);
  return doubtIn(row.findings) ?? (pulse === undefined ? null : doubtIn(pulse.passing));
}
