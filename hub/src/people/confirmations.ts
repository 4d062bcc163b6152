import type { Millis } from '../shared/time.ts';
import { CONFIRMED_MS } from './limits.ts';

export type Confirmations = {
  /** The person of that session gave their password, or a passkey, just now. */
  confirm(tokenHash: string): void;
  /** For how long that counts still, ms; 0: it has to be given again. */
  leftMs(tokenHash: string): Millis;
};

/**
 * In which sessions somebody proved lately who they are. In memory alone, by a clock that nobody sets: after a restart, and whatever
 * the wall clock says, the password is asked once more rather than once too little.
 * @param steady milliseconds that never jump
 */
export function createConfirmations(steady: () => Millis): Confirmations {
  const given = new Map<string, Millis>();

  function leftMs(tokenHash: string): Millis {
    const at = given.get(tokenHash);
    return at === undefined ? 0 : Math.max(0, at + CONFIRMED_MS - steady());
  }
  return {
    leftMs,
    confirm(tokenHash) {
      for (const one of given.keys()) if (leftMs(one) === 0) given.delete(one);
      given.set(tokenHash, steady());
    },
  };
}
