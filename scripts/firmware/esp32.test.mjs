import { expect, it } from 'vitest';
import { runTests } from './build.mjs';
import { buildEsp32Tests, countEsp32Branches } from './esp32.mjs';

/** So many there were at least when this was written: a build that forgets some is found. */
const CASES = 60;

it('drivers, set-up and update of the boards pass their tests under both sanitizers', async () => {
  const { status, cases, failed, said } = runTests(await buildEsp32Tests('sanitized'));
  expect([status, failed], said).toEqual([0, 0]);
  expect(cases).toBeGreaterThanOrEqual(CASES);
});

it('every branch of drivers, set-up and update is taken by a test', async () => {
  const { status, said } = runTests(await buildEsp32Tests('counted'));
  expect(status, said).toBe(0);
  const { all, untaken } = countEsp32Branches();
  expect(all).toBeGreaterThan(200);
  expect(untaken).toEqual([]);
});
