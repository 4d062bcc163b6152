import { dirname } from 'node:path';
import type { Sqlite } from '../io/sqlite.ts';
import { freeBytesOf, pauseOf } from './fileWorker.ts';
import type { MergeAnswer, MergeQuestion } from './importPlan.ts';
import { createMergeWriter, createWayBack, ROWS_AT_ONCE } from './importRowsWorker.ts';
import { createStagedReader, StagedFault } from './importStagedWorker.ts';
import { SLICE_MS } from './limits.ts';
import type { Rollups } from './rollupWorker.ts';
import type { SeriesTable } from './seriesWorker.ts';

/** How far it is, as it stands in the file. `series`, `t`, `v`: the row that was taken in last; of hours `t` is the hour. */
type Run = {
  readonly id: string;
  readonly phase: MergeAnswer['phase'];
  readonly series: number;
  readonly t: number;
  readonly v: number;
  readonly rows: number;
  readonly doubles: number;
};

type Targets = ReadonlyMap<number, number>;

const MAY_BE_UNDONE: ReadonlySet<string> = new Set(['readings', 'hours']);
const IS_OPEN: ReadonlySet<string> = new Set(['readings', 'hours', 'undoing']);
const IS_ENDED: ReadonlySet<string> = new Set(['none', 'done']);

/**
 * Takes what was laid ready into the history, in pieces between what is recorded meanwhile. Each piece notes what it
 * wrote in the same transaction; whatever ends it before the last one, the notes take it back.
 */
export function createImportMerge(db: Sqlite, file: string, series: SeriesTable, rollups: Rollups) {
  const runs = createRuns(db);
  const staged = createStagedReader(db);
  const merge = createMergeSteps(db, staged);
  const back = createWayBack(db);

  /** Since this opening of the file somebody drives the import on. */
  let isDriven = false;

  /** What cannot be taken in whole is taken back. */
  function takeSome(phase: 'readings' | 'hours', from: string): boolean {
    try {
      const targets = staged.open(from, series);
      return runs.piece((now, mayGoOn) => merge[phase](now, targets, mayGoOn));
    } catch (error) {
      if (!(error instanceof StagedFault)) throw error;
      return turnBack();
    }
  }

  /** Answers false when the disk is too full for that. */
  function turnBack(): boolean {
    staged.close();
    return runs.piece(({ phase }) => (MAY_BE_UNDONE.has(phase) ? { phase: 'undoing' } : {}));
  }

  function goOn(run: Run, question: Extract<MergeQuestion, { do: 'go' }>): boolean {
    switch (run.phase) {
      case 'readings':
      case 'hours': {
        if (freeBytesOf(dirname(file)) < question.reserveBytes) return false;
        return takeSome(run.phase, question.staged);
      }
      case 'rolling': {
        // It stays now; each hour is added up in a transaction of its own.
        staged.close();
        const mayGoOn = createPatience();
        return !rollups.rollSome(question.now, mayGoOn) || runs.piece(() => ({ phase: 'cleaning' }));
      }
      case 'cleaning':
        return runs.piece((_run, mayGoOn) => (back.forgetSome(mayGoOn) ? { phase: 'done' } : {}));
      case 'undoing':
        return runs.piece((_run, mayGoOn) => (back.undoSome(mayGoOn) ? { phase: 'none' } : {}));
      case 'none':
      case 'done':
        return true;
    }
  }

  /** One piece of what a crash has left. Answers false when the disk is full: it waits, whatever the phase. */
  function tidyUp(now: number): boolean {
    if (!turnBack()) return false;
    const left = runs.now();
    return left === null || goOn(left, { do: 'go', staged: '', reserveBytes: 0, now });
  }

  /** Answers false when the disk is full. */
  function follow(question: MergeQuestion): boolean {
    const run = runs.now();
    switch (question.do) {
      case 'state':
        return true;
      case 'begin':
        // Whoever came first is brought to its end first.
        return run !== null && !IS_ENDED.has(run.phase) ? true : runs.begin(question.id);
      case 'go':
        return run === null || goOn(run, question);
      case 'undo':
        return turnBack();
    }
  }

  return {
    /**
     * What the upkeep of the history may do. `rest`: there is something that may have to be taken back, so no hour is
     * added up and nothing deleted. `again`: what a crash has left was tidied up, by one piece.
     */
    upkeep(now: number): 'free' | 'rest' | 'again' {
      const run = runs.now();
      if (run === null || IS_ENDED.has(run.phase)) return 'free';
      if (isDriven) return IS_OPEN.has(run.phase) ? 'rest' : 'free';
      return tidyUp(now) ? 'again' : 'rest';
    },
    merge(question: MergeQuestion): MergeAnswer {
      isDriven ||= question.do !== 'state';
      const isFull = !follow(question);
      const { id = null, phase = 'none', rows = 0, doubles = 0 } = runs.now() ?? {};
      return { id, phase, rows, doubles, isFull };
    },
  };
}

/** True for as long as one piece of work may take. */
function createPatience(): () => boolean {
  const end = performance.now() + SLICE_MS / 2;
  return () => performance.now() < end;
}

/** Where it stands, in the file itself. */
function createRuns(db: Sqlite) {
  const read = db.prepare('select id, phase, series, t, v, rows, doubles from import_run');
  const write = db.prepare(
    `insert or replace into import_run (one, id, phase, series, t, v, rows, doubles)
     values (1, @id, @phase, @series, @t, @v, @rows, @doubles)`,
  );
  const now = (): Run | null => (read.get() as Run | undefined) ?? null;

  /** Whether the disk took it; one that did not leaves everything as it was. */
  function whole(work: () => void): boolean {
    try {
      db.transaction(work)();
      return true;
    } catch (error) {
      if (pauseOf(error) === 'disk-full') return false;
      throw error;
    }
  }

  return {
    now,
    begin: (id: string): boolean =>
      whole(() => void write.run({ id, phase: 'readings', series: 0, t: 0, v: 0, rows: 0, doubles: 0 })),
    /** One piece of work; what it answers is noted with it. */
    piece(work: (run: Run, mayGoOn: () => boolean) => Partial<Run>): boolean {
      const mayGoOn = createPatience();
      return whole(() => {
        const run = now();
        if (run !== null) write.run({ ...run, ...work(run, mayGoOn) });
      });
    },
  };
}

/** Reads and writes rows for as long as there is time, and answers what is to be noted. */
function createMergeSteps(db: Sqlite, staged: ReturnType<typeof createStagedReader>) {
  const writer = createMergeWriter(db);
  const addRows = db.prepare('update stand set rows = rows + ?');
  return {
    readings(run: Run, targets: Targets, mayGoOn: () => boolean): Partial<Run> {
      let { series, t, v, rows, doubles } = run;
      let isEnd = false;
      do {
        const found = staged.readings(series, t, v, ROWS_AT_ONCE);
        for (const row of found) {
          [series, t, v] = row;
          if (writer.reading(targets.get(series) as number, t, v)) rows += 1;
          else doubles += 1;
        }
        isEnd = found.length < ROWS_AT_ONCE;
      } while (!isEnd && mayGoOn());
      addRows.run(rows - run.rows);
      return isEnd
        ? { phase: 'hours', series: 0, t: 0, v: 0, rows, doubles }
        : { series, t, v, rows, doubles };
    },
    hours(run: Run, targets: Targets, mayGoOn: () => boolean): Partial<Run> {
      let { series, t, rows, doubles } = run;
      do {
        const found = staged.hours(series, t, ROWS_AT_ONCE);
        for (const row of found) {
          [series, t] = row;
          if (writer.hour(targets.get(series) as number, row)) rows += 1;
          else doubles += 1;
        }
        if (found.length < ROWS_AT_ONCE) return { phase: 'rolling', rows, doubles };
      } while (mayGoOn());
      return { series, t, rows, doubles };
    },
  };
}
