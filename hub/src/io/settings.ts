import type { Sqlite } from './sqlite.ts';

/** Single values that last: the hub's own id, what the owner chose. */
export function createSettings(db: Sqlite) {
  const read = db.prepare('select json from setting where key = ?');
  const write = db.prepare(
    'insert into setting (key, json) values (?, ?) on conflict (key) do update set json = excluded.json',
  );
  return {
    /** The value under that key; when there is none, `make()` is stored and answered. */
    getOrMake<T>(key: string, make: () => T): T {
      const row = read.get(key) as { json: string } | undefined;
      if (row !== undefined) return JSON.parse(row.json) as T;
      const value = make();
      write.run(key, JSON.stringify(value));
      return value;
    },
    /** @throws when the disk says no */
    set(key: string, value: unknown): void {
      write.run(key, JSON.stringify(value));
    },
  };
}
