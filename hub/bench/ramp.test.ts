import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestThatHolds } from './ramp.ts';

const SEARCH = { from: 2_000, upTo: 60_000, bisections: 3 };

describe('the search for the highest rate', () => {
  it('never answers more than what holds, and comes within 6 % of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 50_000 }), async (truth) => {
        const found = await highestThatHolds(SEARCH, async (rate) => rate <= truth);
        expect(found).toBeLessThanOrEqual(truth);
        expect(found).toBeGreaterThan(truth * 0.94);
      }),
    );
  });

  it('answers a rate that was tried and held', async () => {
    const held = new Set<number>();
    const found = await highestThatHolds(SEARCH, async (rate) => {
      if (rate > 7_000) return false;
      held.add(rate);
      return true;
    });
    expect(held.has(found)).toBe(true);
  });

  it('answers nothing when nothing holds, and the last tried when all does', async () => {
    expect(await highestThatHolds(SEARCH, async () => false)).toBe(0);
    expect(await highestThatHolds(SEARCH, async () => true)).toBe(51_260);
  });
});
