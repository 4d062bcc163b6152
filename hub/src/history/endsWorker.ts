import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { ENDED } from './chartColumns.ts';
import type { SeriesTable } from './seriesWorker.ts';
import { HOUR_KEYS, keyOf, utcOf } from './timeKey.ts';

/** Ends what states held when a run of the program ended: nobody heard them change while there was none. */
export function createEnds(
  db: Sqlite,
  series: SeriesTable,
  record: (id: number, utc: Millis, value: number) => boolean,
) {
  const lastBefore = db
    .prepare('select t from reading where series = ? and t < ? order by t desc limit 1')
    .pluck();
  const last = db.prepare('select t, v from reading where series = ? order by t desc limit 1').raw();
  const lastHour = db
    .prepare(`select (hour + 1) * ${HOUR_KEYS}, last from hourly where series = ? order by hour desc limit 1`)
    .raw();

  /** What holds since when; null: it ended before, or nothing of it is kept. Ending it again would keep it for ever. */
  function holding(id: number): number | null {
    const [key, value] = (last.get(id) ?? lastHour.get(id) ?? [0, null]) as [number, number | null];
    return value === null || value === ENDED ? null : key;
  }

  /**
   * The run before ended when it heard its last reading of anything, as far as anybody knows.
   * @param before first reading of the new run, epoch ms
   * @returns how many ends were written down
   */
  return (before: Millis): number => {
    const all = series.all();
    const heard = all.map(({ id }) => (lastBefore.get(id, keyOf(before)) as number | undefined) ?? 0);
    const edge = heard.reduce((latest, key) => Math.max(latest, key), 0);
    const ended = all.filter(({ id, states }) => {
      const key = states ? holding(id) : null;
      return key !== null && record(id, utcOf(Math.max(edge, key)), ENDED);
    });
    return ended.length;
  };
}
