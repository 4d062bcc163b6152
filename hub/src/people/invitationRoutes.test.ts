import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { OPEN_INVITATIONS } from './limits.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
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

const invite = (more: object = {}) =>
  world.call('POST', '/people/invitations', { name: 'Ben', role: 'adult', ...more }, owner);
const join = (token: string, more: object = {}) =>
  world.call('POST', '/people/invitations/accept', {
    token,
    name: 'Ben',
    password: PASSWORD,
    language: 'ar',
    ...more,
  });
const open = async () => (await world.call('GET', '/people/invitations', undefined, owner)).json.invitations;
const whoIs = (token: string) =>
  world.call('GET', '/sessions/current', undefined, { authorization: `Bearer ${token}` });

test('who is invited chooses a name and a password, and is in with the role that was meant', async () => {
  const { status, json } = await invite();
  expect([status, json.token]).toEqual([201, expect.stringMatching(/^[\w-]{43}$/)]);
  expect(json.invitation).toMatchObject({ name: 'Ben', role: 'adult', until: null, by: 'Anna' });
  expect(json.invitation.expiresAt - json.invitation.createdAt).toBe(DAY);
  const joined = await join(json.token, { name: 'Benjamin', deviceName: 'my phone' });
  expect(joined.status).toBe(201);
  expect((await whoIs(joined.json.token)).json).toMatchObject({
    name: 'Benjamin',
    role: 'adult',
    language: 'ar',
  });
  const login = await world.call('POST', '/sessions', { name: 'benjamin', password: PASSWORD });
  expect(login.status).toBe(201);
  expect(world.facts.map(({ type }) => type)).toEqual([
    'hubClaimed',
    'personInvited',
    'personJoined',
    'personLoggedIn',
  ]);
});

test('who holds an invitation and chooses what is refused tries five times a minute, and is not forgiven for looking', async () => {
  const { token } = (await invite()).json;
  const answers = [];
  for (let n = 0; n < 6; n++) {
    answers.push((await join(token, { password: 'qwertyuiop' })).json.type);
    await world.call('POST', '/people/invitations/look', { token });
  }
  expect(answers).toEqual([...Array(5).fill('/problems/password-common'), '/problems/too-many-tries']);
  world.now += 60_000;
  expect((await join(token)).status).toBe(201);
});

test('who holds an invitation is told who invites and as what, as often as they look, and nobody else is', async () => {
  const { token } = (await invite({ role: 'guest', until: world.now + DAY })).json;
  const look = (shown: string) => world.call('POST', '/people/invitations/look', { token: shown });
  for (let times = 0; times < 3; times += 1) {
    const { status, json } = await look(token);
    expect([status, json]).toEqual([
      200,
      { name: 'Ben', role: 'guest', until: world.now + DAY, expiresAt: world.now + DAY, by: 'Anna' },
    ]);
  }
  expect((await look('x'.repeat(43))).json.type).toBe('/problems/invitation-refused');
  expect(world.facts.at(-1)).toMatchObject({ type: 'invitationRefused' });
  expect((await join(token)).status).toBe(201);
  expect((await look(token)).json.type).toBe('/problems/invitation-refused');
});

test.each([
  [{ name: 'Anпa' }, 'name-mixed'],
  [{ name: 'АННА'.replace('А', 'A').replace('А', 'A') }, 'name-mixed'],
  [{ name: 'anna.' }, 'name-taken'],
  [{ name: '…' }, 'name-unreadable'],
  [{ password: 'trustno1' }, 'password-common'],
  [{ password: 'Ben-1999' }, 'password-of-names'],
])('nobody joins with %j, and the invitation stays', async (more, type) => {
  const { token } = (await invite()).json;
  expect((await join(token, more)).json.type).toBe(`/problems/${type}`);
  expect((await join(token)).status).toBe(201);
});

test('an invitation can be taken up once, also by many at the same time', async () => {
  const { token } = (await invite()).json;
  const answers = await Promise.all(
    Array.from({ length: 4 }, (_, n) => join(token, { name: `Ben ${n}`, cookie: true })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
  expect(world.store.people()).toHaveLength(2);
  expect(await open()).toEqual([]);
  expect((await join(token, { name: 'Late' })).json.type).toBe('/problems/invitation-refused');
});

test('taken up in a browser it is a cookie, and the answer holds no token', async () => {
  const { json, cookie } = await join((await invite()).json.token, { cookie: true });
  expect(cookie).toHaveLength(2);
  expect([json, cookie]).toEqual([
    {},
    cookie.map(() => expect.stringContaining('HttpOnly; SameSite=Strict')),
  ]);
});

test('an invitation ends: after a day, or when it was said, but in a week at most', async () => {
  const soon = (await invite({ name: 'Soon', expiresAt: world.now + HOUR })).json.token;
  const { token } = (await invite()).json;
  expect(await open()).toHaveLength(2);
  world.now += HOUR;
  expect((await join(soon, { name: 'Soon' })).status).toBe(403);
  expect((await open()).map(({ name }: { name: string }) => name)).toEqual(['Ben']);
  world.now += 23 * HOUR - 1;
  expect((await join(token, { name: 'Anna' })).status).toBe(409);
  world.now += 1;
  expect((await join(token)).status).toBe(403);
  for (const expiresAt of [world.now, world.now - 1, world.now + 7 * DAY + 1]) {
    expect((await invite({ expiresAt })).json.detail).toBe('expiresAt: within the next 7 days');
  }
  expect((await invite({ expiresAt: world.now + 7 * DAY })).status).toBe(201);
});

test('an invitation that was taken back lets nobody in', async () => {
  const { token, invitation } = (await invite()).json;
  const revoke = () => world.call('DELETE', `/people/invitations/${invitation.id}`, undefined, owner);
  expect((await revoke()).status).toBe(204);
  expect((await revoke()).status).toBe(404);
  expect((await join(token)).status).toBe(403);
  expect(world.facts.slice(2)).toEqual([
    { type: 'invitationRevoked', invitationId: invitation.id, by: world.store.people()[0]?.id },
    { type: 'invitationRefused', origin: '127.0.0.1' },
  ]);
});

test('the invitations of a person who is removed let nobody in', async () => {
  const second = (await join((await invite({ role: 'owner' })).json.token)).json.token;
  const ben = (await whoIs(second)).json.personId;
  const { json } = await world.call(
    'POST',
    '/people/invitations',
    { name: 'Cleo', role: 'owner' },
    { authorization: `Bearer ${second}` },
  );
  expect((await world.call('DELETE', `/people/${ben}`, undefined, owner)).status).toBe(204);
  expect((await join(json.token, { name: 'Cleo' })).status).toBe(403);
});

test.each([
  [{ role: 'installer' }, 'until: an installer has access for a while only'],
  [{ role: 'adult', until: 9e12 }, 'until: the access of this role does not end by itself'],
  [{ role: 'king' }, 'role'],
  [{ name: '' }, 'name'],
  [{ until: 'soon' }, 'until'],
  [{ token: 'mine' }, 'token'],
])('an invitation that is not as it must be says what is wrong with it (%#)', async (more, detail) => {
  const { status, json } = await invite(more);
  expect([status, json.detail]).toEqual([400, detail]);
  expect(await open()).toEqual([]);
});

test('nobody gets the name of somebody else, when invited or later', async () => {
  expect((await invite({ name: ' ANNA ' })).json.type).toBe('/problems/name-taken');
  const { token } = (await invite()).json;
  expect((await join(token, { name: 'anna' })).json.type).toBe('/problems/name-taken');
  expect((await join(token)).status).toBe(201);
});

test('an installer is out when the time is over, and logs in no more', async () => {
  const until = world.now + 2 * HOUR;
  const { token } = (await join((await invite({ role: 'installer', until })).json.token)).json;
  expect((await whoIs(token)).json.role).toBe('installer');
  world.now = until - 1;
  expect((await whoIs(token)).status).toBe(200);
  world.now = until;
  expect((await whoIs(token)).json.type).toBe('/problems/no-session');
  const again = await world.call('POST', '/sessions', { name: 'Ben', password: PASSWORD });
  expect(again.json.type).toBe('/problems/login-refused');
});

test('there are only so many open invitations, and those that are over do not count', async () => {
  for (let n = 0; n < OPEN_INVITATIONS; n++) expect((await invite({ name: `Ben ${n}` })).status).toBe(201);
  expect((await invite()).json.type).toBe('/problems/house-full');
  world.now += DAY;
  expect((await invite()).status).toBe(201);
});

test('guessing a token is throttled, and whoever holds a true one elsewhere is not kept out', async () => {
  const tries = [];
  for (let n = 0; n < 6; n++) tries.push((await join('A'.repeat(43))).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429]);
  world.now += 60_000;
  expect((await join((await invite()).json.token)).status).toBe(201);
});

test('no token and no password stands in the database, the facts or the log', async () => {
  const first = (await invite()).json.token;
  const second = (await invite({ name: 'Cleo' })).json.token;
  const session = (await join(first, { password: 'another long one' })).json.token;
  await join(`${second.slice(0, -1)}_`);
  const everything = `${world.lines.join('')}${JSON.stringify(world.facts)}${world.db.serialize().toString('latin1')}`;
  for (const secret of [first, second, session, 'another long one']) expect(everything).not.toContain(secret);
});

test('V7.2.4 who joins in a browser in which somebody is logged in leaves no old session behind there', async () => {
  const { token } = (await invite()).json;
  const body = { token, name: 'Ben', password: PASSWORD, language: 'en' };
  expect((await world.call('POST', '/people/invitations/accept', body, owner)).status).toBe(201);
  expect((await world.call('GET', '/sessions/current', undefined, owner)).status).toBe(401);
});
