import { hostname } from 'node:os';
import type { Log } from './io/log.ts';
import type { Sqlite } from './io/sqlite.ts';
import { createChallenges } from './people/challenges.ts';
import { createConfirmations } from './people/confirmations.ts';
import { createLetIn } from './people/entrance.ts';
import type { PeopleFact } from './people/facts.ts';
import { createKnownDevices } from './people/knownDevices.ts';
import { createNewPasswords } from './people/newPasswords.ts';
import { createOwnPassword } from './people/ownPassword.ts';
import { createPasskeyStore } from './people/passkeyStore.ts';
import { createPasskeys } from './people/passkeys.ts';
import { createPasswords, openPepperOrLock } from './people/passwords.ts';
import type { PeopleClock } from './people/peopleClock.ts';
import { createRareNotes } from './people/rareNotes.ts';
import { createSecondFactorStore } from './people/secondFactorStore.ts';
import { createSecondFactors } from './people/secondFactors.ts';
import { createSecretBox } from './people/secretBox.ts';
import { createSessions } from './people/sessions.ts';
import type { PeopleStore } from './people/store.ts';
import { createThrottle } from './people/throttle.ts';

export type EntranceParts = {
  readonly db: Sqlite;
  readonly dataFolder: string;
  readonly log: Log;
  readonly dispatch: (fact: PeopleFact) => void;
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** All by which somebody proves who they are, and what keeps others from trying for ever. */
export function composeEntrance(parts: EntranceParts, store: PeopleStore, clock: PeopleClock) {
  const { db, dispatch, onSessionEnded } = parts;
  const { now } = clock;
  const sessions = createSessions(store, clock);
  const { pepper, fault } = openPepperOrLock(parts.dataFolder, !store.hasOwner());
  const isLocked = fault !== null;
  const passwords = createPasswords(pepper, isLocked);
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
  const confirmations = createConfirmations(() => performance.now());
  const letIn = createLetIn({ sessions, devices, confirmations, dispatch, onSessionEnded, isLocked });
  const passkeys = createPasskeys(createPasskeyStore(db), createChallenges(keyed, now), clock);
  const checkOwn = createOwnPassword({ store, passwords, throttle, dispatch });
  const checkNew = createNewPasswords(hostname());
  const proofs = { passwords, factors, passkeys, checkOwn, checkNew };
  return { fault, sessions, throttle, devices, confirmations, letIn, ...proofs };
}
