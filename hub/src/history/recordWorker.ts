import type { Sqlite } from '../io/sqlite.ts';
import { createEnds } from './endsWorker.ts';
import type { Batch } from './messages.ts';
import type { SeriesTable } from './seriesWorker.ts';
import { createSlots } from './slotWorker.ts';
import { hourOf, KEYS_PER_MS, keyOf, LATEST_MS } from './timeKey.ts';

/** Readings of one series that claim the same moment go on into the milliseconds after it, up to so many. */
const MOST_SPILL_MS = 100;

/** Hours of which it is known that they stand in `unrolled`, by series: a reading need not say so again. */
export type OpenHours = Map<number, number>;

/** Writes readings down. */
export function createRecording(db: Sqlite, series: SeriesTable, open: OpenHours) {
  const insert = db.prepare('insert into reading (series, t, v) values (?, ?, ?) on conflict do nothing');
  const lastWithin = db
    .prepare('select t from reading where series = ? and t >= ? and t < ? order by t desc limit 1')
    .pluck();
  const openHour = db.prepare('insert into unrolled (series, hour) values (?, ?) on conflict do nothing');
  // What held at the end of an hour holds into the next one that was added up.
  const openNext = db.prepare(
    `insert into unrolled (series, hour)
     select series, hour from hourly where series = ? and hour > ? order by hour limit 1 on conflict do nothing`,
  );
  const readStand = db.prepare('select run, batch from stand');
  const writeStand = db.prepare('update stand set rows = rows + ?, run = ?, batch = ?');
  const addRows = db.prepare('update stand set rows = rows + ?');
  const slots = createSlots(series);

  /** Whether it found a place; a series that floods one moment does not. */
  function put(id: number, utc: number, value: number): boolean {
    let key = keyOf(utc);
    const end = key + MOST_SPILL_MS * KEYS_PER_MS;
    if (insert.run(id, key, value).changes === 1) return true;
    for (let next = key + KEYS_PER_MS; key < end; next += KEYS_PER_MS) {
      const last = lastWithin.get(id, key, next) as number | undefined;
      key = last === undefined ? key : last + 1;
      if (key < next && insert.run(id, key, value).changes === 1) return true;
      key = next;
    }
    return false;
  }

  function record(id: number, utc: number, value: number): boolean {
    if (!(utc >= 0 && utc < LATEST_MS) || !Number.isFinite(value)) return false;
    const hour = hourOf(utc);
    if (open.get(id) !== hour) {
      openHour.run(id, hour);
      openNext.run(id, hour);
      open.set(id, hour);
    }
    return put(id, utc, value);
  }

  const endStates = createEnds(db, series, record);
  const write = db.transaction((run: string, { seq, slots: numbers, times, values }: Batch): number => {
    const { run: was } = readStand.get() as { run: string };
    if (was !== run && was !== '' && times.length > 0) addRows.run(endStates(times[0] as number));
    let kept = 0;
    for (let at = 0; at < numbers.length; at++) {
      const id = slots.idOf(numbers[at] as number);
      if (id !== undefined && record(id, times[at] as number, values[at] as number)) kept++;
    }
    writeStand.run(kept, run, seq);
    return kept;
  });

  /** A transaction that failed took back what `open` and `slots` believe. */
  function whole<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      open.clear();
      slots.forgetAll();
      throw error;
    }
  }

  return {
    name: slots.name,
    /** A series is gone: its number may be given to another. */
    forget(id: number): void {
      open.delete(id);
      slots.forget(id);
    },
    /**
     * Writes a batch, whole or not at all, and never twice.
     * @returns how many of its readings could not be kept: no moment, no number, or a flood of one moment
     */
    take(run: string, batch: Batch): number {
      const stand = readStand.get() as { run: string; batch: number };
      if (stand.run === run && stand.batch >= batch.seq) return 0;
      return batch.slots.length - whole(() => write(run, batch));
    },
    /** Within a transaction of somebody else, who counts what was kept. */
    record,
    count: (rows: number): void => void addRows.run(rows),
  };
}
