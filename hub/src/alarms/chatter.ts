import type { Millis } from '../shared/time.ts';
import {
  CHATTER_FACTOR,
  CHATTER_FOR_MS,
  CHATTER_HOLD_MS,
  CHATTER_MOVES,
  CHATTER_WITHIN_MS,
} from './limits.ts';
import { type AlarmKind, LIFE_SAFETY } from './schema.ts';

/** An alarm that comes and goes too often. Durable; times are house time, ms. */
export type Chatter = {
  readonly until: Millis;
  /** Its condition ended, and it clears then unless it comes back before; null: it did not end. */
  readonly clearsAt: Millis | null;
};

/** The last transitions of one alarm, oldest first, with one more. */
export const withMove = (moves: readonly Millis[], now: Millis): readonly Millis[] =>
  [...moves, now].slice(-CHATTER_MOVES);

export const isChatter = (moves: readonly Millis[]): boolean =>
  moves.length === CHATTER_MOVES && (moves.at(-1) as Millis) - (moves[0] as Millis) <= CHATTER_WITHIN_MS;

/** Whether moves so old can still be part of a chatter. */
export const areFresh = (moves: readonly Millis[], now: Millis): boolean =>
  now - (moves.at(-1) ?? now) <= CHATTER_WITHIN_MS;

export const beginChatter = (now: Millis): Chatter => ({ until: now + CHATTER_FOR_MS, clearsAt: null });

/**
 * For how long the end of a condition is held back, ms. That a danger to life is over is told no later than ALM-6 has it.
 * @param offDelayMs for how long it was clear already
 */
export const holdMs = (kind: AlarmKind, offDelayMs: Millis): Millis =>
  Math.max((CHATTER_FACTOR - 1) * offDelayMs, LIFE_SAFETY.has(kind) ? 0 : CHATTER_HOLD_MS);

export const dueOfChatter = ({ until, clearsAt }: Chatter): Millis => clearsAt ?? until;
