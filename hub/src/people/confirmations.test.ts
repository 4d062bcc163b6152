import { expect, test } from 'vitest';
import { createConfirmations } from './confirmations.ts';
import { CONFIRMED_MS } from './limits.ts';

function setUp() {
  const world = { steady: 5_000 };
  return { world, ...createConfirmations(() => world.steady) };
}

test('a session is confirmed for 15 minutes from the password on, and no other is with it', () => {
  const { world, confirm, leftMs } = setUp();
  confirm('phone');
  expect([leftMs('phone'), leftMs('tablet')]).toEqual([CONFIRMED_MS, 0]);
  world.steady += CONFIRMED_MS - 1;
  expect(leftMs('phone')).toBe(1);
  world.steady += 1;
  expect(leftMs('phone')).toBe(0);
});

test('the password given once more starts the 15 minutes anew', () => {
  const { world, confirm, leftMs } = setUp();
  confirm('phone');
  world.steady += CONFIRMED_MS - 1;
  confirm('phone');
  expect(leftMs('phone')).toBe(CONFIRMED_MS);
});

test('a restart confirms nobody', () => {
  setUp().confirm('phone');
  expect(setUp().leftMs('phone')).toBe(0);
});
