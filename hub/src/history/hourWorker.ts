import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { createStateChart, ENDED, type Known, type Summary } from './chartColumns.ts';
import type { Series } from './seriesWorker.ts';
import { HOUR_KEYS, HOUR_MS, hourOf, KEYS_PER_MS, utcOf } from './timeKey.ts';

/** An hour as one row. `last`: states only, what held at its end; null: not known. */
export type HourSummary = Summary & Known & { readonly last: number | null };

/** Adds hours up from their readings. */
export function createHours(db: Sqlite) {
  const sum = db.prepare(
    'select count(*) n, min(v) low, max(v) high, sum(v) total from reading where series = ? and t >= ? and t < ?',
  );
  const readings = db
    .prepare('select t, v from reading where series = ? and t >= ? and t < ? order by t')
    .raw();
  const lastBefore = db
    .prepare('select v from reading where series = ? and t < ? order by t desc limit 1')
    .pluck();
  const lastHourBefore = db
    .prepare('select last from hourly where series = ? and hour < ? order by hour desc limit 1')
    .pluck();

  /** What holds just before a moment; null: not known. */
  function heldAt(id: number, utc: Millis): number | null {
    const last = lastBefore.get(id, utc * KEYS_PER_MS) as number | undefined;
    if (last === ENDED) return null;
    return last ?? (lastHourBefore.get(id, hourOf(utc)) as number | null | undefined) ?? null;
  }

  /** Readings from one moment to another in the order of time. */
  function* readingsOf(id: number, from: Millis, to: Millis): Generator<[utc: Millis, value: number]> {
    const rows = readings.iterate(id, from * KEYS_PER_MS, to * KEYS_PER_MS);
    for (const [key, value] of rows as Iterable<[number, number]>) yield [utcOf(key), value];
  }

  function stateSummary(id: number, t0: Millis): HourSummary | null {
    const plan = { source: 'hours', t0, step: HOUR_MS, count: 1 } as const;
    const chart = createStateChart(plan, heldAt(id, t0), t0 + HOUR_MS);
    let last: number | null = null;
    for (const [utc, value] of readingsOf(id, t0, t0 + HOUR_MS)) {
      chart.reading(utc, value);
      last = value;
    }
    if (last === null) return null;
    const { n, min, max } = chart.finish();
    // Of one that only ended there is nothing to show.
    const [low, high] = [min[0] || 0, max[0] || 0];
    return { n: n[0] as number, low, high, ...chart.timeOf(0), last: last === ENDED ? null : last };
  }

  return {
    heldAt,
    readingsOf,
    /** Null: the hour has no readings. */
    summaryOf({ id, states }: Series, hour: number): HourSummary | null {
      if (states) return stateSummary(id, hour * HOUR_MS);
      const row = sum.get(id, hour * HOUR_KEYS, (hour + 1) * HOUR_KEYS) as Summary;
      return row.n === 0 ? null : { ...row, last: null, known: null };
    },
    /** Any stretch of numbers. `low` and `high` are null when `n` is 0. */
    sumOf: (id: number, from: Millis, to: Millis): Summary =>
      sum.get(id, from * KEYS_PER_MS, to * KEYS_PER_MS) as Summary,
  };
}

export type Hours = ReturnType<typeof createHours>;
