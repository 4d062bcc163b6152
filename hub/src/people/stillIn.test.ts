import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { createPasskeyStore } from './passkeyStore.ts';

const PASSWORD = 'a long password';
const OTHER = 'quite another one';

let world: PeopleWorld;
let anna: { authorization: string };
beforeEach(async () => {
  world = await openPeopleWorld();
  const claim = { name: 'Anna', password: PASSWORD, pin: '739164', language: 'en' };
  const { json } = await world.call('POST', '/claim', { ...claim, claimCode: world.claimCode.read() });
  anna = { authorization: `Bearer ${json.token}` };
  const passwordHash = world.store.personNamed('Anna')?.passwordHash ?? '';
  world.add({ id: 'ben', role: 'owner', passwordHash });
});
afterEach(() => world.close());

/** A call of which the body is held back until it is let go. */
function held(path: string, body: object, headers: { authorization: string }) {
  const text = JSON.stringify(body);
  const type = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const asking = request(`${world.url}/api${path}`, { method: 'POST', headers: { ...headers, ...type } });
  const status = new Promise<number>((resolve, reject) => {
    asking.on('response', (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject);
  });
  asking.write(text.slice(0, 1));
  return { status, letGo: () => void asking.end(text.slice(1)) };
}
/** The hub has read whatever was sent before. */
const heard = () => world.call('GET', '/hello');
const demote = () => world.call('PATCH', '/people/ben', { role: 'child' }, anna);

test('who is demoted while a request of theirs is on its way invites nobody with it', async () => {
  const asked = held('/people/invitations', { name: 'Eve', role: 'owner' }, world.as('ben'));
  await heard();
  expect((await demote()).status).toBe(200);
  asked.letGo();
  expect(await asked.status).toBe(401);
  expect(world.db.prepare('select count(*) from invitation').pluck().get()).toBe(0);
});

const renew = () => world.db.prepare("update person set password_hash = 'another' where id = 'ben'").run();

/** What takes a hash to make, and what it leaves behind. */
const SLOW: readonly (readonly [string, string, object, string])[] = [
  [
    'a pass',
    '/passes',
    { name: 'Eve', placeId: 'front', until: Date.now() + 3_600_000 },
    'select count(*) from guest_pass',
  ],
  [
    'a PIN',
    '/people/current/pins',
    { password: PASSWORD, pin: '739164' },
    "select count(*) from person_pin where person_id = 'ben'",
  ],
  [
    'another password',
    '/people/current/password',
    { password: PASSWORD, newPassword: OTHER },
    "select count(*) from person where id = 'ben' and password_hash <> (select password_hash from person where id <> 'ben')",
  ],
];

test.each(SLOW)('who is demoted while %s is made does not get it', async (_, path, body, left) => {
  world.meanwhile = { during: 'hash', happens: demote };
  expect((await world.call('POST', path, body, world.as('ben'))).status).toBe(401);
  expect(world.store.person('ben')?.role).toBe('child');
  expect(world.db.prepare(left).pluck().get()).toBe(0);
});

test('a login that began with the old password does not get in with it', async () => {
  world.meanwhile = { during: 'matches', happens: renew };
  const { json } = await world.call('POST', '/sessions', { name: 'ben', password: PASSWORD });
  expect(json.type).toBe('/problems/login-refused');
});

test('an old password that was changed while it was looked at confirms nothing', async () => {
  const ben = world.as('ben');
  world.meanwhile = { during: 'matches', happens: renew };
  const { json } = await world.call('POST', '/sessions/current/confirm', { password: PASSWORD }, ben);
  expect(json.type).toBe('/problems/password-refused');
});

test('a passkey that is gone or was used meanwhile is not used again', () => {
  const store = createPasskeyStore(world.db);
  const key = {
    id: 'k',
    personId: 'ben',
    deviceId: null,
    name: 'k',
    publicKey: Buffer.from('x'),
    counter: 4,
  };
  store.addPasskey({ ...key, transports: [], host: 'h', isSynced: false, madeUtc: 0, usedUtc: null }, 5);
  expect([store.usePasskey('k', 4, 5, 1), store.usePasskey('k', 4, 6, 2)]).toEqual([true, false]);
  store.removePasskey('ben', 'k');
  expect(store.usePasskey('k', 5, 6, 3)).toBe(false);
});
