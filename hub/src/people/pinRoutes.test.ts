import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';

const PASSWORD = 'a long password';
const PIN = '739164';
const DURESS = '460827';

let world: PeopleWorld;
let personId: string;
let owner: { authorization: string };

beforeEach(async () => {
  world = await openPeopleWorld();
  ({ personId, headers: owner } = await world.claim(PASSWORD));
});
afterEach(() => world.close());

const choose = (more: object = {}) =>
  world.call('POST', '/people/current/pins', { password: PASSWORD, pin: PIN, ...more }, owner);
const match = (typed: string) => world.pins.match(personId, typed);

test('the PIN of the claim is the own one, until another is chosen', async () => {
  expect([await match('850273'), await match(PIN)]).toEqual(['own', null]);
  expect((await choose()).status).toBe(204);
  expect([await match('850273'), await match(PIN), await match(DURESS)]).toEqual([null, 'own', null]);
  expect(world.facts.at(-1)).toEqual({ type: 'pinChanged', personId });
});

test('a duress PIN is told from the own one, and goes when it is chosen no more', async () => {
  await choose({ duressPin: DURESS });
  expect([await match(PIN), await match(DURESS)]).toEqual(['own', 'duress']);
  await choose();
  expect([await match(PIN), await match(DURESS)]).toEqual(['own', null]);
});

test('with or without a duress PIN the answer, the fact and what is kept look the same', async () => {
  const look = async (more: object) => {
    const { status, json, headers } = await choose(more);
    const said = [...headers].filter(([name]) => name !== 'date');
    const rows = world.db.prepare('select kind, length(hash) as size from person_pin order by kind').all();
    return { status, json, said, rows, fact: world.facts.at(-1) };
  };
  expect(await look({ duressPin: DURESS })).toEqual(await look({}));
});

test('whatever is typed, and for whom, two hashes are compared', async () => {
  await choose({ duressPin: DURESS });
  const works: number[] = [];
  for (const [id, typed] of [
    [personId, PIN],
    [personId, DURESS],
    [personId, '111111'],
    ['nobody', PIN],
  ] as const) {
    const before = world.compared();
    await world.pins.match(id, typed);
    works.push(world.compared() - before);
  }
  expect(works).toEqual([2, 2, 2, 2]);
});

test.each([
  [{ pin: '123456' }, 'pin: among the first that somebody would try'],
  [{ pin: '12345' }, 'pin'],
  [{ duressPin: '111111' }, 'duressPin: among the first that somebody would try'],
  [{ duressPin: '739165' }, 'duressPin: one slip away from the other'],
  [{ duressPin: PIN }, 'duressPin: one slip away from the other'],
  [{ duressPin: null }, 'duressPin'],
])('PINs that are not as they must be are refused (%#)', async (more, detail) => {
  const { status, json } = await choose(more);
  expect([status, json.detail]).toEqual([400, detail]);
  expect(await match('850273')).toBe('own');
});

test('whoever finds a session open needs the password, tries it five times a minute, and shuts nobody out', async () => {
  const tries = [];
  for (let n = 0; n < 6; n++) tries.push((await choose({ password: 'x' })).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429]);
  const login = await world.call('POST', '/sessions', { name: 'anna', password: PASSWORD });
  expect(login.status).toBe(201);
  expect(await match('850273')).toBe('own');
});

test('no PIN stands in the log, the facts or the database', async () => {
  await choose({ duressPin: DURESS });
  await choose({ pin: '111111' });
  const everything = `${world.lines.join('')}${JSON.stringify(world.facts)}${world.db.serialize().toString('latin1')}`;
  for (const pin of [PIN, DURESS]) expect(everything).not.toContain(pin);
});
