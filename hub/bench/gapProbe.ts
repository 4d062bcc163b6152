import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const FILE = 'HOMEWARD_BENCH_GAPS';
/** How finely is looked, ms: each figure holds that much of the looking itself. */
const EVERY_MS = 1;

/** Gaps between turns of the event loop since the last look, ms. */
export type Gaps = {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly looks: number;
};

/** What makes a hub write its gaps to that file, and forget them, at each SIGUSR2. */
export const gapsTo = (file: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${import.meta.url}`,
  [FILE]: file,
});

function probe(file: string): void {
  const delays = monitorEventLoopDelay({ resolution: EVERY_MS });
  delays.enable();
  const ms = (ns: number): number => ns / 1e6;
  process.on('SIGUSR2', () => {
    const { max, count: looks } = delays;
    const gaps: Gaps = {
      p50: ms(delays.percentile(50)),
      p99: ms(delays.percentile(99)),
      max: ms(max),
      looks,
    };
    writeFileSync(`${file}.new`, JSON.stringify(gaps));
    renameSync(`${file}.new`, file);
    delays.reset();
  });
}

const file = process.env[FILE];
if (file !== undefined && isMainThread) probe(file);
