import { describe, expect, it } from 'vitest';
import { anEntity, NOW } from '../../test/unit/houses.ts';
import { entityState, isFresh } from './freshness.ts';

describe('isFresh', () => {
  it.each([
    ['just below two intervals', 59_999, true],
    ['at two intervals', 60_000, true],
    ['above two intervals', 60_001, false],
  ])('a value %s old', (_, age, fresh) => {
    expect(isFresh(anEntity({ at: NOW - age }), NOW)).toBe(fresh);
  });

  it('a contact that only reports changes does not grow old', () => {
    expect(isFresh(anEntity({ reportEveryMs: null, value: true, at: NOW - 86_400_000 }), NOW)).toBe(true);
  });

  it.each([{ available: false }, { value: null }, { at: null }])('%o is never shown as live', (given) => {
    expect(isFresh(anEntity(given), NOW)).toBe(false);
    expect(entityState(anEntity({ ...given, level: 'safe' }), NOW)).toBe('blind');
  });
});
