import type { Sqlite } from '../io/sqlite.ts';
import type { Summary } from './chartColumns.ts';
import type { ChartPlan } from './chartPlan.ts';
import type { HourSummary } from './hourWorker.ts';
import { HOUR_MS } from './timeKey.ts';

/** An hour that is added up, with its number. */
export type RolledHour = HourSummary & { readonly hour: number };

/**
 * Reads the hourly rows. An hour that is not added up yet has none, or one that is out of date, unless its readings are
 * kept no more.
 */
export function createRolled(db: Sqlite) {
  const isCurrent = `hour not in (select hour from unrolled where series = @id
    and hour >= (select pruned_before / ${HOUR_MS} from stand))`;
  const sum = db.prepare(
    `select coalesce(sum(n), 0) n, min(low) low, max(high) high, sum(total) total from hourly
     where series = @id and hour >= @first and hour < @after and ${isCurrent}`,
  );
  const sumClosed = db.prepare(
    `select coalesce(sum(n), 0) n, min(low) low, max(high) high, sum(total) total from hourly
     where series = @id and hour >= @first and hour < @after`,
  );
  const rows = db.prepare(
    `select hour, n, low, high, total, last, known from hourly
     where series = @id and hour >= @first and hour < @after and ${isCurrent} order by hour`,
  );
  const count = db
    .prepare('select coalesce(sum(n), 0) from hourly where series = ? and hour >= ? and hour < ?')
    .pluck();
  const open = db
    .prepare(
      'select hour from unrolled where series = @id and hour >= @first and hour < @after order by hour',
    )
    .pluck();
  const bounds = ({ t0, step, count: steps }: ChartPlan) => ({
    first: Math.floor(t0 / HOUR_MS),
    after: Math.ceil((t0 + step * steps) / HOUR_MS),
  });
  return {
    /** @param open hours of the chart that are not added up yet: mostly one, and only where it lies is it looked for */
    sumOf(id: number, first: number, after: number, open: readonly number[]): Summary {
      const hasOpen = open.some((hour) => hour >= first && hour < after);
      return (hasOpen ? sum : sumClosed).get({ id, first, after }) as Summary;
    },
    rowsOf: (id: number, plan: ChartPlan) => rows.all({ id, ...bounds(plan) }) as RolledHour[],
    /** Hours of a plan that are not added up yet. */
    openOf: (id: number, plan: ChartPlan) => open.all({ id, ...bounds(plan) }) as number[],
    /** A rough number of readings: those of hours that were added up. */
    countOf: (id: number, from: number, to: number) =>
      count.get(id, Math.floor(from / HOUR_MS), Math.ceil(to / HOUR_MS)) as number,
  };
}

export type Rolled = ReturnType<typeof createRolled>;
