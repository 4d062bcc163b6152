import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HISTORY_MIGRATIONS } from '../../test/historyFile.ts';
import { createKeeper } from './keeperWorker.ts';
import type { Batch, ChartAnswer, FileStatus, FromWorker, WorkerStart } from './messages.ts';
import { HOUR_MS } from './timeKey.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 24 * HOUR_MS;
const NAMES = [{ slot: 0, entity: 'e', unit: 'ppm', states: false }];

let folder: string;
let file: string;
let told: FromWorker[];
let mono: number;
const open: { close(): void }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-keeper-'));
  file = join(folder, 'history.db');
  told = [];
  mono = 0;
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(more: Partial<WorkerStart> = {}) {
  const keeper = createKeeper(
    {
      file,
      migrations: HISTORY_MIGRATIONS,
      reserveBytes: 0,
      run: 'run',
      retention: { rawDays: 90, hourlyDays: 3_650 },
      ...more,
    },
    { tell: (message) => void told.push(message), steady: () => mono },
  );
  open.push(keeper);
  return keeper;
}
type Keeper = ReturnType<typeof start>;

const batch = (seq: number, times: readonly number[]): Batch => ({
  seq,
  slots: new Uint32Array(times.length),
  times: Float64Array.from(times),
  values: Float64Array.from(times, (_, at) => at),
});
const record = (keeper: Keeper, seq: number, times: readonly number[] = [NOW + seq], now = NOW) =>
  keeper.handle({ do: 'record', batch: batch(seq, times), names: NAMES, now });
function ask<A>(keeper: Keeper, name: 'chart' | 'status', question: object = {}): A | undefined {
  keeper.handle({ do: 'ask', id: 1, name, question });
  const last = told.at(-1);
  return last?.is === 'answer' ? (last.answer as A) : undefined;
}
const statusOf = (keeper: Keeper) => ask<FileStatus>(keeper, 'status');
const kinds = () => told.map((message) => ('seq' in message ? `${message.is} ${message.seq}` : message.is));
const events = () => told.flatMap((message) => (message.is === 'said' ? [message.event] : []));
const tidy = (keeper: Keeper) => {
  while (!keeper.upkeep(() => true)) {}
};
const aside = () => readdirSync(folder).filter((name) => /damaged-[^-]+-\d+-\d+T[\d-]+Z$/.test(name));

it('writes and answers', () => {
  const keeper = start();
  record(keeper, 1, [NOW - 3, NOW - 2]);
  expect(kinds()).toEqual(['taken 1']);
  expect(statusOf(keeper)).toMatchObject({ rows: 2, oldest: NOW - 3 });
  expect(
    ask<ChartAnswer | null>(keeper, 'chart', { entity: 'nobody', from: 0, to: 1, buckets: 1, now: NOW }),
  ).toBe(null);
});

it('on a disk with too little room left writes nothing, says so once, and keeps the order', () => {
  const full = start({ reserveBytes: Number.MAX_SAFE_INTEGER });
  record(full, 1);
  record(full, 2);
  record(full, 1);
  expect(kinds()).toEqual(['pause', 'said', 'refused 1', 'refused 1']);
  expect(events()).toEqual(['The disk is full: the history is not recorded. Alarms go on.']);
  expect(existsSync(file)).toBe(false);
});

describe('a damaged file', () => {
  it.each([
    ['no database at all', () => writeFileSync(file, 'x'.repeat(8_192))],
    [
      'another program’s',
      () => new Database(file).exec('create table a (b); pragma user_version = 1').close(),
    ],
    [
      'torn',
      () => {
        const keeper = start();
        record(
          keeper,
          1,
          Array.from({ length: 20_000 }, (_, n) => NOW - n * 1_000),
        );
        keeper.close();
        const bytes = Buffer.alloc(400_000, 0xa5);
        const db = openSync(file, 'r+');
        writeSync(db, bytes, 0, bytes.length, 8_192);
        closeSync(db);
      },
    ],
  ])('%s is moved aside, and a new one begun', (_, damage) => {
    damage();
    told = [];
    const keeper = start({ run: 'next' });
    record(keeper, 1);
    expect(kinds()).toContain('taken 1');
    expect(events()).toEqual(['The history was damaged. It was moved aside and a new one begun.']);
    expect(aside()).toHaveLength(1);
    expect(statusOf(keeper)?.rows).toBe(1);
  });

  it('is kept for rescue, but only the last two', () => {
    for (const name of ['2026-01-01T00-00-00-000Z', '2026-02-01T00-00-00-000Z', '2026-03-01T00-00-00-000Z']) {
      writeFileSync(`${file}.damaged-${name}`, name);
      writeFileSync(`${file}.damaged-${name}-wal`, name);
    }
    writeFileSync(file, 'x'.repeat(8_192));
    record(start(), 1);
    expect(aside()).toHaveLength(2);
    expect(aside()[0]).toContain('2026-03-01');
    expect(readdirSync(folder).filter((name) => name.endsWith('Z-wal'))).toHaveLength(1);
  });

  it('that cannot be moved is a pause, and tried again', () => {
    mkdirSync(file);
    const keeper = start();
    record(keeper, 1);
    expect(kinds()).toEqual(['pause', 'said', 'refused 1']);
    keeper.handle({ do: 'ask', id: 7, name: 'status', question: {} });
    expect(told.at(-1)).toMatchObject({ is: 'noAnswer', id: 7, isBug: false });
    rmSync(file, { recursive: true });
    record(keeper, 1);
    expect(kinds().slice(-1)).toEqual(['taken 1']);
  });
});

it('a batch that meets a bug is given up and counted: the next one must not wait for ever', () => {
  const keeper = start();
  record(keeper, 1);
  const bad = { ...batch(2, [NOW]), times: null as unknown as Float64Array };
  keeper.handle({ do: 'record', batch: bad, names: [], now: NOW });
  expect(told.at(-1)).toEqual({ is: 'taken', seq: 2, dropped: 1 });
  expect(events()).toEqual(['Readings could not be written.']);
  record(keeper, 3);
  expect(statusOf(keeper)?.rows).toBe(2);
});

it('a file of a newer Homeward is left as it is, in plain words', () => {
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
  const copy = join(folder, 'copy');
  copyFileSync(file, copy);
  const keeper = start();
  record(keeper, 1);
  expect(told).toContainEqual({ is: 'pause', why: 'newer' });
  expect(events()[0]).toContain('newer Homeward');
  expect(aside()).toEqual([]);
  expect(new Database(file).pragma('user_version', { simple: true })).toBe(999);
});

describe('what is too old', () => {
  const times = Array.from({ length: 10 * 24 * 4 }, (_, n) => NOW - 10 * DAY + n * 900_000);

  it('goes, the hourly values stay, and a chart shows them', () => {
    const keeper = start();
    record(keeper, 1, times);
    tidy(keeper);
    const question = { entity: 'e', from: NOW - 10 * DAY, to: NOW, buckets: 240, now: NOW };
    const before = ask<ChartAnswer>(keeper, 'chart', { ...question, buckets: 240 });
    keeper.handle({ do: 'keep', retention: { rawDays: 2, hourlyDays: 30 }, now: NOW });
    tidy(keeper);
    expect(statusOf(keeper)).toMatchObject({ rows: 2 * 24 * 4, oldest: NOW - 2 * DAY });
    const after = ask<ChartAnswer>(keeper, 'chart', question);
    expect([...(after?.n ?? [])]).toEqual([...(before?.n ?? [])]);
    keeper.handle({ do: 'keep', retention: { rawDays: 1, hourlyDays: 1 }, now: NOW });
    tidy(keeper);
    expect([...(ask<ChartAnswer>(keeper, 'chart', question)?.n ?? [])].filter((n) => n > 0)).toHaveLength(24);
  });

  it('is not judged by a clock that leapt ahead', () => {
    const keeper = start();
    record(keeper, 1, times);
    tidy(keeper);
    const far = NOW + 4_000 * DAY;
    record(keeper, 2, [far], far);
    tidy(keeper);
    mono += DAY - 1;
    record(keeper, 3, [far + 1], far);
    tidy(keeper);
    expect(statusOf(keeper)?.rows).toBe(times.length + 2);
    record(keeper, 4, [NOW], NOW);
    mono += DAY;
    tidy(keeper);
    expect(statusOf(keeper)?.rows).toBe(times.length + 3);
  });

  it('is not judged by a clock that stands far ahead when the program starts', () => {
    const before = start();
    record(before, 1, times);
    tidy(before);
    before.close();
    const far = NOW + 4_000 * DAY;
    const keeper = start({ run: 'next' });
    record(keeper, 1, [far], far);
    tidy(keeper);
    expect(statusOf(keeper)?.rows).toBe(times.length + 1);
    mono += DAY;
    tidy(keeper);
    expect(statusOf(keeper)?.rows).toBe(1);
  });

  it('goes piece by piece: what comes in meanwhile never waits for all of it', () => {
    const keeper = start();
    record(
      keeper,
      1,
      Array.from({ length: 20_000 }, (_, n) => NOW - 100 * DAY + n * 1_000),
    );
    record(keeper, 2, [NOW]);
    let pieces = 0;
    while (!keeper.upkeep(() => false)) {
      pieces += 1;
      record(keeper, 2 + pieces, [NOW + pieces]);
      expect(told.at(-1)).toMatchObject({ is: 'taken' });
    }
    expect(pieces).toBeGreaterThan(10);
    expect(statusOf(keeper)?.rows).toBe(1 + pieces);
  });
});
