import type { AlarmEvent } from '../alarms/lifeSchema.ts';

/**
 * Transitions of an alarm: false where a fact of its own tells of it, or nobody wants to know it later. A new one of the contract does not
 * compile before that is decided.
 */
const IS_UNTOLD: Readonly<Record<AlarmEvent, boolean>> = {
  raised: false,
  'level-changed': false,
  changed: false,
  cleared: false,
  acknowledged: false,
  reset: true,
  hushed: true,
  'hush-ended': true,
  shelved: true,
  unshelved: true,
  suppressed: true,
  unsuppressed: true,
  'taken-out': true,
  'put-back': true,
  'chatter-began': false,
  'chatter-ended': false,
  stale: true,
  'shown-again': true,
  retired: true,
};

/** Transitions of an alarm that no fact of their own tells: what a person or a rule did to it. */
export const UNTOLD_MOVES: ReadonlySet<string> = new Set(
  Object.entries(IS_UNTOLD).flatMap(([event, isUntold]) => (isUntold ? [event] : [])),
);
