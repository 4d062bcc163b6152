import { describe, expect, it } from 'vitest';
import { CLOCK_LEAP_MS, CLOCK_TRUST_MS } from './limits.ts';
import { horizonOf, trustClock } from './retention.ts';
import { HOUR_MS } from './timeKey.ts';

const NOW = Date.UTC(2026, 10, 22, 13, 37);
const DAY = 24 * HOUR_MS;

describe('the horizon', () => {
  it('lies at a full hour, and the hourly values outlast the readings', () => {
    expect(horizonOf({ rawDays: 90, hourlyDays: 3_650 }, NOW)).toEqual({
      raw: Date.UTC(2026, 7, 24, 13),
      hourly: Date.UTC(2026, 10, 22, 13) - 3_650 * DAY,
    });
    const { raw, hourly } = horizonOf({ rawDays: 90, hourlyDays: 30 }, NOW);
    expect(hourly).toBe(raw);
  });

  it('never lies before 1970', () => {
    expect(horizonOf({ rawDays: 3_650, hourlyDays: 36_500 }, DAY)).toEqual({ raw: 0, hourly: 0 });
  });
});

describe('a clock', () => {
  const calm = { utc: NOW, aheadSince: null };
  it.each([
    ['that goes on is believed', NOW + HOUR_MS, { utc: NOW + HOUR_MS, aheadSince: null }],
    ['that goes back is believed', NOW - 40 * DAY, { utc: NOW - 40 * DAY, aheadSince: null }],
    ['that leaps by a day is believed', NOW + CLOCK_LEAP_MS, { utc: NOW + CLOCK_LEAP_MS, aheadSince: null }],
    ['that leaps further is not', NOW + CLOCK_LEAP_MS + 1, { utc: NOW, aheadSince: 1_000 }],
  ])('%s', (_, utc, trust) => {
    expect(trustClock(calm, utc, 1_000)).toEqual(trust);
  });

  it('that leapt and kept to it for a day is believed after all', () => {
    const far = NOW + 400 * DAY;
    const doubted = trustClock(calm, far, 1_000);
    expect(trustClock(doubted, far + 1, 1_000 + CLOCK_TRUST_MS - 1).utc).toBe(NOW);
    expect(trustClock(doubted, far + 2, 1_000 + CLOCK_TRUST_MS)).toEqual({ utc: far + 2, aheadSince: null });
  });

  it('that leapt and was set right again is believed at once, and the next leap is doubted anew', () => {
    const doubted = trustClock(calm, NOW + 400 * DAY, 0);
    const right = trustClock(doubted, NOW + HOUR_MS, DAY / 2);
    expect(right).toEqual({ utc: NOW + HOUR_MS, aheadSince: null });
    expect(trustClock(right, NOW + 400 * DAY, DAY).aheadSince).toBe(DAY);
  });
});
