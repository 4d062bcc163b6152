import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { ENDED } from './chartColumns.ts';
import type { Hours } from './hourWorker.ts';
import type { ChangesAnswer, ChangesQuestion } from './messages.ts';
import type { SeriesTable } from './seriesWorker.ts';

type Change = readonly [utc: Millis, value: number | null];

/** The readings that say something else than the one before. */
function* changed(
  readings: Iterable<readonly [utc: Millis, value: number]>,
  before: number | null,
): Generator<Change> {
  let held = before;
  for (const [utc, value] of readings) {
    const now = value === ENDED ? null : value;
    if (now !== held) yield [utc, now];
    held = now;
  }
}

/** Tells when something went on and off, to the millisecond: a chart says so only by its steps. */
export function createChanges(db: Sqlite, series: SeriesTable, hours: Hours) {
  const keptFrom = db.prepare('select pruned_before from stand').pluck();
  return {
    /** Null: there is no such series, or it is one of numbers. */
    changes({ entity, from, to, most }: ChangesQuestion): ChangesAnswer | null {
      const of = series.latest(entity);
      if (of === null || !of.states) return null;
      const before = hours.heldAt(of.id, from);
      const told: Change[] = [];
      for (const change of changed(hours.readingsOf(of.id, from, to), before)) {
        told.push(change);
        if (told.length > most) break;
      }
      const isWhole = told.length <= most && from >= (keptFrom.get() as number);
      const shown = told.slice(0, most);
      return { before, times: shown.map(([at]) => at), values: shown.map(([, value]) => value), isWhole };
    },
  };
}
