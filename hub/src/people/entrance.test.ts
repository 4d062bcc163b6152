import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPeopleWorld, type PeopleWorld } from '../../test/peopleWorld.ts';
import { createConfirmations } from './confirmations.ts';
import { createLetIn } from './entrance.ts';

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
  const call = { body: {}, me: null, agent: '', cookie: '', secure: true, setHeader() {} };
  const locked = createLetIn({ ...parts, isLocked: true });
  expect(() => locked('anna', call)).toThrow(expect.objectContaining({ code: 'locked' }));
  expect([facts, sessions.list('anna', '')]).toEqual([[], []]);
  expect(createLetIn(parts)('anna', call)).toMatchObject({ token: expect.any(String) });
});
