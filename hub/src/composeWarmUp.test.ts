import { expect, test } from 'vitest';
import { warmUp } from './composeWarmUp.ts';

test('the imaginary house comes to its end in slices, and lets go of the main thread between them', () => {
  const waiting: (() => void)[] = [];
  warmUp((task) => waiting.push(task));
  let slices = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    next();
    slices += 1;
    expect(waiting.length).toBeLessThanOrEqual(1);
  }
  expect(slices).toBeGreaterThan(1);
});
