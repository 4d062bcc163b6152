import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { STORED, type Stored, viewOf } from './pages.ts';
import type { JournalRow } from './schema.ts';

/** Rows from one house time to another, both included, oldest first. */
export type Stretch = (
  from: Millis,
  to: Millis,
  most: number,
) => { readonly rows: readonly JournalRow[]; readonly isMore: boolean };

/** Reads a stretch of the journal. House time never runs backwards along it: where it begins and ends is found by halving. */
export function createStretches(db: Sqlite, nameOrNull: (who: string) => string | null): Stretch {
  // What stands outside of these was written by no hub, and no number holds it.
  const ends = db
    .prepare(`select min(seq), max(seq) from journal where seq between 1 and ${Number.MAX_SAFE_INTEGER}`)
    .raw();
  const next = db.prepare('select seq, mono from journal where seq >= ? order by seq limit 1');
  const between = db.prepare(
    `select ${STORED} from journal where seq >= ? and seq < ? and mono between ? and ? order by seq limit ?`,
  );

  /** Number from which on no row is older than that. */
  function firstAt(mono: Millis): number {
    const [first, last] = ends.get() as [number | null, number | null];
    let low = first ?? 1;
    let high = (last ?? 0) + 1;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      const row = next.get(middle) as { readonly seq: number; readonly mono: number };
      if (row.mono < mono) low = row.seq + 1;
      else high = middle;
    }
    return low;
  }

  return (from, to, most) => {
    const rows = between.all(firstAt(from), firstAt(to + 1), from, to, most + 1) as Stored[];
    return { rows: rows.slice(0, most).map((row) => viewOf(row, nameOrNull)), isMore: rows.length > most };
  };
}
