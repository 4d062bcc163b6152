import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '../io/origin.ts';
import { MINUTE_MS, type Millis } from '../shared/time.ts';

/** Crockford's base 32: no I, L, O or U, so that nothing is mistaken when it is read out. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Letters of a code, 5 bits each: 60 bits. With 5 tries a minute that is not guessed in a lifetime. */
const LENGTH = 12;

/**
 * How long after a start the hub can be claimed from another machine, ms. Source: safety.md §6, setup takeover: a hub that was
 * forgotten in a cupboard is not to be had by whoever finds its code a year later.
 */
const WINDOW_MS: Millis = 15 * MINUTE_MS;

/**
 * Whether a claim from there comes in time. At the machine itself it always does: who sits there can start it anew.
 * @param origin network address of the caller
 * @param upMs time since the start
 */
export const isInTime = (origin: string, upMs: Millis): boolean => isLoopback(origin) || upMs < WINDOW_MS;

export type ClaimCode = {
  /** The code as it is shown: XXXX-XXXX-XXXX. Made when there is none, and the same until somebody claims the hub. */
  read(): string;
  /** Whether this is the code, however it was typed. Takes as long whichever letter is wrong. */
  matches(given: string): boolean;
  /** The hub has an owner: the code is gone for good. */
  withdraw(): void;
};

/** The one-time code by which somebody who can see the machine becomes its owner: `<data>/claim-code`, 0600. */
export function createClaimCode(dataFolder: string): ClaimCode {
  const file = join(dataFolder, 'claim-code');
  const read = (): string => {
    const there = readCode(file);
    if (there !== null) return there;
    const code = draw();
    writeFileSync(file, `${code}\n`, { mode: 0o600 });
    return code;
  };
  return {
    read,
    matches(given) {
      const there = readCode(file);
      return there !== null && timingSafeEqual(digest(given), digest(there));
    },
    withdraw: () => rmSync(file, { force: true }),
  };
}

function readCode(file: string): string | null {
  try {
    const code = readFileSync(file, 'utf8').trim();
    return plain(code).length === LENGTH ? code : null;
  } catch {
    return null;
  }
}

/** 256 is a multiple of 32: every letter is as likely as any other. */
function draw(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % 32]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** What somebody may type for the same code: small letters, blanks, O for 0, I or L for 1. */
function plain(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

const digest = (code: string): Buffer => createHash('sha256').update(plain(code)).digest();
