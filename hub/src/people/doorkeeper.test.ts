import { expect, test } from 'vitest';
import { createDoorkeeper } from './doorkeeper.ts';
import type { PeopleFact } from './facts.ts';

function setUp() {
  const world = { now: 1_000_000, facts: [] as PeopleFact[], isConfirmed: true };
  const letPass = createDoorkeeper(
    () => world.now,
    (fact) => void world.facts.push(fact),
  );
  const ask = (role: string, right: string, personId = role): string => {
    try {
      letPass({ personId, role, right, isConfirmed: world.isConfirmed });
      return 'passes';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return { world, ask };
}

test('who has the right passes, and nobody is told', () => {
  const { world, ask } = setUp();
  expect(ask('owner', 'devices.pair')).toBe('passes');
  expect(world.facts).toEqual([]);
});

test('who has not is refused, and the journal is told of who, what and as whom', () => {
  const { world, ask } = setUp();
  expect(ask('guest', 'devices.pair', 'gina')).toBe('may-not');
  expect(world.facts).toEqual([
    { type: 'rightRefused', personId: 'gina', role: 'guest', right: 'devices.pair', times: 1 },
  ]);
});

test('a stubborn caller is refused every time and noted once a minute, with how often it was', () => {
  const { world, ask } = setUp();
  for (let n = 0; n < 600; n++) {
    expect(ask('panel', 'house.see')).toBe('may-not');
    world.now += 200;
  }
  expect(world.facts.map((fact) => 'times' in fact && fact.times)).toEqual([1, 300]);
  expect(ask('panel', 'air.see')).toBe('may-not');
  expect(world.facts).toHaveLength(3);
});

test('a clock that was set back silences nothing', () => {
  const { world, ask } = setUp();
  ask('panel', 'house.see');
  world.now -= 999_000;
  ask('panel', 'house.see');
  expect(world.facts).toHaveLength(2);
});

test('a right that no route should need is nobody’s, not even the owner’s', () => {
  const { ask } = setUp();
  expect(ask('owner', '')).toBe('may-not');
});

test('who has a right of control must have given the password lately, and the journal is told who had not', () => {
  const { world, ask } = setUp();
  world.isConfirmed = false;
  for (let n = 0; n < 3; n++) expect(ask('owner', 'people.manage')).toBe('confirm-first');
  expect(world.facts).toEqual([
    { type: 'confirmationAsked', personId: 'owner', right: 'people.manage', times: 1 },
  ]);
  // Who may not at all is told so, not sent for a password.
  expect(ask('adult', 'people.manage')).toBe('may-not');
  world.isConfirmed = true;
  expect(ask('owner', 'people.manage')).toBe('passes');
});

test('nobody types a password to stop or answer an alarm, to see the house, or to log out', () => {
  const { world, ask } = setUp();
  world.isConfirmed = false;
  const free = ['alarms.acknowledge', 'alarms.hush', 'alarms.restore', 'alarms.shelve', 'devices.command'];
  for (const right of [...free, 'house.see', 'alarms.see', 'own.session']) {
    expect([right, ask('owner', right)]).toEqual([right, 'passes']);
  }
});
