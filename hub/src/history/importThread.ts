import { Worker } from 'node:worker_threads';
import type { RunningJob } from './importDesk.ts';
import type { FromImport, ImportJob, JobAnswer } from './importJobWorker.ts';
import type { Failed } from './importPlan.ts';

/** Heap of the thread of a job, MB: it holds one piece of a file and what is known of each source. */
const HEAP = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8, codeRangeSizeMb: 16 };

/**
 * Does one job in a thread of its own.
 * @param program the compiled file that the thread begins with
 * @param pick what is expected, out of its answer; null: it answered something else
 */
export function runInThread<T>(
  program: URL,
  job: ImportJob,
  pick: (answer: JobAnswer) => T | null,
  told: (share: number) => void,
): RunningJob<T> {
  const worker = new Worker(program, { workerData: job, resourceLimits: HEAP, name: 'import' });
  worker.unref();
  const answer = new Promise<T | Failed>((resolve, reject) => {
    const settle = (said: JobAnswer): void => {
      const picked = said.is === 'failed' ? said : pick(said);
      if (picked === null) reject(new Error('The thread of an import answered something else.'));
      else resolve(picked);
    };
    worker.on('message', (message: FromImport) => {
      if (message.is === 'share') told(message.share);
      else settle(message);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      // So many series, or such lines, that the heap does not hold them: no home has that.
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ failure: 'too-large', line: null });
      else reject(error);
    });
    worker.on('exit', () => reject(new Error('The thread of an import ended.')));
  });
  return { answer, stop: () => void worker.terminate() };
}
