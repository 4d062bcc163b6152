import { existsSync } from 'node:fs';
import type { Statement } from 'better-sqlite3';
import type { Sqlite } from '../io/sqlite.ts';
import type { SeriesTable } from './seriesWorker.ts';

export type StagedRow = [series: number, t: number, v: number];
export type StagedHour = [series: number, hour: number, low: number, mean: number, high: number];

/** What was laid ready is gone, or cannot be read: the import fails, and the history has nothing to do with it. */
export class StagedFault extends Error {}

/** Whatever happens in here is said of what was laid ready, never of the history on the same connection. */
function blamed<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new StagedFault('What was laid ready cannot be read.', { cause });
  }
}

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

  function attach(file: string): [number, string, string, number][] {
    // SQLite would make an empty one.
    if (!existsSync(file)) throw new Error('it is gone');
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
    return db.prepare('select id, entity, unit, states from staged.series').raw().all() as [
      number,
      string,
      string,
      number,
    ][];
  }

  /** Rows of nothing but numbers, of series that it names. */
  function rowsOf<T extends StagedRow | StagedHour>(from: Statement | null, ...bounds: number[]): T[] {
    return blamed(() => {
      const rows = (from?.all(...bounds) ?? []) as T[];
      if (rows.every((row) => targets.has(row[0]) && row.every(Number.isFinite))) return rows;
      throw new Error('a row of it is none');
    });
  }

  return {
    close,
    /**
     * Answers the series of the history by the numbers that the file gives them.
     * @throws StagedFault as all here: `close` it then
     */
    open(file: string, series: SeriesTable): ReadonlyMap<number, number> {
      if (attached === file) return targets;
      close();
      const named = blamed(() => attach(file));
      targets = new Map(
        named.map(([id, entity, unit, states]) => [
          id,
          // On and off have no unit, whatever a series of them was called.
          (states === 1 ? series.ofEntity(entity).find((one) => one.states) : undefined)?.id ??
            series.open(entity, unit, states === 1).id,
        ]),
      );
      return targets;
    },
    readings: (series: number, t: number, v: number, limit: number) =>
      rowsOf<StagedRow>(readings, series, t, v, limit),
    hours: (series: number, hour: number, limit: number) => rowsOf<StagedHour>(hours, series, hour, limit),
  };
}
