import { MINUTE_MS, type Millis } from '../shared/time.ts';
import type { DevicesState } from './state.ts';

/** After a start, or when the broker comes back, everybody has this long to speak, ms. Source: safety.md SUP-2 (2 × 30 s). */
export const GRACE_MS: Millis = MINUTE_MS;

/**
 * The graces of a broker that flaps end so long after its first return, ms; one that was away as long is no flap, and gives a new grace.
 * Ours: a broker that is brought up to date restarts a few times within minutes; a detector that died meanwhile is known at most so much later.
 */
export const GRACES_MS: Millis = 5 * MINUTE_MS;

/** Whether the broker has stayed for a whole grace: then it flaps no more. */
export const isSteady = ({ brokerUp, brokerSince }: DevicesState, now: Millis): boolean =>
  brokerUp && now - brokerSince >= GRACE_MS;
