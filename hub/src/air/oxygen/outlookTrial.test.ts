import { describe, expect, it } from 'vitest';
import { falseEpisodes, figuresOf, leadsOf } from '../../../test/oxygenTrial.ts';

const seeds = (n: number) => Array.from({ length: n }, (_, at) => at + 1);

/** For a small computer that has much to do. */
const PATIENCE_MS = 120_000;

/** Acceptance of safety.md §2.4. `npm run campaign -- oxygen` prints all its figures, also of slower falls. */
describe('O2-4 the outlook in simulated homes', () => {
  it(
    'O2-4 cries at most 3 times in 30 quiet days',
    () => {
      expect(falseEpisodes(1, 30)).toBeLessThanOrEqual(3);
    },
    PATIENCE_MS,
  );

  it.each([
    [0.0233, 30, 'a 2 kW heater in 30 m³'],
    [0.175, 4, 'a 3 kW geyser in a bathroom'],
  ])(
    'O2-4 a fall of %f per minute is told %i min ahead by each of 100 seeds: %s',
    (perMinute, lead) => {
      const { missed, least } = figuresOf(seeds(100).map((seed) => leadsOf({ seed, perMinute }).any));
      expect(missed).toBe(0);
      expect(least).toBeGreaterThanOrEqual(lead);
    },
    PATIENCE_MS,
  );

  it(
    'O2-5 without compensation for humidity it would cry wolf',
    () => {
      expect(falseEpisodes(1, 10, 0)).toBeGreaterThan(3);
    },
    PATIENCE_MS,
  );
});
