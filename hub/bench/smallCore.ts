import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { cpuMs } from './program.ts';

/** How often what was used is looked at, ms: half of what a kernel gives a process at a time. */
const LOOK_MS = 2;
/** What was not used is kept for this long, ms: who had nothing to do has no claim to a whole core afterwards. */
const KEPT_MS = 50;

/** Of Debian's util-linux, which is everywhere. */
const TASKSET = 'taskset';

type Ration = { readonly pid: number; readonly share: number };

/** This process and whoever it starts from now on leave the last core to the system that is measured. */
export function leaveLastCore(): void {
  const cores = availableParallelism();
  if (cores < 2) throw new Error('One core for the system and one for sender and broker are needed.');
  pin(process.pid, cores === 2 ? '0' : `0-${cores - 2}`);
}

/**
 * A process, with all its threads, on the last core and with a share of its time: what is measured is the system and not
 * the broker, as on a small computer. Time that a neighbour takes is not counted as used; but a machine on which others work
 * measures them, too: a system of two threads waits for the core more often than one of one.
 * @param share 0..1 of the core's time
 * @returns how to let go of it
 */
export async function ration(pid: number, share: number): Promise<() => Promise<void>> {
  pin(pid, String(availableParallelism() - 1));
  const worker = new Worker(new URL(import.meta.url), { workerData: { pid, share } satisfies Ration });
  await once(worker, 'message');
  return async () => {
    worker.postMessage('end');
    await once(worker, 'exit');
  };
}

/** Of threads to come, too: they take over where the one was that made them. */
function pin(pid: number, cores: string): void {
  const { status, error, stderr } = spawnSync(TASKSET, ['-a', '-c', '-p', cores, String(pid)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${TASKSET} failed: ${error?.message ?? stderr}`);
}

/** Stops the process for as long as it has used more than its share, by the kernel's own count. */
function watch({ pid, share }: Ration): void {
  let isStopped = false;
  let left = 0;
  let usedBefore = cpuMs(pid);
  let before = performance.now();
  const say = (signal: 'SIGSTOP' | 'SIGCONT') => {
    isStopped = signal === 'SIGSTOP';
    process.kill(pid, signal);
  };
  const look = setInterval(() => {
    // It ended: whoever waits for it says why.
    if (!existsSync(`/proc/${pid}`)) return clearInterval(look);
    const [used, now] = [cpuMs(pid), performance.now()];
    left = Math.min(share * KEPT_MS, left + share * (now - before) - (used - usedBefore));
    [usedBefore, before] = [used, now];
    if (left < 0 !== isStopped) say(isStopped ? 'SIGCONT' : 'SIGSTOP');
  }, LOOK_MS);
  parentPort?.once('message', () => {
    clearInterval(look);
    if (isStopped) say('SIGCONT');
  });
  parentPort?.postMessage('ready');
}

if (!isMainThread && workerData !== null && 'share' in workerData) watch(workerData as Ration);
