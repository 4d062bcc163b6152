import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyMergePatch, withoutNulls } from '../../test/applyMergePatch.ts';
import { mergePatchOf } from './mergePatch.ts';

it.each<[before: unknown, after: unknown, patch: unknown]>([
  [{ a: 1 }, { a: 1 }, undefined],
  [{ a: 1 }, { a: 2 }, { a: 2 }],
  [{ a: 1 }, { a: 1, b: 2 }, { b: 2 }],
  [{ a: 1, b: 2 }, { a: 1 }, { b: null }],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, { a: { c: 3 } }],
  [{ a: [1, 2] }, { a: [1, 2] }, undefined],
  [{ a: [1, 2] }, { a: [1] }, { a: [1] }],
  [{ a: { b: 1 } }, { a: 1 }, { a: 1 }],
  [{ a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  [{ a: 1 }, { a: null }, { a: null }],
  [{}, { constructor: 1 }, { constructor: 1 }],
  [{ constructor: 1, toString: 2 }, {}, { constructor: null, toString: null }],
])('from %j to %j it is %j', (before, after, patch) => {
  expect(mergePatchOf(before, after)).toEqual(patch);
});

it('is nothing for the very same object, and its parts are not looked into', () => {
  const trap = {
    get a(): never {
      throw new Error('looked');
    },
  };
  expect(mergePatchOf(trap, trap)).toBeUndefined();
});

it('applied to what was gives what is, where null reads as absent', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const object = fc.dictionary(
    fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString'), fc.string()),
    json,
  );
  fc.assert(
    fc.property(object, object, (before, after) => {
      const patch = mergePatchOf(before, after);
      const applied = patch === undefined ? before : applyMergePatch(before, patch);
      expect(withoutNulls(applied)).toEqual(withoutNulls(after));
    }),
  );
});
