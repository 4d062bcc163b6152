import { closeSync, openSync, readSync } from 'node:fs';
import { type Foreign, openForeign } from '../io/sqlite.ts';
import { isPlausible, readTime } from './importTime.ts';
import { readValue } from './importValue.ts';
import { RECORDER_TABLES, type RecorderForm, recorderForm, type TableInfo } from './recorderForm.ts';
import { isSmallSchema } from './schemaTree.ts';

/** Most series that a file may hold. The largest homes have some thousand entities. */
export const MAX_SOURCES = 10_000;

/** A file that has more series than any home. */
export class TooManySources extends Error {}

/** One state: `v` null when it is no value. `row` leads to its attributes. */
export type OnState = (source: string, t: number, v: number | null, row: number) => void;

/** One hour of long-term statistics. */
export type OnHour = (source: string, t: number, hour: { mean: number; min: number; max: number }) => void;

/** What a source says about itself. */
export type SourceWords = { readonly name: string | null; readonly unit: string | null };

/**
 * Somebody's recorder database. Nothing in it is trusted: only plain tables are read, no index, trigger, view or
 * function of it runs, no long text is fetched.
 */
export type Recorder = {
  /** @param told how far it is, 0..1, now and then */
  readonly states: (onState: OnState, told: (share: number) => void) => void;
  readonly hours: (onHour: OnHour, told: (share: number) => void) => void;
  /** Name and unit as the state with that row id has them. */
  readonly wordsOfState: (row: number) => SourceWords;
  /** Names and units of all long-term statistics. */
  readonly wordsOfHours: () => ReadonlyMap<string, SourceWords>;
  readonly close: () => void;
};

/**
 * @param now epoch ms UTC: what is much younger cannot be true
 * @returns null: a database, but no recorder
 * @throws SqliteError when it is damaged, here or while it is read
 */
export function openRecorder(file: string, now: number): Recorder | null {
  if (!isSmall(file)) return null;
  const db = openForeign(file);
  try {
    const form = recorderForm(RECORDER_TABLES.flatMap((name) => tableInfo(db, name)));
    if (form !== null) return readerOf(db, form, now);
    db.close();
    return null;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether SQLite may open it: what the schema holds is counted by hand before. */
function isSmall(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    return isSmallSchema((offset, length) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    });
  } finally {
    closeSync(descriptor);
  }
}

function tableInfo(db: Foreign, name: string): TableInfo[] {
  const found = db
    .prepare("select type, rootpage, sql from sqlite_schema where name = ? and type in ('table', 'view')")
    .all(name) as { type: string; rootpage: number; sql: string | null }[];
  const [only] = found;
  if (only === undefined) return [];
  const isPlain =
    found.length === 1 &&
    only.type === 'table' &&
    only.rootpage > 1 &&
    !/without\s+rowid/i.test(String(only.sql).slice(-200));
  const columns = db.prepare('select name, hidden from pragma_table_xinfo(?)').all(name);
  return [{ name, isPlain, columns: columns as { name: string; hidden: number }[] }];
}

/** Between two words about the progress, at which it may rest, rows: some 2 ms of work. */
const TOLD_EVERY = 1_000;

function readerOf(db: Foreign, form: RecorderForm, now: number): Recorder {
  const attributes = form.attributes === null ? null : db.prepare(form.attributes).pluck();
  const statistics = new Map<number, { id: string; words: SourceWords }>();
  for (const [id, name, unit, title] of rowsOf(db, form.statisticsMeta)) {
    if (statistics.size > MAX_SOURCES) throw new TooManySources();
    if (typeof name === 'string')
      statistics.set(Number(id), { id: name, words: { name: textOf(title), unit: textOf(unit) } });
  }

  function scan(sql: string | null, table: string, onRow: (row: unknown[]) => void, told: Told): void {
    if (sql === null) return;
    const last = Number(db.prepare(`select max(rowid) from ${table}`).pluck().get() ?? 0);
    let read = 0;
    for (const row of rowsOf(db, sql)) {
      onRow(row);
      if (++read % TOLD_EVERY === 0) told(Math.min(1, Math.max(0, Number(row[0]) / last)));
    }
  }

  return {
    states(onState, told) {
      const names = entityNames(db, form);
      const onRow = ([row, source, seconds, text, state]: unknown[]) => {
        const name = typeof source === 'number' ? names.get(source) : textOf(source);
        const t = timeOf(seconds, text);
        if (name === undefined || name === null || t === null) return;
        onState(name, t, isPlausible(t, now) ? readValue(String(state ?? '')) : null, Number(row));
      };
      scan(form.states, 'states', onRow, told);
    },
    hours(onHour, told) {
      const onRow = ([, id, seconds, text, ...values]: unknown[]) => {
        const source = statistics.get(Number(id));
        const t = timeOf(seconds, text);
        const hour = hourOf(values);
        if (source !== undefined && t !== null && isPlausible(t, now) && hour !== null)
          onHour(source.id, t, hour);
      };
      scan(form.statistics, 'statistics', onRow, told);
    },
    wordsOfState: (row) => wordsOf(attributes?.get(row)),
    wordsOfHours: () => new Map([...statistics.values()].map(({ id, words }) => [id, words])),
    close: () => db.close(),
  };
}

type Told = (share: number) => void;

function* rowsOf(db: Foreign, sql: string | null): Generator<unknown[]> {
  if (sql === null) return;
  yield* db.prepare(sql).raw().iterate() as IterableIterator<unknown[]>;
}

function entityNames(db: Foreign, form: RecorderForm): Map<number, string> {
  const names = new Map<number, string>();
  for (const [id, name] of rowsOf(db, form.entities)) {
    // Entities that were removed long ago keep their number: far more than have states.
    if (names.size > MAX_SOURCES * 10) throw new TooManySources();
    if (typeof id === 'number' && typeof name === 'string') names.set(id, name);
  }
  return names;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Seconds since 1970 as a number, or the time as text in UTC. */
function timeOf(seconds: unknown, text: unknown): number | null {
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return Math.round(seconds * 1_000);
  return typeof text === 'string' ? readTime(text) : null;
}

/** A measurement has mean, minimum and maximum; a meter has only what it showed at the end of the hour. */
function hourOf([mean, min, max, state]: readonly unknown[]): {
  mean: number;
  min: number;
  max: number;
} | null {
  if (typeof mean === 'number')
    return {
      mean,
      min: typeof min === 'number' ? Math.min(min, mean) : mean,
      max: typeof max === 'number' ? Math.max(max, mean) : mean,
    };
  return typeof state === 'number' ? { mean: state, min: state, max: state } : null;
}

function wordsOf(attributes: unknown): SourceWords {
  const none = { name: null, unit: null };
  if (typeof attributes !== 'string') return none;
  try {
    const said: unknown = JSON.parse(attributes);
    if (typeof said !== 'object' || said === null) return none;
    const own = (key: string) => {
      const value = Object.hasOwn(said, key) ? (said as Record<string, unknown>)[key] : null;
      return textOf(value)?.slice(0, 255) ?? null;
    };
    return { name: own('friendly_name'), unit: own('unit_of_measurement') };
  } catch {
    return none;
  }
}
