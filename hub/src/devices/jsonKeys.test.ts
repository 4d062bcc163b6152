import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonText } from './json.ts';
import { oddKeyIn } from './jsonKeys.ts';

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
