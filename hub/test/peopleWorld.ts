import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composePeople } from '../src/composePeople.ts';
import { createHttp } from '../src/io/http.ts';
import { createLive } from '../src/io/live.ts';
import { createLog } from '../src/io/log.ts';
import { openDatabase } from '../src/io/sqlite.ts';
import { createClaimCode } from '../src/people/claim.ts';
import { createConfirmations } from '../src/people/confirmations.ts';
import { createConsentStore } from '../src/people/consentStore.ts';
import { createConsents } from '../src/people/consents.ts';
import type { PeopleFact } from '../src/people/facts.ts';
import { createKnownDevices } from '../src/people/knownDevices.ts';
import { createPasswords, openPepper, type Passwords } from '../src/people/passwords.ts';
import { createPeopleClock } from '../src/people/peopleClock.ts';
import { createPinStore } from '../src/people/pinStore.ts';
import { createPins } from '../src/people/pins.ts';
import { createSecondFactorStore } from '../src/people/secondFactorStore.ts';
import { createSecondFactors } from '../src/people/secondFactors.ts';
import { createSecretBox } from '../src/people/secretBox.ts';
import { createSessions } from '../src/people/sessions.ts';
import { createPeopleStore, type Person } from '../src/people/store.ts';
import { ROOT } from './repository.ts';

/** What happens, once, before the answer of the next hash or comparison is there. */
type Meanwhile = { readonly during: 'hash' | 'matches'; readonly happens: () => unknown };

/** Where a guest can be let in. */
const PLACES = ['front', 'back'];

/** The people of a house, wired as the hub wires them, behind a real web server, with a clock that stands until it is moved. */
export async function openPeopleWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-people-'));
  const db = openDatabase(join(folder, 'safety.db'), join(ROOT, 'hub', 'migrations'));
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const facts: PeopleFact[] = [];
  const world = { now: Date.now(), steady: 0, wallAhead: 0, meanwhile: null as Meanwhile | null };
  const began = world.now;
  const wall = () => world.now + world.wallAhead;
  const hashing = createHashing(world);
  const confirmations = createConfirmations(() => world.steady);
  const people = composePeople({
    db,
    dataFolder: folder,
    log,
    hubId: 'hub-1',
    version: '0.1.0',
    hostName: 'kitchen-pi',
    time: {
      house: () => world.now,
      mono: () => world.now - began,
      start: { lastMono: null, mono: 0, speed: 1 },
      wall,
    },
    isPlace: (id) => PLACES.includes(id),
    confirmations,
    passwordsWith: hashing.passwordsWith,
    keys: () => ({ shown: async () => {}, changing: async () => () => {} }),
    dispatch: (fact) => void facts.push(fact),
    onSessionEnded: (tokenHash) => live.endSession(tokenHash),
  });
  const { authenticate, permit, endpoints } = people;
  const live = createLive({
    authenticate,
    snapshot: () => ({}),
    mayWatch: () => true,
    changeFor: (_role, change) => change,
    now: () => world.now,
    log,
  });
  const http = createHttp({
    ...{ bind: '127.0.0.1', httpPort: 0, httpsPort: 0, tls: null, webRoot: folder },
    ...{ endpoints, authenticate, permit, attach: live.attach, log, checkAnswers: true },
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

  // What is asked and changed past the hub: all of it stands in the database, not in these.
  const clock = createPeopleClock(() => world.now - began, wall, began);
  const store = createPeopleStore(db);
  const sessions = createSessions(store, clock);
  const claimCode = createClaimCode(folder);
  const pepper = openPepper(folder, false);
  const { keyed } = createPasswords(pepper);
  const box = createSecretBox(pepper, 'second factor');

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

  /** Anna claims the hub. Her id, and the headers of her session. */
  async function claim(password: string) {
    const asked = { name: 'Anna', password, pin: '850273', language: 'en', claimCode: claimCode.read() };
    const { json } = await call('POST', '/claim', asked);
    return { personId: store.people()[0]?.id ?? '', headers: { authorization: `Bearer ${json.token}` } };
  }

  return Object.assign(world, {
    url,
    add,
    as,
    claim,
    call,
    callAt,
    close,
    db,
    lines,
    facts,
    store,
    sessions,
    claimCode,
    devices: createKnownDevices(store, keyed, clock.now),
    factors: createSecondFactors(createSecondFactorStore(db), box, keyed, clock.wall),
    consents: createConsents(createConsentStore(db), clock),
    pins: createPins(createPinStore(db), hashing.passwordsWith(pepper)),
    /** What a door asks. */
    usePass: people.usePass,
    forgetOver: people.forgetOver,
    compared: hashing.compared,
  });
}

/** Hashes as the hub does, counts what is compared, and lets something happen meanwhile. */
function createHashing(world: { meanwhile: Meanwhile | null }) {
  let compared = 0;
  async function meanwhile<T>(during: Meanwhile['during'], result: Promise<T>): Promise<T> {
    const done = await result;
    if (world.meanwhile?.during !== during) return done;
    const { happens } = world.meanwhile;
    world.meanwhile = null;
    await happens();
    return done;
  }
  return {
    compared: () => compared,
    passwordsWith(pepper: Buffer, isLocked?: boolean): Passwords {
      const hashing = createPasswords(pepper, isLocked);
      return {
        ...hashing,
        hash: (secret) => meanwhile('hash', hashing.hash(secret)),
        matches(...asked) {
          compared += 1;
          return meanwhile('matches', hashing.matches(...asked));
        },
      };
    },
  };
}

export type PeopleWorld = Awaited<ReturnType<typeof openPeopleWorld>>;
