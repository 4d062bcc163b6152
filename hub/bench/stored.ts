import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Numbers, and not what contacts said: readings of the load and not the smoke that follows them. */
const COUNT = 'select count(*) from reading where series in (select id from series where states = 0)';

/** Numbers that stand in the history of a hub, counted from the side: the hub may run. Null: it keeps no history. */
export function storedReadings(dataFolder: string): number | null {
  const file = join(dataFolder, 'history.db');
  if (!existsSync(file)) return null;
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(COUNT).pluck().get() as number;
  } finally {
    db.close();
  }
}
