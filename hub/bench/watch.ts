import { setTimeout as sleep } from 'node:timers/promises';
import { median, rounded } from './figures.ts';
import { rssMb } from './program.ts';

const EVERY_MS = 250;

/** Memory of a process, MB: the middle one of what is seen during this time. A collection of garbage is no figure. */
export async function restingRssMb(pid: number, duringMs: number): Promise<number> {
  const seen: number[] = [];
  const end = performance.now() + duringMs;
  do {
    seen.push(rssMb(pid));
    await sleep(EVERY_MS);
  } while (performance.now() < end);
  return rounded(median(seen), 1);
}
