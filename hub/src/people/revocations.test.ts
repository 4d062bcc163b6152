import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { createSoftAuthenticator } from '../../test/softAuthenticator.ts';
import type { PersonView } from './schema.ts';

const PASSWORD = 'a long password';
const OTHER = 'quite another one';

let world: PeopleWorld;
let origin: string;
let here: Place;
beforeEach(async () => {
  world = await openPeopleWorld();
  origin = world.url.replace('127.0.0.1', 'localhost');
  const claim = { name: 'Anna', password: PASSWORD, pin: '739164', language: 'en' };
  await world.call('POST', '/claim', { ...claim, claimCode: world.claimCode.read() });
  here = await logIn();
});
afterEach(() => world.close());

/** Somebody logged in on a device of theirs. */
type Place = { readonly headers: { authorization: string }; readonly deviceToken: string };

async function logIn(name = 'Anna'): Promise<Place> {
  const { json } = await world.call('POST', '/sessions', { name, password: PASSWORD });
  return { headers: { authorization: `Bearer ${json.token}` }, deviceToken: json.deviceToken };
}
async function makePasskey({ headers }: Place, more: object = { endOthers: false }) {
  const key = createSoftAuthenticator(origin, 'localhost');
  const path = '/people/current/passkeys';
  const { json } = await world.callAt(origin, 'POST', `${path}/begin`, undefined, headers);
  const made = { name: 'a key', credential: key.create(json.options), ...more };
  expect((await world.callAt(origin, 'POST', path, made, headers)).status).toBe(201);
  return key;
}
type Key = Awaited<ReturnType<typeof makePasskey>>;

async function show(key: Key): Promise<number> {
  const { json } = await world.callAt(origin, 'POST', '/sessions/passkey/begin');
  const shown = { credential: key.get(json.options) };
  return (await world.callAt(origin, 'POST', '/sessions/passkey', shown)).status;
}
const idOf = (name: string) => world.store.personNamed(name)?.id ?? '';
const sessionsOf = async ({ headers }: Place) =>
  (await world.call('GET', '/sessions', undefined, headers)).json.sessions;
const known = () => world.db.prepare('select count(*) from known_device').pluck().get();

test('who ends the session of a lost phone ends the passkey that was made on it, and no other', async () => {
  const before = await sessionsOf(here);
  const phone = await logIn();
  const [onPhone, onThis] = [await makePasskey(phone), await makePasskey(here)];
  const ids = new Set(before.map(({ id }: { id: string }) => id));
  const lost = (await sessionsOf(here)).find(({ id }: { id: string }) => !ids.has(id));
  expect((await world.call('DELETE', `/sessions/${lost.id}`, undefined, here.headers)).status).toBe(204);
  expect([await show(onPhone), await show(onThis)]).toEqual([401, 201]);
  const me = idOf('Anna');
  expect(world.facts).toContainEqual({ type: 'passkeysRemoved', personId: me, passkeys: 1, by: me });
});

test('an owner who ends all sessions of somebody leaves them nothing but the password', async () => {
  const passwordHash = world.store.personNamed('Anna')?.passwordHash ?? '';
  world.add({ id: 'ben', passwordHash });
  const [key, annas] = [await makePasskey(await logIn('ben')), await makePasskey(here)];
  const counts = async (): Promise<object> => {
    const { people } = (await world.call('GET', '/people', undefined, here.headers)).json;
    return Object.fromEntries(people.map((one: PersonView) => [one.name, one.passkeys]));
  };
  expect(await counts()).toEqual({ Anna: 1, ben: 1 });
  expect((await world.call('DELETE', '/people/ben/sessions', undefined, here.headers)).status).toBe(204);
  expect([await show(key), await show(annas)]).toEqual([401, 201]);
  expect(await counts()).toEqual({ Anna: 1, ben: 0 });
  const told = { type: 'passkeysRemoved', personId: 'ben', passkeys: 1, by: idOf('Anna') };
  expect(world.facts).toContainEqual(told);
});

const change = (more: object = {}) =>
  world.call(
    'POST',
    '/people/current/password',
    { password: PASSWORD, newPassword: OTHER, ...more },
    here.headers,
  );

test('with another password the passkeys and the trust of all other devices go', async () => {
  const [onPhone, onThis] = [await makePasskey(await logIn()), await makePasskey(here)];
  expect(known()).toBe(3);
  expect((await change()).status).toBe(204);
  expect([known(), await show(onPhone), await show(onThis)]).toEqual([1, 401, 201]);
});

test('a passkey of which nobody knows where it was made goes with another password too', async () => {
  const key = await makePasskey(here);
  world.db.prepare('update passkey set device_id = null').run();
  await change();
  expect(await show(key)).toBe(401);
});

test('who keeps the other sessions with another password keeps their passkeys as well', async () => {
  const key = await makePasskey(await logIn());
  await change({ endOthers: false });
  expect([known(), await show(key)]).toEqual([3, 201]);
});

const isIn = async ({ headers }: Place) =>
  (await world.call('GET', '/sessions/current', undefined, headers)).status === 200;

test('who adds or removes a passkey is out everywhere else, unless they say not to', async () => {
  const [second, third] = [await logIn(), await logIn()];
  const key = await makePasskey(here);
  expect([await isIn(second), await isIn(third)]).toEqual([true, true]);
  await makePasskey(second, {});
  expect([await isIn(second), await isIn(third), await isIn(here)]).toEqual([true, false, false]);
  here = await logIn();
  const path = `/people/current/passkeys/${key.id}`;
  expect((await world.call('DELETE', path, undefined, here.headers)).status).toBe(204);
  expect([await isIn(second), await isIn(here)]).toEqual([false, true]);
  const me = idOf('Anna');
  expect(world.facts.at(-1)).toEqual({ type: 'sessionRevoked', personId: me, sessions: 1, by: me });
});

test('an owner who removes the passkeys of somebody ends their sessions too', async () => {
  world.add({ id: 'ben', passwordHash: world.store.personNamed('Anna')?.passwordHash ?? '' });
  const ben = await logIn('ben');
  await makePasskey(ben);
  expect((await world.call('DELETE', '/people/ben/passkeys', undefined, here.headers)).status).toBe(204);
  expect([await isIn(ben), await isIn(here)]).toEqual([false, true]);
});

test('one call ends all other sessions, and what was made in them lets nobody in', async () => {
  const phone = await logIn();
  const [onPhone, onThis] = [await makePasskey(phone), await makePasskey(here)];
  expect((await world.call('DELETE', '/sessions', undefined, here.headers)).status).toBe(204);
  expect([await isIn(phone), await isIn(here), known()]).toEqual([false, true, 1]);
  expect([await show(onPhone), await show(onThis)]).toEqual([401, 201]);
});
