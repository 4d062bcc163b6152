import type { Statement } from 'better-sqlite3';
import type { Sqlite } from '../io/sqlite.ts';
import type { SeriesTable } from './seriesWorker.ts';

export type StagedRow = [series: number, t: number, v: number];
export type StagedHour = [series: number, hour: number, low: number, mean: number, high: number];

/** The database in which everything was laid ready, beside the history on one connection. */
export function createStagedReader(db: Sqlite) {
  let attached: string | null = null;
  let targets = new Map<number, number>();
  let readings: Statement | null = null;
  let hours: Statement | null = null;

  function close(): void {
    if (attached !== null) db.exec('detach database staged');
    attached = null;
    readings = null;
    hours = null;
  }

  return {
    close,
    /** Answers the series of the history by the numbers that the file gives them. */
    open(file: string, series: SeriesTable): ReadonlyMap<number, number> {
      if (attached === file) return targets;
      close();
      db.prepare('attach database ? as staged').run(file);
      attached = file;
      readings = db
        .prepare(
          `select series, t, v from staged.reading where (series, t, v) > (?, ?, ?)
           order by series, t, v limit ?`,
        )
        .raw();
      hours = db
        .prepare(
          `select series, hour, low, mean, high from staged.hour where (series, hour) > (?, ?)
           order by series, hour limit ?`,
        )
        .raw();
      const named = db.prepare('select id, entity, unit, states from staged.series').raw().all();
      targets = new Map(
        (named as [number, string, string, number][]).map(([id, entity, unit, states]) => [
          id,
          // On and off have no unit, whatever a series of them was called.
          (states === 1 ? series.ofEntity(entity).find((one) => one.states) : undefined)?.id ??
            series.open(entity, unit, states === 1).id,
        ]),
      );
      return targets;
    },
    readings: (series: number, t: number, v: number, limit: number) =>
      (readings?.all(series, t, v, limit) ?? []) as StagedRow[],
    hours: (series: number, hour: number, limit: number) =>
      (hours?.all(series, hour, limit) ?? []) as StagedHour[],
  };
}
