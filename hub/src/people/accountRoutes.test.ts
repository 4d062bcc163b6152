import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { CONFIRMED_MS } from './limits.ts';

const PASSWORD = 'a long password';
const OTHER = 'another long password';

let world: PeopleWorld;
let owner: { authorization: string };

beforeEach(async () => {
  world = await openPeopleWorld();
  const claim = { name: 'Anna', password: PASSWORD, pin: '739164', language: 'en' };
  const { json } = await world.call('POST', '/claim', { ...claim, claimCode: world.claimCode.read() });
  owner = { authorization: `Bearer ${json.token}` };
});
afterEach(() => world.close());

const personId = () => world.store.people()[0]?.id ?? '';
const invite = (headers = owner) =>
  world.call('POST', '/people/invitations', { name: 'Ben', role: 'owner' }, headers);
const confirm = (password = PASSWORD, headers = owner) =>
  world.call('POST', '/sessions/current/confirm', { password }, headers);
const me = async (headers = owner) => world.call('GET', '/sessions/current', undefined, headers);
const change = (more: object = {}, headers = owner) =>
  world.call(
    'POST',
    '/people/current/password',
    { password: PASSWORD, newPassword: OTHER, ...more },
    headers,
  );
const logIn = async (password = PASSWORD) => {
  const { status, json } = await world.call('POST', '/sessions', { name: 'anna', password });
  return { status, authorization: `Bearer ${json.token}` };
};

test('a session of which the password was given 15 minutes ago invites nobody until it is given once more', async () => {
  expect([(await me()).json.confirmedForS, (await invite()).status]).toEqual([900, 201]);
  world.steady += CONFIRMED_MS;
  const refused = await invite();
  expect([refused.status, refused.json.type]).toEqual([403, '/problems/confirm-first']);
  expect((await me()).json.confirmedForS).toBe(0);
  expect((await confirm()).status).toBe(204);
  expect([(await me()).json.confirmedForS, (await invite()).status]).toEqual([900, 201]);
  expect(world.facts.map(({ type }) => type)).toEqual([
    'hubClaimed',
    'personInvited',
    'confirmationAsked',
    'sessionConfirmed',
    'personInvited',
  ]);
});

test('STRIDE I stolen phone: an owner’s session that was left open gives nobody power over the people of the house', async () => {
  world.add({ id: 'ben' });
  world.steady += CONFIRMED_MS;
  const asked = [
    invite(),
    world.call('PATCH', '/people/ben', { role: 'owner' }, owner),
    world.call('DELETE', '/people/ben', undefined, owner),
    world.call('DELETE', '/people/ben/sessions', undefined, owner),
    world.call('DELETE', '/people/invitations/any', undefined, owner),
  ];
  for (const answer of await Promise.all(asked)) expect(answer.json.type).toBe('/problems/confirm-first');
  expect(world.store.person('ben')?.role).toBe('adult');
  // Looking on stays free.
  for (const path of ['/people', '/people/ben/sessions', '/people/invitations', '/sessions']) {
    expect([path, (await world.call('GET', path, undefined, owner)).status]).toEqual([path, 200]);
  }
});

test('one session that was confirmed confirms no other, and a wall clock that leaps confirms none', async () => {
  world.steady += CONFIRMED_MS;
  const { authorization } = await logIn();
  const phone = { authorization };
  expect([(await invite(phone)).status, (await invite()).status]).toEqual([201, 403]);
  world.steady += CONFIRMED_MS;
  world.now -= 10 * 365 * 86_400_000;
  expect((await invite(phone)).json.type).toBe('/problems/confirm-first');
});

test('a wrong password confirms nothing, is noted for that person, and is tried five times a minute', async () => {
  world.steady += CONFIRMED_MS;
  const tries = [];
  for (let n = 0; n < 5; n++) tries.push((await confirm('x')).status);
  expect([...tries, (await confirm()).status]).toEqual([403, 403, 403, 403, 403, 429]);
  expect(world.facts.filter(({ type }) => type === 'passwordRefused')).toEqual(
    Array(5).fill({ type: 'passwordRefused', personId: personId(), origin: '127.0.0.1' }),
  );
  expect((await invite()).status).toBe(403);
  // Whoever tried shut nobody out elsewhere.
  expect((await logIn()).status).toBe(201);
});

test('who chooses another password is out everywhere else, and the old one opens nothing', async () => {
  const { authorization } = await logIn();
  const phone = { authorization };
  expect((await change()).status).toBe(204);
  expect([(await me()).status, (await me(phone)).status]).toEqual([200, 401]);
  expect([(await logIn()).status, (await logIn(OTHER)).status]).toEqual([401, 201]);
  expect(world.facts).toContainEqual({ type: 'passwordChanged', personId: personId(), sessions: 1 });
});

test('who says so stays logged in elsewhere when the password changes', async () => {
  const { authorization } = await logIn();
  expect((await change({ endOthers: false })).status).toBe(204);
  expect((await me({ authorization })).status).toBe(200);
});

test.each([
  [{ newPassword: 'short' }, 400, '/problems/bad-request'],
  [{ password: 'not the one' }, 403, '/problems/password-refused'],
  [{ password: undefined }, 400, '/problems/bad-request'],
  [{ newPassword: 'sunshine' }, 400, '/problems/password-common'],
  [{ newPassword: 'Iloveyou99!' }, 400, '/problems/password-common'],
  [{ newPassword: '1234567890123456' }, 400, '/problems/password-common'],
  [{ newPassword: 'anna2026' }, 400, '/problems/password-of-names'],
  [{ newPassword: 'kitchen-pi-1' }, 400, '/problems/password-of-names'],
  [{ newPassword: 'x'.repeat(129) }, 400, '/problems/bad-request'],
])('a password is not changed by %j', async (more, status, type) => {
  const answer = await change(more);
  expect([answer.status, answer.json.type]).toEqual([status, type]);
  expect((await logIn()).status).toBe(201);
});

test('neither password stands in the log, the facts or the database', async () => {
  await change();
  await confirm('not the one');
  const everything = `${world.lines.join('')}${JSON.stringify(world.facts)}${world.db.serialize().toString('latin1')}`;
  for (const secret of [PASSWORD, OTHER, 'not the one']) expect(everything).not.toContain(secret);
});

test('nobody renames somebody whose session was left open', async () => {
  world.steady += CONFIRMED_MS;
  const refused = await world.call('PATCH', '/people/current', { name: 'Eve' }, owner);
  expect([refused.status, refused.json.type]).toEqual([403, '/problems/confirm-first']);
  expect(world.store.person(personId())?.name).toBe('Anna');
  expect((await confirm()).status).toBe(204);
  expect((await world.call('PATCH', '/people/current', { name: 'Eve' }, owner)).status).toBe(204);
});

test('one chooses another name and language, and logs in with the new name', async () => {
  const anna = personId();
  world.add({ id: 'ben', name: 'Ben' });
  const rename = (body: object) => world.call('PATCH', '/people/current', body, owner);
  expect((await rename({ name: 'منى', language: 'ar' })).status).toBe(204);
  expect((await me()).json).toMatchObject({ name: 'منى', language: 'ar' });
  expect((await world.call('POST', '/sessions', { name: 'منى', password: PASSWORD })).status).toBe(201);
  expect(world.facts).toContainEqual({
    type: 'personRenamed',
    personId: anna,
    from: 'Anna',
    name: 'منى',
  });
  // The same name written otherwise is still one's own.
  expect((await rename({ name: 'مُنى' })).status).toBe(204);
  for (const [name, type] of [
    ['ben', 'name-taken'],
    ['Веn', 'name-mixed'],
    ['BEN.', 'name-taken'],
    ['\u202eneB', 'name-unreadable'],
  ]) {
    expect([name, (await rename({ name })).json.type]).toEqual([name, `/problems/${type}`]);
  }
});

test('F-05 a wall clock that leaps ten years or falls to 1970 neither ends a session nor keeps it for ever', async () => {
  const DAY = 86_400_000;
  for (const ahead of [10 * 365 * DAY, -10 * 365 * DAY, -world.now, -3_600_000, 3_600_000]) {
    world.wallAhead = ahead;
    const { json, status } = await world.call('GET', '/sessions', undefined, owner);
    expect([ahead, status, json.sessions[0].lastSeenAt]).toEqual([ahead, 200, world.now + ahead]);
    expect(json.sessions[0].endsAt - json.sessions[0].createdAt).toBe(30 * DAY);
  }
  world.wallAhead = -10 * 365 * DAY;
  world.now += 30 * DAY;
  expect((await me()).status).toBe(401);
});

test('F-05 invitations and an installer’s time last as long as was meant, whatever the wall clock does', async () => {
  const DAY = 86_400_000;
  world.wallAhead = -world.now;
  const until = world.now + world.wallAhead + 2 * DAY;
  const invited = await world.call(
    'POST',
    '/people/invitations',
    { name: 'Ivo', role: 'installer', until },
    owner,
  );
  expect([invited.status, invited.json.invitation.until]).toEqual([201, until]);
  // The clock is put right, half a century later.
  world.wallAhead = 0;
  const accept = { token: invited.json.token, name: 'Ivo', password: OTHER, language: 'en' };
  const joined = await world.call('POST', '/people/invitations/accept', accept);
  expect(joined.status).toBe(201);
  const installer = { authorization: `Bearer ${joined.json.token}` };
  world.now += 2 * DAY - 1;
  expect((await me(installer)).status).toBe(200);
  world.now += 1;
  expect((await me(installer)).status).toBe(401);
});
