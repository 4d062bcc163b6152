import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { CONSENT_MS, consentTexts, versionOf } from './consentTexts.ts';

const DAY = 86_400_000;
let world: PeopleWorld;

beforeEach(async () => {
  world = await openPeopleWorld();
  for (const role of ['owner', 'adult', 'child', 'guest', 'installer'] as const)
    world.add({ id: role, role });
});
afterEach(() => world.close());

const AGREED = { purpose: 'face', version: versionOf('face'), language: 'ar' };
const give = (who: string, body: object = AGREED) => world.call('POST', '/consents', body, world.as(who));
const giveFor = (id: string, who = 'owner') =>
  world.call('POST', `/people/${id}/consents`, AGREED, world.as(who));
const withdraw = (id: string, who: string) =>
  world.call('DELETE', `/consents/${id}`, undefined, world.as(who));
const has = (id: string) => world.consents.hasConsent(id, 'face');

test('ACC-11 a consent says who, when, which text, what for and until when; before it nothing may be kept', async () => {
  expect(has('adult')).toBe(false);
  const { status, json } = await give('adult');
  expect([status, json]).toEqual([
    201,
    {
      ...AGREED,
      id: expect.any(String),
      givenAt: world.now,
      endsAt: world.now + CONSENT_MS,
      guardian: null,
      withdrawnAt: null,
      counts: true,
    },
  ]);
  expect([has('adult'), has('owner')]).toEqual([true, false]);
  const listed = await world.call('GET', '/consents', undefined, world.as('adult'));
  expect(listed.json).toEqual({ texts: consentTexts(), consents: [json] });
  const fact = { personId: 'adult', purpose: 'face', version: 1, by: 'adult' };
  expect(world.facts).toEqual([{ type: 'consentGiven', consentId: json.id, ...fact }]);
});

test('who withdraws is believed at once, and the record of it stays', async () => {
  await give('adult');
  const { id } = (await give('adult')).json;
  world.now += DAY;
  expect((await withdraw(id, 'adult')).status).toBe(204);
  expect(has('adult')).toBe(false);
  const { consents } = (await world.call('GET', '/people/adult/consents', undefined, world.as('owner'))).json;
  expect(consents).toMatchObject([
    { id, counts: false, withdrawnAt: world.now },
    { counts: false, withdrawnAt: world.now },
  ]);
  expect((await withdraw(id, 'adult')).status).toBe(204);
  expect(world.facts.filter(({ type }) => type === 'consentWithdrawn')).toHaveLength(1);
});

test('a consent ends by itself after a year, whatever the wall clock says', async () => {
  await give('adult');
  for (const leap of [10, -10]) {
    world.wallAhead = leap * 365 * DAY;
    expect(has('adult')).toBe(true);
  }
  world.now += CONSENT_MS - 1;
  expect(has('adult')).toBe(true);
  world.now += 1;
  expect(has('adult')).toBe(false);
});

test('who read another version of the text has agreed to nothing', async () => {
  const { status, json } = await give('adult', { ...AGREED, version: versionOf('face') + 1 });
  expect([status, json.type]).toEqual([409, '/problems/text-changed']);
  await give('adult');
  world.db.prepare('update consent set text_version = text_version + 1').run();
  expect(has('adult')).toBe(false);
});

test('for a child an owner agrees and withdraws; nobody does for a grown-up', async () => {
  expect((await give('child')).json.type).toBe('/problems/guardian-needed');
  expect((await giveFor('adult')).json.type).toBe('/problems/own-consent-needed');
  expect(world.facts).toEqual([
    { type: 'requestRefused', personId: 'child', why: 'guardian-needed' },
    { type: 'requestRefused', personId: 'owner', why: 'own-consent-needed' },
  ]);
  expect((await giveFor('child', 'adult')).json.type).toBe('/problems/may-not');
  const { status, json } = await giveFor('child');
  expect([status, json.guardian, has('child')]).toEqual([201, 'owner', true]);
  expect((await withdraw(json.id, 'adult')).status).toBe(404);
  expect((await withdraw(json.id, 'owner')).status).toBe(204);
  expect(has('child')).toBe(false);
  const own = (await give('adult')).json;
  expect((await withdraw(own.id, 'owner')).status).toBe(404);
  expect(has('adult')).toBe(true);
});

test('an installer has nothing to agree to, and who is removed leaves no record', async () => {
  expect((await give('installer')).json.type).toBe('/problems/may-not');
  await give('guest');
  await world.call('DELETE', '/people/guest', undefined, world.as('owner'));
  expect(world.db.prepare('select * from consent').all()).toEqual([]);
});

test.each([{ purpose: 'voice' }, { version: 0 }, { language: 'xx' }, { person: 'owner' }])(
  'what is no consent is refused: %j',
  async (more) => {
    expect((await give('adult', { ...AGREED, ...more })).status).toBe(400);
  },
);

test('each text is there in both languages, and says that one need not agree', () => {
  for (const { en, ar } of consentTexts()) {
    expect(en).toContain('If I do not agree, my PIN and my phone work as before.');
    expect(ar).toMatch(/[\u0600-\u06ff]{3}/);
    expect(ar.length).toBeGreaterThan(en.length / 2);
  }
});
