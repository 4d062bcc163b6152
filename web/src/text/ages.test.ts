import { describe, expect, it } from 'vitest';
import { agePhrase, spanPhrase } from './ages.ts';

const NOW = 1_800_000_000_000;
const MIN = 60_000;
const HOUR = 60 * MIN;

describe('ages', () => {
  it.each([
    [0, { key: 'age.now' }],
    [-5_000, { key: 'age.now' }],
    [999, { key: 'age.now' }],
    [3_000, { key: 'age.s', n: 3 }],
    [59_999, { key: 'age.s', n: 59 }],
    [MIN, { key: 'age.min', n: 1 }],
    [26 * MIN, { key: 'age.min', n: 26 }],
    [HOUR, { key: 'age.h', n: 1 }],
    [47 * HOUR, { key: 'age.h', n: 47 }],
    [48 * HOUR, { key: 'age.d', n: 2 }],
  ])('%d ms ago', (ms, phrase) => {
    expect(agePhrase(NOW - ms, NOW)).toEqual(phrase);
  });

  it('says never when it was never heard', () => {
    expect(agePhrase(null, NOW)).toEqual({ key: 'age.never' });
  });

  it('tells how long', () => {
    expect(spanPhrase(8_400)).toEqual({ key: 'span.s', n: 8 });
  });
});
