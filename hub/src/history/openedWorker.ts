import type { Sqlite } from '../io/sqlite.ts';
import { createChanges } from './changesWorker.ts';
import { rangeOf } from './chartRange.ts';
import { createCharts } from './chartWorker.ts';
import { createCsv } from './csvWorker.ts';
import { createEmptySeries } from './emptySeriesWorker.ts';
import { createFileStatus } from './fileWorker.ts';
import { createHours } from './hourWorker.ts';
import { createImportMerge } from './importMergeWorker.ts';
import type { ChartQuestion } from './messages.ts';
import { createPruning } from './pruneWorker.ts';
import { createRecording, type OpenHours } from './recordWorker.ts';
import { createRollups, type Say } from './rollupWorker.ts';
import { createSamples } from './samplesWorker.ts';
import { createSeries } from './seriesWorker.ts';

/** Everything that works on one opened file. */
export function createOpened(db: Sqlite, file: string, say?: Say) {
  const open: OpenHours = new Map();
  const series = createSeries(db);
  const hours = createHours(db);
  const rollups = createRollups(db, series, hours, open, say);
  const imports = createImportMerge(db, file, series, rollups);
  const recording = createRecording(db, series, open);
  const { chart, draw } = createCharts(db, series, hours);
  return {
    db,
    series,
    draw,
    recording,
    rollups,
    imports,
    pruning: createPruning(db, series),
    emptySeries: createEmptySeries(db, recording.forget),
    /** What can be asked, by its name. */
    answers: {
      chart,
      range(question: ChartQuestion): Uint8Array<ArrayBuffer> | null {
        const drawn = chart(question);
        return drawn === null ? null : new TextEncoder().encode(JSON.stringify(rangeOf(drawn)));
      },
      changes: createChanges(db, series, hours).changes,
      merge: imports.merge,
      samples: createSamples(db, series, hours).samples,
      csv: createCsv(db, series).csv,
      status: createFileStatus(db, file),
    },
    heldAt: hours.heldAt,
    /** Closes it in good order: the log goes into the file. */
    close(): void {
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
    },
  };
}

export type Opened = ReturnType<typeof createOpened>;
