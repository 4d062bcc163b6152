import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type Sqlite = Database.Database;

/**
 * Opens a database and brings it to the newest form.
 * @param file path, or ":memory:"
 * @param migrations folder of `NNNN-name.sql`, each run once, in order, in one transaction of its own
 * @throws when the file is no database, when it was written by a newer Homeward, or when a migration fails
 */
export function openDatabase(file: string, migrations: string): Sqlite {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    db.pragma('busy_timeout = 2000');
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

function migrate(db: Sqlite, folder: string): void {
  const steps = readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort();
  const done = db.pragma('user_version', { simple: true }) as number;
  if (done > steps.length) {
    throw new Error(
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
