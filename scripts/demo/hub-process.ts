import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hello } from '../../hub/src/api.ts';
import type { HubClient } from './hub-client.ts';

/** The hub as a program of its own, as `npm start` runs it. */
export type HubProcess = {
  /** Resolves with the hub's own last words when it ends, whoever ended it. */
  readonly ended: Promise<string>;
  /** Asks it to stop; resolves when it has. Kills it after 10 s. */
  stop(): Promise<void>;
};

/** How long the hub may take until it answers, ms: an old card needs its time for keys and migrations. */
const START_PATIENCE_MS = 60_000;

const STOP_PATIENCE_MS = 10_000;

/** Lines of the log that are shown when the hub died. */
const LAST_LINES = 12;

/** @param logFile everything that the hub prints, written anew, 0600 */
export function spawnHub(program: string, env: NodeJS.ProcessEnv, logFile: string): HubProcess {
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', log, log] });
  closeSync(log);
  const killWithUs = () => child.kill();
  process.once('exit', killWithUs);
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => {
      process.removeListener('exit', killWithUs);
      const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES);
      resolve([...lines, signal === null ? `(exit code ${code})` : `(ended by ${signal})`].join('\n'));
    });
  });
  return { ended, stop: () => stopChild(child, ended) };
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await ended;
  clearTimeout(killer);
}

/** Waits until the hub answers. @throws Error when it ended or stays silent */
export async function awaitHub(hub: HubProcess, client: HubClient): Promise<Hello> {
  let lastWords: string | null = null;
  void hub.ended.then((words) => {
    lastWords = words;
  });
  for (const until = performance.now() + START_PATIENCE_MS; performance.now() < until; await sleep(100)) {
    if (lastWords !== null) throw new Error(`The hub did not start:\n${lastWords}`);
    const hello = await client.hello();
    if (hello !== null) return hello;
  }
  throw new Error(`The hub does not answer after ${START_PATIENCE_MS / 1_000} s.`);
}
