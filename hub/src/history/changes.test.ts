import { afterEach, beforeEach, expect, it } from 'vitest';
import { HistoryFile } from '../../test/historyFile.ts';

const T0 = Date.UTC(2026, 9, 1);

let file: HistoryFile;
beforeEach(() => {
  file = new HistoryFile();
});
afterEach(() => file.remove());

const ask = (from: number, to: number, most = 9) =>
  file.opened.answers.changes({ entity: 'e', from: T0 + from, to: T0 + to, most });
const tell = (...told: [at: number, value: boolean][]) =>
  file.record(told.map(([at, value]) => ({ at: T0 + at, value })));

it('tells when it went on and off, to the millisecond, and not that it was said again', () => {
  tell([0, false], [10, true], [20, true], [31, false], [40, false], [55, true]);
  expect(ask(5, 50)).toEqual({ before: 0, times: [T0 + 10, T0 + 31], values: [1, 0], isWhole: true });
  expect(ask(10, 31)).toEqual({ before: 0, times: [T0 + 10], values: [1], isWhole: true });
  expect(ask(-9, 5)).toEqual({ before: null, times: [T0], values: [0], isWhole: true });
});

it('says from when on it is not known', () => {
  tell([0, true]);
  file.end(T0 + 10);
  tell([30, true]);
  expect(ask(5, 50)).toEqual({ before: 1, times: [T0 + 10, T0 + 30], values: [null, 1], isWhole: true });
  expect(ask(15, 50)?.before).toBeNull();
});

it('says when there were more changes than were asked for', () => {
  tell([1, true], [2, false], [3, true]);
  expect(ask(0, 9, 2)).toEqual({ before: null, times: [T0 + 1, T0 + 2], values: [1, 0], isWhole: false });
  expect(ask(0, 9, 3)?.isWhole).toBe(true);
});

it('says when no readings are kept any more of that time', () => {
  tell([1, true]);
  file.roll(T0 + 9 * 3_600_000);
  file.opened.pruning.pruneSome({ raw: T0 + 9 * 3_600_000, hourly: 0 }, () => true);
  expect(ask(0, 9)).toEqual({ before: null, times: [], values: [], isWhole: false });
});

it('has no answer for numbers, nor for what nobody knows', () => {
  file.record([{ at: T0, value: 7, entity: 'n' }]);
  expect(file.opened.answers.changes({ entity: 'n', from: T0, to: T0 + 1, most: 1 })).toBeNull();
  expect(ask(0, 1)).toBeNull();
});
