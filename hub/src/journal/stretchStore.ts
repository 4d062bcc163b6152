import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { SLICE_ROWS } from './limits.ts';
import { STORED, type Stored, viewOf } from './pages.ts';
import type { JournalRow } from './schema.ts';

/** What of a stretch is told. */
export type StretchRows = { readonly rows: readonly JournalRow[]; readonly isMore: boolean };

/** Rows from one house time to another, both included, oldest first. `isGone`: whoever asked has left. */
export type Stretch = (from: Millis, to: Millis, most: number, isGone: () => boolean) => Promise<StretchRows>;

export type StretchPorts = {
  readonly nameOrNull: (who: string) => string | null;
  /** Lets go of the main thread between two looks. */
  readonly pause: () => Promise<void>;
};

/** Reads a stretch of the journal, so many rows at a time that nobody waits for it. House time never runs backwards along it: where it begins and ends is found by halving. */
export function createStretches(db: Sqlite, { nameOrNull, pause }: StretchPorts): Stretch {
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

  return async (from, to, most, isGone) => {
    const found: JournalRow[] = [];
    const above = firstAt(to + 1);
    for (let next = firstAt(from); found.length <= most && !isGone(); ) {
      const wanted = Math.min(SLICE_ROWS, most + 1 - found.length);
      const rows = between.all(next, above, from, to, wanted) as Stored[];
      found.push(...rows.map((row) => viewOf(row, nameOrNull)));
      const last = rows.at(-1);
      if (last === undefined || rows.length < wanted) break;
      next = last.seq + 1;
      await pause();
    }
    return { rows: found.slice(0, most), isMore: found.length > most };
  };
}
