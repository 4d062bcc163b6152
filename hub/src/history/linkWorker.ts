import type { Worker } from 'node:worker_threads';
import type { Millis } from '../shared/time.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export type LinkPorts = {
  readonly spawn: () => Worker;
  readonly hear: (message: FromWorker) => void;
  /** A new thread runs, which knows nothing. */
  readonly begun: () => void;
  /** It ended by itself. */
  readonly ended: () => void;
  /** Whether something waits for it. */
  readonly isNeeded: () => boolean;
  readonly say: (event: string, detail: Readonly<Record<string, unknown>>) => void;
};

/** A thread that died is started again after this, ms; if it dies again soon, after twice as much, up to a minute. */
const RESTART_MS: Millis = 500;
const LONGEST_RESTART_MS: Millis = 60_000;

/** Time for the last batch and for closing the file, ms. */
const STOP_MS: Millis = 3_000;

/** The main thread's end of the line to the thread of the history. It starts when it is needed first. */
export function createLink({ spawn, hear, begun, ended, isNeeded, say }: LinkPorts) {
  let worker: Worker | null = null;
  let restartMs = RESTART_MS;
  let isResting = false;
  let isOver = false;
  let onStopped = () => {};

  function start(): void {
    if (worker !== null || isOver || isResting) return;
    const born = spawn();
    const since = performance.now();
    born.on('message', (message: FromWorker) => {
      if (message.is === 'stopped') onStopped();
      else hear(message);
    });
    born.on('error', (error) => say('The thread of the history failed.', { err: error }));
    born.once('exit', () => bury(performance.now() - since));
    born.unref();
    worker = born;
    begun();
  }

  function bury(livedMs: number): void {
    worker = null;
    onStopped();
    ended();
    if (isOver) return;
    restartMs = livedMs > LONGEST_RESTART_MS ? RESTART_MS : Math.min(2 * restartMs, LONGEST_RESTART_MS);
    say('The thread of the history ended. It is started again.', { inMs: restartMs });
    isResting = true;
    setTimeout(() => {
      isResting = false;
      if (isNeeded()) start();
    }, restartMs).unref();
  }

  return {
    start,
    /** What is said while there is no thread is lost: `begun` says it again. */
    post: (message: ToWorker): void => worker?.postMessage(message),
    /** Whether there is a thread to talk to. */
    isUp: (): boolean => worker !== null,
    async stop(): Promise<void> {
      const last = worker;
      isOver = true;
      if (last === null) return;
      const stopped = new Promise<void>((resolve) => {
        onStopped = resolve;
        setTimeout(resolve, STOP_MS).unref();
      });
      last.ref();
      last.postMessage({ do: 'stop' } satisfies ToWorker);
      await stopped;
      await last.terminate();
    },
  };
}
