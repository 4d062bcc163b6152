import { Refusal } from '../shared/errors.ts';
import { createMatcher, type ImportTarget } from './importMatch.ts';
import {
  type DeskTarget,
  type Failed,
  type Found,
  type ImportPlan,
  type MergeAnswer,
  planOf,
  type Staged,
} from './importPlan.ts';
import { type MergeWord, type TakingPorts, takeBack, takeIn } from './importTaking.ts';
import type { HistoryImport, ImportFailure } from './schema.ts';

/** A job in a thread of its own. The answer rejects when it was stopped, or died. */
export type RunningJob<T> = { readonly answer: Promise<T | Failed>; readonly stop: () => void };

export type DeskPorts = {
  readonly look: (id: string, name: string, told: (share: number) => void) => RunningJob<Found>;
  readonly stage: (
    id: string,
    name: string,
    plan: ImportPlan,
    told: (share: number) => void,
  ) => RunningJob<Staged>;
  /** Asks the thread of the history. Rejects when it cannot answer now. */
  readonly merge: (id: string, word: MergeWord) => Promise<MergeAnswer>;
  readonly pause: () => Promise<void>;
  /** It is taken in from now on. Throws Refusal `not-saved`: what nobody could tell the end of is not begun. */
  readonly begun: (id: string, name: string) => void;
  /** So many readings are in: the import stays, and its upload is needed no more. */
  readonly takenIn: (id: string, name: string, rows: number) => void;
  readonly remove: (id: string) => void;
  readonly targets: () => readonly ImportTarget[];
  readonly target: (entity: string) => DeskTarget | null;
  readonly report: (error: unknown) => void;
  /** One that was being taken in is done, or nothing of it was kept. */
  readonly ended: (view: HistoryImport) => void;
};

/** Imports that wait for somebody or something, at most: each may hold gigabytes. And ended ones that are remembered. */
const MOST_OPEN = 5;
const MOST_ENDED = 20;

/** Share of an import's work after it was laid ready, and after it was taken in; the rest works it into the charts. */
const LAID_SHARE = 0.45;
const TAKEN_SHARE = 0.95;

type Entry = {
  view: HistoryImport;
  found: Found | null;
  isCancelled: boolean;
  isIn: boolean;
  stop: () => void;
};

/** Where files are handed in, and what becomes of them, one at a time. */
export class ImportDesk {
  readonly #ports: DeskPorts;
  readonly #entries = new Map<string, Entry>();
  #isOver = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  list(): HistoryImport[] {
    return [...this.#entries.values()].map(({ view }) => view);
  }

  /** @throws Refusal `not-found` */
  get(id: string): HistoryImport {
    return this.#find(id).view;
  }

  /** Told once, at the start, what the last run of the program left in the middle: it is taken back. */
  remember(left: readonly { readonly id: string; readonly name: string }[]): void {
    for (const { id, name } of left)
      change(this.#add(id, name), { state: 'failed', failure: 'hub-restarted' });
    if (left.length > 0) this.#inTurn(() => takeBack(this.#taking('', () => {})));
  }

  /**
   * A file is coming in.
   * @throws Refusal `import-not-ready` when too many wait already
   */
  announce(id: string, fileName: string): void {
    if ([...this.#entries.values()].filter((entry) => !isEnded(entry)).length >= MOST_OPEN)
      throw new Refusal('import-not-ready');
    this.#add(id, fileName);
  }

  /** It is here whole. @throws Refusal `not-found` when it was called off meanwhile */
  received(id: string): HistoryImport {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      this.#ports.remove(id);
      throw new Refusal('not-found');
    }
    this.#inTurn(() => this.#look(entry));
    return entry.view;
  }

  /** It did not come whole. Null: whoever brought it went away, and it is forgotten. */
  lost(id: string, failure: ImportFailure | null): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    if (failure === null) this.#entries.delete(id);
    else this.#fail(entry, failure);
  }

  /** @throws Refusal `import-not-ready`, `not-saved`, or `bad-request` which names the source that cannot go there */
  start(id: string, map: Readonly<Record<string, string>>): HistoryImport {
    const entry = this.#find(id);
    if (entry.view.state !== 'ready' || entry.found === null) throw new Refusal('import-not-ready');
    const plan = planOf(entry.found, map, this.#ports.target);
    this.#ports.begun(id, entry.view.fileName);
    change(entry, { state: 'importing', progress: 0 });
    this.#inTurn(() => this.#bringIn(entry, plan));
    return entry.view;
  }

  /** One that is taken in ends as cancelled, once nothing of it is left; any other is forgotten. */
  cancel(id: string): void {
    const entry = this.#find(id);
    entry.isCancelled = true;
    entry.stop();
    if (entry.view.state === 'importing') return;
    this.#entries.delete(id);
    this.#ports.remove(id);
  }

  stop(): void {
    this.#isOver = true;
    for (const entry of this.#entries.values()) entry.stop();
  }

  #inTurn(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch(this.#ports.report);
  }

  #add(id: string, fileName: string): Entry {
    const view: HistoryImport = {
      ...{ id, fileName, kind: null, state: 'reading', progress: 0, sources: [] },
      ...{ rows: 0, doubles: 0, failure: null, failedLine: null },
    };
    const entry = { view, found: null, isCancelled: false, isIn: false, stop: () => {} };
    this.#entries.set(id, entry);
    return entry;
  }

  #find(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Refusal('not-found');
    return entry;
  }

  #fail(entry: Entry, failure: ImportFailure, failedLine: number | null = null): void {
    this.#end(entry, { state: 'failed', failure, failedLine });
  }

  #end(entry: Entry, to: Partial<HistoryImport>): void {
    const wasTakenIn = entry.view.state === 'importing';
    change(entry, to);
    // Told before nothing is left that would have the next start tell it.
    if (wasTakenIn) this.#ports.ended(entry.view);
    this.#ports.remove(entry.view.id);
    const ended = [...this.#entries.values()].filter(isEnded);
    for (const { view } of ended.slice(0, -MOST_ENDED)) this.#entries.delete(view.id);
  }

  async #look(entry: Entry): Promise<void> {
    if (entry.isCancelled || this.#isOver) return;
    const { id, fileName } = entry.view;
    const told = (progress: number) => change(entry, { progress });
    const found = await this.#result(entry, this.#ports.look(id, fileName, told));
    if (found === null) return;
    const match = createMatcher(this.#ports.targets());
    entry.found = found;
    change(entry, {
      state: 'ready',
      progress: 1,
      kind: found.kind,
      sources: found.sources.map(({ hourUnit, ...source }) => ({ ...source, match: match(source) })),
    });
  }

  async #bringIn(entry: Entry, plan: ImportPlan): Promise<void> {
    if (entry.isCancelled) return this.#fail(entry, 'cancelled');
    const { id, fileName } = entry.view;
    const told = (share: number) => change(entry, { progress: share * LAID_SHARE });
    const staged = await this.#result(entry, this.#ports.stage(id, fileName, plan, told));
    if (staged === null) return;
    const taken = await takeIn(id, {
      ...this.#taking(id, (answer) => this.#tell(entry, staged, answer)),
      isCancelled: () => entry.isCancelled,
      // Its files give room, and people should know.
      stuck: (failure) => this.#fail(entry, failure),
    });
    if (taken.ok) {
      const doubles = staged.doubles + taken.doubles;
      this.#end(entry, { state: 'done', progress: 1, rows: taken.rows, doubles });
    } else if (!this.#isOver) this.#fail(entry, taken.failure);
  }

  #taking(id: string, told: TakingPorts['told']): TakingPorts {
    return {
      ask: (word) => this.#ports.merge(id, word),
      pause: this.#ports.pause,
      isCancelled: () => false,
      isOver: () => this.#isOver,
      told,
      stuck: () => {},
    };
  }

  #tell(entry: Entry, staged: Staged, { phase, rows, doubles }: MergeAnswer): void {
    if (phase === 'undoing' || phase === 'none') return;
    const isIn = phase !== 'readings' && phase !== 'hours';
    if (isIn && !entry.isIn) this.#ports.takenIn(entry.view.id, entry.view.fileName, rows);
    entry.isIn = isIn;
    const share = Math.min(1, (rows + doubles) / Math.max(1, staged.rows));
    change(entry, { progress: isIn ? TAKEN_SHARE : LAID_SHARE + share * (TAKEN_SHARE - LAID_SHARE) });
  }

  /** Runs a job of an import to its end. Null: it came to no good end, and that was said. */
  async #result<T extends object>(entry: Entry, job: RunningJob<T>): Promise<T | null> {
    entry.stop = job.stop;
    try {
      const answer = await job.answer;
      if (!('failure' in answer)) return answer;
      this.#fail(entry, answer.failure, answer.line);
    } catch (error) {
      // What the program leaves in the middle is told after its next start.
      if (this.#isOver) return null;
      if (!entry.isCancelled) this.#ports.report(error);
      this.#fail(entry, entry.isCancelled ? 'cancelled' : 'not-readable');
    } finally {
      entry.stop = () => {};
    }
    return null;
  }
}

const isEnded = ({ view }: Entry): boolean => view.state === 'done' || view.state === 'failed';

const change = (entry: Entry, to: Partial<HistoryImport>): void => {
  entry.view = { ...entry.view, ...to };
};
