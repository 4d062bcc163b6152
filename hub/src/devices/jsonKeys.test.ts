import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonText } from './json.ts';
import { mayHaveOddKey, oddKeyIn } from './jsonKeys.ts';

test.each([
  ['{"co":400,"co":2}', 'co'],
  ['{"a":{"x":1},"b":{"x":1,"y":[{"x":1}],"x":2}}', 'x'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"__proto__":{"polluted":1},"co":1}', '__proto__'],
  ['[{"__proto__":1}]', '__proto__'],
])('%s has the odd key %s and is refused', (text, key) => {
  expect(oddKeyIn(text)).toBe(key);
  expect(parseJsonText(text)).toEqual({ ok: false, reason: 'odd-key' });
});

test.each([
  '{"a":"a","b":"a"}',
  '{"a":{"a":1},"b":{"a":1}}',
  '[{"a":1},{"a":2}]',
  '{"a":"\\"a\\":1, \\"a\\":2"}',
  '{"a" : "b:", "c":"__proto__"}',
  '"a"',
  '20.9',
])('%s has none', (text) => {
  expect(oddKeyIn(text)).toBe(null);
  expect(parseJsonText(text)).toEqual({ ok: true, value: JSON.parse(text) });
});

test('nothing that was written by a writer of JSON is refused', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value);
      if (!text.includes('"__proto__":')) expect(oddKeyIn(text)).toBe(null);
    }),
  );
});

/** Objects as text in which keys stand twice now and then; numbers, texts with colons and lists besides. */
const { text: texts } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom('1', 'null', '"a:b"', '"\\":"', '":{"', '[]', '{}'),
    fc.array(tie('text'), { maxLength: 3 }).map((list) => `[${list.join(', ')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c:', '{', '__proto__', '\\u0061'), tie('text')), {
        maxLength: 4,
      })
      .map((pairs) => `{${pairs.map(([key, text]) => `"${key}" : ${text}`).join(',')}}`),
  ),
}));

test('the quick look never passes what the close one refuses, and passes what is plain', () => {
  let passed = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const value: unknown = JSON.parse(text);
      if (typeof value !== 'object' || value === null || mayHaveOddKey(text, value)) return;
      passed += 1;
      expect(oddKeyIn(text)).toBe(null);
    }),
    { numRuns: 5_000 },
  );
  expect(passed).toBeGreaterThan(500);
});
