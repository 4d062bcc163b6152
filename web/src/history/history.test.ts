import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEntity, NOW } from '../../test/unit/houses.ts';
import { aRange, aStateRange } from '../../test/unit/pasts.ts';
import { curveOf, joinedMs, lonely, unheardMs } from './curve.ts';
import { beyondMs, type HistoryLimit } from './limits.ts';
import { withLive } from './live.ts';
import { onCurve, onStretches, onTime } from './onTime.ts';
import { type Picture, valueRange } from './picture.ts';
import { numbersPhrase, onPhrase } from './summary.ts';
import { rowsOf, totalOf } from './totals.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const number = fc.double({ min: -50, max: 5_000, noNaN: true });
const column = fc.array(fc.option(number, { freq: 4 }), { minLength: 1, maxLength: 120 });

describe('the curve', () => {
  it('leaves out what was not heard, and opens only where more than two reports are missing', () => {
    const range = aRange([1, null, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, null, null, null, null, 18]);
    const curve = curveOf(range, NOW, joinedMs(range, MINUTE_MS));
    expect(curve.avg).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, null, 18]);
    expect(curve.x.slice(0, 3)).toEqual([17.5, 15.5, 14.5].map((minutes) => NOW - minutes * MINUTE_MS));
  });

  it.each([
    ['reports rarely', [1, null, null, null, 2, null, null, null, 3, null, null, null, 4], null],
    [
      'reported rarely once, and often now',
      [...Array<number[]>(8).fill([1, Number.NaN, Number.NaN]).flat(), 2, 3],
      10_000,
    ],
  ] as const)('of a sensor that %s is one line', (_, values, reportEveryMs) => {
    const range = aRange(values.map((value) => (Number.isNaN(value) ? null : value)));
    expect(curveOf(range, NOW, joinedMs(range, reportEveryMs)).avg).not.toContain(null);
  });

  it.each([null, 60_000])('of a sensor that fell silent is an open one (interval %s)', (reportEveryMs) => {
    const silent = aRange([...Array<number>(20).fill(5), ...Array<null>(20).fill(null), 6]);
    expect(curveOf(silent, NOW, joinedMs(silent, reportEveryMs)).avg).toContain(null);
  });

  it('goes forward in time, never beyond now, and says every value that was heard', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 0, max: 10 * MINUTE_MS }), (values, joined) => {
        const range = aRange(values);
        const { x, avg, min, max } = curveOf(range, NOW, joined);
        expect(avg.filter((value) => value !== null)).toEqual(values.filter((value) => value !== null));
        expect(x).toEqual(x.toSorted((a, b) => a - b));
        expect(x.every((at) => at <= NOW)).toBe(true);
        expect([min.length, max.length, avg.length]).toEqual([x.length, x.length, x.length]);
      }),
    );
  });

  it('says for how long nothing was heard, at its ends too', () => {
    const range = aRange([null, null, null, null, 1, 1, null, null, null, 1]);
    const curve = curveOf(range, NOW, 2 * MINUTE_MS);
    expect(unheardMs(curve, range.t0, NOW, 2 * MINUTE_MS)).toBe(8.5 * MINUTE_MS);
    expect(unheardMs(curve, range.t0, NOW, HOUR_MS)).toBe(0);
    expect(unheardMs({ x: [], min: [], max: [], avg: [] }, 0, HOUR_MS, MINUTE_MS)).toBe(HOUR_MS);
  });

  it('draws as a dot what no line reaches', () => {
    expect(lonely([1, null, 2, 3, null, 4])).toEqual([0, 5]);
    expect(lonely([null, 5, null])).toEqual([1]);
    expect(lonely([1, 2])).toEqual([]);
  });
});

describe('what is heard while the chart is open', () => {
  it('joins the bucket it falls into, and opens new ones', () => {
    const range = aRange([10, 20]);
    const joined = withLive(range, [
      { at: NOW - 1, value: 50 },
      { at: NOW + 2 * MINUTE_MS, value: 7 },
    ]);
    expect(joined.avg).toEqual([10, 30, null, null, 7]);
    expect(joined.max).toEqual([11, 50, null, null, 7]);
    expect(joined.n).toEqual([2, 3, 0, 0, 1]);
    expect(range.avg).toEqual([10, 20]);
  });

  it('is left out when it is older than the chart, or absurdly late', () => {
    const range = aRange([10, 20]);
    expect(withLive(range, [{ at: NOW - HOUR_MS, value: 1 }])).toBe(range);
    expect(withLive(range, [{ at: NOW + 9e12, value: 1 }])).toBe(range);
  });
});

describe('on and off', () => {
  const minute = (from: number, to: number, share: number) => ({
    from: NOW - from * MINUTE_MS,
    to: NOW - to * MINUTE_MS,
    share,
  });

  it('are one stretch for as long as they hold', () => {
    const range = aStateRange([0, 1, 1, 0, 0], 0);
    expect(onStretches(range, [], NOW)).toEqual([minute(5, 4, 0), minute(4, 2, 1), minute(2, 0, 0)]);
  });

  it('are not known where the hub says nothing, whatever held before', () => {
    expect(onStretches(aStateRange([null, 1], null), [], NOW)).toEqual([minute(1, 0, 1)]);
    expect(onStretches(aStateRange([0.5, null, 1], 0), [], NOW)).toEqual([
      minute(3, 2, 0.5),
      minute(1, 0, 1),
    ]);
  });

  it('go on with what is heard live, from what held when the chart was fetched', () => {
    const live = [
      { at: NOW, value: 1 },
      { at: NOW + MINUTE_MS, value: 0 },
    ];
    const stretches = onStretches(aStateRange([0, 0.5], 0), live, NOW + 3 * MINUTE_MS);
    expect(stretches).toEqual([minute(2, 1, 0), minute(1, 0, 0.5), minute(0, -1, 1), minute(-1, -3, 0)]);
    expect(onTime(stretches, NOW - 2 * MINUTE_MS, NOW + 9 * MINUTE_MS)).toEqual({
      onMs: 1.5 * MINUTE_MS,
      knownMs: 5 * MINUTE_MS,
    });
  });

  it('never overlap, never pass now, and their curve stays within them', () => {
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 60 }), fc.constantFrom(0, 1, null), (shares, before) => {
        const stretches = onStretches(aStateRange(shares, before), [], NOW - 30_000);
        for (const [place, { from, to }] of stretches.entries()) {
          expect(from).toBeGreaterThanOrEqual(stretches[place - 1]?.to ?? 0);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(NOW - 30_000);
        }
        const { x } = onCurve(stretches, MINUTE_MS);
        expect(x.every((at) => stretches.some(({ from, to }) => at > from && at < to))).toBe(true);
      }),
    );
  });
});

describe('totals', () => {
  it('of all rows come to the total of the chart', () => {
    fc.assert(
      fc.property(column, (values) => {
        const range = aRange(values, { step: 10 * MINUTE_MS });
        const shown = { from: range.t0, to: NOW };
        const all = totalOf(range, [], shown);
        const rows = rowsOf(range, [], shown, NOW);
        expect(rows.length).toBeLessThanOrEqual(33);
        expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(all.n);
        const lowest = rows.flatMap(({ min }) => (min === null ? [] : [min]));
        expect(lowest.length === 0 ? null : Math.min(...lowest)).toBe(all.min);
      }),
    );
  });

  it('weigh a bucket by its readings', () => {
    const range = aRange([10, 40], { n: [3, 1] });
    expect(totalOf(range, [], { from: range.t0, to: NOW })).toMatchObject({
      avg: 17.5,
      min: 9,
      max: 41,
      n: 4,
    });
  });

  it('are said in a sentence', () => {
    const when = { key: 'history.last.day' };
    const range = aRange([480, 1_320]);
    const total = totalOf(range, [], { from: range.t0, to: NOW });
    expect(numbersPhrase(when, total, anEntity())).toEqual({
      key: 'history.sum.numbers',
      with: { when, range: '\u2066479–1,321\u00a0ppm\u2069', mean: '\u2066900\u00a0ppm\u2069' },
    });
    const empty = totalOf(aRange([null]), [], { from: 0, to: NOW });
    expect(numbersPhrase(when, empty, anEntity()).key).toBe('history.sum.nothing');
    const door = anEntity({ quantity: 'door', unit: null });
    const stretches = onStretches(aStateRange([1, 0, 0, 0], 0), [], NOW);
    const open = totalOf(aStateRange([1, 0, 0, 0], 0), stretches, { from: NOW - HOUR_MS, to: NOW });
    expect(onPhrase(when, open, door)).toMatchObject({
      key: 'history.sum.on',
      with: { word: { key: 'yesNo.open' }, span: { key: 'span.min', n: 1 }, share: '\u206625\u00a0%\u2069' },
    });
    expect(onPhrase(when, { ...open, onMs: 0 }, door).key).toBe('history.sum.never');
    expect(onPhrase(when, { ...open, knownMs: 0 }, door).key).toBe('history.sum.nothing');
  });
});

describe('limits', () => {
  const over: HistoryLimit = { level: 'check', value: 1_000, side: 'over' };

  it('count the time beyond them, and no gap', () => {
    const range = aRange([900, 1_100, 1_200, 900, ...Array<null>(30).fill(null), 1_300]);
    const curve = curveOf(range, NOW, 5 * MINUTE_MS);
    expect(beyondMs(curve, over)).toBe(2 * MINUTE_MS);
    expect(beyondMs(curve, { ...over, side: 'under' })).toBe(MINUTE_MS);
  });

  it('are always on the picture, as all values are, and a trembling sensor makes no mountains', () => {
    const picture = (
      values: readonly (number | null)[],
      limits: readonly HistoryLimit[],
      digits = 0,
    ): Picture => ({
      shown: { from: 0, to: NOW },
      curve: curveOf(aRange(values), NOW, HOUR_MS),
      on: null,
      limits,
      last: null,
      digits,
      lamp: false,
      language: 'en',
      words: { on: '', off: '', check: '', warning: '', alarm: '' },
    });
    fc.assert(
      fc.property(column, number, (values, limit) => {
        const shown = picture(values, [{ ...over, value: limit }]);
        const [from, to] = valueRange(shown);
        for (const value of [...shown.curve.min, ...shown.curve.max, limit])
          if (value !== null && (value >= 0 || from < 0)) {
            expect(value).toBeGreaterThanOrEqual(from);
            expect(value).toBeLessThanOrEqual(to);
          }
      }),
    );
    const [from, to] = valueRange(picture([20.8, 20.9], [], 1));
    expect(to - from).toBeGreaterThan(1);
    expect(valueRange(picture([1, 2], []))[0]).toBe(0);
  });
});
