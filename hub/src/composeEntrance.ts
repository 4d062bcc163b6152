import type { Log } from './io/log.ts';
import type { Sqlite } from './io/sqlite.ts';
import { createChallenges } from './people/challenges.ts';
import type { Confirmations } from './people/confirmations.ts';
import { createLetIn } from './people/entrance.ts';
import type { PeopleFact } from './people/facts.ts';
import { createKnownDevices } from './people/knownDevices.ts';
import { createNewPasswords } from './people/newPasswords.ts';
import {
  type CheckOwnPassword,
  createOwnPassword,
  type PasswordChanging,
  type PasswordShown,
} from './people/ownPassword.ts';
import { createPasskeyStore } from './people/passkeyStore.ts';
import { createPasskeys } from './people/passkeys.ts';
import { type createPasswords, openPepperOrLock } from './people/passwords.ts';
import type { PeopleClock } from './people/peopleClock.ts';
import { createRareNotes } from './people/rareNotes.ts';
import { createSecondFactorStore } from './people/secondFactorStore.ts';
import { createSecondFactors } from './people/secondFactors.ts';
import { createSecretBox } from './people/secretBox.ts';
import { createSessions } from './people/sessions.ts';
import type { PeopleStore } from './people/store.ts';
import { createThrottle } from './people/throttle.ts';

/** Keys that only a password opens. */
export type PasswordKeys = {
  /** A password was right. @throws when the disk says no, or too much is to be hashed */
  readonly shown: PasswordShown;
  readonly changing: PasswordChanging;
};

export type EntranceParts = {
  readonly db: Sqlite;
  readonly dataFolder: string;
  readonly log: Log;
  readonly dispatch: (fact: PeopleFact) => void;
  readonly onSessionEnded: (tokenHash: string) => void;
  readonly confirmations: Confirmations;
  /** What hashes and compares secrets, with that pepper. */
  readonly passwordsWith: typeof createPasswords;
  /** Of this machine: no password may be little more than it. */
  readonly hostName: string;
  /** What opens with the passwords of owners. */
  readonly keys: () => PasswordKeys;
};

/** All by which somebody proves who they are, and what keeps others from trying for ever. */
export function composeEntrance(parts: EntranceParts, store: PeopleStore, clock: PeopleClock) {
  const { db, dispatch, onSessionEnded, confirmations } = parts;
  const { now } = clock;
  const sessions = createSessions(store, clock);
  const { pepper, fault } = openPepperOrLock(parts.dataFolder, !store.hasOwner());
  const isLocked = fault !== null;
  const passwords = parts.passwordsWith(pepper, isLocked);
  const { keyed } = passwords;
  const box = createSecretBox(pepper, 'second factor');
  const factors = createSecondFactors(createSecondFactorStore(db), box, keyed, clock.wall);
  const triesToTell = createRareNotes(now);
  const throttle = createThrottle(store, now, {
    report: (error) => parts.log.error({ err: error }, 'Tries could not be saved.'),
    turnedAway(origin) {
      const times = triesToTell(origin);
      if (times !== null) dispatch({ type: 'triesRefused', origin, times });
    },
  });
  const devices = createKnownDevices(store, keyed, now);
  const letIn = createLetIn({ store, sessions, devices, confirmations, dispatch, onSessionEnded, isLocked });
  const passkeys = createPasskeys(createPasskeyStore(db), store, createChallenges(keyed, now), clock);
  const passwordShown = telling(parts);
  const passwordChanging: PasswordChanging = (...asked) => parts.keys().changing(...asked);
  const own = createOwnPassword({ store, passwords, throttle, dispatch });
  const checkOwn: CheckOwnPassword = async (asking, password) => {
    await own(asking, password);
    await passwordShown(asking.me.personId, password);
  };
  const checkNew = createNewPasswords(parts.hostName);
  const proofs = { passwords, factors, passkeys, checkOwn, checkNew, passwordShown, passwordChanging };
  return { fault, sessions, throttle, devices, confirmations, letIn, ...proofs };
}

/** Whoever logs in is in, whatever becomes of the keys: the next password that is given makes up for it. */
const telling =
  ({ keys, log }: Pick<EntranceParts, 'keys' | 'log'>): PasswordShown =>
  async (personId, password) => {
    try {
      await keys().shown(personId, password);
    } catch (error) {
      log.warn({ err: error }, 'The keys that open with a password could not be saved.');
    }
  };
