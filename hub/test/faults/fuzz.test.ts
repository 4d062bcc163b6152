import { expect, test } from 'vitest';
import { fuzzWire } from './fuzzStory.ts';
import { fuzzPlatforms } from './platformStory.ts';

test('F-11 20,000 wrong messages straight into the wire throw nothing and touch nobody else', () => {
  const outcome = fuzzWire(20_000, 1);
  expect(outcome.violations).toEqual([]);
  expect(outcome.dropped).toBeGreaterThan(5_000);
});

test('F-11 10,000 announcements and states of every platform throw nothing, fail no rule and touch nobody else', () => {
  const outcome = fuzzPlatforms(10_000, 1);
  expect(outcome.violations).toEqual([]);
  expect(outcome.devices).toBeGreaterThan(10);
  expect(outcome.dropped).toBeGreaterThan(1_000);
});
