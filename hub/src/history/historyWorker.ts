import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createKeeper } from './keeperWorker.ts';
import { SLICE_MS, UPKEEP_MS } from './limits.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

/** Alarms come first where there is one processor: on Linux this lowers this thread alone. 0: as all, 19: least. */
const NICENESS = 10;

/** What goes over instead of being copied. */
const movedWith = (message: FromWorker): ArrayBuffer[] =>
  message.is === 'answer' && message.answer instanceof Uint8Array
    ? [message.answer.buffer as ArrayBuffer]
    : [];

/** The thread that owns history.db: the keeper on its port, and what is to be done beside, piece by piece. */
function serve(start: WorkerStart): void {
  const port = parentPort;
  if (port === null) return;
  const tell = (message: FromWorker): void => port.postMessage(message, movedWith(message));
  const steady = () => performance.now();
  const keeper = createKeeper(start, { tell, steady });
  let isBusy = false;
  let isOver = false;

  /** Messages that came meanwhile are taken between two pieces. */
  function upkeep(): void {
    if (isOver) return;
    const end = steady() + SLICE_MS / 2;
    isBusy = !keeper.upkeep(() => steady() < end);
    if (isBusy) setImmediate(upkeep);
  }
  const timer = setInterval(() => {
    if (!isBusy) upkeep();
  }, UPKEEP_MS);

  port.on('message', (message: ToWorker) => {
    if (message.do !== 'stop') {
      keeper.handle(message);
      if (message.do === 'keep' && !isBusy) upkeep();
      return;
    }
    isOver = true;
    clearInterval(timer);
    keeper.close();
    tell({ is: 'stopped' });
    // Without a timer and a port the thread ends by itself, after its last word is out.
    port.close();
  });
}

try {
  setPriority(0, NICENESS);
} catch {
  // Not allowed here: it works all the same.
}
serve(workerData as WorkerStart);
