import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';

const PASSWORD = 'a long password';
let world: PeopleWorld;
let deviceToken: string;

beforeEach(async () => {
  world = await openPeopleWorld();
  const claim = { name: 'Anna', password: PASSWORD, pin: '739164', language: 'en' };
  const { json } = await world.call('POST', '/claim', { ...claim, claimCode: world.claimCode.read() });
  deviceToken = json.deviceToken;
  const { passwordHash } = world.store.people()[0] ?? { passwordHash: 'none' };
  world.add({ id: 'ben', passwordHash });
});
afterEach(() => world.close());

const confirm = async (headers: { authorization: string }, password = PASSWORD) =>
  (await world.call('POST', '/sessions/current/confirm', { password }, headers)).status;

test('STRIDE D insider: who confirms a right password in many sessions at once keeps the owner off no trusted phone', async () => {
  const sessions = Array.from({ length: 10 }, () => world.as('ben'));
  const flood = sessions.flatMap((session) => Array.from({ length: 5 }, () => confirm(session)));
  // Ben's calls are all in before Anna's is sent.
  await world.call('GET', '/sessions/current', undefined, sessions[0]);
  const login = world.call('POST', '/sessions', { name: 'anna', password: PASSWORD, deviceToken });
  expect((await login).status).toBe(201);
  const answers = await Promise.all(flood);
  expect(answers).toContain(204);
  expect(answers).toContain(429);
});

test('right passwords count for the person in all sessions, twenty a minute; wrong ones five in each', async () => {
  const [first, second] = [world.as('ben'), world.as('ben')];
  const answers: number[] = [];
  for (let n = 0; n < 20; n++) answers.push(await confirm(n % 2 === 0 ? first : second));
  expect(new Set(answers)).toEqual(new Set([204]));
  expect([await confirm(first), await confirm(second)]).toEqual([429, 429]);
  world.now += 60_000;
  const wrong = [];
  for (let n = 0; n < 6; n++) wrong.push(await confirm(first, 'x'));
  expect([wrong, await confirm(second)]).toEqual([[403, 403, 403, 403, 403, 429], 204]);
});
