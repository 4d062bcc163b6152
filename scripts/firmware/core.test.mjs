import { expect, it } from 'vitest';
import { runTests } from './build.mjs';
import { buildCoreTests, buildMailTests, countCoreBranches } from './core.mjs';

/** So many there were at least when this was written: a build that forgets some is found. */
const CASES = 160;

it('the core of the boards passes its tests under both sanitizers', async () => {
  const { status, cases, failed, said } = runTests(await buildCoreTests('sanitized'));
  expect([status, failed], said).toEqual([0, 0]);
  expect(cases).toBeGreaterThanOrEqual(CASES);
});

it('the safety task and the network never touch the same place at once', async () => {
  const { status, cases, failed, said } = runTests(await buildMailTests());
  expect([status, failed], said).toEqual([0, 0]);
  expect(cases).toBeGreaterThanOrEqual(8);
});

it('every branch of the core of the boards is taken by a test', async () => {
  const { status, said } = runTests(await buildCoreTests('counted'));
  expect(status, said).toBe(0);
  const { all, untaken } = countCoreBranches();
  expect(all).toBeGreaterThan(1_000);
  expect(untaken).toEqual([]);
});
