import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as soon } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHistoryFile } from './fileWorker.ts';
import { ImportDesk } from './importDesk.ts';
import { createImportFiles, type ImportFiles } from './importFiles.ts';
import { type ImportJob, runImportJob } from './importJobWorker.ts';
import type { Failed } from './importPlan.ts';
import { createOpened, type Opened } from './openedWorker.ts';
import type { HistoryImport } from './schema.ts';

const ID = '01234567-89ab-cdef-0123-456789abcdef';
const NOW = Date.UTC(2026, 10, 1);
const T = Date.UTC(2026, 9, 1);

/** A desk with real files and a real history; only the threads are left out, so that each step can be looked at. */
class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeward-desk-'));
  readonly uploads = join(this.folder, 'imports');
  readonly files: ImportFiles;
  readonly desk: ImportDesk;
  readonly history: Opened;
  readonly reported: unknown[] = [];
  /** What the journal is told. */
  readonly ended: unknown[] = [];
  reserveBytes = 0;
  /** What the history is asked passes here. */
  onAsk: (word: string) => void = () => {};

  constructor(maxBytes = 1e6) {
    this.files = createImportFiles(this.uploads, maxBytes, 0);
    const file = join(this.folder, 'history.db');
    this.history = createOpened(openHistoryFile(file, join('hub', 'migrations', 'history')), file);
    this.desk = this.#newDesk();
  }

  async bring(text: string, name = 'cellar.csv'): Promise<HistoryImport> {
    const id = this.files.newId();
    this.desk.announce(id, name);
    await this.files.receive(id, name, Readable.from([Buffer.from(text)]));
    return this.desk.received(id);
  }

  /** Lets it work until that import has left a state. */
  async after(state: HistoryImport['state'], id: string): Promise<HistoryImport> {
    for (let turns = 0; turns < 10_000 && this.desk.get(id).state === state; turns++) await soon();
    return this.desk.get(id);
  }

  values(): unknown[] {
    return this.history.db
      .prepare('select entity, v from reading join series on id = series order by t')
      .raw()
      .all();
  }

  close(): void {
    this.history.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #newDesk(): ImportDesk {
    const run = async <A extends object>(job: ImportJob, pick: 'found' | 'staged'): Promise<A | Failed> => {
      await soon();
      const answer = runImportJob(job, () => {});
      return (answer.is === 'failed' ? answer : (answer as Record<string, unknown>)[pick]) as A | Failed;
    };
    const job = (id: string, name: string) => ({ file: this.files.paths(id).upload, name, now: NOW });
    return new ImportDesk({
      look: (id, name) => ({
        answer: run({ ...job(id, name), stage: null }, 'found'),
        stop: () => {},
      }),
      stage: (id, name, plan) => {
        const stage = { file: this.files.paths(id).staged, plan, reserveBytes: 0 };
        return { answer: run({ ...job(id, name), stage }, 'staged'), stop: () => {} };
      },
      merge: async (id, word) => {
        await soon();
        this.onAsk(word.do);
        const { staged } = this.files.paths(id);
        const { reserveBytes } = this;
        if (word.do === 'go') return this.history.answers.merge({ do: 'go', staged, reserveBytes, now: NOW });
        return this.history.answers.merge(word.do === 'undo' ? { do: 'undo' } : { do: 'begin', id });
      },
      pause: async () => {
        await soon();
      },
      begun: this.files.begun,
      takenIn: this.files.takenIn,
      remove: this.files.remove,
      targets: () => [
        { id: 'b.t', uniqueId: 'cellar', key: 't', deviceName: 'Board', name: null, unit: '°C' },
      ],
      target: (entity) =>
        entity === 'b.t'
          ? {
              unit: '°C',
              states: false,
              conversionFrom: (unit) => (unit === 'furlong' ? null : { factor: 1, offset: 0 }),
            }
          : null,
      report: (error) => void this.reported.push(error),
      ended: ({ fileName, rows, failure }) => void this.ended.push([fileName, rows, failure]),
    });
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => {
  expect(bench.reported).toEqual([]);
  bench.close();
});

const csv = (rows: number, unit = '°C') =>
  `time,value,unit\n${Array.from({ length: rows }, (_, n) => `${T + n * 60_000},${n % 50},${unit}\n`).join('')}`;

test('a file is looked through, matched, taken in and forgotten', async () => {
  const brought = await bench.bring(csv(300));
  expect(brought).toMatchObject({ state: 'reading', progress: 0, kind: null, sources: [] });
  const { id } = brought;
  expect(statSync(bench.files.paths(id).upload).mode & 0o777).toBe(0o600);
  const ready = await bench.after('reading', id);
  expect(ready).toMatchObject({ state: 'ready', progress: 1, kind: 'csv', fileName: 'cellar.csv' });
  expect(ready.sources).toEqual([
    { source: 'cellar', name: null, unit: '°C', rows: 300, from: T, to: T + 299 * 60_000, match: 'b.t' },
  ]);
  expect(bench.desk.start(id, { cellar: 'b.t' })).toMatchObject({ state: 'importing', progress: 0 });
  const done = await bench.after('importing', id);
  expect(done).toMatchObject({ state: 'done', progress: 1, rows: 300, doubles: 0, failure: null });
  expect(bench.values()).toHaveLength(300);
  expect(bench.ended).toEqual([['cellar.csv', 300, null]]);
  expect(readdirSync(bench.uploads)).toEqual([]);
  bench.desk.cancel(id);
  expect(bench.desk.list()).toEqual([]);
});

test('a broken file is said with its line, and leaves nothing', async () => {
  const { id } = await bench.bring(`${csv(2)}oops\n`);
  expect(await bench.after('reading', id)).toMatchObject({
    state: 'failed',
    failure: 'bad-row',
    failedLine: 4,
  });
  // Nobody asked for it to be taken in: that is nothing that happened to the history.
  expect(bench.ended).toEqual([]);
  expect(readdirSync(bench.uploads)).toEqual([]);
  expect(() => bench.desk.start(id, { cellar: 'b.t' })).toThrow(
    expect.objectContaining({ code: 'import-not-ready' }),
  );
});

test.each([
  [{}, 'map'],
  [{ attic: 'b.t' }, 'map.attic'],
  [{ constructor: 'b.t' }, 'map.constructor'],
  [{ cellar: 'b.unheard_of' }, 'map.cellar'],
])('a plan that cannot be is refused and named: %j', async (map, detail) => {
  const { id } = await bench.bring(csv(2));
  await bench.after('reading', id);
  const refusal = { code: 'bad-request', more: { detail } };
  expect(() => bench.desk.start(id, map)).toThrow(expect.objectContaining(refusal));
  expect(bench.desk.get(id).state).toBe('ready');
});

test('a unit that nobody knows goes nowhere', async () => {
  const { id } = await bench.bring(csv(2, 'furlong'));
  await bench.after('reading', id);
  expect(() => bench.desk.start(id, { cellar: 'b.t' })).toThrow(
    expect.objectContaining({ code: 'bad-request' }),
  );
});

test('two are taken in one after the other', async () => {
  const [one, two] = [await bench.bring(csv(400)), await bench.bring(csv(500))];
  await bench.after('reading', two.id);
  bench.desk.start(one.id, { cellar: 'b.t' });
  bench.desk.start(two.id, { cellar: 'b.t' });
  await bench.after('importing', two.id);
  expect(bench.desk.get(one.id)).toMatchObject({ state: 'done', rows: 400, doubles: 0 });
  expect(bench.desk.get(two.id)).toMatchObject({ state: 'done', rows: 100, doubles: 400 });
});

test('what is being taken in is noted beside it, and with how many readings it stays, for the next start to tell', async () => {
  const { id } = await bench.bring(csv(20_000));
  await bench.after('reading', id);
  const noted = new Set<string>();
  bench.onAsk = () => void noted.add(readFileSync(join(bench.uploads, `${id}.stand`), 'utf8'));
  bench.desk.start(id, { cellar: 'b.t' });
  expect(await bench.after('importing', id)).toMatchObject({ state: 'done' });
  expect([...noted]).toEqual(['{"name":"cellar.csv","rows":null}', '{"name":"cellar.csv","rows":20000}']);
  expect(readdirSync(bench.uploads)).toEqual([]);
});

test.each([
  ['{"name":"cellar.csv","rows":null}', { left: [{ id: ID, name: 'a.csv' }], rows: null }],
  ['{"name":"cellar.csv","rows":7}', { left: [], rows: 7 }],
])('a start finds what was cut off: %s', (stand, { left, rows }) => {
  mkdirSync(bench.uploads, { recursive: true });
  writeFileSync(join(bench.uploads, `${ID}.name`), '"a.csv"');
  writeFileSync(join(bench.uploads, `${ID}.stand`), stand);
  const cutOff = [{ id: ID, name: 'cellar.csv', rows }];
  expect(bench.files.clear()).toEqual({ left, cutOff });
  expect(bench.files.clear()).toEqual({ left: [], cutOff: [] });
});

test('an import of which the end could not be told is not begun', async () => {
  const { id } = await bench.bring(csv(2));
  await bench.after('reading', id);
  mkdirSync(join(bench.uploads, `${id}.stand`));
  expect(() => bench.desk.start(id, { cellar: 'b.t' })).toThrow(
    expect.objectContaining({ code: 'not-saved' }),
  );
  expect(bench.desk.get(id).state).toBe('ready');
});

test('called off in the middle, nothing of it is left, and it says so', async () => {
  const { id } = await bench.bring(csv(20_000));
  await bench.after('reading', id);
  bench.onAsk = (word) => {
    if (word === 'go') bench.desk.cancel(id);
  };
  bench.desk.start(id, { cellar: 'b.t' });
  expect(await bench.after('importing', id)).toMatchObject({ state: 'failed', failure: 'cancelled' });
  expect(bench.ended).toEqual([['cellar.csv', 0, 'cancelled']]);
  expect(bench.values()).toEqual([]);
  expect(readdirSync(bench.uploads)).toEqual([]);
});

test('a disk that fills up in the middle takes all of it back; what was recorded live stays', async () => {
  const { id } = await bench.bring(csv(20_000));
  await bench.after('reading', id);
  let pieces = 0;
  bench.onAsk = (word) => {
    if (word !== 'go') return;
    pieces += 1;
    const { recording, series } = bench.history;
    if (pieces === 1) recording.record(series.open('b.t', '°C', false).id, T + 30_000, 7);
    if (pieces === 2) bench.reserveBytes = 2 ** 60;
  };
  bench.desk.start(id, { cellar: 'b.t' });
  expect(await bench.after('importing', id)).toMatchObject({ state: 'failed', failure: 'disk-full' });
  expect(bench.values()).toEqual([['b.t', 7]]);
});

test('a history that does not answer for a while is asked again', async () => {
  const { id } = await bench.bring(csv(3_000));
  await bench.after('reading', id);
  let asked = 0;
  bench.onAsk = () => {
    asked += 1;
    if (asked < 5 || asked === 6) throw new Error('not now');
  };
  bench.desk.start(id, { cellar: 'b.t' });
  expect(await bench.after('importing', id)).toMatchObject({ state: 'done', rows: 3_000 });
});

test('one that never answers again ends it', async () => {
  const { id } = await bench.bring(csv(30));
  await bench.after('reading', id);
  bench.onAsk = () => {
    throw new Error('never');
  };
  bench.desk.start(id, { cellar: 'b.t' });
  expect(await bench.after('importing', id)).toMatchObject({ state: 'failed', failure: 'damaged' });
});

test('no more than five wait at a time; one that was forgotten makes room', async () => {
  const brought: HistoryImport[] = [];
  for (let n = 0; n < 5; n++) brought.push(await bench.bring(csv(1)));
  await expect(bench.bring(csv(1))).rejects.toMatchObject({ code: 'import-not-ready' });
  bench.desk.cancel(brought[0]?.id ?? '');
  expect((await bench.bring(csv(1))).state).toBe('reading');
});

test('a file larger than may be is cut off, and nothing of it is left', async () => {
  bench.close();
  bench = new Bench(1_000);
  await expect(bench.bring(csv(500))).rejects.toMatchObject({ failure: 'too-large' });
  const [only] = bench.desk.list();
  bench.desk.lost(only?.id ?? '', 'too-large');
  expect(bench.desk.list()).toMatchObject([{ state: 'failed', failure: 'too-large' }]);
  expect(readdirSync(bench.uploads)).toEqual([]);
});

test('whoever goes away in the middle of an upload leaves nothing', async () => {
  const id = bench.files.newId();
  const broken = new Readable({ read() {} });
  broken.push(Buffer.from(csv(10)));
  const received = bench.files.receive(id, 'cellar.csv', broken);
  broken.destroy(new Error('gone'));
  await expect(received).rejects.toThrow('gone');
  expect(readdirSync(bench.uploads)).toEqual([]);
});

test('what the last run of the program left is removed, and told once', async () => {
  await bench.bring(csv(3), 'half.csv');
  const left = createImportFiles(bench.uploads, 1e6, 0);
  expect(left.clear()).toMatchObject({ left: [{ name: 'half.csv' }], cutOff: [] });
  expect(existsSync(bench.uploads)).toBe(false);
  expect(left.clear()).toEqual({ left: [], cutOff: [] });
  bench.desk.remember([{ id: 'x', name: 'half.csv' }]);
  expect(bench.desk.get('x')).toMatchObject({ state: 'failed', failure: 'hub-restarted' });
});
