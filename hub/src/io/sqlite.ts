import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type Sqlite = Database.Database;

/** For data that must not be lost, nor be found again once it was deleted. */
const SAFE = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'secure_delete = ON',
  'busy_timeout = 2000',
];

/**
 * Runs a transaction that waits for no disk, in a database for data that must not be lost. It outlives this program, however that ends.
 * Of a power cut it is safe as soon as any later commit waited; what a power cut takes is always the end of what was written, so
 * nothing that follows from it stays without it. For what only spares somebody a step, and comes so often that the disk would be kept
 * busy. Source: sqlite.org/pragma.html#pragma_synchronous, sqlite.org/wal.html.
 */
export function unwaited<T>(db: Sqlite, transaction: () => T): T {
  // In the middle of another transaction it is that one which waits.
  if (db.inTransaction) return transaction();
  db.pragma('synchronous = NORMAL');
  try {
    return transaction();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/** The file was written by a version of the program that knew more than this one. */
export class NewerData extends Error {}

/**
 * Opens a database and brings it to the newest form.
 * @param file path, or ":memory:"
 * @param migrations folder of `NNNN-name.sql`, each run once, in order, in one transaction of its own
 * @param pragmas set in this order before anything else. Default: for data that must not be lost
 * @throws when the file is no database, when a migration fails, or `NewerData`
 */
export function openDatabase(file: string, migrations: string, pragmas: readonly string[] = SAFE): Sqlite {
  const db = new Database(file);
  try {
    for (const pragma of pragmas) db.pragma(pragma);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Takes a lock that lasts until it is given back or this process ends, however it ends: the system lets go of it, and
 * nothing has to be cleaned up. Writes nothing, so that it can be had on a full disk. No part of this process may open
 * the file otherwise: closing it would let go of the lock.
 * @returns how to give it back; null: another process, or another part of this one, has it
 */
export function lockFile(file: string): (() => void) | null {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('begin exclusive');
    return () => void db.close();
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}

/** What SQLite says when the disk, or what it is read through, fails; by how the code begins. Source: sqlite.org/rescode.html. */
const OF_THE_DISK =
  /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|NOMEM|CANTOPEN|PROTOCOL|INTERRUPT|PERM|AUTH)(_|$)/;

/** Whether nothing at all can be written just now, whatever it is; else it was this one statement. */
export const isDiskFailure = (error: unknown): boolean =>
  error instanceof Database.SqliteError && OF_THE_DISK.test(error.code);

/** A database of which nothing is known. */
export type Foreign = Pick<Sqlite, 'prepare' | 'close'>;

/**
 * Opens a database that somebody else made, to be read only and trusted in nothing: what its schema calls for (views,
 * generated columns, indexes over expressions) may run no function that does more than compute.
 * @throws when it is none
 */
export function openForeign(file: string): Foreign {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    db.pragma('cache_size = -8192');
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens a new database that is worth nothing until it is whole: fast, and lost with the power.
 * @throws when the file is there already
 */
export function openScratch(file: string): Sqlite {
  closeSync(openSync(file, 'wx', 0o600));
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('cache_size = -16384');
  return db;
}

function migrate(db: Sqlite, folder: string): void {
  const steps = readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort();
  const done = db.pragma('user_version', { simple: true }) as number;
  if (done > steps.length) {
    throw new NewerData(
      `The data was written by a newer Homeward (version ${done}; this one knows ${steps.length}). ` +
        'Install the newer one, or use another data folder.',
    );
  }
  for (let at = done; at < steps.length; at++) {
    const sql = readFileSync(join(folder, steps[at] as string), 'utf8');
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${at + 1}`);
    })();
  }
}
