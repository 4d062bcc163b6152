import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { PIN_CHECKS, PIN_CHECKS_MS } from './limits.ts';

const PASSWORD = 'a long password';
const PIN = '739164';
const DURESS = '460827';

let world: PeopleWorld;
let personId: string;
let owner: { authorization: string };
beforeEach(async () => {
  world = await openPeopleWorld();
  ({ personId, headers: owner } = await world.claim(PASSWORD));
  await world.call(
    'POST',
    '/people/current/pins',
    { password: PASSWORD, pin: PIN, duressPin: DURESS },
    owner,
  );
});
afterEach(() => world.close());

const check = (pin: string) => world.call('POST', '/people/current/pins/check', { pin }, owner);

test('the own PIN and the duress PIN are answered the same, at the same cost, and only the fact tells which it was', async () => {
  const look = async (pin: string) => {
    const before = world.compared();
    const { status, json, headers } = await check(pin);
    const said = [...headers].filter(([name]) => name !== 'date');
    const { underDuress, ...fact } = world.facts.at(-1) as unknown as { underDuress: boolean };
    return [underDuress, { status, json, said, fact, cost: world.compared() - before }] as const;
  };
  const [own, ofOwn] = await look(PIN);
  const [duress, ofDuress] = await look(DURESS);
  expect([own, duress]).toEqual([false, true]);
  expect(ofDuress).toEqual(ofOwn);
  expect(ofOwn).toMatchObject({
    status: 204,
    cost: 2,
    fact: { type: 'pinUsed', personId, purpose: 'check' },
  });
});

test('a wrong one is refused, noted without what was typed, and tried five times a minute', async () => {
  const seen = [];
  for (let n = 0; n < 6; n++) seen.push((await check('918273')).status);
  expect(seen).toEqual([403, 403, 403, 403, 403, 429]);
  expect(world.facts.at(-2)).toEqual({ type: 'pinRefused', personId, origin: '127.0.0.1' });
  expect(`${world.lines.join('')}${JSON.stringify(world.facts)}`).not.toContain('918273');
});

test('right ones are tried so often an hour and no more: each leaves a row', async () => {
  for (let n = 0; n < PIN_CHECKS; n++) {
    expect((await check(n % 2 === 0 ? PIN : DURESS)).status).toBe(204);
    world.now += 60_000;
  }
  const { status, json } = await check(PIN);
  expect([status, json.retryAfterS]).toEqual([429, (PIN_CHECKS_MS - PIN_CHECKS * 60_000) / 1_000]);
  world.now += PIN_CHECKS_MS;
  expect((await check(PIN)).status).toBe(204);
});

test('the device is known again by its session, and nobody reads from its name what it is', async () => {
  await check(PIN);
  await check(DURESS);
  const [first, second] = world.facts.slice(-2) as unknown as { devices: string[] }[];
  expect(first?.devices).toEqual(second?.devices);
  const { json } = await world.call('POST', '/sessions', { name: 'Anna', password: PASSWORD });
  owner = { authorization: `Bearer ${json.token}` };
  await check(PIN);
  const { devices } = world.facts.at(-1) as unknown as { devices: string[] };
  const common = devices.filter((name) => first?.devices.includes(name));
  expect([devices.length - common.length >= 1, common]).toEqual([true, [devices.at(-1)]]);
  for (const name of devices) expect(name).toMatch(/^[\w-]{43}$/);
});
