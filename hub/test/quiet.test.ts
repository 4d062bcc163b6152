import { expect, test } from 'vitest';
import { liveQuietly } from './quietDays.ts';

// Thirty days are a campaign: `npm run campaign -- quiet`.
test('two days of an ordinary household call no siren, though the air is not always good', () => {
  const { readings, sirens, raised } = liveQuietly(1, 2);
  expect(readings).toBeGreaterThan(10_000);
  expect(raised).toBeGreaterThan(0);
  expect(sirens).toEqual([]);
});
