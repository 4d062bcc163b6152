import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import { createDelivery } from './delivery.ts';
import { RESERVE_BYTES } from './limits.ts';
import { createLink } from './linkWorker.ts';
import type {
  FromWorker,
  Pause,
  QuestionName,
  Questions,
  Retention,
  ToWorker,
  WorkerStart,
} from './messages.ts';

export type HistoryOptions = {
  /** history.db, absolute. */
  readonly file: string;
  readonly migrations: string;
  readonly retention: Retention;
  /** What the house's calendar says, epoch ms. */
  readonly utc: () => Millis;
  readonly say: (event: string, detail: Readonly<Record<string, unknown>>) => void;
  /** Starts the thread. */
  readonly spawn: (start: WorkerStart) => Worker;
  /** Bytes that are left free on the disk. Default `RESERVE_BYTES`. */
  readonly reserveBytes?: number;
};

/** A question that is not answered by then is called off, ms. */
const ANSWER_MS: Millis = 20_000;

/** Questions at a time; the next one is turned away. */
const MAX_QUESTIONS = 200;

/** Heap of the thread, MB: it holds one batch and one chart at a time. */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 };

/** The thread as the program starts it. */
export const spawnHistory =
  (program: URL) =>
  (start: WorkerStart): Worker =>
    new Worker(program, { workerData: start, resourceLimits: HEAP, name: 'history' });

type Asked = {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
};

/** Questions that wait for their answers. */
function createQuestions(post: (message: ToWorker) => void) {
  const asked = new Map<number, Asked>();
  let count = 0;

  function settle(id: number, how: (who: Asked) => void): void {
    const who = asked.get(id);
    if (who === undefined) return;
    asked.delete(id);
    clearTimeout(who.timer);
    how(who);
  }

  const fail = (id: number): void => settle(id, ({ reject }) => reject(new Refusal('history-paused')));

  return {
    isFull: (): boolean => asked.size >= MAX_QUESTIONS,
    fail,
    failAll: (): void => [...asked.keys()].forEach(fail),
    answer: (id: number, answer: unknown): void => settle(id, ({ resolve }) => resolve(answer as never)),
    ask<A>(name: QuestionName, question: unknown): Promise<A> {
      const id = ++count;
      return new Promise<A>((resolve, reject) => {
        const timer = setTimeout(() => fail(id), ANSWER_MS).unref();
        asked.set(id, { resolve, reject, timer });
        post({ do: 'ask', id, name, question });
      });
    },
  };
}

/**
 * The history as the main thread sees it: readings go in at next to no cost, questions are answered by the thread that
 * owns the file. A thread that dies is started again, and nothing is lost or written twice.
 */
export function createHistory({
  file,
  migrations,
  reserveBytes = RESERVE_BYTES,
  ...options
}: HistoryOptions) {
  const { utc, say, spawn } = options;
  const run = randomUUID();
  let { retention } = options;
  let isOver = false;

  const delivery = createDelivery({
    send(batch, names) {
      // A thread that is started just now is sent all that waits by `begin`.
      if (link.isUp()) link.post({ do: 'record', batch, names, now: utc() });
      else link.start();
    },
    after: (delay, task) => void setTimeout(() => isOver || task(), delay).unref(),
  });
  const questions = createQuestions((message) => link.post(message));
  const link = createLink({
    spawn: () => spawn({ file, migrations, reserveBytes, run, retention }),
    hear,
    begun: () => delivery.begin(),
    ended: () => questions.failAll(),
    isNeeded: () => delivery.isPending(),
    say,
  });

  function hear(message: FromWorker): void {
    switch (message.is) {
      case 'taken':
      case 'refused':
      case 'pause':
        return delivery.hear(message);
      case 'answer':
        return questions.answer(message.id, message.answer);
      case 'noAnswer':
        if (message.isBug) say('The history could not answer.', { why: message.why });
        return questions.fail(message.id);
      case 'said':
        return say(message.event, message.detail);
      case 'stopped':
    }
  }

  return {
    /** Takes in one reading. Costs the caller a microsecond or two. */
    record: delivery.add,
    /** Takes in that an entity was lost: whether it is on or off is not known from then on, epoch ms. */
    end: delivery.end,
    /** … and that it is back, and is what it was, though it said nothing. A reading in between is worth more. */
    resume: delivery.resume,
    /**
     * Asks the thread. What was recorded before is in the answer.
     * @throws Refusal `history-paused` when the file cannot be read now
     */
    async ask<N extends QuestionName>(
      name: N,
      question: Questions[N]['question'],
    ): Promise<Questions[N]['answer']> {
      link.start();
      if (!link.isUp() || questions.isFull()) throw new Refusal('history-paused');
      delivery.flush();
      return questions.ask(name, question);
    },
    /** How long things are kept from now on. */
    keep(next: Retention): void {
      retention = next;
      link.start();
      link.post({ do: 'keep', retention, now: utc() });
    },
    retention: (): Retention => retention,
    paused: (): Pause | null => delivery.paused(),
    droppedRows: (): number => delivery.dropped(),
    /** Writes what waits and ends the thread. */
    async stop(): Promise<void> {
      delivery.flush();
      isOver = true;
      await link.stop();
    },
  };
}

export type History = ReturnType<typeof createHistory>;
