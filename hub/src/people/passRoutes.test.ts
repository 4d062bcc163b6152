import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { OPEN_PASSES } from './limits.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY_NOON = { weekday: 1, minute: 720 };

let world: PeopleWorld;
let owner: { authorization: string };

beforeEach(async () => {
  world = await openPeopleWorld();
  for (const role of ['owner', 'adult', 'child', 'guest', 'installer'] as const)
    world.add({ id: role, role });
  owner = world.as('owner');
});
afterEach(() => world.close());

const make = (more: object = {}, headers = owner) =>
  world.call(
    'POST',
    '/passes',
    { name: 'Cleaner', placeId: 'front', until: world.now + DAY, ...more },
    headers,
  );
const list = async () => (await world.call('GET', '/passes', undefined, owner)).json.passes;
const use = (typed: string, more: object = {}) => {
  const caller = { origin: 'keypad', isConsole: false, device: 'keypad' };
  return world.usePass({ typed, placeId: 'front', wall: MONDAY_NOON, caller, ...more });
};

test('a guest gets a PIN of eight digits that opens one door, and nothing but its hash is kept', async () => {
  const { status, json } = await make();
  expect([status, json.pin]).toEqual([201, expect.stringMatching(/^\d{8}$/)]);
  const { id } = json.pass;
  expect(json.pass).toMatchObject({ name: 'Cleaner', placeId: 'front', usesLeft: null, by: 'owner' });
  expect(await use(json.pin)).toEqual({ opens: true, passId: id, name: 'Cleaner' });
  expect(await use(json.pin, { placeId: 'back' })).toEqual({ opens: false, why: 'other-place' });
  expect(JSON.stringify(await list())).not.toContain(json.pin);
  const everything = `${world.lines.join('')}${JSON.stringify(world.facts)}${world.db.serialize().toString('latin1')}`;
  expect(everything).not.toContain(json.pin);
  expect(world.facts.map(({ type }) => type)).toEqual(['passMade', 'passUsed', 'passRefused']);
});

test('of many who use the last use at once one gets in, and then nothing of the pass is kept', async () => {
  const { pin, pass } = (await make({ uses: 2 })).json;
  const answers = await Promise.all(Array.from({ length: 5 }, () => use(pin)));
  expect(answers.filter(({ opens }) => opens)).toHaveLength(2);
  expect([await list(), world.db.prepare('select * from guest_pass').all()]).toEqual([[], []]);
  expect(world.facts).toContainEqual({ type: 'passErased', passId: pass.id, name: 'Cleaner' });
  expect(world.facts.filter(({ type }) => type === 'passUsed')).toMatchObject([{ left: 1 }, { left: 0 }]);
});

test('a pass opens within its span and its week, and who types it early is told so', async () => {
  const weekly = [{ weekday: 1, fromMinute: 540, toMinute: 600 }];
  const { pin } = (await make({ from: world.now + HOUR, weekly })).json;
  expect(await use(pin)).toEqual({ opens: false, why: 'not-yet' });
  world.now += HOUR;
  expect(await use(pin)).toEqual({ opens: false, why: 'not-at-this-time' });
  expect(await use(pin, { wall: { weekday: 1, minute: 599 } })).toMatchObject({ opens: true });
});

test('a pass whose time is over opens nothing, and is erased while nobody asks for it', async () => {
  const { pin, pass } = (await make()).json;
  world.now += DAY;
  expect(await use(pin)).toEqual({ opens: false, why: 'over' });
  expect(await list()).toEqual([]);
  world.forgetOver();
  expect(world.db.prepare('select * from guest_pass').all()).toEqual([]);
  expect(world.facts.at(-1)).toEqual({ type: 'passErased', passId: pass.id, name: 'Cleaner' });
});

test('a wall clock that leaps ten years, either way, neither ends a pass nor keeps it', async () => {
  const { pin } = (await make()).json;
  for (const years of [10, -10]) {
    world.wallAhead = years * 365 * DAY;
    world.forgetOver();
    expect(await use(pin)).toMatchObject({ opens: true });
    const [shown] = await list();
    expect(shown.until - (world.now + world.wallAhead)).toBe(DAY);
  }
  world.now += DAY;
  expect(await use(pin)).toEqual({ opens: false, why: 'over' });
});

test('what cannot be counted opens nothing', async () => {
  const { pin } = (await make({ uses: 5 })).json;
  world.db.pragma('query_only = ON');
  await expect(use(pin)).rejects.toMatchObject({ code: 'not-saved' });
});

test('PINs at one door are tried five times a minute, and each costs one hash, known or not', async () => {
  const { pin } = (await make()).json;
  const wrong = `${pin.slice(0, 2)}${pin.slice(2) === '739164' ? '849265' : '739164'}`;
  const before = world.compared();
  for (const typed of [wrong, '00', '', 'x'.repeat(100), wrong]) {
    expect(await use(typed)).toEqual({ opens: false, why: 'unknown' });
  }
  expect(world.compared() - before).toBe(5);
  await expect(use(pin)).rejects.toMatchObject({ code: 'too-many-tries' });
  world.now += 60_000;
  expect(await use(pin)).toMatchObject({ opens: true });
});

test.each([
  [{ until: 1 }, 'until: that is over already'],
  [{ from: 9e12, until: 9e12 }, 'until: that is before it begins'],
  [{ until: 9e12 }, 'until: that is too long'],
  [{ uses: 0 }, 'uses'],
  [{ weekly: [{ weekday: 8, fromMinute: 0, toMinute: 1 }] }, 'weekly.0.weekday'],
  [{ pin: '12345678' }, 'pin'],
])('a pass that is not as it must be is refused: %j', async (more, detail) => {
  const { status, json } = await make(more);
  expect([status, json.detail]).toEqual([400, detail]);
  expect(await list()).toEqual([]);
});

test('a place that the house does not have is refused in words, and no pass is kept for it', async () => {
  const { status, json } = await make({ placeId: 'cellar' });
  expect([status, json]).toEqual([
    422,
    {
      type: '/problems/place-unknown',
      title: 'There is no such room or door in this house.',
      status: 422,
    },
  ]);
  expect([await list(), world.facts]).toEqual([[], []]);
});

test('passes end: taken back by hand, with who made them, and there is an end to how many there are', async () => {
  const adult = world.as('adult');
  const [one, two] = [(await make()).json, (await make({}, adult)).json];
  expect((await world.call('DELETE', `/passes/${one.pass.id}`, undefined, adult)).status).toBe(204);
  expect((await world.call('DELETE', `/passes/${one.pass.id}`, undefined, adult)).status).toBe(404);
  expect(await use(one.pin)).toEqual({ opens: false, why: 'unknown' });
  expect(await use(two.pin)).toMatchObject({ opens: true });
  await world.call('DELETE', '/people/adult', undefined, owner);
  expect(await use(two.pin)).toEqual({ opens: false, why: 'unknown' });
  for (let n = 0; n < OPEN_PASSES; n++) expect((await make()).status).toBe(201);
  expect((await make()).json.type).toBe('/problems/house-full');
});

test('twenty who are given a pass at once all get one, each with digits of its own', async () => {
  // Of a hundred digits to know a pass by twenty are drawn: by chance alone two would be the same nearly each time.
  for (let round = 0; round < 3; round++) {
    const made = await Promise.all(Array.from({ length: OPEN_PASSES }, () => make()));
    expect(made.map(({ status }) => status)).toEqual(Array(OPEN_PASSES).fill(201));
    expect(new Set(made.map(({ json }) => json.pin.slice(0, 2))).size).toBe(OPEN_PASSES);
    for (const { json } of made) await world.call('DELETE', `/passes/${json.pass.id}`, undefined, owner);
  }
});

test.each([
  ['adult', '/problems/name-taken'],
  ['ADULT', '/problems/name-taken'],
  ['Аdult', '/problems/name-mixed'],
  ['\u202Etluda', '/problems/name-unreadable'],
])('a guest is not called as somebody of the house, nor so that it looks like it: %j', async (name, type) => {
  expect((await make({ name })).json.type).toBe(type);
  expect([await list(), world.facts]).toEqual([[], []]);
});

test('who is no grown-up gives no pass, and a grown-up only with the password of late', async () => {
  for (const role of ['child', 'guest', 'installer']) {
    expect([role, (await make({}, world.as(role))).json.type]).toEqual([role, '/problems/may-not']);
  }
  const adult = world.as('adult');
  world.steady += 15 * 60_000;
  expect((await make({}, adult)).json.type).toBe('/problems/confirm-first');
});
