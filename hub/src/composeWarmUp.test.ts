import { expect, test } from 'vitest';
import { warmUp } from './composeWarmUp.ts';
import type { Effect } from './house/outcome.ts';

/** Runs it to its end, one slice after the other. */
function runThrough(wouldDo: (effect: Effect) => void) {
  const waiting: (() => void)[] = [];
  const failures: unknown[] = [];
  warmUp({
    later: (task) => waiting.push(task),
    failed: (error) => failures.push(error),
    wouldDo,
  });
  let slices = 0;
  let most = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    next();
    slices += 1;
    most = Math.max(most, waiting.length);
  }
  return { slices, most, failures };
}

test('the imaginary house comes to its end in slices, and its alarms reach its sirens all the way', () => {
  const done: Effect[] = [];
  const { slices, most, failures } = runThrough((effect) => done.push(effect));
  expect(failures).toEqual([]);
  expect(slices).toBeGreaterThan(1);
  expect(most).toBe(1);
  const calls = done.flatMap((effect) =>
    effect.do === 'commandSiren' && effect.topic === 'warm/siren/set' ? [effect.payload] : [],
  );
  // Each contact of each fire calls them, and at its end they are told so.
  expect(calls.filter((payload) => payload.includes('ON')).length).toBeGreaterThanOrEqual(150 * 8);
  expect(calls.filter((payload) => payload.includes('OFF')).length).toBeGreaterThanOrEqual(150);
});

test('a bug in the imaginary house ends it there, and is said', () => {
  const bug = new Error('bug');
  const { failures } = runThrough(() => {
    throw bug;
  });
  expect(failures).toEqual([bug]);
});
