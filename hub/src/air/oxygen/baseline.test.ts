import { describe, expect, it } from 'vitest';
import { seeded } from '../../../test/oxygenDays.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { moveBaseline, STEP_EVERY_MS, STEP_PERCENT, TOTAL_PERCENT } from './baseline.ts';
import { type CalibrationRow, UNCALIBRATED } from './calibration.ts';
import type { Level } from './levels.ts';

const NOW = { mono: 10 * STEP_EVERY_MS, utc: 1_800_000_000_000 };

/** Two hours of levels that end now with `percent`, moving by `perMinute`. */
const levels = (percent: number, perMinute = 0, n = 24): Level[] =>
  Array.from({ length: n }, (_, i) => {
    const ago = 5 * (n - 1 - i);
    return { at: NOW.mono - ago * MINUTE_MS, dry: percent - perMinute * ago, co2: 450 };
  });

const looked = (percent: number, hoursAgo = 24): CalibrationRow => ({
  ...UNCALIBRATED,
  assessed: { at: NOW.mono - hoursAgo * 60 * MINUTE_MS, percent },
});

const LONG_AIRED = NOW.mono - 30 * MINUTE_MS;
const seen = (percent: number, perMinute?: number, n?: number) => ({
  levels: levels(percent, perMinute, n),
  freshSince: LONG_AIRED as number | null,
});

const offsetAfter = (row: CalibrationRow, what: ReturnType<typeof seen>) =>
  moveBaseline(row, what, NOW).baselineOffset;

describe('O2-2 automatic baseline', () => {
  it('O2-2 goes a step of 0.02 % in a day, up or down, and writes it down', () => {
    const row = moveBaseline(looked(20.7), seen(20.7), NOW);
    expect(row).toMatchObject({ baselineOffset: 0.02, assessed: { at: NOW.mono, percent: 20.7 } });
    expect(row.history).toMatchObject([{ at: NOW.utc, kind: 'baseline', raw: 20.7 }]);
    expect(row.history[0]?.factor).toBeCloseTo(20.72 / 20.7, 9);
    expect(offsetAfter(looked(21.2), seen(21.2))).toBe(-0.02);
  });

  it('O2-2 looks for a day before the first step, and once a day after it', () => {
    const first = moveBaseline(UNCALIBRATED, seen(20.7), NOW);
    expect(first).toMatchObject({ baselineOffset: 0, assessed: { at: NOW.mono, percent: 20.7 } });
    expect(moveBaseline(looked(20.7, 23.9), seen(20.7), NOW).baselineOffset).toBe(0);
  });

  it('O2-2 leaves alone what is right', () => {
    expect(offsetAfter(looked(20.94), seen(20.94))).toBe(0);
    expect(offsetAfter(looked(20.92), seen(20.92))).toBe(0.02);
  });

  it('O2-2 moves 0.5 % at most between two calibrations by hand', () => {
    expect(offsetAfter({ ...looked(20), baselineOffset: 0.49 }, seen(20.49))).toBe(TOTAL_PERCENT);
    const full = { ...looked(20), baselineOffset: TOTAL_PERCENT };
    expect(moveBaseline(full, seen(20.5), NOW).history).toEqual([]);
    expect(offsetAfter({ ...looked(21.9), baselineOffset: -0.5 }, seen(21.4))).toBe(-TOTAL_PERCENT);
  });

  it.each([
    ['CO2 is not known to be low', { ...seen(20.7), freshSince: null }],
    ['CO2 has been low for 29 minutes', { ...seen(20.7), freshSince: NOW.mono - 29 * MINUTE_MS }],
    ['the slope is 0.001 % a minute', seen(20.7, 0.0011)],
    ['it is falling', seen(20.7, -0.0002)],
    ['it is under 20.3 %', seen(20.29)],
    ['it is over 21.5 %', seen(21.51)],
    ['less than an hour is known', seen(20.7, 0, 12)],
    ['nothing is known', seen(20.7, 0, 0)],
  ])('O2-2 never while %s', (_, what) => {
    const row = looked(20.7);
    expect(moveBaseline(row, what, NOW)).toBe(row);
  });

  it('O2-2 never when it has fallen since it was last looked at', () => {
    expect(moveBaseline(looked(20.76), seen(20.7), NOW)).toMatchObject({
      baselineOffset: 0,
      assessed: { percent: 20.7 },
    });
    expect(offsetAfter(looked(20.74), seen(20.7))).toBe(0.02);
  });

  /** Lives through days; what the levels show has the correction in it. */
  function liveDays(days: number, perDay: number, seed: number): number {
    const chance = seeded(seed);
    let row: CalibrationRow = UNCALIBRATED;
    for (let at = 0; at < days * STEP_EVERY_MS; at += 20 * MINUTE_MS) {
      const truth = (mono: number) => 20.95 - (perDay * mono) / STEP_EVERY_MS;
      const shown = Array.from({ length: 24 }, (_, i) => {
        const mono = at - (23 - i) * 5 * MINUTE_MS;
        return { at: mono, dry: truth(mono) + row.baselineOffset + (chance() - 0.5) * 0.06, co2: 450 };
      });
      row = moveBaseline(row, { levels: shown, freshSince: at - 60 * MINUTE_MS }, { mono: at, utc: 0 });
    }
    return row.baselineOffset;
  }

  it.each([1, 2, 3, 4, 5])('O2-2 a real fall of 0.5 %% a day is not absorbed (seed %i)', (seed) => {
    // Two days: from 20.95 to 19.95 %.
    expect(Math.abs(liveDays(2, 0.5, seed))).toBeLessThanOrEqual(STEP_PERCENT);
  });

  it('O2-2 the drift of a cell is', () => {
    const offset = liveDays(20, 0.015, 1);
    expect(offset).toBeGreaterThan(0.15);
    expect(offset).toBeLessThanOrEqual(0.34);
  });
});
