import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { type Climate, NO_CLIMATE } from '../climate.ts';
import type { Calibration } from '../schema.ts';
import { type CalibrationRow, UNCALIBRATED } from './calibration.ts';
import { calibrationAfter, doubtOxygen, type OxygenRow, takeOxygen } from './estimator.ts';

/** Any wall clock: nothing may depend on it. */
const at = (mono: number) => ({ mono, utc: 1e15 - 3 * mono });

const climate = (mono: number, more: Partial<Climate> = {}): Climate => ({
  ...NO_CLIMATE,
  temperature: { value: 20, at: mono },
  humidity: { value: 0, at: mono },
  ...more,
});

const calibrated = (factor: number, pressure: number | null): CalibrationRow => {
  const last: Calibration = {
    at: 1,
    by: 'Ana',
    kind: 'fresh-air',
    factor,
    raw: 20,
    temperature: 20,
    humidity: 0,
    pressure,
  };
  return { ...UNCALIBRATED, first: last, last };
};

type Story = {
  readonly row?: OxygenRow | undefined;
  readonly fromMs?: number;
  readonly everyMs: number;
  readonly n: number;
  readonly percent: number | ((n: number) => number);
  readonly with?: Partial<Climate> | null;
  readonly calibration?: CalibrationRow;
};

function live({ row, fromMs = 0, everyMs, n, percent, with: more, calibration }: Story): OxygenRow {
  let next = row;
  for (let i = 0; i < n; i++) {
    const mono = fromMs + i * everyMs;
    const value = typeof percent === 'number' ? percent : percent(i);
    next = takeOxygen(next, value, more === null ? NO_CLIMATE : climate(mono, more), calibration, at(mono));
  }
  return next as OxygenRow;
}

describe('what a reading becomes', () => {
  it('O2-5 is the dry-equivalent, where temperature and humidity are known', () => {
    const humid = { temperature: { value: 35, at: 0 }, humidity: { value: 90, at: 0 } };
    const row = takeOxygen(undefined, 19.9, climate(0, humid), undefined, at(0));
    expect(row.isDry).toBe(true);
    expect(row.value).toBeCloseTo(20.95, 1);
  });

  it('O2-5 is what the cell says, where they are not', () => {
    const row = takeOxygen(undefined, 19.9, NO_CLIMATE, undefined, at(0));
    expect([row.value, row.isDry]).toEqual([19.9, false]);
  });

  it('O2-1 is corrected by the last calibration and the baseline since', () => {
    const row = { ...calibrated(1.05, null), baselineOffset: 0.1 };
    expect(takeOxygen(undefined, 20, climate(0), row, at(0)).value).toBeCloseTo(21.1, 9);
    expect(takeOxygen(undefined, 20, NO_CLIMATE, row, at(0)).value).toBeCloseTo(21.1, 9);
  });

  // Source: safety.md §2.2: 97 kPa reads 20.05, 103 kPa 21.29 of a cell that is right at 101.325 kPa.
  it.each([
    [970, 20.05],
    [1030, 21.29],
  ])('brings a cell that was calibrated beside a barometer back from %i hPa', (hpa, percent) => {
    const pressure = { value: hpa, at: 0 };
    const seen = takeOxygen(undefined, percent, climate(0, { pressure }), calibrated(1, 1013.25), at(0));
    expect(seen.value).toBeCloseTo(20.95, 1);
    const blind = takeOxygen(undefined, percent, climate(0, { pressure }), calibrated(1, null), at(0));
    expect(blind.value).toBeCloseTo(percent, 9);
    const deaf = takeOxygen(undefined, percent, climate(0), calibrated(1, 1013.25), at(0));
    expect(deaf.value).toBeCloseTo(percent, 9);
  });
});

describe('points', () => {
  it('are the median of 20 seconds, so that spikes drop out', () => {
    const row = live({ everyMs: SECOND_MS, n: 41, percent: (n) => (n % 7 === 3 ? 5 : 20.9) });
    expect(row.points.map((point) => [point.at, point.dry, point.raw])).toEqual([
      [0, 20.9, 20.9],
      [20_000, 20.9, 20.9],
      [40_000, 20.9, 20.9],
    ]);
  });

  it('are each reading of a sensor that speaks seldom', () => {
    const row = live({ everyMs: MINUTE_MS, n: 5, percent: (n) => 20 + n / 10 });
    expect(row.points.map(({ dry }) => dry)).toEqual([20, 20.1, 20.2, 20.3, 20.4]);
  });

  it('are few and small, whatever a sensor says', () => {
    const row = live({ everyMs: 1, n: 20_000, percent: 20.9 });
    expect(row.bucket.raw.length).toBeLessThanOrEqual(40);
    const long = live({ everyMs: 20 * SECOND_MS, n: 2_000, percent: 20.9 });
    expect(long.points.length).toBeLessThanOrEqual(61);
    expect(long.levels.length).toBeLessThanOrEqual(25);
  });

  it('carry the carbon dioxide of the last five minutes', () => {
    const heard = (mono: number) => ({ co2: { value: 700, at: mono } });
    expect(live({ everyMs: 1, n: 1, percent: 20.9, with: heard(0) }).points[0]?.co2).toBe(700);
    const old = live({ fromMs: 301_000, everyMs: 1, n: 1, percent: 20.9, with: heard(0) });
    expect(old.points[0]?.co2).toBeNull();
  });
});

describe('what ends what was seen', () => {
  const quiet: Story = { everyMs: 20 * SECOND_MS, n: 90, percent: 20.9 };
  const row = live(quiet);
  const nextMs = 90 * 20 * SECOND_MS;

  it('a minute of silence does not', () => {
    expect(live({ ...quiet, row, fromMs: nextMs + MINUTE_MS, n: 1 }).points.length).toBeGreaterThan(50);
  });

  it.each([
    ['eight minutes of silence', { fromMs: nextMs + 8 * MINUTE_MS }],
    ['a climate that is lost', { with: null }],
    ['a calibration', { calibration: calibrated(1.02, null) }],
  ])('%s', (_, change) => {
    const next = live({ ...quiet, row, fromMs: nextMs, n: 1, ...change });
    expect([next.points.length, next.levels.length, next.trend]).toEqual([1, 0, null]);
  });

  it('a barometer that comes or goes', () => {
    const calibration = calibrated(1, 1000);
    const before = live({ ...quiet, calibration });
    const pressure = { value: 1000, at: nextMs };
    const next = live({ ...quiet, calibration, row: before, fromMs: nextMs, n: 1, with: { pressure } });
    expect(next.points).toHaveLength(1);
  });

  it('a reading that cannot be believed', () => {
    const doubted = doubtOxygen(row);
    expect(doubted).toMatchObject({ isDoubtful: true, value: row.value, points: [], trend: null });
    expect(doubtOxygen(doubted)).toBe(doubted);
    expect(live({ ...quiet, row: doubted, fromMs: nextMs, n: 1 })).toMatchObject({ isDoubtful: false });
  });
});

describe('the trend', () => {
  it('is known after fifteen minutes, and reckoned once a minute', () => {
    const steps = { everyMs: 20 * SECOND_MS, percent: 20.9 };
    expect(live({ ...steps, n: 45 }).trend).toBeNull();
    const row = live({ ...steps, n: 46 });
    expect(row.trend?.at).toBe(15 * MINUTE_MS);
    expect(live({ ...steps, n: 48 }).trend?.at).toBe(15 * MINUTE_MS);
    expect(live({ ...steps, n: 49 }).trend?.at).toBe(16 * MINUTE_MS);
  });

  it('O2-5 is not told without a climate', () => {
    const row = live({ everyMs: 20 * SECOND_MS, n: 100, percent: (n) => 20.9 - n / 100, with: null });
    expect([row.trend, row.standings.fast, row.isDisplaced]).toEqual([null, null, false]);
  });
});

describe('the automatic baseline of a reading', () => {
  const aired = (mono: number) => climate(mono, { co2: { value: 450, at: mono } });

  it('O2-2 moves in aired rooms, a step a day', () => {
    let row: OxygenRow | undefined;
    let calibration: CalibrationRow | undefined;
    for (let mono = 0; mono < 50 * 60 * MINUTE_MS; mono += MINUTE_MS) {
      row = takeOxygen(row, 20.6, aired(mono), calibration, at(mono));
      calibration = calibrationAfter(row, calibration, at(mono));
    }
    expect(calibration?.baselineOffset).toBe(0.04);
    expect(row?.value).toBeCloseTo(20.64, 9);
    expect(row?.points.length).toBe(21);
  });

  it('O2-2 stays in rooms that are not, and where the vapour is not known', () => {
    for (const beside of [
      () => NO_CLIMATE,
      (mono: number) => climate(mono, { co2: { value: 601, at: mono } }),
    ]) {
      let row: OxygenRow | undefined;
      for (let mono = 0; mono < 5 * 60 * MINUTE_MS; mono += MINUTE_MS) {
        row = takeOxygen(row, 20.6, beside(mono), undefined, at(mono));
        expect(calibrationAfter(row, undefined, at(mono))).toBeUndefined();
      }
    }
  });
});
