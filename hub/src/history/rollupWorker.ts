import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { pauseOf } from './fileWorker.ts';
import type { HourSummary, Hours } from './hourWorker.ts';
import type { OpenHours } from './recordWorker.ts';
import type { Series, SeriesTable } from './seriesWorker.ts';
import { HOUR_KEYS, HOUR_MS, hourOf } from './timeKey.ts';

export type Say = (event: string, detail: Readonly<Record<string, unknown>>) => void;

/** Hours that are looked up at a time. */
const DUE_AT_ONCE = 100;

/** The nearest number to a sum that no number can hold: one of -Infinity, Infinity, or both (NaN, null in SQLite). */
const heldSum = (total: number | null): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, total || 0));

/** The hourly rows. */
function createHourly(db: Sqlite) {
  const read = db.prepare(
    'select n, low, high, total, last, known from hourly where series = ? and hour = ?',
  );
  const write = db.prepare(
    `insert into hourly (series, hour, n, low, high, total, last, known) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (series, hour) do update set n = excluded.n, low = excluded.low, high = excluded.high,
       total = excluded.total, last = excluded.last, known = excluded.known`,
  );
  const forget = db.prepare('delete from reading where series = ? and t >= ? and t < ?');
  const dropRows = db.prepare('update stand set rows = rows - ?');
  const get = (id: number, hour: number) => read.get(id, hour) as HourSummary | undefined;
  const put = (id: number, hour: number, { n, low, high, total, last, known }: HourSummary): void =>
    void write.run(id, hour, n, low, high, heldSum(total), last, known);
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
        const [n, total] = [row.n + late.n, row.total + late.total];
        put(id, hour, { n, low, high, total, last: null, known: null });
      }
      dropRows.run(forget.run(id, hour * HOUR_KEYS, (hour + 1) * HOUR_KEYS).changes);
    },
  };
}

/**
 * Adds hours up. An hour is read once, when it is over, and written once: no reading costs a second write. One that gets
 * a late reading is added up anew, so that an hourly row is always what the readings say.
 * @param say told once that an hour was left out: its readings are no numbers that can be added up
 */
export function createRollups(
  db: Sqlite,
  series: SeriesTable,
  hours: Hours,
  open: OpenHours,
  say: Say = () => {},
) {
  let isSaid = false;
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

  /** An hour that cannot be added up would be the first in line for ever, and nothing be deleted any more. */
  function setAside({ id, entity }: Series, hour: number, error: unknown): void {
    if (pauseOf(error) !== null) throw error;
    close.run(id, hour);
    open.delete(id);
    if (!isSaid)
      say('An hour of the history cannot be added up. It is left out of long charts.', {
        entity,
        from: hour * HOUR_MS,
        why: String(error),
      });
    isSaid = true;
  }

  function rollOrSetAside(of: Series, hour: number): void {
    try {
      roll(of, hour);
    } catch (error) {
      setAside(of, hour, error);
    }
  }

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
        else rollOrSetAside(of, hour);
        if (!mayGoOn()) return false;
      }
      return found.length < DUE_AT_ONCE;
    },
  };
}

export type Rollups = ReturnType<typeof createRollups>;
