import fc from 'fast-check';

/** Marks an object that is to be written as text: only so can `__proto__` be a key of its own. */
class Written {
  readonly pairs: readonly (readonly [string, unknown])[];
  constructor(pairs: readonly (readonly [string, unknown])[]) {
    this.pairs = pairs;
  }
}

export const objectText = (pairs: unknown): Written =>
  new Written(pairs as readonly (readonly [string, unknown])[]);

export function written(value: unknown): string {
  if (value instanceof Written) {
    return `{${value.pairs.map(([key, each]) => `${JSON.stringify(key)}:${written(each)}`).join(',')}}`;
  }
  return Array.isArray(value) ? `[${value.map(written).join(',')}]` : (JSON.stringify(value) ?? 'null');
}

export const wordsOf = (text: string): string[] => text.trim().split(/\s+/);

export const HOSTILE_KEYS = [
  ...wordsOf('__proto__ constructor prototype toString hasOwnProperty ~ é'),
  '',
  'a b',
  '\u0000',
];

/** A text with one character of it replaced by others. */
export const spoiled = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(of, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, noise]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + noise + text.slice(place + 1);
  });
