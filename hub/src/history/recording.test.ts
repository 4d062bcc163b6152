import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HistoryFile } from '../../test/historyFile.ts';
import { HOUR_MS, LATEST_MS, utcOf } from './timeKey.ts';

const T0 = Date.UTC(2026, 9, 25, 0);

let file: HistoryFile;
beforeEach(() => {
  file = new HistoryFile();
});
afterEach(() => file.remove());

const all = (entity = 'e') =>
  (
    file.opened.db
      .prepare('select t, v from reading join series on series.id = series where entity = ? order by t')
      .raw()
      .all(entity) as [number, number][]
  ).map(([t, v]) => [utcOf(t), v]);

describe('readings', () => {
  it('come back as they were, whatever their number, order and moment', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    const reading = fc.record({ at: fc.integer({ min: 0, max: LATEST_MS - 1 }), value });
    let run = 0;
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 50 }), (readings) => {
        const entity = `e${++run}`;
        expect(file.record(readings.map((each) => ({ ...each, entity })))).toBe(0);
        const sorted = readings
          .map(({ at, value }, place) => [at, value, place] as const)
          .sort((a, b) => a[0] - b[0] || a[2] - b[2]);
        // SQLite has one zero.
        expect(all(entity)).toEqual(sorted.map(([at, value]) => [at, value + 0]));
      }),
      { numRuns: 100 },
    );
  });

  it('of one series in one millisecond are all kept, up to 32 in that millisecond itself', () => {
    file.record(Array.from({ length: 40 }, (_, n) => ({ at: T0, value: n })));
    expect(all().map(([, value]) => value)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    expect(all().filter(([at]) => at === T0)).toHaveLength(32);
    file.reopen();
    file.record([{ at: T0, value: 99 }]);
    expect(all()).toHaveLength(41);
  });

  it('that flood one moment without end are dropped and counted', () => {
    const dropped = file.record(Array.from({ length: 4_000 }, (_, n) => ({ at: T0, value: n })));
    expect(dropped).toBe(4_000 - 3_200);
    expect(file.opened.answers.status().rows).toBe(3_200);
  });

  it.each([
    [Number.NaN, 1],
    [-1, 1],
    [LATEST_MS, 1],
    [T0, Number.NaN],
    [T0, Number.POSITIVE_INFINITY],
  ])('at %d with the value %d are no readings', (at, value) => {
    expect(
      file.record([
        { at, value },
        { at: T0, value: 7 },
      ]),
    ).toBe(1);
    expect(all()).toEqual([[T0, 7]]);
  });

  it('go into another series when the unit changes, and the chart shows the one that speaks now', () => {
    file.record([{ at: T0, value: 21 }], '°C');
    file.record([{ at: T0 + 1_000, value: 70 }], '°F');
    file.record([{ at: T0 + 2_000, value: 22 }], '°C');
    const ask = { entity: 'e', from: T0, to: T0 + HOUR_MS, buckets: 1, now: T0 + HOUR_MS };
    expect(file.opened.answers.chart(ask)).toMatchObject({ unit: '°C', n: Float64Array.of(2) });
    const lines = file.opened.answers.csv({ entity: 'e', from: 0, to: LATEST_MS, after: null });
    expect(lines?.text.match(/°C/g)).toHaveLength(2);
    expect(lines?.next).not.toBe(null);
  });
});

describe('a batch', () => {
  it('is written once, however often it is sent', () => {
    const batch = file.batch([{ at: T0, value: 1 }]);
    for (let n = 0; n < 3; n++) expect(file.opened.recording.take('run', batch)).toBe(0);
    expect(all()).toEqual([[T0, 1]]);
    file.reopen();
    const again = { ...file.batch([{ at: T0, value: 1 }]), seq: batch.seq };
    file.opened.recording.take('run', again);
    expect(all()).toHaveLength(1);
    // Another run of the program counts from 1 again.
    file.opened.recording.take('another run', again);
    expect(all()).toHaveLength(2);
  });

  it('that finds no room is taken back whole, and nothing of it is believed', () => {
    file.record([{ at: T0, value: 1 }]);
    const pages = file.opened.db.pragma('page_count', { simple: true }) as number;
    file.opened.db.pragma(`max_page_count = ${pages + 2}`);
    const many = file.batch(
      Array.from({ length: 5_000 }, (_, n) => ({ at: T0 + HOUR_MS + n, value: n / 3 })),
    );
    expect(() => file.opened.recording.take('run', many)).toThrow(/full/);
    expect([file.count('reading'), file.count('unrolled')]).toEqual([1, 1]);
    file.opened.db.pragma('max_page_count = 100000');
    expect(file.opened.recording.take('run', many)).toBe(0);
    expect([file.count('reading'), file.count('unrolled')]).toEqual([5_001, 2]);
    expect(file.opened.answers.status().rows).toBe(5_001);
  });
});

it('100,000 readings are exported piece by piece, each once, in order', () => {
  const count = 100_000;
  file.record(Array.from({ length: count }, (_, n) => ({ at: T0 + n * 60_000, value: n })));
  const lines: string[] = [];
  let pieces = 0;
  let at: ReturnType<typeof file.opened.answers.csv> = null;
  do {
    at = file.opened.answers.csv({ entity: 'e', from: 0, to: LATEST_MS, after: at?.next ?? null });
    lines.push(...(at?.text.split('\r\n').filter((line) => line !== '') ?? []));
    pieces += 1;
  } while (at?.next != null);
  const wanted = (n: number) => `${new Date(T0 + n * 60_000).toISOString()},${n},ppm`;
  expect(lines[0]).toBe('time,value,unit');
  expect(lines.length).toBe(count + 1);
  expect(lines.findIndex((line, n) => n > 0 && line !== wanted(n - 1))).toBe(-1);
  expect(pieces).toBeGreaterThan(30);
});

it('hours, days and buckets are those of UTC, whatever clocks people change', () => {
  // Central Europe puts its clocks back at 01:00 UTC on that day: 25 local hours, and 24 here.
  file.record(Array.from({ length: 24 * 60 }, (_, n) => ({ at: T0 + n * 60_000, value: 1 })));
  file.roll(T0 + 30 * HOUR_MS);
  for (const source of ['readings', 'hours'] as const) {
    expect(file.draw({ source, t0: T0, step: HOUR_MS, count: 24 }).n).toEqual(new Array(24).fill(60));
  }
});
