import { expect, test } from 'vitest';
import { fuzzWire } from './fuzzStory.ts';

test('F-11 20,000 wrong messages straight into the wire throw nothing and touch nobody else', () => {
  const outcome = fuzzWire(20_000, 1);
  expect(outcome.violations).toEqual([]);
  expect(outcome.dropped).toBeGreaterThan(5_000);
});
