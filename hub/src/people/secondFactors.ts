import { randomBytes } from 'node:crypto';
import type { Millis } from '../shared/time.ts';
import { MOST_WRONG_CODES, RECOVERY_CODES } from './limits.ts';
import type { Passwords } from './passwords.ts';
import type { SecondFactorStore } from './secondFactorStore.ts';
import type { SecretBox } from './secretBox.ts';
import { drawCode, plainCode } from './spokenCode.ts';
import { base32, SECRET_BYTES, stepOfCode, totpAddress } from './totp.ts';

/** Letters of a recovery code, 5 bits each: 50 bits, which five tries a minute do not find. */
const CODE_LETTERS = 10;
const CODE_GROUP = 5;

/** What the app or the page of codes showed. */
export type Shown = 'app' | 'recovery';

export type SecondFactors = {
  /**
   * A new secret for an authenticator app, shown this once. It is asked for only when a code of it came back.
   * Null: there is one already that is asked for.
   */
  begin(person: { readonly id: string; readonly name: string }): { secret: string; address: string } | null;
  /** The code that the app shows now. Answers the codes for who loses it, shown this once; null: it was wrong. */
  prove(personId: string, code: string): readonly string[] | null;
  /** Whether it is asked for. */
  has(personId: string): boolean;
  /** Everybody of whom it is asked for. */
  people(): ReadonlySet<string>;
  /**
   * What that code is of; null: neither. It counts no second time.
   * @param isKnown typed on a device that is known, or at the hub itself: wrong ones there count apart from those of strangers
   */
  use(personId: string, code: string, isKnown: boolean): Shown | null;
  /** New recovery codes for the old ones. */
  drawCodes(personId: string): readonly string[];
  /** Null: there is none that is asked for. */
  view(personId: string): { readonly since: Millis; readonly recoveryCodesLeft: number } | null;
  /** False: there was none that was asked for. */
  remove(personId: string): boolean;
};

/**
 * The second factor of a login: codes of an authenticator app. All throw Refusal `not-saved` when the disk says no: a code that could
 * not be marked as used lets nobody in.
 * @param now epoch ms UTC
 */
export function createSecondFactors(
  store: SecondFactorStore,
  box: SecretBox,
  keyed: Passwords['keyed'],
  now: () => Millis,
): SecondFactors {
  const hashOfCode = (personId: string, code: string) => keyed(`recovery ${personId} ${plainCode(code)}`);
  const draw = () => Array.from({ length: RECOVERY_CODES }, () => drawCode(CODE_LETTERS, CODE_GROUP));
  const proven = (personId: string) => {
    const factor = store.factorOf(personId);
    return factor?.isProven === true ? factor : null;
  };

  /** The step of a right code; null: it is wrong, or too many came before it there. */
  function stepIn(personId: string, code: string, isKnown: boolean): number | null {
    const factor = store.factorOf(personId);
    const secret = factor === null ? null : box.open(personId, factor.secret);
    const failures = isKnown ? factor?.knownFailures : factor?.failures;
    if (factor === null || secret === null || (failures ?? 0) >= MOST_WRONG_CODES) return null;
    return stepOfCode(secret, code, now(), factor.usedStep);
  }

  return {
    begin({ id, name }) {
      if (proven(id) !== null) return null;
      const secret = randomBytes(SECRET_BYTES);
      store.beginFactor(id, box.seal(id, secret), now());
      return { secret: base32(secret), address: totpAddress(secret, name, 'Homeward') };
    },
    prove(personId, code) {
      if (proven(personId) !== null) return null;
      const step = stepIn(personId, code, true);
      if (step === null) return null;
      const codes = draw();
      const hashes = codes.map((each) => hashOfCode(personId, each));
      store.proveFactor(personId, step, hashes);
      return codes;
    },
    people: () => store.withFactor(),
    has: (personId) => proven(personId) !== null,
    use(personId, code, isKnown) {
      const step = stepIn(personId, code, isKnown);
      if (step !== null) {
        store.useStep(personId, step, isKnown);
        return 'app';
      }
      if (store.useCode(personId, hashOfCode(personId, code))) return 'recovery';
      store.countFailure(personId, isKnown);
      return null;
    },
    drawCodes(personId) {
      const codes = draw();
      const hashes = codes.map((each) => hashOfCode(personId, each));
      store.replaceCodes(personId, hashes);
      return codes;
    },
    view(personId) {
      const factor = proven(personId);
      if (factor === null) return null;
      return { since: factor.madeUtc, recoveryCodesLeft: store.recoveryCodesLeft(personId) };
    },
    remove: (personId) => store.removeFactor(personId),
  };
}
