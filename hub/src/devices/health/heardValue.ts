import type { Moment } from '../../shared/time.ts';
import type { Live } from '../rows.ts';
import type { Quantity } from '../schema.ts';
import type { Made } from './findings.ts';
import { withFinding } from './findings.ts';
import {
  MOST_AT_ONCE,
  MOST_PER_RATE,
  NEVER_STILL,
  RANGE_FAULT_SAMPLES,
  RANGE_GOOD_SAMPLES,
  RATE_MS,
} from './limits.ts';
import type { HealthRow, Pulse, Still } from './state.ts';

/** Whether a value may have moved so far in that time. */
function mayMove(quantity: Quantity, most: number, from: number, to: number, ms: number): boolean {
  const atOnce = MOST_AT_ONCE.get(quantity) ?? Number.POSITIVE_INFINITY;
  return Math.abs(to - from) <= Math.min(atOnce, most * Math.max(1, ms / RATE_MS));
}

const JUMPED: Made = { state: 'suspect', priority: 4 };

/**
 * A value that jumps faster than air can is held back for one sample: when the next agrees with it, it was true; when that one is as
 * before, it was none.
 * @param last what was heard before this one
 */
export function noteRate(pulse: Pulse, quantity: Quantity, value: number, last: Live, now: Moment): Pulse {
  const most = MOST_PER_RATE.get(quantity);
  if (most === undefined || typeof last.value !== 'number' || last.heardAt === null) return pulse;
  const jumps = !mayMove(quantity, most, last.value, value, now.mono - last.heardAt.mono);
  const { before } = pulse;
  if (before === null && !jumps) return pulse;
  const isBack = before !== null && mayMove(quantity, most, before.value, value, now.mono - before.at);
  if (!jumps || isBack) {
    return { ...pulse, before: null, passing: withFinding(pulse.passing, 'rate', null, now) };
  }
  return {
    ...pulse,
    before: before ?? { value: last.value, at: last.heardAt.mono },
    passing: withFinding(pulse.passing, 'rate', JUMPED, now),
  };
}

/**
 * A value that nothing in a home can have, once more: once it is suspect, three times a fault.
 * @param wasDoubted one was noted before, perhaps before a restart: that is known, how many there were is not
 */
export const noteImpossible = (pulse: Pulse, wasDoubted: boolean): Pulse => ({
  ...pulse,
  bad: Math.min(RANGE_FAULT_SAMPLES, Math.max(pulse.bad, wasDoubted ? 1 : 0) + 1),
  good: 0,
});

/** A value that can be. Three of them in a row, and what was wrong before is past. */
export function notePossible(pulse: Pulse, wasDoubted: boolean): Pulse {
  if (!wasDoubted) return pulse;
  const good = pulse.good + 1;
  return good < RANGE_GOOD_SAMPLES ? { ...pulse, good } : { ...pulse, bad: 0, good: 0 };
}

const mayBeStuck = (quantity: Quantity, value: number): boolean =>
  NEVER_STILL.has(quantity) || (quantity === 'carbon_monoxide' && value === 0);

/** Since when the value has not moved at all; null: it has, or may. */
export function stillOf(
  pulse: Pulse,
  row: HealthRow,
  quantity: Quantity,
  value: number,
  last: Live,
): Still | null {
  if (!mayBeStuck(quantity, value)) return null;
  // The first word since the start goes on with what was known before it.
  const known = pulse.still ?? (last.heardAt === null ? row.still : null);
  if (known?.value === value) return known;
  if (last.value !== value || last.heardAt === null) return null;
  return { value, since: last.heardAt.mono, low: null, high: null };
}
