import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Readings that stand in the history of a hub, counted from the side: the hub may run. Null: it keeps no history. */
export function storedReadings(dataFolder: string): number | null {
  const file = join(dataFolder, 'history.db');
  if (!existsSync(file)) return null;
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare('select count(*) from reading').pluck().get() as number;
  } finally {
    db.close();
  }
}
