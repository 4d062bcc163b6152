import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { type ChartColumns, createNumberChart, createStateChart } from './chartColumns.ts';
import { type ChartPlan, planChart, wantsReadings } from './chartPlan.ts';
import type { Hours } from './hourWorker.ts';
import type { ChartAnswer, ChartQuestion } from './messages.ts';
import { createRolled, type Rolled } from './rolledWorker.ts';
import type { Series, SeriesTable } from './seriesWorker.ts';
import { HOUR_MS } from './timeKey.ts';

/** What is drawn: `to` and `now` end it, whichever comes first. */
type Drawing = {
  readonly of: Series;
  readonly plan: ChartPlan;
  readonly before: number | null;
  readonly to: Millis;
  readonly now: Millis;
};

type Tables = { readonly hours: Hours; readonly rolled: Rolled };

function numbersOfReadings({ of, plan, to }: Drawing, { hours }: Tables): ChartColumns {
  const chart = createNumberChart(plan);
  for (let at = 0; at < plan.count; at++) {
    const begin = plan.t0 + at * plan.step;
    chart.add(at, hours.sumOf(of.id, begin, Math.min(to, begin + plan.step)));
  }
  return chart.finish();
}

function numbersOfHours({ of, plan }: Drawing, { hours, rolled }: Tables): ChartColumns {
  const chart = createNumberChart(plan);
  const each = plan.step / HOUR_MS;
  const first = plan.t0 / HOUR_MS;
  const open = rolled.openOf(of.id, plan);
  for (let at = 0; at < plan.count; at++) {
    chart.add(at, rolled.sumOf(of.id, first + at * each, first + (at + 1) * each, open));
  }
  for (const hour of open) {
    const some = hours.summaryOf(of, hour);
    if (some !== null) chart.add(Math.floor((hour - first) / each), some);
  }
  return chart.finish();
}

function statesOfReadings({ of, plan, before, to, now }: Drawing, { hours }: Tables): ChartColumns {
  const chart = createStateChart(plan, before, Math.min(to, now));
  for (const [utc, value] of hours.readingsOf(of.id, plan.t0, to)) chart.reading(utc, value);
  return chart.finish();
}

function statesOfHours({ of, plan, before, now }: Drawing, { hours, rolled }: Tables): ChartColumns {
  const chart = createStateChart(plan, before, now);
  const rows = new Map(rolled.rowsOf(of.id, plan).map((row) => [row.hour, row]));
  const open = rolled.openOf(of.id, plan).filter((hour) => !rows.has(hour));
  for (const hour of [...rows.keys(), ...open].sort((a, b) => a - b)) {
    const [begin, end] = [hour * HOUR_MS, (hour + 1) * HOUR_MS];
    const row = rows.get(hour);
    if (row !== undefined) chart.stretch(begin, end, row, row.last);
    else for (const [utc, value] of hours.readingsOf(of.id, begin, end)) chart.reading(utc, value);
  }
  return chart.finish();
}

/** Draws charts: of the readings when the steps are short, of the hourly rows when they are long. */
export function createCharts(db: Sqlite, series: SeriesTable, hours: Hours) {
  const rolled = createRolled(db);
  const tables = { hours, rolled };
  const keptFrom = db.prepare('select pruned_before from stand').pluck();

  function draw(drawing: Drawing): ChartColumns {
    const { of, plan } = drawing;
    if (of.states) {
      return plan.source === 'readings' ? statesOfReadings(drawing, tables) : statesOfHours(drawing, tables);
    }
    return plan.source === 'readings' ? numbersOfReadings(drawing, tables) : numbersOfHours(drawing, tables);
  }

  return {
    /** Null: there is no such series. */
    chart({ entity, now, ...span }: ChartQuestion): ChartAnswer | null {
      const of = series.latest(entity);
      if (of === null) return null;
      const rows = wantsReadings(span) ? rolled.countOf(of.id, span.from, span.to) : 0;
      const plan = planChart(span, rows, keptFrom.get() as number);
      const before = of.states ? hours.heldAt(of.id, plan.t0) : null;
      const columns = draw({ of, plan, before, to: span.to, now });
      return { ...columns, t0: plan.t0, step: plan.step, unit: of.unit, states: of.states, before };
    },
    /** Draws after a plan of the caller's own: what another source would have shown, and what it would have cost. */
    draw,
  };
}
