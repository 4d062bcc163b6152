import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Numbers, and not what contacts said: readings of the load and not the smoke that follows them. */
const COUNT = 'select count(*) from reading where series in (select id from series where states = 0)';

const IS_MADE = "select 1 from sqlite_master where name = 'reading'";

/** Numbers that stand in the history of a hub, counted from the side: the hub may run. Null: it keeps no history. */
export function storedReadings(dataFolder: string): number | null {
  const file = join(dataFolder, 'history.db');
  if (!existsSync(file)) return null;
  const db = new Database(file, { readonly: true });
  try {
    // The hub may be about to make it.
    if (db.prepare(IS_MADE).get() === undefined) return null;
    return db.prepare(COUNT).pluck().get() as number;
  } finally {
    db.close();
  }
}
