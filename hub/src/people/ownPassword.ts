import type { Session } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { PeopleFact } from './facts.ts';
import type { Passwords } from './passwords.ts';
import { checkStillIn } from './stillIn.ts';
import type { PeopleStore } from './store.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type OwnPasswordOptions = {
  readonly store: Pick<PeopleStore, 'person' | 'session'>;
  readonly passwords: Pick<Passwords, 'matches'>;
  readonly throttle: Throttle;
  readonly dispatch: (fact: PeopleFact) => void;
};

/** What of a call tells whose password is asked once more, and where. */
export type Asking = { readonly me: Session; readonly origin: string };

/**
 * Whether it is really that person who sits there.
 * @throws Refusal `password-refused`, `too-many-tries`, `no-session`
 */
export type CheckOwnPassword = (asking: Asking, password: string) => Promise<void>;

/** Told of a password that was right, and of whom: what only a password opens can be opened just then. */
export type PasswordShown = (personId: string, password: string) => Promise<void>;

/** Answers what has to be done in the transaction that gives a person another password: what the old one opens, the new one is to open. */
export type PasswordChanging = (
  personId: string,
  password: string,
  next: string,
  nextHash: string,
) => Promise<() => void>;

/** The password of who is logged in, typed once more. */
export function createOwnPassword(options: OwnPasswordOptions): CheckOwnPassword {
  const { store, passwords, throttle, dispatch } = options;
  return async ({ me, origin }, password) => {
    // A session counts for itself: whoever found it open tries five passwords a minute, and shuts nobody out.
    const caller = { ...callerFrom(origin), session: me.tokenHash };
    throttle.admit(caller, me.personId);
    const hashed = store.person(me.personId)?.passwordHash ?? null;
    const isRight = await passwords.matches(hashed, password, me.personId);
    checkStillIn(store, me);
    // Another password may have been chosen while this one was looked at.
    if (!isRight || store.person(me.personId)?.passwordHash !== hashed) {
      dispatch({ type: 'passwordRefused', personId: me.personId, origin });
      throw new Refusal('password-refused');
    }
    throttle.forgive(caller, me.personId);
  };
}
