import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';

const DAY = 86_400_000;
const PASSWORD = 'a long password';

let world: PeopleWorld;
let owner: { authorization: string };

beforeEach(async () => {
  world = await openPeopleWorld();
  const claim = { name: 'Anna', password: PASSWORD, pin: '739164', language: 'en' };
  const { json } = await world.call('POST', '/claim', { ...claim, claimCode: world.claimCode.read() });
  owner = { authorization: `Bearer ${json.token}` };
});
afterEach(() => world.close());

const logIn = (more: object = {}, headers: Record<string, string> = {}) =>
  world.call('POST', '/sessions', { name: 'anna', password: PASSWORD, ...more }, headers);

/** What a browser holds after it logged in: its cookies by name. */
async function browser(): Promise<Record<string, string>> {
  const { cookie } = await logIn({ cookie: true });
  return Object.fromEntries(cookie.map((one) => (one.split(';')[0] ?? '').split('=') as [string, string]));
}
const asCookie = (token = '') => ({ cookie: `homeward-device=${token}` });

/** Somebody else tries until nobody may any more. */
async function shutOut(name = 'anna'): Promise<void> {
  for (let n = 0; n < 5; n++) expect((await logIn({ name, password: 'x' })).status).toBe(401);
  expect((await logIn({ name })).status).toBe(429);
}

test('who logged in on a device before gets in there, whatever others do elsewhere', async () => {
  const { 'homeward-device': device } = await browser();
  const { deviceToken } = (await logIn()).json;
  await shutOut();
  expect((await logIn({}, asCookie(device))).status).toBe(201);
  expect((await logIn({ deviceToken })).status).toBe(201);
  expect((await logIn()).status).toBe(429);
});

test('a known device is tried five times a minute too, and costs nobody else a try', async () => {
  const { deviceToken } = (await logIn()).json;
  const tries = [];
  for (let n = 0; n < 6; n++) tries.push((await logIn({ password: 'x', deviceToken })).status);
  expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await logIn({ deviceToken })).status).toBe(429);
  expect((await logIn()).status).toBe(201);
  world.now += 60_000;
  expect((await logIn({ deviceToken })).status).toBe(201);
});

test('a device cookie lets nobody in, and stays the same from login to login', async () => {
  const { 'homeward-device': device } = await browser();
  expect(device).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
  const me = await world.call('GET', '/sessions/current', undefined, asCookie(device));
  expect(me.status).toBe(401);
  const again = await logIn({ cookie: true }, asCookie(device));
  expect(again.cookie[1]).toBe(
    `homeward-device=${device}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict`,
  );
});

test('a device that this hub never signed, or that is another person’s, counts as any other', async () => {
  const { deviceToken } = (await logIn()).json;
  const [id = '', signed = ''] = deviceToken.split('.');
  const forged = [
    `${id}.${'A'.repeat(43)}`,
    `${'A'.repeat(22)}.${signed}`,
    `${id}.${signed.slice(1)}`,
    id,
    '',
    `${deviceToken} `,
  ];
  const { passwordHash = '' } = world.store.personNamed('anna') ?? {};
  world.add({ id: 'ben', name: 'Ben', passwordHash });
  await shutOut();
  for (const token of forged)
    expect([token, (await logIn({ deviceToken: token })).status]).toEqual([token, 429]);
  await shutOut('ben');
  expect((await logIn({ name: 'ben', deviceToken })).status).toBe(429);
});

test('a device is known to all who logged in on it, and to each for itself', async () => {
  const { passwordHash = '' } = world.store.personNamed('anna') ?? {};
  world.add({ id: 'ben', name: 'Ben', passwordHash });
  const { deviceToken } = (await logIn()).json;
  expect((await logIn({ name: 'ben', deviceToken })).json.deviceToken).toBe(deviceToken);
  await shutOut();
  await shutOut('ben');
  for (const name of ['anna', 'ben']) expect((await logIn({ name, deviceToken })).status).toBe(201);
});

test('a device whose session somebody ended is known no more', async () => {
  const phone = (await logIn()).json;
  const { sessions } = (await world.call('GET', '/sessions', undefined, owner)).json;
  const lost = sessions.find(({ current }: { current: boolean }) => !current).id;
  await world.call('DELETE', `/sessions/${lost}`, undefined, owner);
  const tablet = (await logIn()).json;
  const { personId } = (await world.call('GET', '/sessions/current', undefined, owner)).json;
  await shutOut();
  expect((await logIn({ deviceToken: phone.deviceToken })).status).toBe(429);
  expect((await logIn({ deviceToken: tablet.deviceToken })).status).toBe(201);
  await world.call('DELETE', `/people/${personId}/sessions`, undefined, owner);
  expect((await logIn({ deviceToken: tablet.deviceToken })).status).toBe(429);
});

test('a device is forgotten after 400 days, and when twenty others came after it', async () => {
  const { deviceToken } = (await logIn()).json;
  world.now += 400 * DAY;
  await shutOut();
  expect((await logIn({ deviceToken })).status).toBe(429);
  world.now += 60_000;
  const first = (await logIn()).json;
  for (let n = 0; n < 20; n++) {
    world.now += 1;
    expect((await logIn()).status).toBe(201);
  }
  expect(world.db.prepare('select count(*) as n from known_device').get()).toEqual({ n: 20 });
  await shutOut();
  expect((await logIn({ deviceToken: first.deviceToken })).status).toBe(429);
});

test('a disk that is full keeps nobody out who is in, and no device is known without having been saved', async () => {
  const { deviceToken } = (await logIn()).json;
  const { personId } = (await world.call('GET', '/sessions/current', undefined, owner)).json;
  world.db.pragma('query_only = ON');
  const id = deviceToken.split('.')[0];
  expect(() => world.devices.remember('another', personId)).not.toThrow();
  expect([world.devices.knows('another', personId), world.devices.knows(id, personId)]).toEqual([
    false,
    true,
  ]);
});
