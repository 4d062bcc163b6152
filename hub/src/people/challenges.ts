import { randomBytes, timingSafeEqual } from 'node:crypto';
import { MINUTE_MS, type Millis } from '../shared/time.ts';
import type { Passwords } from './passwords.ts';

/** So long may it take to answer, ms: somebody looks for their key. Source: WebAuthn level 3 §15.1, 5 to 10 minutes. */
const ANSWER_MS: Millis = 5 * MINUTE_MS;

const RANDOM_BYTES = 16;
const TIME_BYTES = 8;
const HEAD_BYTES = RANDOM_BYTES + TIME_BYTES;

export type Challenges = {
  /** @param purpose what the answer is for: it counts for nothing else */
  draw(purpose: string): Uint8Array<ArrayBuffer>;
  /** Whether it was drawn here for that, not long ago, and was not used. @param challenge base64url */
  isOpen(purpose: string, challenge: string): boolean;
  /** It counts no more. */
  use(challenge: string): void;
};

/**
 * Challenges that are signed and not remembered: whoever asks for a million of them fills nothing. Those that were used are remembered
 * until they are too old; a restart makes all of them void.
 * @param keyed signs them; @param now steady ms
 */
export function createChallenges(keyed: Passwords['keyed'], now: () => Millis): Challenges {
  const run = randomBytes(RANDOM_BYTES).toString('base64url');
  const used = new Map<string, Millis>();
  const proofOf = (purpose: string, head: Buffer): Buffer =>
    Buffer.from(keyed(`challenge ${run} ${purpose} ${head.toString('base64url')}`), 'base64url');

  return {
    draw(purpose) {
      const time = Buffer.alloc(TIME_BYTES);
      time.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(now()))));
      const head = Buffer.concat([randomBytes(RANDOM_BYTES), time]);
      return new Uint8Array([...head, ...proofOf(purpose, head)]);
    },
    isOpen(purpose, challenge) {
      const bytes = Buffer.from(challenge, 'base64url');
      const head = bytes.subarray(0, HEAD_BYTES);
      const proof = proofOf(purpose, head);
      if (bytes.length !== HEAD_BYTES + proof.length) return false;
      const isMine = timingSafeEqual(bytes.subarray(HEAD_BYTES), proof);
      const age = now() - Number(head.readBigUInt64BE(RANDOM_BYTES));
      return isMine && age >= 0 && age < ANSWER_MS && !used.has(bytes.toString('base64url'));
    },
    use(challenge) {
      for (const [one, at] of used) if (now() - at >= ANSWER_MS) used.delete(one);
      used.set(Buffer.from(challenge, 'base64url').toString('base64url'), now());
    },
  };
}
