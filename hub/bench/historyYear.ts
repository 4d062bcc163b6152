import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChartPlan } from '../src/history/chartPlan.ts';
import { openHistoryFile } from '../src/history/fileWorker.ts';
import { createOpened, type Opened } from '../src/history/openedWorker.ts';
import { ROOT } from '../test/repository.ts';
import { median, rounded } from './figures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Minutes that are written in one transaction. */
const BATCH_MINUTES = 60;
const BUCKETS = 300;
/** How often each chart is drawn. */
const DRAWN = 9;

export type Year = {
  readonly folder: string;
  readonly file: string;
  readonly opened: Opened;
  readonly entities: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly written: { readonly rows: number; readonly rowsPerS: number; readonly bytesPerRow: number };
};

/** A sensor's day: slow waves with the noise of a cheap sensor, one decimal. */
const valueAt = (sensor: number, minute: number): number =>
  Math.round(
    10 * (500 + 200 * Math.sin(minute / 700 + sensor) + ((minute * 7_919 + sensor * 104_729) % 97)),
  ) / 10;

/** Minute data of so many sensors, written as the hub writes it, each hour added up when it is over. */
export function writeYear(sensors: number, days: number, say: (line: string) => void): Year {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-year-'));
  const file = join(folder, 'history.db');
  const opened = createOpened(openHistoryFile(file, join(ROOT, 'hub/migrations/history')), file);
  const entities = Array.from({ length: sensors }, (_, n) => `year.s${n}`);
  opened.recording.name(entities.map((entity, slot) => ({ slot, entity, unit: 'ppm', states: false })));
  const to = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const from = to - days * DAY_MS;
  const minutes = days * 24 * 60;
  const began = performance.now();
  for (let minute = 0; minute < minutes; minute += BATCH_MINUTES) {
    opened.recording.take('bench', batchOf(sensors, from, minute));
    while (!opened.rollups.rollSome(from + (minute + BATCH_MINUTES) * MINUTE_MS, () => true)) {}
    if (minute % (30 * 24 * 60) === 0) say(`day ${minute / 1_440} of ${days}`);
  }
  const seconds = (performance.now() - began) / 1_000;
  opened.db.pragma('wal_checkpoint(TRUNCATE)');
  const rows = minutes * sensors;
  const bytesPerRow = rounded(statSync(file).size / rows, 1);
  return {
    folder,
    file,
    opened,
    entities,
    from,
    to,
    written: { rows, rowsPerS: Math.round(rows / seconds), bytesPerRow },
  };
}

function batchOf(sensors: number, from: number, minute: number) {
  const rows = sensors * BATCH_MINUTES;
  const slots = new Uint32Array(rows);
  const times = new Float64Array(rows);
  const values = new Float64Array(rows);
  for (let at = 0; at < rows; at++) {
    const now = minute + Math.floor(at / sensors);
    slots[at] = at % sensors;
    // No two sensors have the same clock.
    times[at] = from + now * MINUTE_MS + (at % sensors) * 317;
    values[at] = valueAt(at % sensors, now);
  }
  return { seq: minute / BATCH_MINUTES + 1, slots, times, values };
}

export type Drawn = {
  readonly yearRawMs: number;
  readonly yearMs: number;
  readonly weekMs: number;
  readonly dayMs: number;
};

/** Charts of one sensor after the other; a year also from the readings themselves, in the same steps. */
export function drawCharts({ opened, entities, from, to }: Year): Drawn {
  const hours = Math.ceil((to - from) / HOUR_MS / BUCKETS);
  const plan = (source: ChartPlan['source']): ChartPlan => {
    const step = hours * HOUR_MS;
    return { source, t0: from, step, count: Math.ceil((to - from) / step) };
  };
  const timed = (work: (entity: string) => void, n: number): number => {
    const began = performance.now();
    work(entities[n % entities.length] as string);
    return performance.now() - began;
  };
  const year = (source: ChartPlan['source']) => (entity: string) => {
    const of = opened.series.latest(entity);
    if (of !== null) opened.draw({ of, plan: plan(source), before: null, to, now: to });
  };
  const last = (days: number) => (entity: string) => {
    opened.answers.chart({ entity, from: to - days * DAY_MS, to, buckets: BUCKETS, now: to });
  };
  const works = { yearRawMs: year('readings'), yearMs: year('hours'), weekMs: last(7), dayMs: last(1) };
  const seen = Object.keys(works).map((name): [string, number[]] => [name, []]);
  for (let n = 0; n < DRAWN; n++) {
    for (const [name, times] of seen) times.push(timed(works[name as keyof typeof works], n));
  }
  return Object.fromEntries(seen.map(([name, times]) => [name, rounded(median(times), 2)])) as Drawn;
}

export type Pruned = {
  readonly rows: number;
  readonly pieces: number;
  readonly longestMs: number;
  readonly allMs: number;
};

/** Deletes the oldest day of all sensors in the pieces in which the hub does it. */
export function pruneDay({ opened, from, entities }: Year): Pruned {
  const horizon = { raw: from + DAY_MS, hourly: 0 };
  // The log was emptied by `writeYear`: whoever writes next waits for the disk once, and that is not what is measured.
  opened.pruning.trust(from);
  let longestMs = 0;
  let pieces = 0;
  const began = performance.now();
  for (let isDone = false; !isDone; pieces++) {
    const since = performance.now();
    isDone = opened.pruning.pruneSome(horizon, () => performance.now() - since < 10);
    longestMs = Math.max(longestMs, performance.now() - since);
  }
  const allMs = performance.now() - began;
  return {
    rows: entities.length * 1_440,
    pieces,
    longestMs: rounded(longestMs, 1),
    allMs: rounded(allMs, 1),
  };
}

export function closeYear({ opened }: Year): void {
  opened.close();
}

export const removeYear = ({ folder }: Year): void => rmSync(folder, { recursive: true, force: true });
