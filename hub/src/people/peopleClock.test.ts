import { expect, it } from 'vitest';
import { createPeopleClock } from './peopleClock.ts';

it('all its times are whole milliseconds, in a house that is played thirty times as fast too', () => {
  const clock = createPeopleClock(
    () => 100 / 30,
    () => 1_790_000_000_000.4,
    1_789_999_999_000,
  );
  for (const at of [clock.now(), clock.shown(5.5), clock.taken(1_790_000_000_001)]) {
    expect(Number.isInteger(at)).toBe(true);
  }
});
