import { join } from 'node:path';
import { PATHS } from './composePaths.ts';
import { seriesOf } from './composeSeries.ts';
import { measuredBy } from './devices/state.ts';
import { conversionFor } from './devices/unit.ts';
import type { HistoryFact } from './history/facts.ts';
import { ImportDesk, type RunningJob } from './history/importDesk.ts';
import { createImportFiles, IMPORT_RESERVE_BYTES, MAX_IMPORT_BYTES } from './history/importFiles.ts';
import type { ImportJob, JobAnswer } from './history/importJobWorker.ts';
import type { ImportTarget } from './history/importMatch.ts';
import type { DeskTarget } from './history/importPlan.ts';
import { importRoutes } from './history/importRoutes.ts';
import { runInThread } from './history/importThread.ts';
import type { History } from './history/store.ts';
import type { House } from './house/house.ts';
import { getRow, rowsOf } from './house/table.ts';

/** A history that does not answer, or a full disk, is asked again after this, ms. */
const PAUSE_MS = 2_000;

/** Between two pieces that the thread of the history takes in, of 10 ms each, ms: it leaves the processors to alarms. */
const BREATH_MS = 20;

export type ImportParts = {
  readonly house: () => House;
  readonly dataFolder: string;
  readonly history: Pick<History, 'ask'>;
  /** Epoch ms UTC. */
  readonly utc: () => number;
  readonly dispatch: (fact: HistoryFact) => void;
  readonly say: (event: string, detail: Readonly<Record<string, unknown>>) => void;
};

/** History from elsewhere: the files that people bring, the threads that read them, and their routes. */
export function composeImports({ dataFolder, history, utc, say, dispatch, house }: ImportParts) {
  const files = createImportFiles(join(dataFolder, 'imports'), MAX_IMPORT_BYTES, IMPORT_RESERVE_BYTES);

  function run<T>(
    [id, name]: readonly [string, string],
    stage: ImportJob['stage'],
    pick: (answer: JobAnswer) => T | null,
    told: (share: number) => void,
  ): RunningJob<T> {
    const job: ImportJob = { file: files.paths(id).upload, name, now: utc(), stage };
    return runInThread(PATHS.importWorker, job, pick, told);
  }

  const desk = new ImportDesk({
    look: (id, name, told) =>
      run([id, name], null, (answer) => (answer.is === 'found' ? answer.found : null), told),
    stage(id, name, plan, told) {
      const stage = { file: files.paths(id).staged, plan, reserveBytes: IMPORT_RESERVE_BYTES };
      return run([id, name], stage, (answer) => (answer.is === 'staged' ? answer.staged : null), told);
    },
    merge: async (id, word) => {
      if (word.do === 'undo') return history.ask('merge', { do: 'undo' });
      if (word.do === 'begin') return history.ask('merge', { do: 'begin', id });
      const { staged } = files.paths(id);
      await later(BREATH_MS);
      return history.ask('merge', { do: 'go', staged, reserveBytes: IMPORT_RESERVE_BYTES, now: utc() });
    },
    pause: () => later(PAUSE_MS),
    begun: files.begun,
    takenIn: files.takenIn,
    remove: files.remove,
    targets: () => targetsOf(house()),
    target: (id) => targetOf(house(), id),
    report: (error) => say('An import met a bug.', { err: error }),
    ended: ({ id: importId, fileName, rows, failure }) =>
      dispatch({ type: 'importEnded', importId, fileName, rows, failure }),
  });
  const { left, cutOff } = files.clear();
  desk.remember(left);
  return {
    endpoints: importRoutes(desk, files, dispatch),
    /** Has the journal know how those ended that the last run of the program began: once the house runs. */
    tellCutOff(): void {
      for (const { id: importId, name: fileName, rows } of cutOff) {
        const failure = rows === null ? 'hub-restarted' : null;
        dispatch({ type: 'importEnded', importId, fileName, rows: rows ?? 0, failure });
      }
    },
    stop: () => desk.stop(),
  };
}

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

function targetsOf({ devices }: House): ImportTarget[] {
  return [...rowsOf(devices.entities)].flatMap(([id, entity]) => {
    const device = getRow(devices.devices, entity.deviceId);
    const series = seriesOf(entity);
    if (device === undefined || series === null) return [];
    const { uniqueId, key } = entity;
    const name = entity.ownName ?? entity.name;
    return [{ id, uniqueId, key, name, deviceName: device.ownName ?? device.name, unit: series.unit }];
  });
}

function targetOf({ devices }: House, id: string): DeskTarget | null {
  const entity = getRow(devices.entities, id);
  const series = entity === undefined ? null : seriesOf(entity);
  if (entity === undefined || series === null) return null;
  return {
    ...series,
    conversionFrom: (unit) => (series.states ? SAME : conversionFor(measuredBy(entity), unit)),
  };
}

const SAME = { factor: 1, offset: 0 } as const;
