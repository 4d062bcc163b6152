import type { Bench, Outcome } from './bench.ts';
import { type AlarmsBeside, measureAlarms, p50, p90 } from './historyAlarms.ts';
import {
  closeYear,
  type Drawn,
  drawCharts,
  type Pruned,
  pruneDay,
  removeYear,
  writeYear,
  type Year,
} from './historyYear.ts';
import { atMost } from './judged.ts';

/** What a year of readings costs on the disk, on a chart, and to an alarm. */
export const HISTORY: Bench = {
  summary:
    'a year of minute data: its size, how fast it is written, drawn and pruned, and alarms beside its charts',
  knobs: {
    days: { usual: 365, of: 'days of minute data' },
    sensors: { usual: 20, of: 'sensors that each speak once a minute' },
    count: {
      usual: 300,
      of: 'alarms that are raised quiet, as many while charts are drawn, and beside imports',
    },
    imported: { usual: 200_000, of: 'readings in each recorder of Home Assistant that is imported' },
  },
  peer: 'none',
  async run(given) {
    const year = writeYear(given.number('sensors'), given.number('days'), given.say);
    try {
      const drawn = drawCharts(year);
      const pruned = pruneDay(year);
      closeYear(year);
      const alarms = await measureAlarms(year, {
        count: given.number('count'),
        importedRows: given.number('imported'),
        say: given.say,
      });
      return reportOf(year, drawn, pruned, alarms);
    } finally {
      removeYear(year);
    }
  },
};

function reportOf({ written }: Year, drawn: Drawn, pruned: Pruned, alarms: AlarmsBeside): Outcome {
  const { quiet, charts, lost, chartsPerS, screenMs, imports } = alarms;
  const besides = {
    quiet: { p50Ms: p50(quiet), p90Ms: p90(quiet) },
    charts: { p50Ms: p50(charts), p90Ms: p90(charts) },
    importQuiet: { p50Ms: p50(imports.quiet), p90Ms: p90(imports.quiet) },
    importing: { p50Ms: p50(imports.busy), p90Ms: p90(imports.busy) },
  };
  return {
    tables: [
      {
        title: `${written.rows} readings`,
        rows: [
          ['bytes a row', 'rows written a second', 'oldest day pruned ms', 'in pieces', 'longest ms'],
          [written.bytesPerRow, written.rowsPerS, pruned.allMs, pruned.pieces, pruned.longestMs],
        ],
      },
      {
        title: 'Charts, ms',
        rows: [
          ['all from readings', 'all from hours', 'a week', 'a day', 'twelve of all at once, to the app'],
          [drawn.yearRawMs, drawn.yearMs, drawn.weekMs, drawn.dayMs, screenMs],
        ],
      },
      {
        title: `Alarms, beside ${chartsPerS} charts of all a second`,
        rows: [
          ['', 'p50 ms', 'p90 ms'],
          ['quiet', besides.quiet.p50Ms, besides.quiet.p90Ms],
          ['beside charts', besides.charts.p50Ms, besides.charts.p90Ms],
        ],
      },
      {
        title: `Alarms, beside ${imports.imports} imports of ${imports.rows} readings, ${imports.seconds} s each`,
        rows: [
          ['', 'p50 ms', 'p90 ms'],
          ['quiet', besides.importQuiet.p50Ms, besides.importQuiet.p90Ms],
          ['beside imports', besides.importing.p50Ms, besides.importing.p90Ms],
        ],
      },
    ],
    data: { written, drawn, pruned, alarms: { ...besides, lost, chartsPerS, screenMs, each: quiet.length } },
    limits: [
      ...atMost('history, a row', written.bytesPerRow, 26, 'bytes'),
      ...atMost('chart of all from hours / from readings', drawn.yearMs / drawn.yearRawMs, 0.1, '×'),
      ...atMost('longest piece of pruning', pruned.longestMs, 20, 'ms'),
      ...atMost('alarm p90 beside charts / quiet', besides.charts.p90Ms / besides.quiet.p90Ms, 1.2, '×'),
      ...atMost('twelve charts at once', screenMs, 1_000, 'ms'),
      ...atMost(
        'alarm p90 beside an import / quiet',
        besides.importing.p90Ms / besides.importQuiet.p90Ms,
        1.2,
        '×',
      ),
      ...atMost('alarms lost', lost, 0, 'alarms'),
    ],
  };
}
