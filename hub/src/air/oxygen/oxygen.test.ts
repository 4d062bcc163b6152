import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { NO_CLIMATE } from '../climate.ts';
import { doubtOxygen } from './estimator.ts';
import { FAR_MINUTES, measuredOxygen, type OxygenRow, takeOxygen, viewOutlook } from './oxygen.ts';

type Room = {
  readonly percentAt: (minutes: number) => number;
  readonly minutes: number;
  readonly co2At?: (minutes: number) => number;
};

/** A room with a cell that speaks every 10 s, for so long. */
function live({ percentAt, minutes, co2At }: Room): OxygenRow {
  let row: OxygenRow | undefined;
  for (let mono = 0; mono <= minutes * MINUTE_MS; mono += 10 * SECOND_MS) {
    const min = mono / MINUTE_MS;
    const climate = {
      ...NO_CLIMATE,
      temperature: { value: 20, at: mono },
      humidity: { value: 0, at: mono },
      co2: co2At === undefined ? null : { value: co2At(min), at: mono },
    };
    row = takeOxygen(row, percentAt(min), climate, undefined, { mono, utc: 0 });
  }
  return row as OxygenRow;
}

/** Clean for an hour, then falling. */
const falling = (perMinute: number) => (min: number) => 20.9 - Math.max(0, min - 60) * perMinute;
const leftOf = (row: OxygenRow) =>
  measuredOxygen(row)
    .filter(({ measure }) => measure === 'minutesLeft')
    .map(({ value }) => value);

describe('the outlook of a room', () => {
  it('learns for a quarter of an hour', () => {
    const row = live({ percentAt: () => 20.9, minutes: 14 });
    expect(viewOutlook(row)).toMatchObject({ state: 'learning', why: 'too-few', dry: 20.9, minutes: null });
    expect(leftOf(row)).toEqual([null, null, null]);
  });

  it('is steady in clean air, and far from any limit', () => {
    const row = live({ percentAt: () => 20.9, minutes: 60 });
    expect(viewOutlook(row)).toEqual({
      state: 'steady',
      why: null,
      rule: null,
      perMinute: 0,
      minutes: null,
      displacement: false,
      dry: 20.9,
    });
    expect(leftOf(row)).toEqual([FAR_MINUTES, FAR_MINUTES, FAR_MINUTES]);
  });

  it('rises after airing', () => {
    const row = live({ percentAt: (min) => Math.min(20.9, 20 + min * 0.02), minutes: 30 });
    expect(viewOutlook(row)).toMatchObject({ state: 'rising', minutes: null, perMinute: 0.02 });
  });

  it('O2-4 says a range, never one number', () => {
    const row = live({ percentAt: falling(0.0233), minutes: 90 });
    const { state, rule, minutes } = viewOutlook(row);
    expect([state, rule]).toEqual(['falling', 'main']);
    // 20.9 − 0.7 = 20.2, which is 30 minutes above 19.5.
    expect(minutes).toEqual({ soonest: 30, likely: 30, latest: 30 });
    const noisy = live({
      percentAt: (min) => falling(0.0233)(min) + (((min * 6) % 5) - 2) * 0.06,
      minutes: 90,
    });
    const range = viewOutlook(noisy).minutes;
    expect(range?.soonest).toBeLessThan(range?.latest ?? 0);
  });

  it('O2-4 a room that is aired may never get there', () => {
    const percentAt = (min: number) => 20 + 0.9 * Math.exp((-2 / 60) * Math.max(0, min - 20));
    const { minutes } = viewOutlook(live({ percentAt, minutes: 60 }));
    expect(minutes?.latest).toBeNull();
    expect(minutes?.likely).toBeGreaterThanOrEqual(minutes?.soonest ?? 99);
  });

  it('a slow fall that is far from harm has no minutes', () => {
    const row = live({ percentAt: (min) => 21.9 - min * 0.0015, minutes: 60 });
    expect(viewOutlook(row)).toMatchObject({ state: 'falling', rule: null, minutes: null });
  });

  it('O2-5 is off, and says so, without a climate or in doubt', () => {
    const wet = takeOxygen(undefined, 20.9, NO_CLIMATE, undefined, { mono: 0, utc: 0 });
    expect(viewOutlook(wet)).toMatchObject({ state: 'off', why: 'no-climate', dry: null });
    // Air that ends every limit of oxygen ends what the outlook raised before the climate was lost; any other says nothing.
    expect(leftOf(wet)).toEqual([FAR_MINUTES, FAR_MINUTES, FAR_MINUTES]);
    const worse = takeOxygen(undefined, 20.4, NO_CLIMATE, undefined, { mono: 0, utc: 0 });
    expect(leftOf(worse)).toEqual([null, null, null]);
    const doubted = doubtOxygen(live({ percentAt: () => 20.9, minutes: 60 }));
    expect(viewOutlook(doubted)).toMatchObject({ state: 'off', why: 'doubtful' });
    expect(measuredOxygen(doubted).map(({ value }) => value)).toEqual([null, null, null, null]);
  });
});

describe('what limits are compared with', () => {
  it('O2-4 each rule has its window, and as many minutes as it may be at the soonest', () => {
    const row = live({ percentAt: falling(0.1), minutes: 66 });
    expect(
      measuredOxygen(row).map(({ measure, windowMs }) => [measure, (windowMs ?? 0) / MINUTE_MS]),
    ).toEqual([
      ['value', 0],
      ['minutesLeft', 4],
      ['minutesLeft', 15],
      ['minutesLeft', 20],
    ]);
    const [fast] = leftOf(row);
    expect(fast).toBeLessThanOrEqual(9);
    expect(fast).toBeGreaterThan(5);
  });

  it('O2-4 is told by its own persistence: FAST after 40 s', () => {
    const spoken = (minutes: number) => viewOutlook(live({ percentAt: falling(0.1), minutes })).rule;
    expect(spoken(63)).toBeNull();
    expect(spoken(65.5)).toBe('fast');
  });
});

describe('displacement', () => {
  const room = { percentAt: falling(0.05), minutes: 75 };

  it('is told where oxygen falls and carbon dioxide does not rise', () => {
    const row = live({ ...room, co2At: () => 450 });
    expect(viewOutlook(row)).toMatchObject({ state: 'falling', displacement: true });
    expect(
      measuredOxygen(row).find(({ measure, value }) => measure === 'minutesLeft' && value !== FAR_MINUTES)
        ?.cause,
    ).toBe('displacement');
  });

  it('is not where something burns, nor where nobody knows', () => {
    const burning = live({ ...room, co2At: (min) => 450 + Math.max(0, min - 60) * 0.05 * 10_000 * 0.6 });
    expect(viewOutlook(burning).displacement).toBe(false);
    expect(
      measuredOxygen(burning).find(({ measure, value }) => measure === 'minutesLeft' && value !== FAR_MINUTES)
        ?.cause,
    ).toBe('outlook');
    expect(viewOutlook(live(room)).displacement).toBe(false);
    expect(viewOutlook(live({ ...room, percentAt: () => 20.9, co2At: () => 450 })).displacement).toBe(false);
  });
});
