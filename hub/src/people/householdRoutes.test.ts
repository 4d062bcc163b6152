import { type Socket as Client, io as connectLive } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import type { Role } from './schema.ts';

const HOUR = 3_600_000;

let world: PeopleWorld;
const clients: Client[] = [];

beforeEach(async () => {
  world = await openPeopleWorld();
  for (const [id, role] of Object.entries({ anna: 'owner', ben: 'adult', wall: 'panel' })) {
    world.add({ id, role: role as Role });
  }
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await world.close();
});

/** Headers of a new session of that person. */
const as = (id: string) => world.as(id);
const isIn = async (headers: { authorization: string }) =>
  (await world.call('GET', '/sessions/current', undefined, headers)).status === 200;

/** A live socket of that session, and how long after now it was closed, ms. */
async function look({ authorization }: { authorization: string }) {
  const client = connectLive(world.url, {
    auth: { token: authorization.slice(7) },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  clients.push(client);
  await new Promise((done) => client.once('snapshot', done));
  const closed = new Promise<number>((done) => client.once('disconnect', () => done(performance.now())));
  return async () => {
    const from = performance.now();
    return (await closed) - from;
  };
}

test('the people of the house are listed, with what they are and when they were last there', async () => {
  const anna = as('anna');
  const { json } = await world.call('GET', '/people', undefined, anna);
  const usual = { until: null, createdAt: world.now, lastSeenAt: null, secondFactor: false, passkeys: 0 };
  expect(json.people).toEqual([
    { id: 'anna', name: 'anna', role: 'owner', ...usual, lastSeenAt: world.now },
    { id: 'ben', name: 'ben', role: 'adult', ...usual },
    { id: 'wall', name: 'wall', role: 'panel', ...usual },
  ]);
});

test('who gets another role has it at the next login, and is out everywhere until then', async () => {
  const [anna, ben, other] = [as('anna'), as('ben'), as('ben')];
  const closedAfter = await Promise.all([look(ben), look(other)]);
  const answer = await world.call('PATCH', '/people/ben', { role: 'child' }, anna);
  expect([answer.status, answer.json.role]).toEqual([200, 'child']);
  for (const wait of closedAfter) expect(await wait()).toBeLessThan(1_000);
  expect([await isIn(ben), await isIn(other), await isIn(anna)]).toEqual([false, false, true]);
  const again = await world.call('GET', '/sessions/current', undefined, as('ben'));
  expect(again.json.role).toBe('child');
  expect(world.facts).toEqual([
    { type: 'personChanged', personId: 'ben', role: 'child', untilUtc: null, by: 'anna' },
  ]);
});

test('who is removed is out within a second, and nothing of theirs is left', async () => {
  const [anna, ben] = [as('anna'), as('ben')];
  const closedAfter = await look(ben);
  expect((await world.call('DELETE', '/people/ben', undefined, anna)).status).toBe(204);
  expect(await closedAfter()).toBeLessThan(1_000);
  expect(await isIn(ben)).toBe(false);
  for (const table of ['session', 'person_pin', 'invitation']) {
    const rows = world.db.prepare(`select * from ${table}`).all();
    expect([table, JSON.stringify(rows)]).toEqual([table, expect.not.stringContaining('ben')]);
  }
  expect(world.facts).toEqual([{ type: 'personRemoved', personId: 'ben', name: 'ben', by: 'anna' }]);
  expect((await world.call('DELETE', '/people/ben', undefined, anna)).status).toBe(404);
});

test.each([
  ['PATCH', { role: 'adult' }, 'personChanged'],
  ['DELETE', undefined, 'personRemoved'],
] as const)(
  'what %s takes away is told: each invitation and pass that was open',
  async (method, body, type) => {
    const [anna, ben] = [as('anna'), as('ben')];
    await world.call('PATCH', '/people/ben', { role: 'owner' }, anna);
    const owner = as('ben');
    expect(ben).not.toEqual(owner);
    const invite = async (name: string, expiresAt: number) =>
      (await world.call('POST', '/people/invitations', { name, role: 'adult', expiresAt }, owner)).json
        .invitation.id;
    const give = async (name: string, until: number) =>
      (await world.call('POST', '/passes', { name, placeId: 'front', until }, owner)).json.pass.id;
    const invitationId = await invite('Carla', world.now + 3 * HOUR);
    const passId = await give('Cleaner', world.now + 3 * HOUR);
    await invite('Dora', world.now + HOUR);
    const overId = await give('Plumber', world.now + HOUR);
    world.now += 2 * HOUR;
    world.facts.length = 0;
    expect((await world.call(method, '/people/ben', body, as('anna'))).status).toBeLessThan(300);
    expect(world.facts.map((fact) => fact.type)[0]).toBe(type);
    expect(world.facts.slice(1)).toEqual([
      { type: 'invitationRevoked', invitationId, by: 'anna' },
      { type: 'passRevoked', passId, name: 'Cleaner', by: 'anna' },
      { type: 'passErased', passId: overId, name: 'Plumber' },
    ]);
  },
);

test('the last owner stays, whoever asks; with a second one either may go', async () => {
  const anna = as('anna');
  const refused = [
    await world.call('DELETE', '/people/anna', undefined, anna),
    await world.call('PATCH', '/people/anna', { role: 'adult' }, anna),
  ];
  expect(refused.map(({ json }) => json.type)).toEqual(['/problems/last-owner', '/problems/last-owner']);
  const told = { type: 'requestRefused', personId: 'anna', why: 'last-owner' };
  expect(world.facts).toEqual([told, told]);
  expect(await isIn(anna)).toBe(true);
  expect((await world.call('PATCH', '/people/ben', { role: 'owner' }, anna)).status).toBe(200);
  expect((await world.call('PATCH', '/people/anna', { role: 'guest' }, anna)).status).toBe(200);
  expect(await isIn(anna)).toBe(false);
  expect((await world.call('DELETE', '/people/ben', undefined, as('ben'))).json.type).toBe(
    '/problems/last-owner',
  );
});

test.each([
  ['ben', { role: 'installer' }, 'until: an installer has access for a while only'],
  ['ben', { role: 'owner', until: 9e12 }, 'until: the access of this role does not end by itself'],
  ['ben', { role: 'panel' }, 'role: a panel is no person'],
  ['wall', { role: 'owner' }, 'role: a panel is no person'],
  ['ben', { role: 'king' }, 'role'],
  ['ben', { role: 'child', passwordHash: 'x' }, 'passwordHash'],
])('%s cannot become %j', async (id, body, detail) => {
  const { status, json } = await world.call('PATCH', `/people/${id}`, body, as('anna'));
  expect([status, json.detail]).toEqual([400, detail]);
  expect(world.facts).toEqual([]);
});

test('an installer’s time can be made longer or shorter', async () => {
  const anna = as('anna');
  const until = world.now + HOUR;
  expect((await world.call('PATCH', '/people/ben', { role: 'installer', until }, anna)).json.until).toBe(
    until,
  );
  const ben = as('ben');
  world.now = until;
  expect(await isIn(ben)).toBe(false);
  await world.call('PATCH', '/people/ben', { role: 'installer', until: until + HOUR }, anna);
  expect(await isIn(as('ben'))).toBe(true);
});

test('sessions are listed with their device, and the one that asks is marked', async () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const device = { deviceName: 'kitchen', deviceId: null, browser: null, system: null };
  world.sessions.start('anna', 'cookie', device);
  world.now += 1_000;
  const anna = { ...as('anna'), 'user-agent': agent };
  const { json } = await world.call('GET', '/sessions', undefined, anna);
  expect(json.sessions).toMatchObject([
    { current: true, deviceName: null, lastSeenAt: world.now },
    { current: false, deviceName: 'kitchen', lastSeenAt: world.now - 1_000 },
  ]);
  expect(json.sessions[0].endsAt - world.now).toBe(30 * 24 * HOUR);
  expect(JSON.stringify(json)).not.toContain(anna.authorization.slice(7));
  world.now += 30 * 24 * HOUR - 1_000;
  expect((await world.call('GET', '/sessions', undefined, anna)).json.sessions).toHaveLength(1);
});

test('one ends a session of one’s own, its sockets close within a second, and nobody ends another’s', async () => {
  const [anna, phone, ben] = [as('anna'), as('anna'), as('ben')];
  const list = async (headers: object) =>
    (await world.call('GET', '/sessions', undefined, headers as never)).json.sessions;
  const id = (await list(anna)).find(({ current }: { current: boolean }) => !current).id;
  const closedAfter = await look(phone);
  expect((await world.call('DELETE', `/sessions/${id}`, undefined, ben)).status).toBe(404);
  expect(await isIn(phone)).toBe(true);
  expect((await world.call('DELETE', `/sessions/${id}`, undefined, anna)).status).toBe(204);
  expect(await closedAfter()).toBeLessThan(1_000);
  expect([await isIn(phone), await isIn(anna)]).toEqual([false, true]);
  expect(world.facts).toEqual([{ type: 'sessionRevoked', personId: 'anna', sessions: 1, by: 'anna' }]);
});

test('an owner ends all sessions of somebody whose phone was lost', async () => {
  const [anna, ben, other] = [as('anna'), as('ben'), as('ben')];
  expect((await world.call('GET', '/people/ben/sessions', undefined, anna)).json.sessions).toHaveLength(2);
  const closedAfter = await look(ben);
  expect((await world.call('DELETE', '/people/ben/sessions', undefined, anna)).status).toBe(204);
  expect(await closedAfter()).toBeLessThan(1_000);
  expect([await isIn(ben), await isIn(other), await isIn(anna)]).toEqual([false, false, true]);
  expect(world.facts).toEqual([{ type: 'sessionRevoked', personId: 'ben', sessions: 2, by: 'anna' }]);
  expect((await world.call('GET', '/people/nobody/sessions', undefined, anna)).status).toBe(404);
});

test('an adult sees who is there and changes nothing', async () => {
  const ben = as('ben');
  expect((await world.call('GET', '/people', undefined, ben)).status).toBe(200);
  const refused = await world.call('PATCH', '/people/ben', { role: 'owner' }, ben);
  expect([refused.status, refused.json.detail]).toEqual([
    403,
    'Only an owner may invite, change or remove people. You are here as an adult.',
  ]);
});
