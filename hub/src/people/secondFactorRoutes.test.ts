import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { MOST_WRONG_CODES } from './limits.ts';
import { codeOf, STEP_MS, stepOf } from './totp.ts';

const PASSWORD = 'a long password';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

let world: PeopleWorld;
let owner: { authorization: string };
let personId: string;

beforeEach(async () => {
  world = await openPeopleWorld();
  const claim = { name: 'Anna', password: PASSWORD, pin: '739164', language: 'en' };
  const { json } = await world.call('POST', '/claim', { ...claim, claimCode: world.claimCode.read() });
  owner = { authorization: `Bearer ${json.token}` };
  personId = world.store.people()[0]?.id ?? '';
});
afterEach(() => world.close());

/** As an authenticator app reads it. */
function bytesOf(secret: string): Uint8Array {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
const own = (path = '', body: object = { password: PASSWORD }) =>
  world.call('POST', `/people/current/second-factor${path}`, body, owner);
const logIn = async (more: object = {}) => {
  const { status, json } = await world.call('POST', '/sessions', {
    name: 'anna',
    password: PASSWORD,
    ...more,
  });
  return { status, type: json.type as string | undefined, token: json.token as string | undefined };
};
const typed = async (more: object = {}) => (await logIn(more)).type?.replace('/problems/', '') ?? 'in';

/** Adds an app; answers what it shows after some steps, and the recovery codes. */
async function enrol() {
  const { json } = await own();
  const secret = bytesOf(json.secret);
  const app = (steps = 0) => codeOf(secret, stepOf(world.now) + steps);
  const proven = await own('/prove', { code: app() });
  world.now += STEP_MS;
  return { app, codes: proven.json.recoveryCodes as string[], secret: json.secret as string };
}

test('a secret of 160 bits is shown once, and is asked for only when a code of it came back', async () => {
  const { status, json } = await own();
  expect([status, bytesOf(json.secret).length]).toEqual([201, 20]);
  expect(json.address).toBe(
    `otpauth://totp/Homeward:Anna?secret=${json.secret}&issuer=Homeward&algorithm=SHA1&digits=6&period=30`,
  );
  expect(await typed()).toBe('in');
  expect((await own('/prove', { code: '000000' })).json.type).toBe('/problems/second-factor-refused');
  expect(world.facts.at(-1)).toEqual({ type: 'requestRefused', personId, why: 'second-factor-refused' });
  const again = (await own()).json;
  expect(again.secret).not.toBe(json.secret);
  const old = codeOf(bytesOf(json.secret), stepOf(world.now));
  expect((await own('/prove', { code: old })).status).toBe(401);
  const code = codeOf(bytesOf(again.secret), stepOf(world.now));
  const proven = await own('/prove', { code });
  expect([proven.status, new Set(proven.json.recoveryCodes).size]).toEqual([200, 10]);
  expect(await typed()).toBe('second-factor-needed');
  expect((await own()).json.type).toBe('/problems/second-factor-there');
  const me = (await world.call('GET', '/sessions/current', undefined, owner)).json;
  expect(me.secondFactor).toEqual({ since: world.now, recoveryCodesLeft: 10 });
});

test('who has the password alone learns that a code is needed; who has not learns nothing', async () => {
  const { app } = await enrol();
  expect(await typed()).toBe('second-factor-needed');
  expect(await typed({ password: 'x' })).toBe('login-refused');
  expect(await typed({ password: 'x', code: app() })).toBe('login-refused');
  expect(await typed({ code: app() })).toBe('in');
});

test('a code lets in once, and one step before or after the hub’s clock', async () => {
  const { app } = await enrol();
  expect([await typed({ code: app() }), await typed({ code: app() })]).toEqual([
    'in',
    'second-factor-refused',
  ]);
  expect([await typed({ code: app(-1) }), await typed({ code: app(2) })]).toEqual(
    Array(2).fill('second-factor-refused'),
  );
  expect(await typed({ code: app(1) })).toBe('in');
});

test('a recovery code lets in once, however it is typed, and the journal tells how many are left', async () => {
  const { codes } = await enrol();
  const code = ` ${(codes[3] ?? '').toLowerCase().replace('-', ' ')} `;
  expect([await typed({ code }), await typed({ code })]).toEqual(['in', 'second-factor-refused']);
  expect(world.facts).toContainEqual({ type: 'recoveryCodeUsed', personId, left: 9 });
  const drawn = (await own('/recovery-codes')).json.recoveryCodes as string[];
  expect(await typed({ code: codes[4] })).toBe('second-factor-refused');
  expect(await typed({ code: drawn[0] })).toBe('in');
});

test('codes are tried five times a minute, whatever the password, and a right password forgives none', async () => {
  const { app } = await enrol();
  const tries = [];
  for (let n = 0; n < 6; n++) tries.push(await typed({ code: '000000' }));
  expect(tries).toEqual([...Array(5).fill('second-factor-refused'), 'too-many-tries']);
  expect(await typed({ code: app() })).toBe('too-many-tries');
  const refused = world.facts.filter(({ type }) => type === 'secondFactorRefused');
  expect(refused).toEqual(Array(5).fill({ type: 'secondFactorRefused', personId, origin: '127.0.0.1' }));
  world.now += 60_000;
  expect(await typed({ code: app() })).toBe('in');
});

test('after fifty wrong codes in a row only a recovery code gets in, and then the app does again', async () => {
  const { app, codes } = await enrol();
  for (let n = 0; n < MOST_WRONG_CODES; n++) world.factors.use(personId, '000000', true);
  world.now += 60_000;
  expect(await typed({ code: app() })).toBe('second-factor-refused');
  expect(await typed({ code: codes[0] })).toBe('in');
  expect(await typed({ code: app() })).toBe('in');
});

test('wrong codes of who stole the password keep nobody from the app on a known device, nor the other way round', async () => {
  const { app } = await enrol();
  const wrong = (isKnown: boolean) => {
    for (let n = 0; n < MOST_WRONG_CODES; n++) world.factors.use(personId, '000000', isKnown);
  };
  const uses = (steps: number, isKnown: boolean) => world.factors.use(personId, app(steps), isKnown);
  wrong(false);
  expect([uses(0, false), uses(0, true)]).toEqual([null, 'app']);
  // Who has it right on their own device gives strangers no new tries.
  world.now += 10 * STEP_MS;
  expect([uses(0, false), uses(0, true)]).toEqual([null, 'app']);
  wrong(true);
  world.now += 10 * STEP_MS;
  expect([uses(0, true), uses(0, false)]).toEqual([null, null]);
  // A hundred in all: more are looked at for no account.
  const kept = world.db.prepare('select failures + known_failures from second_factor').pluck().get();
  expect(2 * MOST_WRONG_CODES).toBeLessThanOrEqual(100);
  expect(kept).toBeGreaterThanOrEqual(2 * MOST_WRONG_CODES);
});

test('one removes one’s own with the password, and the factor is gone with its codes', async () => {
  const { codes } = await enrol();
  expect((await own('/remove', { password: 'x' })).json.type).toBe('/problems/password-refused');
  expect(await typed()).toBe('second-factor-needed');
  expect((await own('/remove')).status).toBe(204);
  expect([await typed(), (await own('/remove')).status]).toEqual(['in', 404]);
  expect(world.db.prepare('select count(*) from recovery_code').pluck().get()).toBe(0);
  expect(world.facts).toContainEqual({ type: 'secondFactorRemoved', personId, by: personId });
  await enrol();
  expect(await typed({ code: codes[0] })).toBe('second-factor-refused');
});

test('an owner removes that of somebody who lost the phone; nobody else does, and nobody without the password of late', async () => {
  await enrol();
  world.add({ id: 'ben', role: 'owner' });
  world.add({ id: 'cara' });
  const path = `/people/${personId}/second-factor`;
  expect((await world.call('DELETE', path, undefined, world.as('cara'))).json.type).toBe('/problems/may-not');
  const ben = world.as('ben');
  const people = (await world.call('GET', '/people', undefined, ben)).json.people;
  expect(people.map((person: { secondFactor: boolean }) => person.secondFactor)).toEqual([
    true,
    false,
    false,
  ]);
  world.steady += 15 * 60_000;
  expect((await world.call('DELETE', path, undefined, ben)).json.type).toBe('/problems/confirm-first');
  expect((await world.call('DELETE', path, undefined, world.as('ben'))).status).toBe(204);
  expect(await typed()).toBe('in');
  expect(world.facts).toContainEqual({ type: 'secondFactorRemoved', personId, by: 'ben' });
});

test('a code that cannot be marked as used lets nobody in', async () => {
  const { app } = await enrol();
  world.db.pragma('query_only = ON');
  expect(await typed({ code: app() })).toBe('not-saved');
});

test('neither secret nor code stands in the log, the facts or the database', async () => {
  const { app, codes, secret } = await enrol();
  await logIn({ code: app() });
  await logIn({ code: codes[0] });
  const raw = Buffer.from(bytesOf(secret)).toString('latin1');
  const everything = `${world.lines.join('')}${JSON.stringify(world.facts)}${world.db.serialize().toString('latin1')}`;
  for (const hidden of [secret, raw, ...codes]) expect(everything).not.toContain(hidden);
});

test('who adds or removes an authenticator app is out everywhere else', async () => {
  const isIn = (token = '') =>
    world.call('GET', '/sessions/current', undefined, { authorization: `Bearer ${token}` });
  const before = (await logIn()).token;
  const { app } = await enrol();
  expect((await isIn(before)).status).toBe(401);
  const between = (await logIn({ code: app() })).token;
  expect((await isIn(between)).status).toBe(200);
  expect((await own('/remove')).status).toBe(204);
  expect((await isIn(between)).status).toBe(401);
  expect((await isIn(owner.authorization.slice(7))).status).toBe(200);
  const told = { type: 'sessionRevoked', personId, sessions: 1, by: personId };
  expect(world.facts.filter(({ type }) => type === 'sessionRevoked').length).toBeGreaterThanOrEqual(2);
  expect(world.facts.at(-1)).toEqual(told);
});
