import { describe, expect, it } from 'vitest';
import { letterOf, met, NONE, playEachSecond, rowAt, shelve, takeOut } from '../../test/alarmPlay.ts';

// F-25: what keeps a danger from being heard is in view in every new danger, whatever a person put it aside for.
describe('what comes back though it was put aside', () => {
  it.each([
    ['shelved', 'G', shelve()],
    ['out of service', 'I', takeOut()],
  ])(
    '%s: a condition that says so is in view at once, one that only says the same is not',
    (_, letter, aside) => {
      const { state } = playEachSecond([met('warning'), aside, met('warning')]);
      expect(letterOf(rowAt(state))).toBe(letter);
      const again = playEachSecond([met('warning', { comesBack: true })], state, 9_000);
      expect(letterOf(rowAt(again.state))).toBe('B');
      expect(again.facts).toContainEqual(expect.objectContaining({ type: 'alarmRaised' }));
    },
  );

  it('what nobody put aside is no other for it', () => {
    const { state } = playEachSecond([met('warning')], NONE);
    const again = playEachSecond([met('warning', { comesBack: true })], state, 9_000);
    expect(letterOf(rowAt(again.state))).toBe('B');
    expect(again.facts.filter(({ type }) => type === 'alarmRaised')).toEqual([]);
  });
});
