import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '../io/origin.ts';
import { MINUTE_MS, type Millis } from '../shared/time.ts';
import { drawCode, plainCode } from './spokenCode.ts';

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
    const code = drawCode(LENGTH, 4);
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
    return plainCode(code).length === LENGTH ? code : null;
  } catch {
    return null;
  }
}

const digest = (code: string): Buffer => createHash('sha256').update(plainCode(code)).digest();
