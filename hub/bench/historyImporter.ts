import { createReadStream, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { HistoryImport } from '../src/api.ts';
import { writeRecorder } from '../test/recorder.ts';

/** What is brought, and where each of its series goes. */
type Importing = {
  readonly port: number;
  readonly token: string;
  readonly file: string;
  readonly map: Readonly<Record<string, string>>;
};

export type Imported = { readonly seconds: number; readonly rows: number };

const ASK_EVERY_MS = 200;
const MINUTE_MS = 60_000;

/**
 * Writes a recorder database of Home Assistant as one would be brought: each sensor once a minute.
 * @param nth another one has other moments: nothing in it is known yet
 * @returns its path
 */
export function writeHome(folder: string, sources: readonly string[], rows: number, nth: number): string {
  const file = join(folder, 'home-assistant.db');
  rmSync(file, { force: true });
  const begin = Date.now() - (rows / sources.length) * MINUTE_MS;
  function* states() {
    for (let n = 0; n < rows; n++) {
      const at = Math.floor(n / sources.length) * MINUTE_MS + (n % sources.length) * 500 + nth;
      const state = (600 + 300 * Math.sin(n / 9_000)).toFixed(1);
      yield { entity: sources[n % sources.length] as string, t: Math.floor(begin + at), state };
    }
  }
  const words = { unit_of_measurement: 'ppm' };
  const attributes = Object.fromEntries(sources.map((source) => [source, words]));
  writeRecorder(file, 'today', { states: states(), attributes });
  return file;
}

/** Brings a file and takes it in whole, from a thread of its own that is ready before: the witness stays undisturbed. */
export async function startImporting(importing: Importing) {
  const worker = new Worker(new URL(import.meta.url), { workerData: importing });
  let isOver = false;
  const next = () =>
    new Promise<Imported>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  await next();
  worker.postMessage('go');
  const done = next().finally(() => {
    isOver = true;
  });
  return { isOver: () => isOver, done };
}

function call(
  { port, token }: Importing,
  method: 'GET' | 'POST',
  path: string,
  file: string | null,
  body = '',
) {
  return new Promise<HistoryImport>((resolve, reject) => {
    const type = file === null ? 'application/json' : 'application/octet-stream';
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      text(answer)
        .then((told) => {
          if ((answer.statusCode ?? 500) >= 400) throw new Error(`${path} was answered with ${told}.`);
          resolve(HistoryImport.parse(JSON.parse(told)));
        }, reject)
        .catch(reject);
    });
    asked.on('error', reject);
    if (file === null) asked.end(body);
    else createReadStream(file).on('error', reject).pipe(asked);
  });
}

async function bringIn(importing: Importing): Promise<Imported> {
  const began = performance.now();
  const path = '/api/history/imports';
  let now = await call(importing, 'POST', `${path}?name=home-assistant.db`, importing.file);
  const settle = async (state: HistoryImport['state']) => {
    while (now.state === state) {
      await sleep(ASK_EVERY_MS);
      now = await call(importing, 'GET', `${path}/${now.id}`, null);
    }
  };
  await settle('reading');
  now = await call(
    importing,
    'POST',
    `${path}/${now.id}/start`,
    null,
    JSON.stringify({ map: importing.map }),
  );
  await settle('importing');
  if (now.state !== 'done') throw new Error(`The import ended as ${now.state}: ${now.failure}.`);
  return { seconds: (performance.now() - began) / 1_000, rows: now.rows };
}

if (!isMainThread) {
  parentPort?.once('message', () => {
    void bringIn(workerData as Importing).then((told) => parentPort?.postMessage(told));
  });
  parentPort?.postMessage('ready');
}
