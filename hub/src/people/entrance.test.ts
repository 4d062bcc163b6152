import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { createConfirmations } from './confirmations.ts';
import { createLetIn } from './entrance.ts';
import { createLogIn, type LogInOptions } from './logIn.ts';
import { createPasswords } from './passwords.ts';

let world: PeopleWorld;
beforeEach(async () => {
  world = await openPeopleWorld();
  world.add({ id: 'anna' });
});
afterEach(() => world.close());

test('while the pepper is lost nobody is let in, whatever they have shown', () => {
  const { sessions, devices, facts } = world;
  const confirmations = createConfirmations(() => 0);
  const dispatch = (fact: (typeof facts)[number]) => void facts.push(fact);
  const parts = { sessions, devices, confirmations, dispatch, onSessionEnded() {} };
  const call = {
    body: {},
    me: null,
    agent: '',
    cookie: '',
    origin: '192.168.1.20',
    secure: true,
    setHeader() {},
  };
  const locked = createLetIn({ ...parts, isLocked: true });
  expect(() => locked('anna', call)).toThrow(expect.objectContaining({ code: 'locked' }));
  const told = [{ type: 'loginRefused', origin: '192.168.1.20' }];
  expect([facts, sessions.list('anna', '')]).toEqual([told, []]);
  expect(createLetIn(parts)('anna', call)).toMatchObject({ token: expect.any(String) });
});

test('while the pepper is lost a login with a password is refused, and the journal is told', async () => {
  const { store, devices, facts } = world;
  const passwords = createPasswords(Buffer.alloc(32), true);
  const throttle = { admit() {}, forgive() {} };
  const dispatch = (fact: (typeof facts)[number]) => void facts.push(fact);
  const logIn = createLogIn({ store, devices, passwords, throttle, dispatch } as unknown as LogInOptions);
  for (const name of ['anna', 'nobody'])
    await expect(logIn({ name, password: 'x' }, '192.168.1.20', null)).rejects.toMatchObject({
      code: 'locked',
    });
  expect(facts).toEqual(Array(2).fill({ type: 'loginRefused', origin: '192.168.1.20' }));
});
