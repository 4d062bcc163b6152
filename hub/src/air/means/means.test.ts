import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTable, getRow, setRow, tableOf } from '../../house/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../../shared/time.ts';
import { fallenSilent, heardUntil, meansOf, meanUntil, measuredMean, withReading } from './means.ts';
import type { MeansRow } from './meansRow.ts';
import { forgetMeans, meansFrom, mustStoreMeans, type StoredMeans, storedMeansOf } from './stored.ts';
import { addSpan, emptyTier, meanOver } from './tier.ts';
import { trendOf } from './trend.ts';

const MIN = MINUTE_MS;

/** A carbon dioxide sensor that says these values, so far apart. */
function heard(values: readonly number[], everyMs: Millis, from = 0): MeansRow {
  let row = meansOf(undefined, 'carbon_dioxide');
  values.forEach((value, nth) => {
    row = withReading(row, value, from + nth * everyMs);
  });
  return row;
}

const steady = (count: number, value = 800): readonly number[] => new Array<number>(count).fill(value);

describe('AIR-4: a mean', () => {
  it('is weighed by time, not by readings', () => {
    let row = heard(steady(11, 400), MIN);
    for (let second = 1; second <= 60; second++) row = withReading(row, 4_000, 10 * MIN + second * SECOND_MS);
    const { value, coverage } = measuredMean(row, 10 * MIN, 11 * MIN);
    // Nine minutes and a second of 400, 59 seconds of 4,000.
    expect(value).toBeCloseTo((541 * 400 + 59 * 4_000) / 600, 6);
    expect(coverage).toBe(1);
  });

  it.each([
    [7 * MIN + 29_999, null],
    [7 * MIN + 30_000, 800],
  ])('after %d ms of ten minutes is %j: at 75 % it can be computed', (span, value) => {
    let row = heard(steady(8), MIN);
    row = withReading(row, 800, span);
    expect(measuredMean(row, 10 * MIN, span).value).toBe(value);
  });

  it('takes a silent gap for no coverage: a reading stands for three usual spans', () => {
    const row = heard(steady(31), MIN);
    const later = heardUntil(row, 60 * MIN);
    // Heard until minute 33 of the last hour.
    expect(measuredMean(later, HOUR_MS, 60 * MIN)).toMatchObject({ value: null, coverage: 33 / 60 });
  });

  it('takes nothing for granted once the sensor is lost', () => {
    const lost = fallenSilent(heard(steady(9), MIN), 8 * MIN + 30_000);
    expect(lost.at).toBeNull();
    expect(measuredMean(heardUntil(lost, 10 * MIN), 10 * MIN, 10 * MIN).coverage).toBeCloseTo(0.85, 9);
    expect(fallenSilent(lost, 11 * MIN)).toBe(lost);
  });

  it('stands for 180 s while nobody knows how often the sensor speaks, and for a minute at least', () => {
    const first = withReading(meansOf(undefined, 'carbon_dioxide'), 800, 0);
    expect(meanUntil(heardUntil(first, 10 * MIN), 10 * MIN, 10 * MIN)?.coverage).toBeCloseTo(0.3, 9);
    const quick = heard(steady(100), SECOND_MS);
    const then = heardUntil(quick, 99_000 + 10 * MIN);
    expect(meanUntil(then, 10 * MIN, 99_000 + 10 * MIN)?.coverage).toBeCloseTo(0.1, 9);
  });

  it('stands for 130 min at the longest, however seldom the sensor speaks', () => {
    const row = heard(steady(3), 2 * HOUR_MS);
    const now = 4 * HOUR_MS + 8 * HOUR_MS;
    expect(meanUntil(heardUntil(row, now), 8 * HOUR_MS, now)?.coverage).toBeCloseTo(130 / 480, 6);
  });

  it('lets one long silence not make a talkative sensor a quiet one', () => {
    let row = heard(steady(30), 10 * SECOND_MS);
    row = withReading(row, 800, HOUR_MS);
    expect(row.everyMs).toBeLessThan(20 * SECOND_MS);
  });

  it('of nothing that is kept is none', () => {
    expect(meanUntil(meansOf(undefined, 'power'), 8 * HOUR_MS, 0)).toBeNull();
    expect(measuredMean(meansOf(undefined, 'oxygen'), DAY_MS, 0)).toMatchObject({ value: null, coverage: 0 });
  });

  it('keeps what its quantity wants: minutes of all, a day of some, 90 days of radon', () => {
    const kept = (row: MeansRow) =>
      [row.minutes, row.tens, row.quarters, row.days].map((tier) => tier !== null);
    expect(kept(meansOf(undefined, 'oxygen'))).toEqual([true, false, false, false]);
    expect(kept(meansOf(undefined, 'carbon_monoxide'))).toEqual([true, true, false, false]);
    expect(kept(meansOf(undefined, 'pm25'))).toEqual([true, true, false, false]);
    expect(kept(meansOf(undefined, 'radon'))).toEqual([true, false, true, false]);
  });
});

describe('a tier', () => {
  const spans = fc.array(
    fc.record({
      value: fc.double({ min: -50, max: 2_000, noNaN: true }),
      gap: fc.integer({ min: 0, max: 20 * MIN }),
      ms: fc.integer({ min: 1, max: 5 * MIN }),
    }),
    { maxLength: 40 },
  );

  it('gives the mean of all that was heard in its window, to the edge', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 60 }), (all, minutes) => {
        let tier = emptyTier(MIN, 61);
        let at = 0;
        const heardSpans: [from: number, to: number, value: number][] = [];
        for (const { value, gap, ms } of all) {
          at += gap;
          tier = addSpan(tier, value, at, at + ms);
          heardSpans.push([at, at + ms, value]);
          at += ms;
        }
        // A window that begins where a span of the tier does is exact, but for whole numbers that are kept.
        const now = Math.ceil(at / MIN) * MIN;
        const from = now - minutes * MIN;
        let ms = 0;
        let sum = 0;
        for (const [a, b, value] of heardSpans) {
          const part = Math.max(0, Math.min(b, now) - Math.max(a, from));
          ms += part;
          sum += part * value;
        }
        const { mean, coverage } = meanOver(tier, from, now);
        expect(coverage).toBeCloseTo(Math.min(1, ms / (now - from)), 6);
        if (ms === 0) expect(mean).toBeNull();
        else expect(mean).toBeCloseTo(sum / ms, 0);
      }),
    );
  });

  it('stays within its size, and a mean within what was heard, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1e10 }), fc.integer({ min: 1, max: 1e9 }))),
        (all) => {
          let tier = emptyTier(MIN, 61);
          let at = 0;
          for (const [gap, ms] of all) {
            tier = addSpan(tier, 7, at + gap, at + gap + ms);
            at += gap + ms;
          }
          expect(tier.past.length).toBeLessThanOrEqual(122);
          const { mean, coverage } = meanOver(tier, at - 30 * MIN, at);
          expect(coverage).toBeGreaterThanOrEqual(0);
          expect(coverage).toBeLessThanOrEqual(1);
          if (mean !== null) expect(mean).toBeCloseTo(7, 3);
        },
      ),
    );
  });

  it('forgets what lies behind all that it keeps', () => {
    const old = addSpan(emptyTier(MIN, 3), 5, 0, MIN);
    expect(addSpan(old, 9, 100 * MIN, 101 * MIN).past).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('takes nothing that runs backwards', () => {
    const tier = addSpan(emptyTier(MIN, 3), 5, 10 * MIN, 11 * MIN);
    expect(addSpan(tier, 9, MIN, 2 * MIN)).toBe(tier);
  });
});

describe('means on disk', () => {
  const long = heard(steady(9 * 60), MIN);
  const day = { storedMeans: emptyTable<StoredMeans>(), means: tableOf([['e', long]]) };

  it('are written once for each ten minutes, not with every reading', () => {
    let stored: StoredMeans | undefined;
    let row = meansOf(undefined, 'carbon_dioxide');
    let writes = 0;
    for (let nth = 0; nth < 360; nth++) {
      row = withReading(row, 800, nth * 10 * SECOND_MS);
      if (!mustStoreMeans(stored, row)) continue;
      stored = storedMeansOf(row);
      writes += 1;
    }
    expect(writes).toBe(5);
    expect(mustStoreMeans(undefined, meansOf(undefined, 'oxygen'))).toBe(false);
  });

  it('are written once an hour where only long ones are kept', () => {
    let stored: StoredMeans | undefined;
    let row = meansOf(undefined, 'radon');
    let writes = 0;
    for (let nth = 0; nth <= 6 * 24; nth++) {
      row = withReading(row, 40, nth * 10 * MIN);
      if (!mustStoreMeans(stored, row)) continue;
      stored = storedMeansOf(row);
      writes += 1;
    }
    expect(writes).toBeGreaterThanOrEqual(20);
    expect(writes).toBeLessThanOrEqual(25);
  });

  it('go on after a restart, which is a gap', () => {
    const json = JSON.parse(JSON.stringify(storedMeansOf(long))) as StoredMeans;
    let row = getRow(meansFrom(tableOf([['e', json]])), 'e');
    expect(row).toMatchObject({ at: null, minutes: null });
    row = withReading(meansOf(row, 'carbon_dioxide'), 800, 9 * HOUR_MS + 5 * MIN);
    row = withReading(row, 800, 9 * HOUR_MS + 6 * MIN);
    const { value, coverage } = measuredMean(row, 8 * HOUR_MS, 9 * HOUR_MS + 6 * MIN);
    expect(value).toBeCloseTo(800, 3);
    expect(coverage).toBeGreaterThan(0.97);
    expect(measuredMean(row, 10 * MIN, 9 * HOUR_MS + 6 * MIN).value).toBeNull();
  });

  it('lose ten minutes at most of what was heard', () => {
    let stored: StoredMeans | undefined;
    let row = meansOf(undefined, 'carbon_dioxide');
    for (let nth = 0; nth < 9 * 60; nth++) {
      row = withReading(row, 800, nth * MIN);
      if (mustStoreMeans(stored, row)) stored = storedMeansOf(row);
    }
    const back = getRow(meansFrom(tableOf([['e', stored as StoredMeans]])), 'e') as MeansRow;
    const now = 9 * HOUR_MS;
    const { coverage } = measuredMean(back, 8 * HOUR_MS, now);
    expect(coverage).toBeGreaterThan(1 - 11 / 480);
  });

  it('go with their sensor', () => {
    const both = { ...day, storedMeans: setRow(day.storedMeans, 'e', storedMeansOf(long)) };
    expect(forgetMeans(both, 'e')).toEqual({ means: emptyTable(), storedMeans: emptyTable() });
  });
});

describe('the trend', () => {
  const ramp = (perMinute: number, count = 20) =>
    heard(
      Array.from({ length: count }, (_, nth) => 800 + nth * perMinute),
      MIN,
    );

  it.each<[perMinute: number, trend: ReturnType<typeof trendOf>]>([
    [0, 'steady'],
    [5, 'steady'],
    [7, 'rising'],
    [-5, 'steady'],
    [-7, 'falling'],
  ])('of %d ppm a minute is %j', (perMinute, trend) => {
    expect(trendOf(ramp(perMinute), 'carbon_dioxide', 19 * MIN)).toBe(trend);
  });

  it('is none when too little was heard, and of what has none', () => {
    expect(trendOf(ramp(50, 10), 'carbon_dioxide', 9 * MIN)).toBeNull();
    expect(trendOf(ramp(50), 'power', 19 * MIN)).toBeNull();
    expect(trendOf(meansOf(undefined, 'carbon_dioxide'), 'carbon_dioxide', 0)).toBeNull();
  });
});
