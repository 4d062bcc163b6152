import type { Sqlite } from '../io/sqlite.ts';
import type { StagedHour } from './importStagedWorker.ts';
import { HOUR_KEYS, HOUR_MS, hourOf, KEYS_PER_MS, keyOf } from './timeKey.ts';

/** Rows that are read at a time, between two looks at the clock. */
export const ROWS_AT_ONCE = 250;

/** Notes that are forgotten at a time: whole pages of them. */
const NOTES_AT_ONCE = 2_000;

/** Writes single rows with their notes. Rows of one series come in order. */
export function createMergeWriter(db: Sqlite) {
  const insert = db.prepare('insert into reading (series, t, v) values (?, ?, ?) on conflict do nothing');
  const within = db
    .prepare('select t, v from reading where series = ? and t >= ? and t < ? order by t')
    .raw();
  const note = db.prepare('insert into import_reading (series, t) values (?, ?)');
  const openHour = db.prepare('insert into unrolled (series, hour) values (?, ?) on conflict do nothing');
  // What held at the end of an hour holds into the next one that was added up.
  const openNext = db.prepare(
    `insert into unrolled (series, hour)
     select series, hour from hourly where series = ? and hour > ? order by hour limit 1 on conflict do nothing`,
  );
  const hourly = db.prepare('select 1 from hourly where series = ? and hour = ?').pluck();
  const anyReading = db
    .prepare('select 1 from reading where series = ? and t >= ? and t < ? limit 1')
    .pluck();
  const addHour = db.prepare(
    'insert into hourly (series, hour, n, low, high, total, last) values (?, ?, 1, ?, ?, ?, null)',
  );
  const noteHour = db.prepare('insert into import_hour (series, hour) values (?, ?)');
  const keptFrom = db.prepare('select pruned_before from stand').pluck();
  let last = { id: -1, hour: -1, isClosed: false };

  /** An hour of which only the sum is left: whether a reading is in it already, nobody can tell. */
  function isClosed(id: number, hour: number): boolean {
    if (last.id === id && last.hour === hour) return last.isClosed;
    const isOld = hour * HOUR_MS < (keptFrom.get() as number);
    last = { id, hour, isClosed: isOld && hourly.get(id, hour) !== undefined };
    if (!last.isClosed) {
      openHour.run(id, hour);
      openNext.run(id, hour);
    }
    return last.isClosed;
  }

  /** The key under which a reading goes in; null: it is there already, or its millisecond is full. */
  function placeOf(id: number, t: number, v: number): number | null {
    const key = keyOf(t);
    const there = within.all(id, key, key + KEYS_PER_MS) as [number, number][];
    const next = (there.at(-1)?.[0] ?? key - 1) + 1;
    return there.some(([, value]) => value === v) || next >= key + KEYS_PER_MS ? null : next;
  }

  return {
    /** Whether the reading is new. */
    reading(id: number, t: number, v: number): boolean {
      if (isClosed(id, hourOf(t))) return false;
      let key: number | null = keyOf(t);
      if (insert.run(id, key, v).changes === 0) {
        key = placeOf(id, t, v);
        if (key === null) return false;
        insert.run(id, key, v);
      }
      note.run(id, key);
      return true;
    },
    /** Whether nothing else is known of that hour. */
    hour(id: number, [, hour, low, mean, high]: StagedHour): boolean {
      const from = hour * HOUR_KEYS;
      if (hourly.get(id, hour) !== undefined) return false;
      if (anyReading.get(id, from, from + HOUR_KEYS) !== undefined) return false;
      addHour.run(id, hour, low, high, mean);
      noteHour.run(id, hour);
      return true;
    },
  };
}

/** Takes back what was written, or forgets how. */
export function createWayBack(db: Sqlite) {
  const some = db.prepare('select series, t from import_reading limit ?').raw();
  const someHours = db.prepare('select series, hour from import_hour limit ?').raw();
  const drop = db.prepare('delete from reading where series = ? and t = ?');
  const dropHour = db.prepare('delete from hourly where series = ? and hour = ?');
  const forget = db.prepare('delete from import_reading where series = ? and t = ?');
  const far = db.prepare('select series, t from import_reading order by series, t limit 1 offset ?').raw();
  const forgetUpTo = db.prepare('delete from import_reading where (series, t) <= (?, ?)');
  const forgetRest = db.prepare('delete from import_reading');
  const forgetHour = db.prepare('delete from import_hour where series = ? and hour = ?');
  const dropRow = db.prepare('update stand set rows = rows - ?');

  /** Answers whether no note is left. */
  function each(
    notes: typeof some,
    mayGoOn: () => boolean,
    use: (series: number, at: number) => void,
  ): boolean {
    do {
      const found = notes.all(ROWS_AT_ONCE) as [number, number][];
      for (const [series, at] of found) use(series, at);
      if (found.length < ROWS_AT_ONCE) return true;
    } while (mayGoOn());
    return false;
  }

  function forgetReadings(mayGoOn: () => boolean): boolean {
    do {
      const edge = far.get(NOTES_AT_ONCE) as [number, number] | undefined;
      if (edge === undefined) forgetRest.run();
      else forgetUpTo.run(...edge);
      if (edge === undefined) return true;
    } while (mayGoOn());
    return false;
  }

  return {
    undoSome(mayGoOn: () => boolean): boolean {
      const readings = each(some, mayGoOn, (series, t) => {
        dropRow.run(drop.run(series, t).changes);
        forget.run(series, t);
      });
      return (
        readings &&
        each(someHours, mayGoOn, (series, hour) => {
          dropHour.run(series, hour);
          forgetHour.run(series, hour);
        })
      );
    },
    forgetSome: (mayGoOn: () => boolean): boolean =>
      forgetReadings(mayGoOn) &&
      each(someHours, mayGoOn, (series, hour) => void forgetHour.run(series, hour)),
  };
}
