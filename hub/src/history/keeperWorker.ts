import type { Millis } from '../shared/time.ts';
import { isDamage, pauseOf } from './fileWorker.ts';
import { createHeldFile, type HeldFile, wordsOf } from './heldFileWorker.ts';
import type { Batch, FromWorker, Pause, Retention, SlotName, ToWorker, WorkerStart } from './messages.ts';
import type { Opened } from './openedWorker.ts';
import { type ClockTrust, type Horizon, horizonOf, trustClock } from './retention.ts';

/** What the keeper is told from outside. */
export type KeeperPorts = {
  readonly tell: (message: FromWorker) => void;
  /** Milliseconds that never run backwards. */
  readonly steady: () => Millis;
};

const SENTENCES: Readonly<Record<Pause, string>> = {
  'disk-full': 'The disk is full: the history is not recorded. Alarms go on.',
  damaged: 'The history cannot be written: it is not recorded. Alarms go on.',
  newer: 'The history was written by a newer Homeward: it is not recorded. Alarms go on.',
};

/** Writes batches, or says why not. What follows a refused batch waits for it. */
function createBatches({ run }: WorkerStart, file: HeldFile, tell: KeeperPorts['tell']) {
  let paused: Pause | null = null;
  let awaited: number | null = null;

  function pause(why: Pause | null, error?: unknown): void {
    if (why === paused) return;
    paused = why;
    tell({ is: 'pause', why });
    const event = why === null ? 'The history is recorded again.' : SENTENCES[why];
    tell({ is: 'said', event, detail: error === undefined ? {} : { why: wordsOf(error) } });
  }

  function refuse({ seq }: Batch, why: Pause, error?: unknown): void {
    awaited = seq;
    pause(why, error);
    tell({ is: 'refused', seq, why });
  }

  /** A bug: the same batch would meet it again and again. */
  function lose({ seq, slots }: Batch, error: unknown): void {
    awaited = null;
    tell({ is: 'said', event: 'Readings could not be written.', detail: { why: wordsOf(error) } });
    tell({ is: 'taken', seq, dropped: slots.length });
  }

  function write(batch: Batch, names: readonly SlotName[]): void {
    if (file.isFull()) return refuse(batch, 'disk-full');
    const dropped = file.use(({ recording }) => {
      recording.name(names);
      return recording.take(run, batch);
    });
    awaited = null;
    pause(null);
    tell({ is: 'taken', seq: batch.seq, dropped });
  }

  return (batch: Batch, names: readonly SlotName[]): void => {
    file.name(names);
    if (awaited !== null && batch.seq > awaited) return;
    try {
      write(batch, names);
    } catch (error) {
      const why = pauseOf(error);
      if (why === null) return lose(batch, error);
      if (why !== 'disk-full') file.drop();
      refuse(batch, why, error);
    }
  };
}

/** What is too old goes, then the series of which nothing is left, then the empty pages. Answers whether that was all. */
const prune = ({ pruning, emptySeries }: Opened, horizon: Horizon, mayGoOn: () => boolean): boolean =>
  pruning.pruneSome(horizon, mayGoOn) && emptySeries.forgetSome(mayGoOn) && pruning.shrinkSome();

/** Adds up what is over and deletes what is too old, piece by piece. */
function createUpkeep(file: HeldFile, { tell, steady }: KeeperPorts) {
  const say = (error: unknown): void =>
    tell({ is: 'said', event: 'The history could not be tidied up.', detail: { why: wordsOf(error) } });
  let trust: ClockTrust | null = null;
  let prunedTo: Millis = -1;

  function tidy(opened: Opened, retention: Retention, utc: Millis, mayGoOn: () => boolean): boolean {
    // What may have to be taken back is not added up, and nothing is deleted meanwhile.
    const imports = opened.imports.upkeep(utc);
    if (imports !== 'free') return imports === 'rest';
    if (!opened.rollups.rollSome(utc, mayGoOn)) return false;
    trust = trustClock(trust ?? { utc: opened.pruning.trusted() || utc, aheadSince: null }, utc, steady());
    opened.pruning.trust(trust.utc);
    const horizon = horizonOf(retention, Math.min(utc, trust.utc));
    if (horizon.raw === prunedTo) return true;
    if (!prune(opened, horizon, mayGoOn)) return false;
    prunedTo = horizon.raw;
    return true;
  }

  return {
    again(): void {
      prunedTo = -1;
    },
    /** Answers whether nothing is left for now. */
    some(retention: Retention, utc: Millis, mayGoOn: () => boolean): boolean {
      const opened = file.now();
      if (opened === null || utc === 0) return true;
      try {
        return tidy(opened, retention, utc, mayGoOn);
      } catch (error) {
        if (isDamage(error)) file.replace(error);
        else if (pauseOf(error) === null) say(error);
        return true;
      }
    },
  };
}

/**
 * Keeps the history file: opens it when it can, moves it aside when it is damaged, pauses when the disk is full, and does
 * what the main thread asks. Nothing that happens to the file ends it.
 */
export function createKeeper(start: WorkerStart, { tell, steady }: KeeperPorts) {
  const file = createHeldFile(start, (event, detail) => tell({ is: 'said', event, detail }));
  const record = createBatches(start, file, tell);
  const upkeep = createUpkeep(file, { tell, steady });
  let retention: Retention = start.retention;
  let utc: Millis = 0;

  function answer({ id, name, question }: Extract<ToWorker, { do: 'ask' }>): void {
    try {
      const ask = (opened: Opened) => (opened.answers[name] as (question: unknown) => unknown)(question);
      tell({ is: 'answer', id, answer: file.use(ask) });
    } catch (error) {
      const why = pauseOf(error);
      if (why !== null) file.drop();
      tell({ is: 'noAnswer', id, why: wordsOf(error), isBug: why === null });
    }
  }

  return {
    handle(message: Exclude<ToWorker, { do: 'stop' }>): void {
      if (message.do === 'ask') return answer(message);
      utc = message.now;
      if (message.do === 'record') return record(message.batch, message.names);
      retention = message.retention;
      upkeep.again();
    },
    /**
     * One piece of what is to be done beside.
     * @returns whether nothing is left for now
     */
    upkeep: (mayGoOn: () => boolean): boolean => upkeep.some(retention, utc, mayGoOn),
    close: () => file.close(),
  };
}
