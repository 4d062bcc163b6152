import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHistory, type History, spawnHistory } from '../src/history/store.ts';
import { HISTORY_MIGRATIONS } from './historyFile.ts';
import { until } from './patience.ts';
import { ensureHub, ROOT } from './repository.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const PROGRAM = pathToFileURL(join(ROOT, 'build/hub/src/history/historyWorker.js'));

let folder: string;
let threads: Worker[];
let said: string[];
const open: History[] = [];

beforeAll(ensureHub, 180_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-thread-'));
  threads = [];
  said = [];
});
afterEach(async () => {
  for (const history of open.splice(0)) await history.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The history with a real thread and a real file. */
function start(): History {
  const spawn = spawnHistory(PROGRAM);
  const history = createHistory({
    file: join(folder, 'history.db'),
    migrations: HISTORY_MIGRATIONS,
    retention: { rawDays: 90, hourlyDays: 3_650 },
    utc: () => NOW,
    say: (event) => void said.push(event),
    spawn(given) {
      const thread = spawn(given);
      threads.push(thread);
      return thread;
    },
    reserveBytes: 0,
  });
  open.push(history);
  return history;
}

function stored(): number[] {
  const db = new Database(join(folder, 'history.db'), { readonly: true });
  try {
    return db.prepare('select v from reading order by t').pluck().all() as number[];
  } finally {
    db.close();
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

test('what was recorded before a question is in its answer', async () => {
  const history = start();
  for (let n = 0; n < 1_000; n++) history.record('e', n, 'ppm', NOW + n);
  const question = { entity: 'e', from: NOW, to: NOW + 1_000, buckets: 1, now: NOW + 1_000 };
  const chart = await history.ask('chart', question);
  expect(chart).toMatchObject({ unit: 'ppm', n: Float64Array.of(1_000), max: Float64Array.of(999) });
  expect(await history.ask('status', {})).toMatchObject({ rows: 1_000 });
});

test('no thread is started before there is something to do, and stopping writes what waits', async () => {
  const history = start();
  expect(threads).toHaveLength(0);
  for (const n of upTo(10)) history.record('e', n, null, NOW + n);
  await history.stop();
  expect(stored()).toEqual(upTo(10));
  expect(() => start().stop()).not.toThrow();
});

test('a thread that is killed in the middle of its work is started again; nothing is lost or there twice', async () => {
  const history = start();
  let n = 0;
  for (let kill = 0; kill < 3; kill++) {
    for (let some = 0; some < 12_000; some++) history.record('e', n, 'ppm', NOW + n++);
    await until('it works', () => threads.length > kill);
    // Somewhere in the middle of opening, writing or answering.
    await new Promise((resolve) => setTimeout(resolve, 40 * kill));
    const question = history.ask('status', {}).catch((error: unknown) => error);
    await threads.at(-1)?.terminate();
    await question;
  }
  await until(
    'all is written',
    async () => (await history.ask('status', {}).catch(() => null))?.rows === n,
    25_000,
  );
  expect(said).toContain('The thread of the history ended. It is started again.');
  expect(history.droppedRows()).toBe(0);
  await history.stop();
  expect(stored()).toEqual(upTo(n));
});

test('recording is cheap where alarms are settled', () => {
  const history = start();
  for (let n = 0; n < 2_000; n++) history.record('e', n, 'ppm', NOW + n);
  const before = process.memoryUsage().arrayBuffers;
  for (let n = 0; n < 300; n++) history.record('e', n, 'ppm', NOW + n);
  // No message and no object each: what grows is one column now and then.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000);
  expect(history.droppedRows()).toBe(0);
});
