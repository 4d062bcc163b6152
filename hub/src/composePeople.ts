import type { Log } from './io/log.ts';
import type { Permit } from './io/route.ts';
import type { Sqlite } from './io/sqlite.ts';
import { createAccountRoutes } from './people/accountRoutes.ts';
import { createClaimCode } from './people/claim.ts';
import { createConfirmations } from './people/confirmations.ts';
import { createDoorkeeper } from './people/doorkeeper.ts';
import type { PeopleFact } from './people/facts.ts';
import { createHouseholdRoutes } from './people/householdRoutes.ts';
import { createInvitationRoutes } from './people/invitationRoutes.ts';
import { createInvitationStore } from './people/invitationStore.ts';
import { createKnownDevices } from './people/knownDevices.ts';
import { createOwnPassword } from './people/ownPassword.ts';
import { createPasswords, openPepperOrLock } from './people/passwords.ts';
import { createPinRoutes } from './people/pinRoutes.ts';
import { createPinStore } from './people/pinStore.ts';
import { createPins } from './people/pins.ts';
import { createPeopleRoutes } from './people/routes.ts';
import { createSessions } from './people/sessions.ts';
import { createPeopleStore } from './people/store.ts';
import { createThrottle } from './people/throttle.ts';

export type PeopleParts = {
  readonly db: Sqlite;
  readonly dataFolder: string;
  readonly hubId: string;
  readonly version: string;
  readonly log: Log;
  /** Epoch ms UTC as people's clocks show it; the house's clock may run faster in the demo. */
  readonly houseNow: () => number;
  readonly dispatch: (fact: PeopleFact) => void;
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** The people of the house and how they log in. Sessions and throttles live in real time, whatever the demo's speed. */
export function composePeople(parts: PeopleParts) {
  const now = () => Date.now();
  const store = createPeopleStore(parts.db);
  const claimCode = createClaimCode(parts.dataFolder);
  const sessions = createSessions(store, now);
  const { pepper, fault } = openPepperOrLock(parts.dataFolder, !store.hasOwner());
  const passwords = createPasswords(pepper, fault !== null);
  const throttle = createThrottle(store, now, (error) =>
    parts.log.error({ err: error }, 'Tries could not be saved.'),
  );
  const { dispatch, onSessionEnded } = parts;
  const devices = createKnownDevices(store, passwords.keyed, now);
  const confirmations = createConfirmations(() => performance.now());
  const checkOwn = createOwnPassword({ store, passwords, throttle, dispatch });
  const ways = { sessions, passwords, throttle, devices, confirmations, checkOwn };
  const both = { now, store, ...ways, dispatch, onSessionEnded };
  const { hubId, version, houseNow } = parts;
  const endpoints = [
    ...createPeopleRoutes({ ...both, hubId, version, claimCode, houseNow }),
    ...createAccountRoutes(both),
    ...createHouseholdRoutes(both),
    ...createPinRoutes({ ...both, pins: createPins(createPinStore(parts.db), passwords) }),
    ...createInvitationRoutes({ ...both, invitations: createInvitationStore(parts.db, store) }),
  ];
  const letPass = createDoorkeeper(now, parts.dispatch);
  // A route that names no right is nobody's.
  const permit: Permit = ({ personId, role, tokenHash }, { needs = '' }) => {
    const isConfirmed = confirmations.leftMs(tokenHash) > 0;
    letPass({ personId, role, right: needs, isConfirmed });
  };
  return {
    endpoints,
    permit,
    /** Why nobody can log in, and how to mend it, in plain words; null: whoever may can. */
    fault,
    authenticate: sessions.authenticate,
    nameOf: (personId: string) => store.person(personId)?.name ?? '',
    nameOrNull: (personId: string) => store.person(personId)?.name ?? null,
    /** What may stand in a row of the journal for the person of that name: the name, in its own way of writing, and the id. */
    aliasesOf(name: string): string[] {
      const person = store.personNamed(name);
      return person === null ? [name] : [name, person.name, person.id];
    },
    /** The code to claim the hub with; null once it has an owner. */
    openClaimCode(): string | null {
      if (!store.hasOwner()) return claimCode.read();
      // A crash between the claim and its removal may have left it.
      claimCode.withdraw();
      return null;
    },
  };
}
