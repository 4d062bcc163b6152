import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../io/sqlite.ts';
import { ABSOLUTE_MS, cookieFor, createSessions, IDLE_MS, noCookie } from './sessions.ts';
import { createPeopleStore, type Person } from './store.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
const DAY = 86_400_000;

function setUp() {
  const db = openDatabase(':memory:', migrations);
  const store = createPeopleStore(db);
  const world = { now: 1_800_000_000_000 };
  const sessions = createSessions(store, { now: () => world.now, shown: (at) => at });
  const anna: Person = {
    id: 'anna',
    name: 'Anna',
    role: 'owner',
    language: 'en',
    passwordHash: 'p',
    createdUtc: world.now,
    untilUtc: null,
  };
  const { token, session } = sessions.draw(anna.id, 'bearer');
  store.claim(anna, 'q', session);
  const bearer = (shown: string) =>
    sessions.authenticate({ authorization: `Bearer ${shown}`, cookie: undefined, secure: true });
  const cookie = (shown: string, secure: boolean) =>
    sessions.authenticate({ authorization: undefined, cookie: shown, secure });
  return { db, store, sessions, world, anna, token, bearer, cookie };
}

test('a token is 256 random bits, lets its person in, and is nowhere in the database', () => {
  const { db, token, bearer } = setUp();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(bearer(token)).toMatchObject({ personId: 'anna' });
  expect(db.serialize().includes(token)).toBe(false);
});

test('nothing but the token lets anybody in', () => {
  const { store, token, bearer, sessions } = setUp();
  const hash = bearer(token)?.tokenHash ?? '';
  for (const shown of ['', 'x', token.slice(1), `${token}x`, `${token} `, hash, "' or 1=1 --"]) {
    expect(bearer(shown)).toBe(null);
  }
  for (const authorization of [token, `Basic ${token}`, 'Bearer', 'Bearer ']) {
    expect(sessions.authenticate({ authorization, cookie: undefined, secure: true })).toBe(null);
  }
  expect(store.session(token)).toBe(null);
});

test('a cookie is read under the name of its way, and a token counts only the way it was given out', () => {
  const { sessions, token, bearer, cookie } = setUp();
  const { token: baked } = sessions.start('anna', 'cookie');
  expect(cookie(`a=1; __Host-homeward=${baked}; b=2`, true)).toMatchObject({ personId: 'anna' });
  expect(cookie(`homeward=${baked}`, false)).toMatchObject({ personId: 'anna' });
  expect(cookie(`homeward=${baked}`, true)).toBe(null);
  expect(cookie(`__Host-homeward=${baked}`, false)).toBe(null);
  expect(cookie(`xhomeward=${baked}`, false)).toBe(null);
  expect(cookie(`homeward=${token}`, false)).toBe(null);
  expect(bearer(baked)).toBe(null);
});

test('a cookie is out of reach of scripts and other sites, and on HTTPS of other names and ports', () => {
  expect(cookieFor('t', true)).toBe(
    '__Host-homeward=t; Path=/; Max-Age=15552000; HttpOnly; SameSite=Strict; Secure',
  );
  expect(cookieFor('t', false)).toBe('homeward=t; Path=/; Max-Age=15552000; HttpOnly; SameSite=Strict');
  expect(noCookie(true)).toContain('__Host-homeward=; Path=/; Max-Age=0;');
});

test('a session that is not used for 30 days is over', () => {
  const { world, token, bearer } = setUp();
  world.now += IDLE_MS - 1;
  expect(bearer(token)).not.toBe(null);
  world.now += IDLE_MS;
  expect(bearer(token)).toBe(null);
});

test('a session is over after 180 days, however much it is used', () => {
  const { world, token, bearer } = setUp();
  for (let day = 1; day < ABSOLUTE_MS / DAY; day++) {
    world.now += DAY;
    expect(bearer(token)).not.toBe(null);
  }
  world.now += DAY;
  expect(bearer(token)).toBe(null);
});

test('that a session is used is written down at most every five minutes', () => {
  const { db, world, token, bearer } = setUp();
  const writes = () => db.prepare('select total_changes() as n').get() as { n: number };
  const before = writes().n;
  for (let second = 0; second < 3_600; second++) {
    world.now += 1_000;
    bearer(token);
  }
  expect(writes().n - before).toBe(12);
});

test('a disk that says no shuts nobody out', () => {
  const { db, world, token, bearer, sessions } = setUp();
  db.pragma('query_only = ON');
  world.now += DAY;
  expect(bearer(token)).toMatchObject({ personId: 'anna' });
  expect(() => sessions.start('anna', 'bearer')).toThrow(expect.objectContaining({ code: 'not-saved' }));
});

test('a session that ended lets nobody in, and the others stay', () => {
  const { sessions, token, bearer } = setUp();
  const { token: other } = sessions.start('anna', 'bearer');
  sessions.end(bearer(token)?.tokenHash ?? '');
  expect(bearer(token)).toBe(null);
  expect(bearer(other)).not.toBe(null);
});

test('of very many sessions the ones that were unused longest give way, and those that are over are cleared', () => {
  const { db, sessions, world, token, bearer } = setUp();
  const count = () => (db.prepare('select count(*) as n from session').get() as { n: number }).n;
  const all = Array.from({ length: 120 }, () => {
    world.now += 1;
    return sessions.start('anna', 'bearer').token;
  });
  expect(count()).toBe(100);
  expect([bearer(token), bearer(all[19] ?? '')]).toEqual([null, null]);
  expect(bearer(all[20] ?? '')).not.toBe(null);
  world.now += IDLE_MS + 1;
  sessions.start('anna', 'bearer');
  expect(count()).toBe(1);
});

test('there is one first person, and names that people would call the same are the same', () => {
  const { store, anna, sessions } = setUp();
  const { session } = sessions.draw('ben', 'bearer');
  expect(store.claim({ ...anna, id: 'ben', name: 'Ben' }, 'q', session)).toBe(false);
  expect([store.personNamed('Ben'), store.session(session.tokenHash)]).toEqual([null, null]);
  expect(store.personNamed('  ANNA ')).toEqual(anna);
});
