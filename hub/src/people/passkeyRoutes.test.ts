import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { type Bent, createSoftAuthenticator } from '../../test/softAuthenticator.ts';

const MINUTE = 60_000;
let world: PeopleWorld;
let origin: string;
let phone: ReturnType<typeof createSoftAuthenticator>;
let anna: { authorization: string };

beforeEach(async () => {
  world = await openPeopleWorld();
  // On this machine a browser may make passkeys for plain `localhost`.
  origin = world.url.replace('127.0.0.1', 'localhost');
  phone = createSoftAuthenticator(origin, 'localhost');
  world.add({ id: 'anna', role: 'owner' });
  anna = world.as('anna');
});
afterEach(() => world.close());

const own = (path: string, body?: object, headers = anna) =>
  world.callAt(origin, 'POST', `/people/current/passkeys${path}`, body, headers);
const list = async () => (await world.call('GET', '/people/current/passkeys', undefined, anna)).json.passkeys;

async function add(bent: Bent = {}, name = 'my phone') {
  const { json } = await own('/begin');
  return own('', { name, credential: phone.create(json.options, bent) });
}
const ask = async () => (await world.callAt(origin, 'POST', '/sessions/passkey/begin')).json.options;
const show = (credential: object, more: object = {}) =>
  world.callAt(origin, 'POST', '/sessions/passkey', { credential, ...more });
const logIn = async (bent: Bent = {}) => show(phone.get(await ask(), bent));

test('a passkey is made where one is logged in, and lets its person in without password and code', async () => {
  const begun = (await own('/begin')).json.options;
  expect(begun).toMatchObject({
    rp: { id: 'localhost', name: 'Homeward' },
    user: { name: 'anna' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const added = await add();
  expect([added.status, added.json]).toMatchObject([
    201,
    { id: phone.id, name: 'my phone', host: 'localhost' },
  ]);
  world.now += MINUTE;
  const { status, json } = await logIn();
  expect(status).toBe(201);
  const me = await world.call('GET', '/sessions/current', undefined, {
    authorization: `Bearer ${json.token}`,
  });
  expect(me.json).toMatchObject({ name: 'anna', confirmedForS: 900 });
  expect(await list()).toMatchObject([{ createdAt: world.now - MINUTE, usedAt: world.now }]);
  expect(world.facts.map(({ type }) => type)).toEqual(['passkeyAdded', 'personLoggedIn']);
});

test('in a browser the login gives a cookie, and the device is known afterwards', async () => {
  await add();
  const { json, cookie } = await show(phone.get(await ask()), { cookie: true });
  expect([json, cookie.map((one) => one.split('=')[0])]).toEqual([{}, ['homeward', 'homeward-device']]);
});

const WRONG: readonly (readonly [string, Bent])[] = [
  ['signed for another page', { origin: 'https://evil.example' }],
  ['for another name', { host: 'evil.example' }],
  ['for something else', { type: 'payment.get' }],
  ['of nobody who proved to be its person', { isVerified: false }],
  ['for a challenge that was never drawn', { challenge: 'AAAA' }],
];

test.each(WRONG)('an answer %s adds no passkey', async (_, bent) => {
  const { status, json } = await add(bent);
  expect([status, json.type, await list()]).toEqual([401, '/problems/passkey-refused', []]);
  expect(world.facts).toEqual([{ type: 'requestRefused', personId: 'anna', why: 'passkey-refused' }]);
});

test.each(WRONG)('an answer %s lets nobody in', async (_, bent) => {
  await add();
  const { status, json } = await logIn(bent);
  expect([status, json.type]).toEqual([401, '/problems/passkey-refused']);
  expect(world.facts.at(-1)).toEqual({ type: 'loginRefused', origin: expect.any(String) });
});

test('another key lets nobody in, nor does a counter that does not go on: the key was copied', async () => {
  await add();
  expect((await logIn({ key: phone.otherKey() })).status).toBe(401);
  expect((await logIn({ counter: 50 })).status).toBe(201);
  expect((await logIn({ counter: 50 })).status).toBe(401);
  expect((await logIn({ counter: 49 })).status).toBe(401);
  expect((await logIn({ counter: 51 })).status).toBe(201);
});

test('an answer counts once, also when it comes twice at once, and for five minutes', async () => {
  await add();
  const answer = phone.get(await ask());
  const both = await Promise.all([show(answer), show(answer)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
  const late = phone.get(await ask());
  world.now += 5 * MINUTE;
  expect((await show(late)).status).toBe(401);
});

test('what was begun in one session is finished in no other, and a login answers nothing but a login', async () => {
  const { options } = (await own('/begin')).json;
  const elsewhere = world.as('anna');
  const made = { name: 'x', credential: phone.create(options) };
  expect((await own('', made, elsewhere)).status).toBe(401);
  const asked = await ask();
  expect((await own('', { name: 'x', credential: phone.create(asked) })).status).toBe(401);
});

test('by an address of numbers there are no passkeys, and it is said why', async () => {
  const begun = await world.call('POST', '/people/current/passkeys/begin', undefined, anna);
  expect([begun.status, begun.json.type]).toEqual([409, '/problems/no-passkeys-here']);
  expect(begun.json.title).toContain('not by an address of numbers');
  expect((await world.call('POST', '/sessions/passkey/begin')).status).toBe(409);
});

test('a passkey works under the name under which it was made alone', async () => {
  await add();
  world.db.prepare("update passkey set host = 'homeward.local'").run();
  expect((await logIn()).status).toBe(401);
});

test('passkeys are renamed and removed, each by its person; an owner removes all of another’s', async () => {
  world.add({ id: 'ben', role: 'owner' });
  const ben = world.as('ben');
  await add();
  const path = `/people/current/passkeys/${phone.id}`;
  expect((await world.call('PATCH', path, { name: 'old phone' }, ben)).status).toBe(404);
  expect((await world.call('PATCH', path, { name: 'old phone' }, anna)).status).toBe(204);
  expect(await list()).toMatchObject([{ name: 'old phone' }]);
  expect((await world.call('DELETE', path, undefined, ben)).status).toBe(404);
  expect((await world.call('DELETE', path, undefined, anna)).status).toBe(204);
  expect((await logIn()).status).toBe(401);
  phone = createSoftAuthenticator(origin, 'localhost');
  await add();
  expect((await world.call('DELETE', '/people/anna/passkeys', undefined, ben)).status).toBe(204);
  expect((await world.call('DELETE', '/people/anna/passkeys', undefined, ben)).status).toBe(404);
  // Her sessions ended with them.
  anna = world.as('anna');
  expect([(await logIn()).status, await list()]).toEqual([401, []]);
  expect(world.facts).toContainEqual({ type: 'passkeysRemoved', personId: 'anna', passkeys: 1, by: 'ben' });
});

test('nobody adds or removes one in a session that was left open', async () => {
  await add();
  world.steady += 15 * MINUTE;
  expect((await own('/begin')).json.type).toBe('/problems/confirm-first');
  const path = `/people/current/passkeys/${phone.id}`;
  expect((await world.call('DELETE', path, undefined, anna)).json.type).toBe('/problems/confirm-first');
});

test('an installer whose time is over does not get in, and tries are counted', async () => {
  world.add({ id: 'ivo', role: 'installer', untilUtc: world.now + 30 * MINUTE });
  anna = world.as('ivo');
  await add();
  expect((await logIn()).status).toBe(201);
  world.now += 30 * MINUTE;
  const tries = [];
  for (let n = 0; n < 6; n++) tries.push((await logIn()).status);
  expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
});

test('F-17 on a device that was logged in on before a passkey lets in, whatever others try elsewhere', async () => {
  await add();
  const { deviceToken } = (await logIn()).json;
  // Until nobody may any more who shows no device.
  let last = 0;
  for (let n = 0; n < 21 && last !== 429; n++)
    last = (await show({ ...phone.get(await ask()), id: 'AAAA' })).status;
  expect([last, (await logIn()).status]).toEqual([429, 429]);
  expect((await show(phone.get(await ask()), { deviceToken })).status).toBe(201);
  const forged = `${deviceToken.slice(0, -1)}${deviceToken.endsWith('A') ? 'B' : 'A'}`;
  expect((await show(phone.get(await ask()), { deviceToken: forged })).status).toBe(429);
});

test.each([
  { id: 5 },
  { type: 'password' },
  { response: {} },
  { id: 'x'.repeat(40_000) },
  { response: { clientDataJSON: '', authenticatorData: '', signature: '' } },
  { response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' } },
])('junk in the place of a passkey is refused: %j', async (bent) => {
  await add();
  const answer = await show({ ...phone.get(await ask()), ...bent });
  expect([400, 401]).toContain(answer.status);
});
