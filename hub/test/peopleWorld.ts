import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttp } from '../src/io/http.ts';
import { createLive } from '../src/io/live.ts';
import { createLog } from '../src/io/log.ts';
import { openDatabase } from '../src/io/sqlite.ts';
import { createAccountRoutes } from '../src/people/accountRoutes.ts';
import { createClaimCode } from '../src/people/claim.ts';
import { createConfirmations } from '../src/people/confirmations.ts';
import { createDoorkeeper } from '../src/people/doorkeeper.ts';
import type { PeopleFact } from '../src/people/facts.ts';
import { createHouseholdRoutes } from '../src/people/householdRoutes.ts';
import { createInvitationRoutes } from '../src/people/invitationRoutes.ts';
import { createInvitationStore } from '../src/people/invitationStore.ts';
import { createKnownDevices } from '../src/people/knownDevices.ts';
import { createOwnPassword } from '../src/people/ownPassword.ts';
import { createPasswords, openPepper, type Passwords } from '../src/people/passwords.ts';
import { createPinRoutes } from '../src/people/pinRoutes.ts';
import { createPinStore } from '../src/people/pinStore.ts';
import { createPins } from '../src/people/pins.ts';
import { createPeopleRoutes } from '../src/people/routes.ts';
import { createSessions } from '../src/people/sessions.ts';
import { createPeopleStore, type Person } from '../src/people/store.ts';
import { createThrottle } from '../src/people/throttle.ts';
import { ROOT } from './repository.ts';

/** The people of a house behind a real web server, with a clock that stands until it is moved. */
export async function openPeopleWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-people-'));
  const db = openDatabase(join(folder, 'safety.db'), join(ROOT, 'hub', 'migrations'));
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const facts: PeopleFact[] = [];
  const world = { now: Date.now(), steady: 0 };
  const now = () => world.now;
  const dispatch = (fact: PeopleFact) => void facts.push(fact);
  const store = createPeopleStore(db);
  const sessions = createSessions(store, now);
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
  const hashing = createPasswords(openPepper(folder, true));
  let compared = 0;
  const passwords: Passwords = {
    ...hashing,
    matches(...asked) {
      compared += 1;
      return hashing.matches(...asked);
    },
  };
  const confirmations = createConfirmations(() => world.steady);
  const throttle = createThrottle(store, now, (error) => log.error({ err: error }, 'tries'));
  const both = {
    now,
    store,
    sessions,
    passwords,
    devices: createKnownDevices(store, passwords.keyed, now),
    throttle,
    confirmations,
    checkOwn: createOwnPassword({ store, passwords, throttle, dispatch }),
    dispatch,
    onSessionEnded: live.endSession,
  };
  const pins = createPins(createPinStore(db), passwords);
  const letPass = createDoorkeeper(now, dispatch);
  const http = createHttp({
    bind: '127.0.0.1',
    httpPort: 0,
    httpsPort: 0,
    tls: null,
    webRoot: folder,
    endpoints: [
      ...createPeopleRoutes({ ...both, hubId: 'hub-1', version: '0.1.0', houseNow: now, claimCode }),
      ...createAccountRoutes(both),
      ...createHouseholdRoutes(both),
      ...createPinRoutes({ ...both, pins }),
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

  async function call(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/api${path}`, { method, ...init, headers: { ...type, ...headers } });
    const text = await response.text();
    const json = text === '' ? {} : JSON.parse(text);
    return {
      status: response.status,
      json,
      headers: response.headers,
      cookie: response.headers.getSetCookie(),
    };
  }

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
    close,
    db,
    lines,
    facts,
    store,
    sessions,
    devices: both.devices,
    claimCode,
    pins,
    compared: () => compared,
  });
}

export type PeopleWorld = Awaited<ReturnType<typeof openPeopleWorld>>;
