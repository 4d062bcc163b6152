import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HistoryFile, type TestReading } from '../../test/historyFile.ts';
import type { ChartPlan } from './chartPlan.ts';
import { HOUR_MS } from './timeKey.ts';

const T0 = Date.UTC(2026, 2, 28, 22);
const HOURS = 12;

let file: HistoryFile;
beforeEach(() => {
  file = new HistoryFile();
});
afterEach(() => file.remove());

const plan = (source: ChartPlan['source'], hours = 1, count = HOURS): ChartPlan => ({
  source,
  t0: T0,
  step: hours * HOUR_MS,
  count,
});

const almost = (column: readonly (number | null)[]) =>
  column.map((value) => (value === null ? null : expect.closeTo(value, 6)));

/** Both sources say the same. States are told to the millisecond in both. */
function expectAgreement(hours: number, entity: string): void {
  const end = T0 + HOURS * HOUR_MS;
  const raw = file.draw(plan('readings', hours, HOURS / hours), end, end, entity);
  const rolled = file.draw(plan('hours', hours, HOURS / hours), end, end, entity);
  expect(rolled).toEqual({ ...raw, avg: almost(raw.avg) });
}

const instant = fc.integer({ min: -2 * HOUR_MS, max: HOURS * HOUR_MS - 1 }).map((ms) => T0 + ms);
const numbers = fc.array(fc.record({ at: instant, value: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }), {
  minLength: 1,
  maxLength: 40,
});
const states = fc.array(fc.record({ at: instant, value: fc.boolean() }), { minLength: 1, maxLength: 40 });

/** Written in several batches, rolled and reopened in between, in whatever order the readings come. */
function history(readings: readonly TestReading[], cuts: readonly number[], nows: readonly number[]): void {
  let from = 0;
  for (const [at, cut] of cuts.entries()) {
    file.record(readings.slice(from, from + cut));
    from += cut;
    file.roll(nows[at] ?? T0);
    if (cut % 3 === 0) file.reopen();
  }
  file.record(readings.slice(from));
}

const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 });
const nows = fc.array(instant, { minLength: 5, maxLength: 5 });

describe('the hourly rows', () => {
  for (const [kind, readings] of [
    ['numbers', numbers],
    ['states', states],
  ] as const) {
    it(`of ${kind} say what the readings say, whenever they were added up, and whatever came late`, () => {
      let run = 0;
      fc.assert(
        fc.property(readings as fc.Arbitrary<TestReading[]>, cuts, nows, (some, parts, times) => {
          const entity = `e${++run}`;
          const all = some.map((reading) => ({ ...reading, entity }));
          history(all, parts, times);
          for (const hours of [1, 3, 12]) expectAgreement(hours, entity);
          file.roll(T0 + 20 * HOUR_MS);
          for (const hours of [1, 3, 12]) expectAgreement(hours, entity);
          expect(file.count('unrolled')).toBe(0);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('are written once an hour, not once a reading', () => {
    for (let at = 0; at < 180; at++) file.record([{ at: T0 + at * 60_000, value: at }]);
    file.roll(T0 + 2 * HOUR_MS);
    expect(file.count('hourly')).toBe(2);
    expect(file.count('unrolled')).toBe(1);
    expect(file.draw(plan('hours', 1, 3)).n).toEqual([60, 60, 60]);
    expect(file.draw(plan('hours', 1, 3)).avg).toEqual([29.5, 89.5, 149.5]);
  });

  it('take in a reading of an hour whose readings are kept no more, once', () => {
    for (let at = 0; at < 60; at++) file.record([{ at: T0 + at * 60_000, value: at }]);
    file.roll(T0 + 2 * HOUR_MS);
    const horizon = { raw: T0 + 3 * HOUR_MS, hourly: 0 };
    expect(file.opened.pruning.pruneSome(horizon, () => true)).toBe(true);
    expect(file.count('reading')).toBe(0);
    file.record([{ at: T0 + 5, value: 1_000 }]);
    expect(file.draw(plan('hours', 1, 1))).toMatchObject({ n: [61], max: [1_000], min: [0] });
    file.roll(T0 + 4 * HOUR_MS);
    file.roll(T0 + 5 * HOUR_MS);
    expect(file.draw(plan('hours', 1, 1))).toMatchObject({ n: [61], max: [1_000], min: [0] });
    expect([file.count('reading'), file.opened.answers.status().rows]).toEqual([0, 0]);
  });

  it('and charts hold a sum that no number can hold', () => {
    const most = Number.MAX_VALUE;
    const values = [most, most, -most, -most, -most, 1, most, most];
    for (const [at, value] of values.entries()) file.record([{ at: T0 + at * 30 * 60_000, value }]);
    file.roll(T0 + 9 * HOUR_MS);
    expect(file.count('unrolled')).toBe(0);
    for (const source of ['readings', 'hours'] as const)
      for (const hours of [1, 4]) {
        const { avg, min, max } = file.draw(plan(source, hours, 4 / hours));
        for (const [at, mean] of avg.entries()) {
          expect(mean).toBeGreaterThanOrEqual(min[at] as number);
          expect(mean).toBeLessThanOrEqual(max[at] as number);
        }
      }
  });

  it('leave out an hour that cannot be added up, say so once, and the others come to their turn', () => {
    file.record(Array.from({ length: 5 }, (_, hour) => ({ at: T0 + hour * HOUR_MS, value: hour })));
    file.opened.db.exec('update reading set v = 9e999 where v < 2');
    file.opened.db.exec(`create trigger fussy before insert on hourly when new.high > 1e308
      begin select raise(abort, 'not this one'); end`);
    file.roll(T0 + 9 * HOUR_MS);
    expect(file.count('unrolled')).toBe(0);
    expect(file.said).toEqual(['An hour of the history cannot be added up. It is left out of long charts.']);
    expect(file.draw(plan('hours', 1, 5)).avg).toEqual([null, null, 2, 3, 4]);
    file.opened.pruning.pruneSome({ raw: T0 + 5 * HOUR_MS, hourly: 0 }, () => true);
    expect(file.count('reading')).toBe(0);
    // An hour that was left out is opened again by the next reading.
    file.record([{ at: T0 + HOUR_MS + 1, value: 7 }]);
    expect(file.count('unrolled')).toBeGreaterThan(0);
  });

  it('of states hold over hours in which nothing is heard, and know a share of time', () => {
    file.record([
      { at: T0 + HOUR_MS / 2, value: true },
      { at: T0 + 3.25 * HOUR_MS, value: false },
    ]);
    file.roll(T0 + 10 * HOUR_MS);
    for (const source of ['readings', 'hours'] as const) {
      const { avg, min, max, n } = file.draw(plan(source, 1, 6), undefined, T0 + 5 * HOUR_MS);
      expect(avg).toEqual([1, 1, 1, 0.25, 0, null]);
      expect(min).toEqual([1, 1, 1, 0, 0, null]);
      expect(max).toEqual([1, 1, 1, 1, 0, null]);
      expect(n).toEqual([1, 0, 0, 1, 0, 0]);
    }
    expect(file.opened.heldAt(1, T0 + 2 * HOUR_MS)).toBe(1);
    expect(file.opened.heldAt(1, T0)).toBe(null);
  });
});
