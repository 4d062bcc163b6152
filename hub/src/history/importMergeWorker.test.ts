import { existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHistoryFile } from './fileWorker.ts';
import type { MergeAnswer, MergeQuestion, PlannedSeries } from './importPlan.ts';
import { createStage } from './importStageWorker.ts';
import { createOpened, type Opened } from './openedWorker.ts';
import { HOUR_MS } from './timeKey.ts';

const T0 = Date.UTC(2026, 9, 1);
const NOW = T0 + 10 * 24 * HOUR_MS;
const SAME = { factor: 1, offset: 0 };

let folder: string;
let count = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-merge-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);

function openHistory(name = `history-${++count}.db`): Opened {
  return createOpened(openHistoryFile(path(name), join('hub', 'migrations', 'history')), path(name));
}

type Reading = { entity: string; t: number; v: number };
type Hour = { entity: string; t: number; low: number; mean: number; high: number };

const isStates = (entity: string) => entity.startsWith('switch');
const planned = (entity: string): PlannedSeries => ({
  entity,
  unit: isStates(entity) ? '' : '°C',
  states: isStates(entity),
  conversion: SAME,
  ofHours: SAME,
});

/** Lays readings ready; answers the file. */
function stage(readings: readonly Reading[], hours: readonly Hour[] = []): string {
  const file = path(`staged-${++count}`);
  const entities = [...readings, ...hours].map(({ entity }) => entity);
  const laid = createStage(file, new Map(entities.map((entity) => [entity, planned(entity)])), 0);
  for (const { entity, t, v } of readings) laid.reading(entity, t, v);
  for (const { entity, t, ...hour } of hours) laid.hour(entity, t, hour);
  laid.finish();
  return file;
}

const go = (staged: string): MergeQuestion => ({ do: 'go', staged, reserveBytes: 0, now: NOW });

function finish(history: Opened, staged: string): MergeAnswer {
  for (;;) {
    const answer = history.answers.merge(go(staged));
    if (answer.phase === 'done' || answer.phase === 'none') return answer;
  }
}

function takeIn(history: Opened, staged: string): MergeAnswer {
  history.answers.merge({ do: 'begin', id: staged });
  return finish(history, staged);
}

/** Records readings as if they had come live. */
function live(history: Opened, readings: readonly Reading[]): void {
  history.db.transaction(() => {
    for (const { entity, t, v } of readings) {
      const { unit, states } = planned(entity);
      if (history.recording.record(history.series.open(entity, unit, states).id, t, v))
        history.recording.count(1);
    }
  })();
}

function tidy(history: Opened): void {
  while (!history.rollups.rollSome(NOW, () => true));
}

/** Everything that a person could see. */
function contents({ db }: Opened) {
  const all = (sql: string) => db.prepare(sql).raw().all();
  return {
    readings: all('select entity, unit, t, v from reading join series on id = series order by 1, 2, 3'),
    hours: all(
      'select entity, hour, n, low, high, total, last from hourly join series on id = series order by 1, 2',
    ),
    unrolled: all('select entity, hour from unrolled join series on id = series order by 1, 2'),
    rows: all('select rows from stand'),
    notes: all('select count(*) from import_reading union all select count(*) from import_hour'),
  };
}

const entity = fc.constantFrom('sensor.a', 'switch.b');
const reading = fc
  .record({ entity, t: fc.integer({ min: 0, max: 2_000 }), on: fc.boolean() })
  .map(({ entity, t, on }) => ({ entity, t: T0 + t * 9_000, v: on ? 1 : 0 }));
/** No two of them alike: what is there already is a double. */
const readings = fc.uniqueArray(reading, {
  maxLength: 60,
  selector: ({ entity, t }) => `${entity} ${t}`,
});

test('what is imported is as if it had been recorded live, beside what was', () => {
  fc.assert(
    fc.property(readings, fc.nat(60), (all, cut) => {
      const [before, brought] = [all.slice(0, cut), all.slice(cut)];
      const [imported, recorded] = [openHistory(), openHistory()];
      live(imported, before);
      tidy(imported);
      const answer = takeIn(imported, stage(brought));
      expect(answer).toMatchObject({ phase: 'done', rows: brought.length, doubles: 0 });
      live(recorded, all);
      tidy(recorded);
      expect(contents(imported)).toEqual(contents(recorded));
      imported.close();
      recorded.close();
    }),
    { numRuns: 40 },
  );
});

test('taken back at any point, it leaves no trace', () => {
  fc.assert(
    fc.property(readings, readings, fc.nat(3), (before, brought, pieces) => {
      const history = openHistory();
      live(history, before);
      tidy(history);
      const was = contents(history);
      const hours = [{ entity: 'sensor.a', t: T0 - 5 * HOUR_MS, low: 1, mean: 2, high: 3 }];
      const staged = stage(brought, hours);
      history.answers.merge({ do: 'begin', id: 'x' });
      let { phase } = history.answers.merge({ do: 'state' });
      for (let piece = 0; piece < pieces && phase !== 'rolling'; piece++)
        ({ phase } = history.answers.merge(go(staged)));
      if (phase !== 'rolling') {
        history.answers.merge({ do: 'undo' });
        expect(finish(history, staged).phase).toBe('none');
        tidy(history);
        expect(contents(history)).toEqual(was);
      }
      history.close();
    }),
    { numRuns: 40 },
  );
});

test('the same file once more brings nothing new', () => {
  const history = openHistory();
  const brought = Array.from({ length: 700 }, (_, n) => ({
    entity: 'sensor.a',
    t: T0 + n * 60_000,
    v: n % 7,
  }));
  const staged = stage(brought);
  expect(takeIn(history, staged)).toMatchObject({ rows: 700, doubles: 0 });
  const was = contents(history);
  expect(takeIn(history, staged)).toMatchObject({ rows: 0, doubles: 700 });
  expect(contents(history)).toEqual(was);
  history.close();
});

test('readings of one millisecond are all kept, but for the same value', () => {
  const history = openHistory();
  const at = (v: number) => ({ entity: 'sensor.a', t: T0, v });
  live(history, [at(1), at(2)]);
  expect(takeIn(history, stage([at(2), at(3), at(4)]))).toMatchObject({ rows: 2, doubles: 1 });
  expect(contents(history).readings.map((row) => (row as unknown[])[3])).toEqual([1, 2, 3, 4]);
  history.close();
});

test('an hour of statistics stands only where no reading is known', () => {
  const history = openHistory();
  live(history, [{ entity: 'sensor.a', t: T0 + 5, v: 7 }]);
  const hour = (n: number) => ({ entity: 'sensor.a', t: T0 + n * HOUR_MS, low: 1, mean: 2, high: 3 });
  const brought = [{ entity: 'sensor.a', t: T0 + HOUR_MS, v: 9 }];
  const staged = stage(brought, [hour(0), hour(1), hour(2)]);
  expect(takeIn(history, staged)).toMatchObject({ rows: 2, doubles: 2 });
  const hours = contents(history).hours as unknown[][];
  expect(hours.map((row) => row.slice(2))).toEqual([
    [1, 7, 7, 7, null],
    [1, 9, 9, 9, null],
    [1, 1, 3, 2, null],
  ]);
  history.close();
});

test('of an hour of which only the sum is left nothing is taken in twice, of an older one the sum is made', () => {
  const history = openHistory();
  const known = { entity: 'sensor.a', t: T0, v: 5 };
  live(history, [known]);
  tidy(history);
  const horizon = T0 + 100 * HOUR_MS;
  while (!history.pruning.pruneSome({ raw: horizon, hourly: 0 }, () => true));
  const older = { entity: 'sensor.a', t: T0 - HOUR_MS, v: 4 };
  expect(takeIn(history, stage([known, older]))).toMatchObject({ rows: 1, doubles: 1 });
  const { readings: left, hours } = contents(history);
  expect(left).toEqual([]);
  expect((hours as unknown[][]).map((row) => row.slice(2, 6))).toEqual([
    [1, 4, 4, 4],
    [1, 5, 5, 5],
  ]);
  history.close();
});

test('what was cut off in the middle is taken back by itself once the history is opened again', () => {
  const brought = Array.from({ length: 20_000 }, (_, n) => ({ entity: 'sensor.a', t: T0 + n, v: n }));
  const staged = stage(brought);
  let history = openHistory('broken.db');
  history.answers.merge({ do: 'begin', id: 'x' });
  expect(history.answers.merge(go(staged))).toMatchObject({ phase: 'readings' });
  expect(contents(history).readings.length).toBeGreaterThan(0);
  expect(history.imports.upkeep(NOW)).toBe('rest');
  history.close();
  rmSync(staged);
  history = openHistory('broken.db');
  expect(history.answers.merge({ do: 'state' })).toMatchObject({ id: 'x', phase: 'readings' });
  while (history.imports.upkeep(NOW) === 'again');
  expect(history.imports.upkeep(NOW)).toBe('free');
  expect(history.answers.merge({ do: 'state' })).toMatchObject({ id: 'x', phase: 'none' });
  expect(contents(history)).toMatchObject({ readings: [], hours: [], rows: [[0]], notes: [[0], [0]] });
  history.close();
});

/** SQLite itself says that the disk is full, as soon as anything is noted of the import. */
function fill({ db }: Opened): void {
  db.exec(`create table ballast (b);
    create trigger heavy before insert on import_run begin insert into ballast values (zeroblob(1000000)); end`);
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
}

test('cut off, and the disk full after the next start: it waits for room and nothing is taken for damage', () => {
  const staged = stage(Array.from({ length: 20_000 }, (_, n) => ({ entity: 'sensor.a', t: T0 + n, v: n })));
  let history = openHistory('full.db');
  live(history, [{ entity: 'sensor.a', t: T0 - 1, v: 7 }]);
  history.answers.merge({ do: 'begin', id: 'x' });
  history.answers.merge(go(staged));
  history.close();
  history = openHistory('full.db');
  fill(history);
  for (let round = 0; round < 3; round++) expect(history.imports.upkeep(NOW)).toBe('rest');
  expect(history.answers.merge({ do: 'state' })).toMatchObject({ phase: 'readings' });
  history.close();
  history = openHistory('full.db');
  // Its limit went with the connection: there is room again.
  while (history.imports.upkeep(NOW) === 'again');
  expect(history.imports.upkeep(NOW)).toBe('free');
  expect(contents(history)).toMatchObject({ rows: [[1]], notes: [[0], [0]] });
  history.close();
});

test.each([
  ['is gone', (staged: string) => rmSync(staged)],
  ['is junk', (staged: string) => writeFileSync(staged, Buffer.alloc(50_000, 0xa5))],
  ['is cut off', (staged: string) => truncateSync(staged, statSync(staged).size / 2)],
  ['is empty', (staged: string) => writeFileSync(staged, '')],
  [
    'names other series',
    (staged: string) => {
      const db = new Database(staged);
      db.exec('update series set id = 7');
      db.close();
    },
  ],
] as const)('what was laid ready %s: the import fails, the history stays', (_how, spoil) => {
  const staged = stage(Array.from({ length: 20_000 }, (_, n) => ({ entity: 'sensor.a', t: T0 + n, v: n })));
  let history = openHistory('spoiled.db');
  live(history, [{ entity: 'sensor.b', t: T0, v: 7 }]);
  tidy(history);
  const was = contents(history);
  history.answers.merge({ do: 'begin', id: 'x' });
  expect(history.answers.merge(go(staged)).phase).toBe('readings');
  history.close();
  spoil(staged);
  history = openHistory('spoiled.db');
  expect(finish(history, staged)).toMatchObject({ id: 'x', phase: 'none' });
  tidy(history);
  expect(contents(history)).toEqual(was);
  expect(history.imports.upkeep(NOW)).toBe('free');
  history.close();
});

test('one that is gone before the first row is not made anew', () => {
  const history = openHistory();
  history.answers.merge({ do: 'begin', id: 'x' });
  expect(finish(history, path('never')).phase).toBe('none');
  expect(existsSync(path('never'))).toBe(false);
  history.close();
});

test('one that is whole is not taken back any more', () => {
  const history = openHistory();
  const staged = stage([{ entity: 'sensor.a', t: T0, v: 1 }]);
  takeIn(history, staged);
  expect(history.answers.merge({ do: 'undo' }).phase).toBe('done');
  expect(contents(history).rows).toEqual([[1]]);
  history.close();
});

test('another import does not begin before the first has come to its end', () => {
  const history = openHistory();
  history.answers.merge({ do: 'begin', id: 'first' });
  expect(history.answers.merge({ do: 'begin', id: 'second' }).id).toBe('first');
  history.close();
});

test('a disk without room stops it before anything is written', () => {
  const history = openHistory();
  const staged = stage([{ entity: 'sensor.a', t: T0, v: 1 }]);
  history.answers.merge({ do: 'begin', id: 'x' });
  const answer = history.answers.merge({ do: 'go', staged, reserveBytes: 2 ** 60, now: NOW });
  expect(answer).toMatchObject({ phase: 'readings', rows: 0, isFull: true });
  expect(contents(history).readings).toEqual([]);
  history.close();
});

test('states go into the series of on and off that is there, whatever its unit was called', () => {
  const history = openHistory();
  const { id } = history.series.open('switch.b', 'ppm', true);
  takeIn(history, stage([{ entity: 'switch.b', t: T0, v: 1 }]));
  expect(history.db.prepare('select series from reading').pluck().all()).toEqual([id]);
  history.close();
});
