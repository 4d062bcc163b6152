import { composeEntrance, type EntranceParts } from './composeEntrance.ts';
import type { Permit } from './io/route.ts';
import { createSettings } from './io/settings.ts';
import { createAccountRoutes } from './people/accountRoutes.ts';
import { createClaimCode } from './people/claim.ts';
import { createConsentRoutes } from './people/consentRoutes.ts';
import { createConsentStore } from './people/consentStore.ts';
import { createConsents } from './people/consents.ts';
import { createDeviceNames } from './people/deviceNames.ts';
import { createDoorkeeper } from './people/doorkeeper.ts';
import { createHouseholdRoutes } from './people/householdRoutes.ts';
import { createInvitationRoutes } from './people/invitationRoutes.ts';
import { createInvitationStore } from './people/invitationStore.ts';
import { createPasses } from './people/passes.ts';
import { createPasskeyRoutes } from './people/passkeyRoutes.ts';
import { createPassRoutes } from './people/passRoutes.ts';
import { createPassStore } from './people/passStore.ts';
import { anchorAt, createPeopleClock, type PeopleAnchor, type PeopleStart } from './people/peopleClock.ts';
import { createPinCheckRoutes } from './people/pinCheckRoutes.ts';
import { createPinRoutes } from './people/pinRoutes.ts';
import { createPinStore } from './people/pinStore.ts';
import { createPins } from './people/pins.ts';
import { createPeopleRoutes } from './people/routes.ts';
import { createSecondFactorRoutes } from './people/secondFactorRoutes.ts';
import { createPeopleStore } from './people/store.ts';

export type PeopleParts = EntranceParts & {
  readonly hubId: string;
  readonly version: string;
  readonly time: {
    /** As people's clocks show it, epoch ms UTC: the house's clock may run faster in the demo. */
    readonly house: () => number;
    /** House time, ms. */
    readonly mono: () => number;
    readonly start: PeopleStart;
    /** The wall clock, epoch ms UTC. */
    readonly wall: () => number;
  };
  /** Whether a guest can be let in there: a room with a name, or a door. */
  readonly isPlace: (placeId: string) => boolean;
};

/** Real ms since this start or an earlier one, through restarts, and the clock of the people that goes by it. */
function composeClock({ db, time }: Pick<PeopleParts, 'db' | 'time'>) {
  const { mono, wall, start } = time;
  const settings = createSettings(db);
  const first = { at: Math.round(wall()), mono: start.mono, speed: start.speed };
  const kept = settings.getOrMake<PeopleAnchor>('people-time', () => first);
  const anchor = anchorAt(kept, start);
  if (anchor !== kept) settings.set('people-time', anchor);
  const steady = () => (mono() - anchor.mono) / anchor.speed;
  return { steady, clock: createPeopleClock(steady, wall, anchor.at) };
}

/** The people of the house and how they log in. Sessions and throttles live in steady real time, whatever the demo's speed. */
export function composePeople(parts: PeopleParts) {
  const { steady, clock } = composeClock(parts);
  const { now } = clock;
  const store = createPeopleStore(parts.db);
  const claimCode = createClaimCode(parts.dataFolder);
  const ways = composeEntrance(parts, store, clock);
  const { sessions, passwords, confirmations, throttle } = ways;
  const { dispatch, onSessionEnded } = parts;
  const nameOf = (personId: string) => store.person(personId)?.name ?? '';
  const passes = createPasses({ store: createPassStore(parts.db), passwords, throttle, now, dispatch });
  const consents = createConsents(createConsentStore(parts.db), clock);
  const both = { now, clock, store, ...ways, dispatch, onSessionEnded };
  const devicesOf = createDeviceNames(store, passwords.keyed);
  const pins = createPins(createPinStore(parts.db), passwords);
  const { hubId, version } = parts;
  const endpoints = [
    ...createPeopleRoutes({ ...both, hubId, version, claimCode, houseNow: parts.time.house }),
    ...createAccountRoutes(both),
    ...createHouseholdRoutes(both),
    ...createSecondFactorRoutes(both),
    ...createPasskeyRoutes(both),
    ...createPassRoutes({ clock, store, passes, nameOf, isPlace: parts.isPlace, dispatch }),
    ...createConsentRoutes({ store, consents, dispatch }),
    ...createPinRoutes({ ...both, pins }),
    ...createPinCheckRoutes({ ...both, pins, devicesOf, steady }),
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
    fault: ways.fault,
    authenticate: sessions.authenticate,
    checkOwn: ways.checkOwn,
    devicesOf,
    derive: passwords.derive,
    owners: () => store.people().filter(({ role }) => role === 'owner'),
    nameOf,
    /** What a door asks when somebody types a PIN there. */
    usePass: passes.use,
    /** What is asked before something of a person is kept or used. */
    hasConsent: consents.hasConsent,
    /** What is over is deleted, also while nobody asks for it. */
    forgetOver: passes.eraseOver,
    nameOrNull: (personId: string) => store.person(personId)?.name ?? null,
    /** What may stand in a row of the journal for the person of that name: the name, in its own way of writing, and the id. */
    aliasesOf(name: string): string[] {
      const person = store.personNamed(name);
      return person === null ? [name] : [name, person.name, person.id];
    },
    /** Who had a session between two moments, epoch ms, that has not ended since. */
    loggedInBetween: (from: number, to: number) =>
      store.people().flatMap(({ id, name }) => {
        const open = store.sessionsOf(id).filter((one) => one.createdUtc <= to && one.lastSeenUtc >= from);
        const [latest] = open;
        return latest === undefined ? [] : [{ name, lastSeenAt: latest.lastSeenUtc }];
      }),
    /** The code to claim the hub with; null once it has an owner. */
    openClaimCode(): string | null {
      if (!store.hasOwner()) return claimCode.read();
      // A crash between the claim and its removal may have left it.
      claimCode.withdraw();
      return null;
    },
  };
}
