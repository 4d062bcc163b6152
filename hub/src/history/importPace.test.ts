import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPace } from './importPace.ts';

/** Works in pieces of so many ms. Answers each rest. */
function work(pieces: readonly number[]): { rests: number[]; worked: number; stretches: number[] } {
  let now = 0;
  let stretch = 0;
  const rests: number[] = [];
  const stretches: number[] = [];
  const breathe = createPace({
    now: () => now,
    rest: (ms) => {
      rests.push(ms);
      stretches.push(stretch);
      stretch = 0;
      now += ms;
    },
  });
  for (const piece of pieces) {
    now += piece;
    stretch += piece;
    breathe();
  }
  return { rests, worked: pieces.reduce((sum, piece) => sum + piece, 0), stretches: [...stretches, stretch] };
}

test.each([
  ['short pieces are worked together', [1, 1, 1], []],
  ['until a rest is due', [1, 1, 1, 1], [8]],
  ['each stretch has its own rest', [4, 6], [8, 12]],
  ['after a stretch that the machine made long it does not sleep for long', [500], [40]],
])('%s', (_, pieces, rests) => {
  expect(work(pieces).rests).toEqual(rests);
});

test('however the pieces come, it has at most a third of the time and no long stretch of it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 200 }), (pieces) => {
      const { rests, worked, stretches } = work(pieces);
      const rested = rests.reduce((sum, rest) => sum + rest, 0);
      const unfinished = stretches.at(-1) ?? 0;
      expect(rested).toBeGreaterThanOrEqual(2 * (worked - unfinished));
      expect(unfinished).toBeLessThan(4);
      expect(Math.max(...stretches)).toBeLessThan(4 + 16);
    }),
  );
});
