import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/time.ts';
import { NO_CLIMATE } from '../climate.ts';
import type { Calibration } from '../schema.ts';
import { type CalibrationRow, calibrate, isWorn, keep, UNCALIBRATED } from './calibration.ts';

const NOW = { mono: 100 * MINUTE_MS, utc: 1_800_000_000_000 };
const heard = (value: number) => ({ value, at: NOW.mono });
const CLIMATE = { ...NO_CLIMATE, temperature: heard(20), humidity: heard(0), pressure: heard(980) };

/** Points each 20 s, the newest now. */
const points = (raw: number | ((n: number) => number), n = 15) =>
  Array.from({ length: n }, (_, i) => {
    const value = typeof raw === 'number' ? raw : raw(i);
    return { at: NOW.mono - (n - 1 - i) * 20_000, dry: value, raw: value, co2: null };
  });

const asked = (raw: number | ((n: number) => number), n?: number) => ({
  points: points(raw, n),
  climate: CLIMATE,
  by: 'Ana',
});

const made = (factor: number, kind: Calibration['kind'] = 'fresh-air'): Calibration => ({
  at: 0,
  by: 'Ana',
  kind,
  factor,
  raw: 20.95 / factor,
  temperature: 20,
  humidity: 0,
  pressure: null,
});

const rowOf = (first: number, last = first): CalibrationRow => ({
  ...UNCALIBRATED,
  first: made(first),
  last: made(last),
});

describe('O2-1 calibration', () => {
  it('O2-1 makes outdoor air 20.95 % of the dry air, and keeps who, when and in what air', () => {
    const answer = calibrate({ ...UNCALIBRATED, baselineOffset: 0.2 }, asked(20.0), NOW);
    expect(answer).toMatchObject({
      ok: true,
      value: {
        baselineOffset: 0,
        assessed: null,
        last: {
          at: NOW.utc,
          by: 'Ana',
          kind: 'fresh-air',
          raw: 20,
          temperature: 20,
          humidity: 0,
          pressure: 980,
        },
      },
    });
    const row = answer.ok ? answer.value : UNCALIBRATED;
    expect(row.last?.factor).toBeCloseTo(20.95 / 20, 9);
    expect(row.first).toBe(row.last);
    expect(row.history).toEqual([row.last]);
  });

  it('O2-1 takes the water vapour out first', () => {
    const humid = { ...CLIMATE, humidity: heard(90), temperature: heard(35), pressure: null };
    const answer = calibrate(UNCALIBRATED, { ...asked(19.9), climate: humid }, NOW);
    expect(answer.ok && answer.value.last?.factor).toBeCloseTo(1, 2);
    expect(answer.ok && answer.value.last?.pressure).toBeNull();
  });

  it.each([
    [1, 20.95 / 0.849, 'span'],
    [1, 20.95 / 0.851, true],
    [1, 20.95 / 1.149, true],
    [1, 20.95 / 1.151, 'span'],
    [1.2, 20.95 / (1.2 * 1.149), true],
    [1.2, 20.95 / (1.2 * 1.151), 'span'],
  ])('O2-1 span factor after %f: a cell that says %f is %s', (before, raw, wanted) => {
    const answer = calibrate(before === 1 ? UNCALIBRATED : rowOf(before), asked(raw), NOW);
    expect(answer.ok || answer.reason).toBe(wanted);
  });

  it.each([
    [0.701, true],
    [0.699, 'worn-out'],
  ])('O2-1 a cell that gives %f of what it gave at first is %s', (share, wanted) => {
    const answer = calibrate(rowOf(1, 1.4), asked(20.95 * share), NOW);
    expect(answer.ok || answer.reason).toBe(wanted);
  });

  it('refuses what is no calibration', () => {
    const refusal = (said: Parameters<typeof calibrate>[1]) => {
      const answer = calibrate(UNCALIBRATED, said, NOW);
      return answer.ok || answer.reason;
    };
    expect(refusal(asked(20.9, 0))).toBe('too-few');
    expect(refusal(asked(20.9, 11))).toBe('too-few');
    expect(refusal(asked(20.9, 13))).toBe(true);
    expect(refusal({ ...asked(20.9), points: points(20.9, 40).slice(0, -5) })).toBe('too-few');
    expect(refusal(asked((n) => 20.5 + 0.05 * n))).toBe('not-steady');
    expect(refusal(asked((n) => (n === 7 ? 3 : 20.9)))).toBe(true);
    expect(refusal({ ...asked(20.9), climate: { ...CLIMATE, humidity: null } })).toBe('no-climate');
    expect(refusal(asked(0))).toBe('span');
  });
});

describe('O2-3 the cell is to be replaced', () => {
  it.each([
    [1, 1.2, false],
    [1, 1.21, true],
    [1, 0.79, true],
    [1.1, 1.3, false],
  ])('O2-3 span factor %f at first and %f now: %s', (first, last, wanted) => {
    expect(isWorn(rowOf(first, last))).toBe(wanted);
  });

  it('O2-3 cannot be told without a calibration', () => {
    expect(isWorn(UNCALIBRATED)).toBe(false);
    expect(isWorn({ ...rowOf(1), last: null })).toBe(false);
  });
});

describe('history', () => {
  it('keeps the newest of each kind', () => {
    const all = Array.from({ length: 100 }, (_, n) => made(n, n % 2 === 0 ? 'baseline' : 'fresh-air'));
    const kept = keep(all);
    expect(kept.filter(({ kind }) => kind === 'baseline')).toHaveLength(20);
    expect(kept.filter(({ kind }) => kind === 'fresh-air')).toHaveLength(40);
    expect(kept.at(-1)).toBe(all.at(-1));
    expect(kept.map(({ factor }) => factor)).toEqual(
      kept.map(({ factor }) => factor).toSorted((a, b) => a - b),
    );
  });
});
