import type { Sqlite } from '../io/sqlite.ts';
import type { Hours } from './hourWorker.ts';
import { SAMPLE_ROWS } from './limits.ts';
import type { SamplesAnswer, SamplesPlace, SamplesQuestion } from './messages.ts';
import { createRolled, type RolledHour } from './rolledWorker.ts';
import type { Series, SeriesTable } from './seriesWorker.ts';
import { HOUR_MS, keyOf, utcOf } from './timeKey.ts';

const ofHours = (rows: readonly Pick<RolledHour, 'hour' | 'low' | 'high' | 'total' | 'n'>[]) => ({
  source: 'hours' as const,
  times: Float64Array.from(rows, ({ hour }) => hour * HOUR_MS),
  low: Float64Array.from(rows, ({ low }) => low),
  high: Float64Array.from(rows, ({ high }) => high),
  mean: Float64Array.from(rows, ({ total, n }) => total / n),
});

function ofReadings(rows: readonly (readonly [key: number, value: number])[]) {
  const values = Float64Array.from(rows, ([, value]) => value);
  const times = Float64Array.from(rows, ([key]) => utcOf(key));
  return { source: 'readings' as const, times, low: values, high: values, mean: values };
}

/** Hands out what was measured, a page at a time, for whoever computes with it: the hours first of which no readings are kept. */
export function createSamples(db: Sqlite, series: SeriesTable, hours: Hours) {
  const rolled = createRolled(db);
  const keptFrom = db.prepare('select pruned_before from stand').pluck();
  const readings = db
    .prepare('select t, v from reading where series = ? and t > ? and t < ? order by t limit ?')
    .raw();

  /** From when on readings are told; before that, and where they are too many, hours. */
  function readingsFrom(of: Series, { from, to, most }: SamplesQuestion): number {
    if (rolled.countOf(of.id, from, to) > most) return to;
    return Math.min(to, Math.max(from, keptFrom.get() as number));
  }

  function hoursOf(of: Series, from: number, to: number) {
    const first = Math.ceil(from / HOUR_MS);
    const plan = { source: 'hours', t0: first * HOUR_MS, step: HOUR_MS } as const;
    const span = { ...plan, count: Math.max(0, Math.floor(to / HOUR_MS) - first) };
    const open = rolled.openOf(of.id, span).flatMap((hour) => {
      const sum = hours.summaryOf(of, hour);
      return sum === null ? [] : [{ ...sum, hour }];
    });
    const rows = rolled.rowsOf(of.id, span).filter(({ n }) => n > 0);
    const known = new Set(rows.map(({ hour }) => hour));
    return [...rows, ...open.filter(({ hour }) => !known.has(hour))].sort((a, b) => a.hour - b.hour);
  }

  /** The hours of which no readings are told. */
  function firstPage(of: Series, question: SamplesQuestion): SamplesAnswer {
    const from = readingsFrom(of, question);
    const next = from < question.to ? { series: of.id, key: keyOf(from) - 1 } : null;
    return { ...ofHours(hoursOf(of, question.from, from)), unit: of.unit, next };
  }

  function page({ id, unit }: Series, after: SamplesPlace, to: number): SamplesAnswer {
    // Forgotten since the last page: its number may be another's.
    const isOther = id !== after.series;
    const rows = isOther ? [] : (readings.all(id, after.key, keyOf(to), SAMPLE_ROWS) as [number, number][]);
    const last = rows.length < SAMPLE_ROWS ? undefined : rows.at(-1);
    return { ...ofReadings(rows), unit, next: last === undefined ? null : { series: id, key: last[0] } };
  }

  return {
    /** Null: there is no such series of numbers. */
    samples(question: SamplesQuestion): SamplesAnswer | null {
      const of = series.latest(question.entity);
      if (of === null || of.states) return null;
      return question.after === null ? firstPage(of, question) : page(of, question.after, question.to);
    },
  };
}
