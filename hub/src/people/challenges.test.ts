import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createChallenges } from './challenges.ts';

function setUp() {
  const world = { now: 1_800_000_000_000 };
  const keyed = (text: string) => createHmac('sha256', 'pepper').update(text).digest('base64url');
  const challenges = createChallenges(keyed, () => world.now);
  const draw = (purpose: string) => Buffer.from(challenges.draw(purpose)).toString('base64url');
  return { ...challenges, world, keyed, draw };
}

test('a challenge counts for what it was drawn for, once, for five minutes', () => {
  const { world, draw, isOpen, use } = setUp();
  const one = draw('log in');
  expect([isOpen('log in', one), isOpen('add', one)]).toEqual([true, false]);
  use(one);
  expect(isOpen('log in', one)).toBe(false);
  const other = draw('log in');
  world.now += 5 * 60_000 - 1;
  expect(isOpen('log in', other)).toBe(true);
  world.now += 1;
  expect(isOpen('log in', other)).toBe(false);
});

test('none is forged, and a restart makes all void', () => {
  const { keyed, world, draw, isOpen } = setUp();
  const one = Buffer.from(draw('log in'), 'base64url');
  for (let at = 0; at < one.length; at++) {
    const changed = Buffer.from(one);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect([at, isOpen('log in', changed.toString('base64url'))]).toEqual([at, false]);
  }
  for (const junk of ['', 'x', 'é', 'A'.repeat(75), 'A'.repeat(76)])
    expect(isOpen('log in', junk)).toBe(false);
  const after = createChallenges(keyed, () => world.now);
  expect(after.isOpen('log in', one.toString('base64url'))).toBe(false);
});

test('the same challenge in other words is used up too', () => {
  const { draw, isOpen, use } = setUp();
  const one = draw('log in');
  use(one);
  expect(isOpen('log in', `${one}=`)).toBe(false);
  expect(isOpen('log in', one.replaceAll('-', '+').replaceAll('_', '/'))).toBe(false);
});
