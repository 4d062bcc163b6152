import { io as connectLive } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { ROUTES } from '../api.ts';
import type { Call } from '../io/route.ts';
import type { PeopleFact } from './facts.ts';
import { createPeopleRoutes, type PeopleRoutesOptions } from './routes.ts';

const PASSWORD = 'a long password';
const PIN = '739164';

let world: PeopleWorld;
let facts: PeopleWorld['facts'];
let claimCode: PeopleWorld['claimCode'];
let call: PeopleWorld['call'];

beforeEach(async () => {
  world = await openPeopleWorld();
  ({ facts, claimCode, call } = world);
});
afterEach(() => world.close());

const claimBody = (more: object = {}) => ({
  claimCode: claimCode.read(),
  name: 'Anna',
  password: PASSWORD,
  pin: PIN,
  language: 'ar',
  ...more,
});
const claim = (more?: object) => call('POST', '/claim', claimBody(more));
const logIn = (more: object = {}) => call('POST', '/sessions', { name: 'anna', password: PASSWORD, ...more });
const whoAmI = (headers: Record<string, string>) => call('GET', '/sessions/current', undefined, headers);

test('whoever holds the code becomes the owner, and is in', async () => {
  expect((await call('GET', '/hello')).json).toEqual({
    hubId: 'hub-1',
    version: '0.1.0',
    claimed: false,
    now: world.now,
  });
  const { status, json } = await claim();
  expect(status).toBe(201);
  const me = await whoAmI({ authorization: `Bearer ${json.token}` });
  const personId = me.json.personId;
  expect(me.json).toMatchObject({ personId, name: 'Anna', role: 'owner', language: 'ar' });
  expect(me.json.rights).toContain('people.manage');
  expect((await call('GET', '/hello')).json.claimed).toBe(true);
  expect(facts).toEqual([{ type: 'hubClaimed', personId, name: 'Anna' }]);
});

test('whoever claims has a known device and, in a browser, a cookie and no token, as after a login', async () => {
  const { json, cookie } = await claim({ cookie: true, deviceName: 'my phone' });
  expect(json).toEqual({});
  expect(cookie.map((one) => one.split('=')[0])).toEqual(['homeward', 'homeward-device']);
  const device = cookie[1]?.split(';')[0] ?? '';
  for (let n = 0; n < 5; n++) expect((await logIn({ password: 'x' })).status).toBe(401);
  expect((await logIn()).status).toBe(429);
  const known = await call('POST', '/sessions', { name: 'anna', password: PASSWORD }, { cookie: device });
  expect(known.status).toBe(201);
});

test('of two who hold the code and come at once one is the owner', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => claim({ name: `Anna ${n}` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  expect(world.db.prepare('select count(*) as n from person').get()).toEqual({ n: 1 });
  expect(world.db.prepare('select count(*) as n from session').get()).toEqual({ n: 1 });
  expect((await claim({ claimCode: 'AAAA-AAAA-AAAA' })).json.type).toBe('/problems/claimed');
});

test('a claim from another machine that comes too late is refused, and the journal is told', async () => {
  const dispatch = (fact: PeopleFact) => void facts.push(fact);
  const late = { store: world.store, claimCode, dispatch, upMs: () => 15 * 60_000 };
  const routes = createPeopleRoutes(late as unknown as PeopleRoutesOptions);
  const route = routes.find(({ route }) => route === ROUTES.claim);
  const asked = { body: claimBody(), origin: '192.168.1.20' } as unknown as Call;
  await expect(route?.handle(asked)).rejects.toMatchObject({ code: 'claim-over' });
  expect(facts).toEqual([{ type: 'claimRefused', origin: '192.168.1.20' }]);
});

test('a wrong code is refused, and after five of them nobody even looks', async () => {
  const right = claimCode.read();
  const tries = [];
  for (let i = 0; i < 6; i++) tries.push((await claim({ claimCode: 'AAAA-AAAA-AAAA' })).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429]);
  expect((await claim({ claimCode: right })).status).toBe(429);
  world.now += 60_000;
  expect((await claim({ claimCode: right })).status).toBe(201);
  const refused = { type: 'claimRefused', origin: '127.0.0.1' };
  expect(facts.slice(0, -1)).toEqual([
    ...Array(5).fill(refused),
    { type: 'triesRefused', origin: '127.0.0.1', times: 1 },
  ]);
  // Who comes too late is told that there is an owner, and the owner finds it in the journal.
  expect((await claim({ claimCode: right })).json.type).toBe('/problems/claimed');
  expect(facts.at(-1)).toEqual(refused);
});

test.each([
  [{ pin: '123456' }, 'pin: among the first that somebody would try'],
  [{ pin: '12345' }, 'pin'],
  [{ password: 'short' }, 'password'],
  [{ name: '  ', language: 'xx' }, 'name, language'],
  [{ role: 'owner' }, 'role'],
])('a claim that is not as it must be says what is wrong with it (%#)', async (more, detail) => {
  const { status, json } = await claim(more);
  expect([status, json.type, json.detail]).toEqual([400, '/problems/bad-request', detail]);
  expect((await call('GET', '/hello')).json.claimed).toBe(false);
});

test('logging in gives a token, or a cookie and no token', async () => {
  await claim();
  const bearer = await logIn({ name: '  ANNA ' });
  expect([bearer.status, bearer.cookie]).toEqual([201, []]);
  expect((await whoAmI({ authorization: `Bearer ${bearer.json.token}` })).status).toBe(200);
  const baked = await logIn({ cookie: true });
  expect([baked.status, baked.json]).toEqual([201, {}]);
  const cookie = baked.cookie[0]?.split(';')[0] ?? '';
  expect((await whoAmI({ cookie })).json.name).toBe('Anna');
  expect(facts.map(({ type }) => type)).toEqual(['hubClaimed', 'personLoggedIn', 'personLoggedIn']);
});

test('a page on another site can do nothing with the cookie', async () => {
  await claim();
  const cookie = (await logIn({ cookie: true })).cookie[0]?.split(';')[0] ?? '';
  const foreign = { cookie, origin: 'https://evil.example' };
  expect((await call('DELETE', '/sessions/current', undefined, foreign)).status).toBe(403);
  expect((await whoAmI({ cookie })).status).toBe(200);
});

test('logging out ends the session at once, takes the cookie back and closes its live socket', async () => {
  await claim();
  const { token } = (await logIn()).json;
  const client = connectLive(world.url, { auth: { token }, transports: ['websocket'], reconnection: false });
  await new Promise((done) => client.once('snapshot', done));
  const closed = new Promise((done) => client.once('disconnect', done));
  const authorization = `Bearer ${token}`;
  const out = await call('DELETE', '/sessions/current', undefined, { authorization });
  expect([out.status, out.cookie[0]]).toEqual([204, expect.stringMatching(/^homeward=; .*Max-Age=0/)]);
  expect((await whoAmI({ authorization })).json.type).toBe('/problems/no-session');
  expect(await closed).toBe('io server disconnect');
});

test('whoever logs in anew on a device leaves no session behind on it, and those elsewhere stay', async () => {
  await claim();
  const bake = async (cookie = '') => {
    const body = { name: 'anna', password: PASSWORD, cookie: true };
    return (await call('POST', '/sessions', body, { cookie })).cookie[0]?.split(';')[0] ?? '';
  };
  const elsewhere = await bake();
  const first = await bake();
  const second = await bake(first);
  const known = [elsewhere, first, second].map(async (cookie) => (await whoAmI({ cookie })).status);
  expect(await Promise.all(known)).toEqual([200, 401, 200]);
});

test('who is removed while their password is looked at does not get in', async () => {
  const { token } = (await claim()).json;
  const { personId } = (await whoAmI({ authorization: `Bearer ${token}` })).json;
  const { passwordHash = '' } = world.store.person(personId) ?? {};
  world.add({ id: 'ben', name: 'Ben', passwordHash });
  const answer = logIn({ name: 'ben' });
  await expect.poll(() => world.db.prepare('select * from login_try').all(), { interval: 1 }).not.toEqual([]);
  world.store.removePerson('ben');
  expect((await answer).json.type).toBe('/problems/login-refused');
});

test('an unknown name and a wrong password are told the same', async () => {
  await claim();
  const [wrong, unknown] = [await logIn({ password: 'x' }), await logIn({ name: 'nobody' })];
  expect(wrong.status).toBe(401);
  expect(wrong.json).toEqual(unknown.json);
  expect(facts.slice(1)).toEqual([
    { type: 'loginRefused', origin: '127.0.0.1' },
    { type: 'loginRefused', origin: '127.0.0.1' },
  ]);
});

test('an account is tried five times a minute, known or not, and then even the right password waits', async () => {
  await claim();
  for (const name of ['anna', 'nobody']) {
    for (let i = 0; i < 5; i++) expect((await logIn({ name, password: 'x' })).status).toBe(401);
    const { status, json, headers } = await logIn({ name });
    expect([status, json.retryAfterS, headers.get('retry-after')]).toEqual([429, 60, '60']);
  }
  world.now += 60_000;
  expect((await logIn()).status).toBe(201);
});

test('two hundred tries at once cost twenty hashes, and whoever comes after them need not wait for these', async () => {
  await claim();
  let hashed = 0;
  const tries = Array.from({ length: 200 }, async (_, n) => {
    const answer = await logIn({ name: `name ${n}`, password: 'x' });
    if (answer.status === 401) hashed += 1;
    return answer;
  });
  expect((await call('GET', '/hello')).status).toBe(200);
  expect(hashed).toBeLessThan(20);
  const answers = await Promise.all(tries);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(20);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(180);
});

test('with a disk that says no nobody logs in, and whoever is in stays in', async () => {
  const { token } = (await claim()).json;
  world.db.pragma('query_only = ON');
  world.now += 600_000;
  expect((await logIn()).json.type).toBe('/problems/not-saved');
  expect((await whoAmI({ authorization: `Bearer ${token}` })).status).toBe(200);
});

test('no password, PIN, token or code is in the log, the facts or the database', async () => {
  const code = claimCode.read();
  const { token } = (await claim()).json;
  await logIn();
  await logIn({ password: `${PASSWORD}!` });
  await logIn({ name: PASSWORD });
  const everything = `${world.lines.join('')}${JSON.stringify(facts)}${world.db.serialize().toString('latin1')}`;
  for (const secret of [PASSWORD, PIN, token, code]) expect(everything).not.toContain(secret);
});
