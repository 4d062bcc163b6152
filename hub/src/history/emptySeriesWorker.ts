import type { Sqlite } from '../io/sqlite.ts';

/** Series that are looked at in one transaction: some 2 ms of work. */
const SERIES_AT_ONCE = 250;

/**
 * Forgets series of which nothing is kept any more: their entity said nothing for as long as hourly values are kept. One
 * that comes back gets a series again.
 * @param forgotten told of each, once it is gone: its number may be given to another
 */
export function createEmptySeries(db: Sqlite, forgotten: (id: number) => void) {
  const some = db
    .prepare(
      `select id, not exists (select 1 from reading where series = id)
         and not exists (select 1 from hourly where series = id)
         and not exists (select 1 from unrolled where series = id)
       from series where id > ? order by id limit ${SERIES_AT_ONCE}`,
    )
    .raw();
  const drop = db.prepare('delete from series where id = ?');
  /** Looked through up to this one. */
  let after = 0;

  const dropEmpty = db.transaction((): { last: number | null; gone: readonly number[] } => {
    const seen = some.all(after) as [id: number, isEmpty: number][];
    const gone = seen.filter(([, isEmpty]) => isEmpty === 1).map(([id]) => id);
    for (const id of gone) drop.run(id);
    return { last: seen.length < SERIES_AT_ONCE ? null : (seen.at(-1)?.[0] ?? null), gone };
  });

  return {
    /**
     * Looks through them for as long as `mayGoOn` says, and goes on there the next time. Never while an import is open.
     * @returns whether all were looked at
     */
    forgetSome(mayGoOn: () => boolean): boolean {
      do {
        const { last, gone } = dropEmpty();
        gone.forEach(forgotten);
        after = last ?? 0;
        if (last === null) return true;
      } while (mayGoOn());
      return false;
    },
  };
}
