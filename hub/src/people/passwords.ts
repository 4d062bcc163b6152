import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readSecret, writeSecret } from '../io/secretFile.ts';
import { Refusal } from '../shared/errors.ts';
import { createQueue } from './hashQueue.ts';

/**
 * argon2id with 19 MiB, 2 passes, 1 lane. Source: OWASP Password Storage Cheat Sheet (August 2026), its first choice;
 * safety.md §5.1. About 30 ms here and 0.2 s on a small board, in a thread of libuv's pool.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes at a time, 19 MiB each; two of the four threads stay free for files. Source: safety.md ACC-5. */
const PARALLEL = 2;

/** Hashes that may stand in line: with two at a time the last of them waits some 5 s on a small board. */
const WAITING = 32;

/** Length of the pepper, bytes. Source: safety.md ACC-5. */
const PEPPER_BYTES = 32;

export type Passwords = {
  /** @throws Refusal `too-many-tries` when too many wait */
  hash(secret: string): Promise<string>;
  /**
   * Whether the secret is the one that was hashed. Null, for a person whom nobody knows, takes as long and says no.
   * @param first whose try it is, when it goes before those of strangers. Default nobody's
   * @throws Refusal `too-many-tries` when too many wait
   */
  matches(hashed: string | null, secret: string, first?: string | null): Promise<boolean>;
  /**
   * 32 bytes that only this secret makes with that salt, at the cost of a hash: a key.
   * @throws Refusal `too-many-tries` when too many wait
   */
  derive(secret: string, salt: Uint8Array): Promise<Buffer>;
  /** A name for what must not be written down: the same for the same text, and not to be guessed without the pepper. */
  keyed(text: string): string;
};

/**
 * @param pepper what `openPepper` answered
 * @param isLocked the pepper is lost: nobody is let in, and no secret is changed
 */
export function createPasswords(pepper: Buffer, isLocked = false): Passwords {
  const queue = createQueue(PARALLEL, WAITING);
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  const { memoryCost, timeCost, parallelism } = COST;
  const nobody = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
  const ofPepper: Passwords = {
    hash: (secret) => queue(async () => (await argon2()).hash(sameText(secret), { ...COST, secret: pepper })),
    async matches(hashed, secret, first) {
      const verify = async () =>
        (await argon2()).verify(hashed ?? nobody, sameText(secret), { secret: pepper });
      const same = await queue(verify, first);
      return same && hashed !== null;
    },
    derive: (secret, salt) =>
      queue(
        async () => (await argon2()).hashRaw(sameText(secret), { ...COST, secret: pepper, salt }),
        // Everybody has a salt of their own: it stands for them.
        Buffer.from(salt).toString('base64'),
      ),
    keyed: (text) => createHmac('sha256', pepper).update(text).digest('base64url'),
  };
  return isLocked ? { ...ofPepper, hash: locked, matches: locked } : ofPepper;
}

const locked = async (): Promise<never> => {
  throw new Refusal('locked');
};

/**
 * The pepper, or when it is lost one of a day and why: a house is not left without its alarm because nobody can log in. It is
 * locked then, and watched. Whoever is in stays in, so that there is somebody to hear it.
 * @param mayCreate as for `openPepper`
 * @returns `fault`: what is lost and how to mend it, in plain words; null: nothing
 */
export function openPepperOrLock(
  dataFolder: string,
  mayCreate: boolean,
): { pepper: Buffer; fault: string | null } {
  try {
    return { pepper: openPepper(dataFolder, mayCreate), fault: null };
  } catch (error) {
    return {
      pepper: randomBytes(PEPPER_BYTES),
      fault: error instanceof Error ? error.message : String(error),
    };
  }
}

/** 10 MB of memory that a house in which nobody logs in does not need. */
const argon2 = () => import('@node-rs/argon2');

/** The same characters can be typed in more than one way, and keyboards differ. Source: NIST SP 800-63B-4 §3.1.1.2. */
const sameText = (secret: string): string => secret.normalize('NFKC');

/**
 * The pepper: without it the hashes of a stolen database cannot be tried. It stands outside of the database, in
 * `<data>/secrets/pepper`, for this user alone.
 * @param mayCreate no hash was made with it yet. A new pepper would shut everybody out without a word
 * @throws in plain words when it is missing or damaged
 */
export function openPepper(dataFolder: string, mayCreate: boolean): Buffer {
  const file = join(dataFolder, 'secrets', 'pepper');
  if (mayCreate && readSecret(file) === null) writeSecret(file, randomBytes(PEPPER_BYTES));
  const pepper = readSecret(file);
  if (pepper?.length === PEPPER_BYTES) return pepper;
  throw new Error(
    `${file} is ${pepper === null ? 'missing' : 'damaged'}, and without it no password can be checked. ` +
      'Bring it back from a backup.',
  );
}
