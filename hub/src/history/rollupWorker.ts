import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import type { HourSummary, Hours } from './hourWorker.ts';
import type { OpenHours } from './recordWorker.ts';
import type { Series, SeriesTable } from './seriesWorker.ts';
import { HOUR_KEYS, HOUR_MS, hourOf } from './timeKey.ts';

/** Hours that are looked up at a time. */
const DUE_AT_ONCE = 100;

/** The hourly rows. */
function createHourly(db: Sqlite) {
  const read = db.prepare('select n, low, high, total, last from hourly where series = ? and hour = ?');
  const write = db.prepare(
    `insert into hourly (series, hour, n, low, high, total, last) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (series, hour) do update set n = excluded.n, low = excluded.low, high = excluded.high,
       total = excluded.total, last = excluded.last`,
  );
  const forget = db.prepare('delete from reading where series = ? and t >= ? and t < ?');
  const dropRows = db.prepare('update stand set rows = rows - ?');
  const get = (id: number, hour: number) => read.get(id, hour) as HourSummary | undefined;
  const put = (id: number, hour: number, { n, low, high, total, last }: HourSummary): void =>
    void write.run(id, hour, n, low, high, total, last);
  return {
    get,
    put,
    /** Of an hour whose readings are kept no more, late ones are added to its row, and not kept either. */
    merge({ id, states }: Series, hour: number, late: HourSummary): void {
      const row = get(id, hour);
      if (row === undefined) put(id, hour, late);
      else if (!states) {
        const low = Math.min(row.low, late.low);
        const high = Math.max(row.high, late.high);
        put(id, hour, { n: row.n + late.n, low, high, total: row.total + late.total, last: null });
      }
      dropRows.run(forget.run(id, hour * HOUR_KEYS, (hour + 1) * HOUR_KEYS).changes);
    },
  };
}

/**
 * Adds hours up. An hour is read once, when it is over, and written once: no reading costs a second write. One that gets
 * a late reading is added up anew, so that an hourly row is always what the readings say.
 */
export function createRollups(db: Sqlite, series: SeriesTable, hours: Hours, open: OpenHours) {
  const hourly = createHourly(db);
  const close = db.prepare('delete from unrolled where series = ? and hour = ?');
  const due = db.prepare('select series, hour from unrolled where hour < ? limit ?');
  const keptFrom = db.prepare('select pruned_before from stand').pluck();

  const roll = db.transaction((of: Series, hour: number): void => {
    const summary = hours.summaryOf(of, hour);
    if (summary !== null) {
      if (hour * HOUR_MS < (keptFrom.get() as number)) hourly.merge(of, hour, summary);
      else hourly.put(of.id, hour, summary);
    }
    close.run(of.id, hour);
    open.delete(of.id);
  });

  return {
    /**
     * Adds up hours that are over, for as long as `mayGoOn` says.
     * @returns whether none is left
     */
    rollSome(now: Millis, mayGoOn: () => boolean): boolean {
      const found = due.all(hourOf(now), DUE_AT_ONCE) as { series: number; hour: number }[];
      for (const { series: id, hour } of found) {
        const of = series.get(id);
        if (of === null) close.run(id, hour);
        else roll(of, hour);
        if (!mayGoOn()) return false;
      }
      return found.length < DUE_AT_ONCE;
    },
  };
}

export type Rollups = ReturnType<typeof createRollups>;
