import { randomInt, randomUUID } from 'node:crypto';
import type { Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import { type GuestPass, isPassOver, type PassRefusal, type WallClock } from './pass.ts';
import type { PassStore, StoredPass } from './passStore.ts';
import type { Passwords } from './passwords.ts';
import { isGuessablePin } from './pin.ts';
import type { Caller, Throttle } from './throttle.ts';

/** Digits of a pass's PIN that say which pass it is, so that a door has one hash to compare and not twenty. */
const SELECTOR_DIGITS = 2;
/** Digits that nobody knows. Source: safety.md ACC-5, a PIN of at least 6. */
const SECRET_DIGITS = 6;

/** Draws until one is free: of a hundred selectors at most 20 are taken. */
const DRAWS = 1_000;

/** Somebody types a PIN at a door, or before an area. */
export type PassAsking = {
  readonly typed: string;
  readonly placeId: string;
  /** What the clock on the wall of the house says there. */
  readonly wall: WallClock;
  readonly caller: Caller;
};

export type PassAnswer =
  | { readonly opens: true; readonly passId: string; readonly name: string }
  /** `unknown`: no such PIN. All other reasons are told only to who typed the right one. */
  | { readonly opens: false; readonly why: PassRefusal | 'unknown' };

export type Passes = {
  /**
   * Makes a pass with a PIN of its own, shown this once. Null: there are too many already.
   * @param check throws when whoever asks may not any more: called just before the pass is kept
   * @throws Refusal `not-saved`
   */
  make(
    asked: Omit<GuestPass, 'id'> & Pick<StoredPass, 'name' | 'byPerson'>,
    check: () => void,
  ): Promise<{ readonly pass: StoredPass; readonly pin: string } | null>;
  /** Those that can still open something. */
  list(): readonly StoredPass[];
  /** False: there is none of that id. */
  revoke(id: string, by: string): boolean;
  /**
   * Whether that PIN opens that place now: the port that a door calls. A use is counted before the answer, and what cannot be counted
   * opens nothing. @throws Refusal `too-many-tries`, `not-saved`
   */
  use(asking: PassAsking): Promise<PassAnswer>;
  /** Deletes what is over, and tells the journal. */
  eraseOver(): void;
};

export type PassesOptions = {
  readonly store: PassStore;
  readonly passwords: Pick<Passwords, 'hash' | 'matches'>;
  readonly throttle: Throttle;
  /** Steady time, as in peopleClock. */
  readonly now: () => Millis;
  readonly dispatch: (fact: PeopleFact) => void;
};

/** Guest passes: made, used, and gone when they are over. */
export function createPasses({ store, passwords, throttle, now, dispatch }: PassesOptions): Passes {
  const tellOver = ({ id, name }: StoredPass) => dispatch({ type: 'passErased', passId: id, name });

  function eraseOver(): void {
    for (const pass of store.erasePassesOver(now())) tellOver(pass);
  }

  /** Selectors of passes that are just being made: to hash a PIN takes its time. */
  const drawn = new Set<string>();

  function drawPin(): string {
    const taken = new Set([...drawn, ...store.passes().map(({ selector }) => selector)]);
    for (let draw = 0; draw < DRAWS; draw++) {
      const digits = SELECTOR_DIGITS + SECRET_DIGITS;
      const pin = String(randomInt(10 ** digits)).padStart(digits, '0');
      const secret = pin.slice(SELECTOR_DIGITS);
      if (!taken.has(pin.slice(0, SELECTOR_DIGITS)) && !isGuessablePin(secret)) return pin;
    }
    throw new Error('No PIN for a pass is free.');
  }

  return {
    async make(asked, check) {
      eraseOver();
      const pin = drawPin();
      const selector = pin.slice(0, SELECTOR_DIGITS);
      drawn.add(selector);
      try {
        const pinHash = await passwords.hash(pin);
        const pass: StoredPass = { ...asked, id: randomUUID(), selector, pinHash, createdUtc: now() };
        check();
        return store.addPass(pass) ? { pass, pin } : null;
      } finally {
        drawn.delete(selector);
      }
    },
    list: () => store.passes().filter((pass) => !isPassOver(pass, now())),
    revoke(id, by) {
      const pass = store.pass(id);
      if (pass === null || !store.removePass(id)) return false;
      dispatch({ type: 'passRevoked', passId: id, name: pass.name, by });
      return true;
    },
    async use({ typed, placeId, wall, caller }) {
      const account = `pass ${placeId}`;
      throttle.admit(caller, account);
      const shown = store.withSelector(typed.slice(0, SELECTOR_DIGITS));
      // Whose it is shows only afterwards: each try waits for itself, and no door has more than the throttle lets it have.
      const isRight = await passwords.matches(shown?.pinHash ?? null, typed, randomUUID());
      if (shown === null || !isRight) {
        dispatch({ type: 'passRefused', placeId, passId: null, why: 'unknown', origin: caller.origin });
        return { opens: false, why: 'unknown' };
      }
      throttle.forgive(caller, account);
      const { id: passId, name } = shown;
      const used = store.usePass(passId, { placeId, utc: now(), wall });
      if (used.refused !== null) {
        const why = used.refused === 'gone' ? 'unknown' : used.refused;
        dispatch({ type: 'passRefused', placeId, passId, why, origin: caller.origin });
        return { opens: false, why };
      }
      dispatch({ type: 'passUsed', passId, name, placeId, left: used.pass.usesLeft });
      if (isPassOver(used.pass, now())) tellOver(used.pass);
      return { opens: true, passId, name };
    },
    eraseOver,
  };
}
