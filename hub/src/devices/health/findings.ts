import type { Millis, Moment } from '../../shared/time.ts';
import { type HealthCheck, HealthState as Word } from '../healthSchema.ts';
import { type Finding, type Findings, NO_FINDINGS } from './state.ts';

/** What a check makes of a sensor, but for since when. */
export type Made = Pick<Finding, 'state' | 'priority'> & Partial<Pick<Finding, 'endsAt' | 'detail'>>;

/** The answer of a check: what it found, and when to look again. */
export type Checked = { readonly made: Made | null; readonly next: Millis | null };

/** It passes, and only an event can change that. */
export const PASSED: Checked = { made: null, next: null };

const isSame = (old: Finding, made: Made): boolean =>
  old.state === made.state &&
  old.priority === made.priority &&
  old.endsAt === (made.endsAt ?? null) &&
  old.detail === (made.detail ?? null);

/** With what a check found now; the same value when that is what it found before. `since` stays until the check passes. */
export function withFinding(
  findings: Findings,
  check: HealthCheck,
  made: Made | null,
  now: Moment,
): Findings {
  const old = findings[check];
  if (made === null) {
    if (old === undefined) return findings;
    const { [check]: _, ...others } = findings;
    return isEmpty(others) ? NO_FINDINGS : others;
  }
  if (old !== undefined && isSame(old, made)) return findings;
  const { state, priority, endsAt = null, detail = null } = made;
  return { ...findings, [check]: { state, priority, endsAt, detail, since: old?.since ?? now } };
}

export function isEmpty(findings: Findings): boolean {
  for (const _ in findings) return false;
  return true;
}

const ORDER: readonly Word[] = Word.options;

/** Whether `a` is worse than `b`. */
export const isWorse = (a: Word, b: Word): boolean => ORDER.indexOf(a) > ORDER.indexOf(b);

/** The worst state of all checks. */
export function worstOf(findings: Findings): Word {
  let worst: Word = 'ok';
  for (const { state } of Object.values(findings)) if (isWorse(state, worst)) worst = state;
  return worst;
}
