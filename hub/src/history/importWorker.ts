import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type FromImport, type ImportJob, runImportJob } from './importJobWorker.ts';
import { createPace } from './importPace.ts';

/** As of the history's own thread: alarms come first where there is one processor. 0: as all, 19: least. */
const NICENESS = 15;

/** Steps in which the progress is told. */
const STEPS = 200;

/** A thread for one job on a file that somebody brought: whatever that file does, it does it here. */
function work(job: ImportJob): void {
  const tell = (message: FromImport): void => parentPort?.postMessage(message);
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const breathe = createPace({
    now: () => performance.now(),
    rest: (ms) => void Atomics.wait(nobody, 0, 0, ms),
  });
  let told = -1;
  const answer = runImportJob(job, (share) => {
    breathe();
    const step = Math.floor(share * STEPS);
    if (step <= told) return;
    told = step;
    tell({ is: 'share', share });
  });
  tell(answer);
}

try {
  setPriority(0, NICENESS);
} catch {
  // Not allowed here: it works all the same.
}
work(workerData as ImportJob);
