import { describe, expect, it } from 'vitest';
import { attributesFrom, withTold } from './attributes.ts';
import type { Attributes } from './told.ts';

const many = (count: number, name = (n: number) => `k${n}`) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), n]));

/** The attributes, or the reason of the drop. */
function told(payload: string): unknown {
  const decoded = attributesFrom(payload);
  if (decoded.kind === 'drop') return `drop ${decoded.reason}`;
  return decoded.kind === 'told' ? decoded.told.attributes : decoded.kind;
}

describe('a payload of attributes', () => {
  it.each<[string, unknown]>([
    ['{"a":1,"b":true,"c":"x","d":null}', { a: 1, b: true, c: 'x', d: null }],
    ['{"list":[1],"object":{"a":1},"a":1}', { a: 1 }],
    ['{"a":"é"}', { a: 'é' }],
    [`{"long":"${'x'.repeat(256)}","fits":"${'x'.repeat(255)}"}`, { fits: 'x'.repeat(255) }],
    [`{"${'n'.repeat(65)}":1,"${'n'.repeat(64)}":2,"":3}`, { ['n'.repeat(64)]: 2 }],
    ['{"constructor":1,"prototype":2,"toString":3}', { toString: 3 }],
    ['{"latitude":1.5,"longitude":2.5,"gps_accuracy":3,"battery":4}', { battery: 4 }],
    ['{"a":1e400}', {}],
    ['{}', {}],
    ['{"__proto__":{"a":1}}', 'drop odd-key'],
    ['{"a":1,"a":2}', 'drop odd-key'],
    ['[1]', 'drop not-an-object'],
    ['1', 'drop not-an-object'],
    ['x', 'drop not-json'],
  ])('%s is read as %j', (payload, expected) => {
    expect(told(payload)).toEqual(expected);
  });

  it('tells no more than 32', () => {
    expect(told(JSON.stringify(many(33)))).toEqual(many(32));
  });
});

describe('what is known', () => {
  const known: Attributes = { a: 1, b: 'x' };

  it.each<[Parameters<typeof withTold>[1], Attributes]>([
    [{ a: 2 }, { a: 2, b: 'x' }],
    [{ c: true }, { a: 1, b: 'x', c: true }],
    [{ a: null }, { b: 'x' }],
    [{ toString: 1 } as never, { a: 1, b: 'x', toString: 1 } as never],
  ])('with %j becomes %j', (said, expected) => {
    expect(withTold(known, said)).toEqual(expected);
  });

  it.each([[undefined], [{}], [{ a: 1 }], [{ c: null }]])('stays the same value when told %j', (said) => {
    expect(withTold(known, said)).toBe(known);
  });

  it('never grows beyond 48, whatever the names', () => {
    let attributes: Attributes = {};
    for (let round = 0; round < 10; round++) {
      attributes = withTold(
        attributes,
        many(10, (n) => `r${round}n${n}`),
      );
    }
    expect(Object.keys(attributes)).toHaveLength(48);
    expect(withTold(attributes, { r0n0: 'new' }).r0n0).toBe('new');
  });
});
