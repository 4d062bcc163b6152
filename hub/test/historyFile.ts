import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENDED } from '../src/history/chartColumns.ts';
import type { ChartPlan } from '../src/history/chartPlan.ts';
import { openHistoryFile } from '../src/history/fileWorker.ts';
import type { Batch } from '../src/history/messages.ts';
import { createOpened, type Opened } from '../src/history/openedWorker.ts';
import { ROOT } from './repository.ts';

export const HISTORY_MIGRATIONS = join(ROOT, 'hub/migrations/history');

/** A reading of one entity; on and off are booleans. */
export type TestReading = { readonly at: number; readonly value: number | boolean; readonly entity?: string };

/** A real history file with all that works on it, in this very thread. */
export class HistoryFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeward-history-'));
  readonly file = join(this.folder, 'history.db');
  /** What people are told of. */
  readonly said: string[] = [];
  opened: Opened = this.#open();
  #seq = 0;
  #slots = new Map<string, number>();

  #open(): Opened {
    return createOpened(openHistoryFile(this.file, HISTORY_MIGRATIONS), this.file, (event) =>
      this.said.push(event),
    );
  }

  /** As after a kill: nothing in memory outlasts it. */
  reopen(): void {
    this.opened.db.close();
    this.opened = this.#open();
    this.#slots = new Map();
  }

  /** Writes one batch. Answers how many could not be kept. */
  record(readings: readonly TestReading[], unit = 'ppm', run = 'run'): number {
    return this.opened.recording.take(run, this.batch(readings, unit));
  }

  /** As when an entity is lost. It was heard before. */
  end(at: number, entity = 'e'): void {
    const batch = this.batch([{ at, value: true, entity }]);
    this.opened.recording.take('run', { ...batch, values: Float64Array.of(ENDED) });
  }

  batch(readings: readonly TestReading[], unit = 'ppm'): Batch {
    const slots = readings.map(({ entity = 'e', value }) =>
      this.#slot(entity, unit, typeof value === 'boolean'),
    );
    this.#seq += 1;
    return {
      seq: this.#seq,
      slots: Uint32Array.from(slots),
      times: Float64Array.from(readings, ({ at }) => at),
      values: Float64Array.from(readings, ({ value }) => Number(value)),
    };
  }

  #slot(entity: string, unit: string, states: boolean): number {
    const key = JSON.stringify([entity, unit, states]);
    const slot = this.#slots.get(key) ?? this.#slots.size;
    this.#slots.set(key, slot);
    this.opened.recording.name([{ slot, entity, unit: states ? '' : unit, states }]);
    return slot;
  }

  /** Adds up every hour that is over then. */
  roll(now: number): void {
    while (!this.opened.rollups.rollSome(now, () => true)) {}
  }

  /** The same chart, drawn from one source or the other. NaN is null. */
  draw(plan: ChartPlan, to = plan.t0 + plan.count * plan.step, now = to, entity = 'e') {
    const of = this.opened.series.latest(entity);
    if (of === null) throw new Error(`There is no series of ${entity}.`);
    const before = of.states ? this.opened.heldAt(of.id, plan.t0) : null;
    const { min, max, avg, n } = this.opened.draw({ of, plan, before, to, now });
    const plain = (column: Float64Array) =>
      Array.from(column, (value) => (Number.isNaN(value) ? null : value));
    return { min: plain(min), max: plain(max), avg: plain(avg), n: [...n] };
  }

  count(table: string): number {
    return this.opened.db.prepare(`select count(*) from ${table}`).pluck().get() as number;
  }

  remove(): void {
    this.opened.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
