import type { Sqlite } from '../io/sqlite.ts';
import { ENDED } from './chartColumns.ts';
import { CSV_HEADER, csvLine, csvText } from './csvLines.ts';
import { CSV_ROWS } from './limits.ts';
import type { CsvAnswer, CsvPlace, CsvQuestion } from './messages.ts';
import type { Series, SeriesTable } from './seriesWorker.ts';
import { keyOf, utcOf } from './timeKey.ts';

/** Writes readings out, a piece at a time: whoever reads slowly holds nobody up, and no file is too large. */
export function createCsv(db: Sqlite, series: SeriesTable) {
  const readings = db
    .prepare('select t, v from reading where series = ? and t > ? and t < ? order by t limit ?')
    .raw();

  function piece(at: CsvPlace, of: Series | undefined, end: number) {
    // Forgotten since the last piece: its number may be another's.
    if (of === undefined) return { text: '', next: null };
    const rows = readings.all(at.series, at.key, end, CSV_ROWS) as [number, number][];
    const field = csvText(of.unit ?? '');
    const shown = of.states ? rows.filter(([, value]) => value !== ENDED) : rows;
    const text = shown.map(([key, value]) => csvLine(utcOf(key), value, field)).join('');
    const last = rows.length < CSV_ROWS ? null : (rows.at(-1)?.[0] ?? null);
    return { text, next: last === null ? null : { series: at.series, key: last } };
  }

  return {
    /** The next piece. An entity whose unit changed has several series: one follows the other. Null: it has none. */
    csv({ entity, from, to, after }: CsvQuestion): CsvAnswer | null {
      const all = series.ofEntity(entity);
      const first = all[0];
      if (first === undefined) return null;
      const begin = keyOf(from) - 1;
      const at = after ?? { series: first.id, key: begin };
      const of = all.find(({ id }) => id === at.series);
      const { text, next } = piece(at, of, keyOf(to));
      const following = all.find(({ id }) => id > at.series);
      return {
        text: after === null ? CSV_HEADER + text : text,
        next: next ?? (following === undefined ? null : { series: following.id, key: begin }),
      };
    },
  };
}
