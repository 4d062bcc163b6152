import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import type { Horizon } from './retention.ts';
import type { SeriesTable } from './seriesWorker.ts';
import { HOUR_MS, KEYS_PER_MS } from './timeKey.ts';

/** Rows that are deleted in one transaction: some 5 ms of work. */
const ROWS_AT_ONCE = 2_000;

/** Pages that are given back to the disk at once. */
const PAGES_AT_ONCE = 200;

/** Empty pages that stay in the file, as a share of all: new readings need them soon. */
const SPARE_SHARE = 0.05;

/** Deletes what is too old, series by series, in pieces that hold nobody up. */
export function createPruning(db: Sqlite, series: SeriesTable) {
  const edge = db
    .prepare('select t from reading where series = ? and t < ? order by t limit 1 offset ?')
    .pluck();
  const drop = db.prepare('delete from reading where series = ? and t < ?');
  const hourEdge = db
    .prepare('select hour from hourly where series = ? and hour < ? order by hour limit 1 offset ?')
    .pluck();
  const dropHours = db.prepare('delete from hourly where series = ? and hour < ?');
  const firstUnrolled = db.prepare('select 1 from unrolled where hour < ? limit 1').pluck();
  const readKept = db.prepare('select pruned_before from stand').pluck();
  const writeKept = db.prepare('update stand set pruned_before = ? where pruned_before < ?');
  const readTrusted = db.prepare('select trusted from stand').pluck();
  const writeTrusted = db.prepare('update stand set trusted = @utc where abs(trusted - @utc) >= @hour');
  const dropRows = db.prepare('update stand set rows = rows - ?');
  const isOld = db
    .prepare(
      'select exists (select 1 from reading where series = @id and t < @key) or exists (select 1 from hourly where series = @id and hour < @hour)',
    )
    .pluck();

  /** Answers whether that was all. */
  const dropReadings = db.transaction((id: number, before: number): boolean => {
    const end = edge.get(id, before, ROWS_AT_ONCE) as number | undefined;
    dropRows.run(drop.run(id, end ?? before).changes);
    return end === undefined;
  });

  const dropRollups = db.transaction((id: number, before: number): boolean => {
    const end = hourEdge.get(id, before, ROWS_AT_ONCE) as number | undefined;
    dropHours.run(id, end ?? before);
    return end === undefined;
  });

  const isTooOld = (id: number, { raw, hourly }: Horizon): boolean =>
    isOld.get({ id, key: raw * KEYS_PER_MS, hour: hourly / HOUR_MS }) === 1;

  /** Answers whether nothing of it is too old any more. */
  function pruneSeries(id: number, { raw, hourly }: Horizon, mayGoOn: () => boolean): boolean {
    const [key, hour] = [raw * KEYS_PER_MS, hourly / HOUR_MS];
    while (!dropReadings(id, key)) if (!mayGoOn()) return false;
    while (!dropRollups(id, hour)) if (!mayGoOn()) return false;
    return true;
  }

  return {
    /** Where the clock stood when it was last believed, epoch ms; 0: never. */
    trusted: (): Millis => readTrusted.get() as number,
    /** Remembers that, to the hour. */
    trust: (utc: Millis): void => void writeTrusted.run({ utc, hour: HOUR_MS }),
    /**
     * Deletes what lies before the horizon, for as long as `mayGoOn` says. Hours that are not added up yet are left
     * for the next time: what they held would be lost.
     * @returns whether nothing is left to delete
     */
    pruneSome(horizon: Horizon, mayGoOn: () => boolean): boolean {
      if (firstUnrolled.get(horizon.raw / HOUR_MS) !== undefined) return true;
      if ((readKept.get() as number) < horizon.raw) writeKept.run(horizon.raw, horizon.raw);
      const old = series.all().filter(({ id }) => isTooOld(id, horizon));
      return old.every(({ id }) => pruneSeries(id, horizon, mayGoOn) && mayGoOn());
    },
    /** Gives empty pages back to the disk, some at a time. Answers whether enough was given. */
    shrinkSome(): boolean {
      const free = db.pragma('freelist_count', { simple: true }) as number;
      const pages = db.pragma('page_count', { simple: true }) as number;
      const surplus = Math.floor(free - pages * SPARE_SHARE);
      if (surplus < PAGES_AT_ONCE) return true;
      db.pragma(`incremental_vacuum(${PAGES_AT_ONCE})`);
      return surplus < 2 * PAGES_AT_ONCE;
    },
  };
}
