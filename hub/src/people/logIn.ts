import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import type { KnownDevices } from './knownDevices.ts';
import { nameKey } from './names.ts';
import type { Passwords } from './passwords.ts';
import type { LoginRequest } from './schema.ts';
import type { SecondFactors } from './secondFactors.ts';
import type { PeopleStore } from './store.ts';
import { type Caller, callerFrom, isTrusted, type Throttle } from './throttle.ts';

export type LogInOptions = {
  /** Epoch ms UTC. */
  readonly now: () => Millis;
  readonly store: PeopleStore;
  readonly passwords: Passwords;
  readonly devices: KnownDevices;
  readonly throttle: Throttle;
  readonly factors: SecondFactors;
  readonly dispatch: (fact: PeopleFact) => void;
};

/**
 * Whose name, password and, where one is asked for, code these are. An unknown name takes as long as a wrong password, and is told the
 * same. That a code is needed learns only who gave the right password.
 * @param shown the known device that the caller showed
 * @throws Refusal `login-refused`, `second-factor-needed`, `second-factor-refused`, `too-many-tries`
 */
export type LogIn = (login: LoginRequest, origin: string, shown: string | null) => Promise<string>;

export function createLogIn(options: LogInOptions): LogIn {
  const { store, passwords, throttle, dispatch, now, devices } = options;
  return async ({ name, password, code }, origin, shown) => {
    // Not the name itself: people type their password into the wrong field.
    const account = passwords.keyed(nameKey(name));
    const person = store.personNamed(name);
    const isKnown = shown !== null && person !== null && devices.knows(shown, person.id);
    const caller = { ...callerFrom(origin), device: isKnown ? shown : null };
    throttle.admit(caller, account);
    const first = isTrusted(caller) ? (person?.id ?? account) : null;
    const isRight = await passwords
      .matches(person?.passwordHash ?? null, password, first)
      .catch((error: unknown): never => {
        if (error instanceof Refusal && error.code === 'locked') dispatch({ type: 'loginRefused', origin });
        throw error;
      });
    const isOver = person?.untilUtc != null && now() >= person.untilUtc;
    // Removed, or given another password, while this one was looked at.
    const isSame = person !== null && store.person(person.id)?.passwordHash === person.passwordHash;
    if (!isSame || !isRight || isOver) {
      dispatch({ type: 'loginRefused', origin });
      throw new Refusal('login-refused');
    }
    throttle.forgive(caller, account);
    checkSecond(person.id, code, caller, options);
    return person.id;
  };
}

/** Codes are counted apart from passwords: a right password forgives no wrong code. */
function checkSecond(
  personId: string,
  code: string | undefined,
  caller: Caller,
  options: LogInOptions,
): void {
  const { factors, throttle, dispatch } = options;
  if (!factors.has(personId)) return;
  if (code === undefined) throw new Refusal('second-factor-needed');
  const account = `second ${personId}`;
  throttle.admit(caller, account);
  const used = factors.use(personId, code, isTrusted(caller));
  if (used === null) {
    dispatch({ type: 'secondFactorRefused', personId, origin: caller.origin });
    throw new Refusal('second-factor-refused');
  }
  throttle.forgive(caller, account);
  if (used === 'app') return;
  dispatch({ type: 'recoveryCodeUsed', personId, left: factors.view(personId)?.recoveryCodesLeft ?? 0 });
}
