import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HistoryFile } from '../../test/historyFile.ts';
import type { ChartPlan } from './chartPlan.ts';
import { HOUR_MS, LATEST_MS } from './timeKey.ts';
import { createWaiting } from './waiting.ts';

const T0 = Date.UTC(2026, 9, 1);
const SOURCES = ['readings', 'hours'] as const;

let file: HistoryFile;
beforeEach(() => {
  file = new HistoryFile();
});
afterEach(() => file.remove());

const plan = (source: ChartPlan['source'], count: number): ChartPlan => ({
  source,
  t0: T0,
  step: HOUR_MS,
  count,
});
const at = (hours: number) => T0 + hours * HOUR_MS;

it('a state that ended is not known until the next reading, before and after hours were added up', () => {
  file.record([{ at: at(0), value: true }]);
  file.end(at(1.5));
  file.record([{ at: at(4.75), value: false }]);
  for (const isRolled of [false, true]) {
    if (isRolled) file.roll(at(9));
    for (const source of SOURCES) {
      const { avg, min, n } = file.draw(plan(source, 7), undefined, at(6));
      expect(avg).toEqual([1, 1, null, null, 0, 0, null]);
      expect(min).toEqual([1, 1, null, null, 0, 0, null]);
      expect(n).toEqual([1, 0, 0, 0, 1, 0, 0]);
    }
    expect([1.4, 1.6, 4, 5].map((hour) => file.opened.heldAt(1, at(hour)))).toEqual([1, null, null, 0]);
  }
  file.opened.pruning.pruneSome({ raw: at(9), hourly: 0 }, () => true);
  expect(file.count('reading')).toBe(0);
  expect([4, 5].map((hour) => file.opened.heldAt(1, at(hour)))).toEqual([null, 0]);
  expect(file.draw(plan('hours', 7), undefined, at(6)).avg).toEqual([1, 1, null, null, 0, 0, null]);
  expect(file.opened.answers.status().rows).toBe(0);
});

it('readings and ends say the same from both sources, in whatever order they come', () => {
  const event = fc.record({ ms: fc.nat(8 * HOUR_MS - 1), what: fc.constantFrom(true, false, null) });
  let run = 0;
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 25 }), fc.nat(25), (events, cut) => {
      const entity = `e${++run}`;
      for (const [n, { ms, what }] of events.entries()) {
        if (n === cut) file.roll(at(5));
        if (what === null) file.end(T0 + ms, entity);
        else file.record([{ at: T0 + ms, value: what, entity }]);
      }
      const raw = file.draw(plan('readings', 8), undefined, at(8), entity);
      file.roll(at(20));
      const rolled = file.draw(plan('hours', 8), undefined, at(8), entity);
      const almost = raw.avg.map((share) => (share === null ? null : expect.closeTo(share, 6)));
      expect(rolled).toEqual({ ...raw, avg: almost });
    }),
    { numRuns: 60 },
  );
});

it('another run of the hub knows nothing of the time since the last one heard anything', () => {
  file.record([
    { at: at(0), value: true, entity: 'contact' },
    { at: at(0), value: 5, entity: 'meter' },
    { at: at(2), value: 6, entity: 'meter' },
  ]);
  file.reopen();
  file.record([{ at: at(300), value: 7, entity: 'meter' }], 'ppm', 'next run');
  file.record([{ at: at(301), value: 8, entity: 'meter' }], 'ppm', 'next run');
  for (const source of SOURCES) {
    const { avg } = file.draw(plan(source, 5), undefined, at(400), 'contact');
    expect([avg.slice(0, 2), avg.slice(3)]).toEqual([
      [1, 1],
      [null, null],
    ]);
  }
  expect(file.opened.heldAt(1, at(300))).toBe(null);
  expect(file.draw(plan('readings', 3), undefined, at(400), 'meter').n).toEqual([1, 0, 1]);
  // Once: not again with the next run, when nothing was heard of it.
  const rows = file.count('reading');
  file.reopen();
  file.record([{ at: at(500), value: 7, entity: 'meter' }], 'ppm', 'third run');
  expect(file.count('reading')).toBe(rows + 1);
  const lines = file.opened.answers.csv({ entity: 'contact', from: 0, to: LATEST_MS, after: null });
  expect(lines?.text.trim().split('\r\n')).toHaveLength(2);
});

it('only what is on or off ends, and only once it was heard', () => {
  const waiting = createWaiting();
  waiting.add('contact', true, null, 1);
  waiting.add('meter', 5, null, 1);
  for (const entity of ['contact', 'meter', 'stranger']) expect(waiting.end(entity, 2)).toBe(true);
  expect([...(waiting.cut()?.values ?? [])]).toEqual([1, 5, -1]);
  // Back, and its last word stands: once, and not where it spoke itself.
  for (const utc of [3, 4]) waiting.resume('contact', true, utc);
  waiting.end('contact', 5);
  waiting.add('contact', false, null, 6);
  for (const entity of ['contact', 'meter', 'stranger']) waiting.resume(entity, true, 7);
  expect([...(waiting.cut()?.values ?? [])]).toEqual([1, -1, 0]);
});
