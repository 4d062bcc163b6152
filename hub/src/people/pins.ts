import { randomBytes } from 'node:crypto';
import type { Passwords } from './passwords.ts';
import type { PinStore } from './pinStore.ts';

/** Whose PIN it was: one's own, or the one that says "I am forced to". Null: neither. */
export type PinMatch = 'own' | 'duress' | null;

export type Pins = {
  /**
   * Keeps a PIN and a duress PIN. Without the latter something is kept in its place that nobody can type: who reads the
   * database cannot tell who has one.
   * @param check throws when whoever asks may not any more: called just before they are kept
   * @throws Refusal `not-saved`, `too-many-tries`
   */
  choose(personId: string, pin: string, duressPin: string | null, check: () => void): Promise<void>;
  /**
   * Which of the two it is. The work is the same whatever is typed and whoever has which: always two hashes, one after
   * the other. @throws Refusal `too-many-tries`
   */
  match(personId: string, typed: string): Promise<PinMatch>;
};

export function createPins(store: PinStore, passwords: Passwords): Pins {
  return {
    async choose(personId, pin, duressPin, check) {
      const own = await passwords.hash(pin);
      const duress = await passwords.hash(duressPin ?? randomBytes(16).toString('base64url'));
      check();
      store.savePins(personId, { own, duress });
    },
    async match(personId, typed) {
      const { own, duress } = store.pinsOf(personId);
      const isOwn = await passwords.matches(own, typed, personId);
      const isDuress = await passwords.matches(duress, typed, personId);
      if (isDuress) return 'duress';
      return isOwn ? 'own' : null;
    },
  };
}
