import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHistoryFile } from '../src/history/fileWorker.ts';
import { type ImportJob, runImportJob } from '../src/history/importJobWorker.ts';
import type { ImportPlan } from '../src/history/importPlan.ts';
import { createOpened } from '../src/history/openedWorker.ts';
import { type RecordedState, writeRecorder } from '../test/recorder.ts';
import { ROOT } from '../test/repository.ts';
import type { Bench, Outcome } from './bench.ts';
import { quantile, rounded } from './figures.ts';

const KINDS = ['recorder', 'csv'] as const;
type Kind = (typeof KINDS)[number];

/** One stage of an import: how long it took, on the wall and on the processor. */
type Step = { readonly step: string; readonly wallS: number; readonly cpuS: number };

type Measured = {
  readonly kind: Kind;
  readonly fileMb: number;
  readonly steps: readonly Step[];
  /** Pieces of the thread of the history: nothing that is heard waits longer for it, ms. */
  readonly pieces: { readonly n: number; readonly p50Ms: number; readonly p99Ms: number };
};

/** How fast history from elsewhere moves in. */
export const IMPORTS: Bench = {
  summary: 'a recorder of Home Assistant and a CSV file: looked through, laid ready, taken in',
  knobs: {
    rows: { usual: 1_000_000, of: 'readings in each file' },
    sensors: { usual: 20, of: 'sensors that they are of' },
  },
  peer: 'none',
  async run(given) {
    const [rows, sensors] = [given.number('rows'), given.number('sensors')];
    const measured = KINDS.map((kind) => {
      given.say(`${kind}: ${rows} readings`);
      return measure(kind, rows, sensors);
    });
    return reportOf(rows, measured);
  },
};

function measure(kind: Kind, rows: number, sensors: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-imports-'));
  try {
    const file = join(folder, kind);
    const now = Date.now();
    const states = statesOf(rows, sensors, now);
    if (kind === 'recorder') writeRecorder(file, 'today', { states });
    else writeCsv(file, states);
    const job: ImportJob = { file, name: kind, now, stage: null };
    const stage = { file: join(folder, 'staged'), plan: planOf(sensors), reserveBytes: 0 };
    const steps = [
      timed('looked through', () => run(job)),
      timed('laid ready', () => run({ ...job, stage })),
    ];
    const pieces: number[] = [];
    steps.push(timed('taken in', () => takeIn(folder, stage.file, now, pieces)));
    const [p50Ms, p99Ms] = [quantile(pieces, 0.5), quantile(pieces, 0.99)];
    return {
      kind,
      fileMb: rounded(statSync(file).size / 1e6),
      steps,
      pieces: { n: pieces.length, p50Ms: rounded(p50Ms), p99Ms: rounded(p99Ms) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nameOf = (sensor: number): string => `sensor.room_${sensor}_temperature`;

/** Each sensor speaks once a minute, up to now. */
function* statesOf(rows: number, sensors: number, now: number): Generator<RecordedState> {
  const begin = now - (rows / sensors) * 60_000;
  for (let n = 0; n < rows; n++) {
    const t = Math.floor(begin + Math.floor(n / sensors) * 60_000 + (n % sensors) * 500);
    yield { entity: nameOf(n % sensors), t, state: (20 + 3 * Math.sin(n / 9_000)).toFixed(1) };
  }
}

function writeCsv(file: string, states: Iterable<RecordedState>): void {
  const descriptor = openSync(file, 'w');
  let text = 'entity_id,state,last_changed\n';
  for (const { entity, t, state } of states) {
    text += `${entity},${state},${new Date(t).toISOString()}\n`;
    if (text.length < 1_000_000) continue;
    writeSync(descriptor, text);
    text = '';
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
}

function planOf(sensors: number): ImportPlan {
  const same = { factor: 1, offset: 0 };
  const names = Array.from({ length: sensors }, (_, sensor) => nameOf(sensor));
  return new Map(
    names.map((entity) => [entity, { entity, unit: '°C', states: false, conversion: same, ofHours: same }]),
  );
}

function run(job: ImportJob): void {
  const answer = runImportJob(job, () => {});
  if (answer.is === 'failed') throw new Error(`The import failed: ${answer.failure}.`);
}

function takeIn(folder: string, staged: string, now: number, pieces: number[]): void {
  const file = join(folder, 'history.db');
  const { answers, close } = createOpened(openHistoryFile(file, join(ROOT, 'hub/migrations/history')), file);
  answers.merge({ do: 'begin', id: 'bench' });
  for (let isDone = false; !isDone; ) {
    const begin = performance.now();
    isDone = answers.merge({ do: 'go', staged, reserveBytes: 0, now }).phase === 'done';
    pieces.push(performance.now() - begin);
  }
  close();
}

function timed(step: string, work: () => void): Step {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    step,
    wallS: rounded((performance.now() - begin) / 1_000),
    cpuS: rounded((user + system) / 1e6),
  };
}

function reportOf(rows: number, measured: readonly Measured[]): Outcome {
  const perS = (seconds: number) => Math.round(rows / seconds);
  return {
    tables: measured.map(({ kind, fileMb, steps, pieces }) => ({
      title: `${kind}: ${rows} readings, ${fileMb} MB; pieces of the history's thread ${pieces.p50Ms} ms, p99 ${pieces.p99Ms} ms`,
      rows: [
        ['step', 's', 'rows a second', 's of one processor', 'rows a second of it'],
        ...steps.map(({ step, wallS, cpuS }) => [step, wallS, perS(wallS), cpuS, perS(cpuS)]),
      ],
    })),
    data: { rows, measured },
    limits: [],
  };
}
