import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttp } from '../src/io/http.ts';
import { createLive } from '../src/io/live.ts';
import { createLog } from '../src/io/log.ts';
import { openDatabase } from '../src/io/sqlite.ts';
import { createAccountRoutes } from '../src/people/accountRoutes.ts';
import { createChallenges } from '../src/people/challenges.ts';
import { createClaimCode } from '../src/people/claim.ts';
import { createConfirmations } from '../src/people/confirmations.ts';
import { createConsentRoutes } from '../src/people/consentRoutes.ts';
import { createConsentStore } from '../src/people/consentStore.ts';
import { createConsents } from '../src/people/consents.ts';
import { createDeviceNames } from '../src/people/deviceNames.ts';
import { createDoorkeeper } from '../src/people/doorkeeper.ts';
import { createLetIn } from '../src/people/entrance.ts';
import type { PeopleFact } from '../src/people/facts.ts';
import { createHouseholdRoutes } from '../src/people/householdRoutes.ts';
import { createInvitationRoutes } from '../src/people/invitationRoutes.ts';
import { createInvitationStore } from '../src/people/invitationStore.ts';
import { createKnownDevices } from '../src/people/knownDevices.ts';
import { createNewPasswords } from '../src/people/newPasswords.ts';
import { createOwnPassword } from '../src/people/ownPassword.ts';
import { createPasses } from '../src/people/passes.ts';
import { createPasskeyRoutes } from '../src/people/passkeyRoutes.ts';
import { createPasskeyStore } from '../src/people/passkeyStore.ts';
import { createPasskeys } from '../src/people/passkeys.ts';
import { createPassRoutes } from '../src/people/passRoutes.ts';
import { createPassStore } from '../src/people/passStore.ts';
import { createPasswords, openPepper, type Passwords } from '../src/people/passwords.ts';
import { createPeopleClock } from '../src/people/peopleClock.ts';
import { createPinCheckRoutes } from '../src/people/pinCheckRoutes.ts';
import { createPinRoutes } from '../src/people/pinRoutes.ts';
import { createPinStore } from '../src/people/pinStore.ts';
import { createPins } from '../src/people/pins.ts';
import { createRareNotes } from '../src/people/rareNotes.ts';
import { createPeopleRoutes } from '../src/people/routes.ts';
import { createSecondFactorRoutes } from '../src/people/secondFactorRoutes.ts';
import { createSecondFactorStore } from '../src/people/secondFactorStore.ts';
import { createSecondFactors } from '../src/people/secondFactors.ts';
import { createSecretBox } from '../src/people/secretBox.ts';
import { createSessions } from '../src/people/sessions.ts';
import { createPeopleStore, type Person } from '../src/people/store.ts';
import { createThrottle } from '../src/people/throttle.ts';
import { ROOT } from './repository.ts';

/** What happens, once, before the answer of the next hash or comparison is there. */
type Meanwhile = { readonly during: 'hash' | 'matches'; readonly happens: () => unknown };

/** The people of a house behind a real web server, with a clock that stands until it is moved. */
export async function openPeopleWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-people-'));
  const db = openDatabase(join(folder, 'safety.db'), join(ROOT, 'hub', 'migrations'));
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const facts: PeopleFact[] = [];
  const world = { now: Date.now(), steady: 0, wallAhead: 0, meanwhile: null as Meanwhile | null };
  const now = () => world.now;
  const clock = createPeopleClock(now, () => world.now + world.wallAhead, 0);
  const dispatch = (fact: PeopleFact) => void facts.push(fact);
  const store = createPeopleStore(db);
  const sessions = createSessions(store, clock);
  const { authenticate } = sessions;
  const claimCode = createClaimCode(folder);
  const live = createLive({
    authenticate,
    snapshot: () => ({}),
    mayWatch: () => true,
    changeFor: (_role, change) => change,
    now,
    log,
  });
  const pepper = openPepper(folder, true);
  const hashing = createPasswords(pepper);
  let compared = 0;
  async function meanwhile<T>(during: Meanwhile['during'], result: Promise<T>): Promise<T> {
    const done = await result;
    if (world.meanwhile?.during !== during) return done;
    const { happens } = world.meanwhile;
    world.meanwhile = null;
    await happens();
    return done;
  }
  const passwords: Passwords = {
    ...hashing,
    hash: (secret) => meanwhile('hash', hashing.hash(secret)),
    matches(...asked) {
      compared += 1;
      return meanwhile('matches', hashing.matches(...asked));
    },
  };
  const confirmations = createConfirmations(() => world.steady);
  const triesToTell = createRareNotes(now);
  const throttle = createThrottle(store, now, {
    report: (error) => log.error({ err: error }, 'tries'),
    turnedAway(origin) {
      const times = triesToTell(origin);
      if (times !== null) dispatch({ type: 'triesRefused', origin, times });
    },
  });
  const box = createSecretBox(pepper, 'second factor');
  const factors = createSecondFactors(createSecondFactorStore(db), box, passwords.keyed, clock.wall);
  const passes = createPasses({ store: createPassStore(db), passwords, throttle, now, dispatch });
  const consents = createConsents(createConsentStore(db), clock);
  const both = {
    now,
    clock,
    store,
    sessions,
    passwords,
    devices: createKnownDevices(store, passwords.keyed, now),
    throttle,
    confirmations,
    factors,
    checkNew: createNewPasswords('kitchen-pi'),
    checkOwn: createOwnPassword({ store, passwords, throttle, dispatch }),
    dispatch,
    onSessionEnded: live.endSession,
    passwordShown: async () => {},
    passwordChanging: async () => () => {},
  };
  const letIn = createLetIn(both);
  const challenges = createChallenges(passwords.keyed, now);
  const passkeys = createPasskeys(createPasskeyStore(db), store, challenges, clock);
  const pins = createPins(createPinStore(db), passwords);
  const letPass = createDoorkeeper(now, dispatch);
  const http = createHttp({
    bind: '127.0.0.1',
    httpPort: 0,
    httpsPort: 0,
    tls: null,
    webRoot: folder,
    endpoints: [
      ...createPeopleRoutes({ ...both, letIn, hubId: 'hub-1', version: '0.1.0', houseNow: now, claimCode }),
      ...createAccountRoutes(both),
      ...createHouseholdRoutes(both),
      ...createSecondFactorRoutes(both),
      ...createPasskeyRoutes({ ...both, letIn, passkeys }),
      ...createPassRoutes({ clock, store, passes, nameOf: (id) => store.person(id)?.name ?? '', dispatch }),
      ...createConsentRoutes({ store, consents, dispatch }),
      ...createPinRoutes({ ...both, pins }),
      ...createPinCheckRoutes({
        ...both,
        pins,
        steady: () => world.now,
        devicesOf: createDeviceNames(store, passwords.keyed),
      }),
      ...createInvitationRoutes({ ...both, invitations: createInvitationStore(db, store) }),
    ],
    authenticate,
    permit({ personId, role, tokenHash }, { needs = '' }) {
      letPass({ personId, role, right: needs, isConfirmed: confirmations.leftMs(tokenHash) > 0 });
    },
    attach: live.attach,
    log,
    checkAnswers: true,
  });
  const url = `http://127.0.0.1:${(await http.start()).httpPort}`;

  /** @param origin scheme, name and port under which the hub is reached */
  async function callAt(
    origin: string,
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = { 'content-type': 'application/json' };
    const response = await fetch(`${origin}/api${path}`, {
      method,
      ...init,
      headers: { ...type, ...headers },
    });
    const text = await response.text();
    const json = text === '' ? {} : JSON.parse(text);
    return {
      status: response.status,
      json,
      headers: response.headers,
      cookie: response.headers.getSetCookie(),
    };
  }

  const call = (...asked: [method: string, path: string, body?: object, headers?: Record<string, string>]) =>
    callAt(url, ...asked);

  async function close(): Promise<void> {
    await live.stop();
    await http.stop();
    db.close();
    rmSync(folder, { recursive: true });
  }

  /** Somebody of the house; nothing but an id has to be given. No password fits unless one does. */
  function add(person: Partial<Person> & Pick<Person, 'id'>): Person {
    const usual = { name: person.id, role: 'adult', language: 'en', passwordHash: 'none' } as const;
    const added = { ...usual, createdUtc: world.now, untilUtc: null, ...person };
    const why = store.addPerson(added);
    if (why !== null) throw new Error(why);
    return added;
  }

  /** Headers of a new session of that person, who has just logged in. */
  function as(personId: string): { authorization: string } {
    const { token, session } = sessions.start(personId, 'bearer');
    confirmations.confirm(session.tokenHash);
    return { authorization: `Bearer ${token}` };
  }

  return Object.assign(world, {
    url,
    add,
    as,
    call,
    callAt,
    close,
    db,
    lines,
    facts,
    store,
    sessions,
    devices: both.devices,
    factors,
    passes,
    consents,
    claimCode,
    pins,
    compared: () => compared,
  });
}

export type PeopleWorld = Awaited<ReturnType<typeof openPeopleWorld>>;
