import { createHash } from 'node:crypto';
import type { Sqlite } from '../io/sqlite.ts';
import type { Moment } from '../shared/time.ts';
import { type Entry, entryOfStored, type OwnType, ownEntry } from './entry.ts';
import { bytesOf, formOfRow, GENESIS } from './form.ts';
import { FAR_ROWS } from './limits.ts';
import { type Noise, QUIET, takeNoise } from './noise.ts';

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Where the chain ends: the row that was written last. */
export type Head = { readonly seq: number; readonly hash: Uint8Array };

/** Rows that a stranger put where the hub was to write, by their numbers. */
export type Planted = { readonly from: number; readonly to: number };

export type Chain = {
  /** Adds a row, or counts what would be noise. Call it inside `guarded`, in the transaction that saves what the row tells of. */
  append(entry: Entry): void;
  /** Adds a row about the journal itself before the next one. */
  owe(type: OwnType, more: Readonly<Record<string, unknown>>): void;
  /**
   * Somebody says that rows were written up to this number. Where they are gone the numbers go on, so that the gap stays to be seen;
   * a number that no hub gives is told of, and not gone on from.
   * @param hash of that row, when it is known for sure: where no row is left at all, the next one follows on from it
   */
  expect(seq: unknown, hash?: Uint8Array): void;
  /** Runs a transaction; when it throws, nothing of it was written, and the chain ends where it did before. */
  guarded<T>(transaction: () => T): T;
  head(): Head;
  /** What strangers put there while the hub ran. */
  planted(): readonly Planted[];
};

/**
 * The chain of the journal in `safety.db`. Rows that were written before there was a chain are taken into it here, all or none;
 * nothing else is written, so that a full disk keeps no house from starting.
 * @param now of the rows that the journal writes about itself
 */
export function openChain(db: Sqlite, now: () => Moment): Chain {
  const insert = db.prepare(
    `insert into journal (seq, mono, utc, type, who, place, why, json, sealed, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const highest = db.prepare('select max(seq) from journal where seq <= ?').pluck();
  let head: Head = { seq: 0, hash: GENESIS };
  let isEmpty = true;
  let owed: readonly Entry[] = [];
  let noise: Noise = QUIET;
  let planted: readonly Planted[] = [];

  const owe: Chain['owe'] = (type, more) => {
    owed = [...owed, ownEntry(type, more, now())];
  };

  function expect(seq: unknown, hash?: Uint8Array): void {
    if (isEmpty && hash !== undefined) head = { ...head, hash };
    if (typeof seq === 'number' && seq <= head.seq) return;
    const isBelieved = isNear(seq, head.seq);
    const to = typeof seq === 'number' ? seq : null;
    owe('journalCut', { from: head.seq + 1, to, ...(isBelieved ? {} : { isBelieved }) });
    if (isBelieved) head = { ...head, seq };
  }

  /** Asked for each time: a row that a stranger put there must not keep ours out, and is told in the row before ours. */
  function passStrangers(): void {
    const to = (highest.get(head.seq + FAR_ROWS) as number | null) ?? 0;
    if (to <= head.seq) return;
    const between = { from: head.seq + 1, to };
    planted = [...planted, between];
    insertAs(to + 1, ownEntry('journalPlanted', between, now()));
  }

  function write(entry: Entry): void {
    passStrangers();
    insertAs(head.seq + 1, entry);
  }

  function insertAs(seq: number, entry: Entry): void {
    const { mono, utc, type, who, place, why, json, sealed } = entry;
    const hash = hashOf(head.hash, seq, entry);
    insert.run(seq, mono, utc, type, who, place, why, json, sealed, hash);
    head = { seq, hash };
    isEmpty = false;
  }

  function append(entry: Entry): void {
    const before = owed;
    owed = [];
    const taken = takeNoise(noise, entry);
    noise = taken.noise;
    for (const each of [...before, ...taken.rows]) write(each);
  }

  function guarded<T>(transaction: () => T): T {
    const before = { head, owed, noise, planted };
    try {
      return transaction();
    } catch (error) {
      ({ head, owed, noise, planted } = before);
      throw error;
    }
  }

  const chained = db.transaction(() => chainOldRows(db))();
  const last = lastChained(db);
  isEmpty = last === null;
  head = last ?? head;
  if (chained > 0) owe('journalChained', { to: chained });
  expect(highestEver(db));
  expect(lastSigned(db));
  return { append, owe, expect, guarded, head: () => head, planted: () => planted };
}

function hashOf(previous: Uint8Array, seq: number, entry: Entry): Uint8Array {
  const { mono, utc, type, who, place, why, json, sealed } = entry;
  const optional = (text: string | null) => (text === null ? null : bytesOf(text));
  return sha256(
    formOfRow(previous, {
      seq: bytesOf(seq),
      mono: bytesOf(mono),
      utc: bytesOf(utc),
      type: bytesOf(type),
      who: optional(who),
      place: optional(place),
      why: optional(why),
      json: bytesOf(json),
      sealed,
    }),
  );
}

/** Whether a hub that stands at `from` may have given that number. */
export const isNear = (number: unknown, from: number): number is number =>
  Number.isSafeInteger(number) && (number as number) <= from + FAR_ROWS;

/** Highest number with which the oldest row may begin: as many are left for those that follow. */
const HIGHEST_BEGINNING = 2 ** 52;

/** The last row of the chain; null: there is none. What stands far above the others does not belong to it, hash or no hash. */
function lastChained(db: Sqlite): Head | null {
  const firstOf = db.prepare('select min(seq) from journal where hash is not null and seq between 1 and ?');
  const lastUpTo = db.prepare(
    'select seq, hash from journal where hash is not null and seq between ? and ? order by seq desc limit 1',
  );
  let from = (firstOf.pluck().get(HIGHEST_BEGINNING) as number | null) ?? 0;
  for (let last: Head | null = null; ; ) {
    const next = lastUpTo.get(from, from + FAR_ROWS) as Head | undefined;
    if (next === undefined || next.seq === last?.seq) return last;
    last = next;
    from = next.seq;
  }
}

const lastSigned = (db: Sqlite): number =>
  (db.prepare('select max(seq) from journal_checkpoint').pluck().get() as number | null) ?? 0;

/** SQLite itself remembers the highest number that it ever gave. */
const highestEver = (db: Sqlite): unknown =>
  db.prepare("select seq from sqlite_sequence where name = 'journal'").pluck().get() ?? 0;

/**
 * Answers the number of the last row that was written by an earlier Homeward; 0: there is none. Where a row was chained or
 * signed once, one without a hash is no old row.
 */
function chainOldRows(db: Sqlite): number {
  const isChained = db.prepare('select 1 from journal where hash is not null limit 1').get() !== undefined;
  if (isChained || lastSigned(db) > 0) return 0;
  const update = db.prepare('update journal set who = ?, place = ?, why = ?, hash = ? where seq = ?');
  const rows = db.prepare('select seq, mono, utc, type, json from journal order by seq').all() as (Moment & {
    readonly seq: number;
    readonly type: string;
    readonly json: string;
  })[];
  let previous = GENESIS;
  for (const row of rows) {
    const entry = entryOfStored(row);
    previous = hashOf(previous, row.seq, entry);
    update.run(entry.who, entry.place, entry.why, previous, row.seq);
  }
  return rows.at(-1)?.seq ?? 0;
}
