import { type Sqlite, unwaited } from '../io/sqlite.ts';
import { saved } from './saved.ts';
import type { Tries, TriesStore } from './throttle.ts';

/**
 * The tries to log in, in `safety.db`. They come as fast as anybody asks, so nobody waits for the disk: no end of the program forgives
 * anybody, and a power cut only what was tried since the last commit, 50 ms before it at most.
 */
export function createTriesStore(db: Sqlite): TriesStore {
  const all = db.prepare(
    'select key, points, expire_utc as until from login_try where expire_utc is not null',
  );
  const put = db.prepare(
    `insert into login_try (key, points, expire_utc) values (@key, @points, @until)
     on conflict (key) do update set points = excluded.points, expire_utc = excluded.expire_utc`,
  );
  const drop = db.prepare('delete from login_try where key = @key');
  const save = db.transaction((changed: readonly Tries[]) => {
    for (const { key, points, until } of changed) {
      if (points > 0) put.run({ key, points, until });
      else drop.run({ key });
    }
  });
  return {
    tries: () => all.all() as Tries[],
    saveTries: (changed) => saved(() => unwaited(db, () => save(changed))),
  };
}
