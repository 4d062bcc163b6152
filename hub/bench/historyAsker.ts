import { Agent, request } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Connections that a browser opens to one address. */
const BROWSER_SOCKETS = 6;

type Asking = { readonly port: number; readonly token: string; readonly paths: readonly string[] };

/** Asks for one chart after the other without a pause, from a thread of its own, so that the witness stays undisturbed. */
export async function startAsking(asking: Asking): Promise<{ stop(): Promise<number> }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: asking });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return {
    /** Answers how many charts were drawn a second. */
    async stop() {
      const rate = new Promise<number>((resolve) => worker.once('message', resolve));
      worker.postMessage('stop');
      const told = await rate;
      await worker.terminate();
      return told;
    },
  };
}

function get(agent: Agent, { port, token }: Asking, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const asked = request({ host: '127.0.0.1', port, path, agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path} was answered with ${answer.statusCode}.`));
      answer.on('end', resolve).on('error', reject).resume();
    });
    asked.on('error', reject).end();
  });
}

/** Asks for all charts at once, as an app that opens a screen full of them does. Answers ms until the last one is there. */
export async function drawScreen(asking: Asking): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: BROWSER_SOCKETS });
  const began = performance.now();
  await Promise.all(asking.paths.map((path) => get(agent, asking, path)));
  agent.destroy();
  return performance.now() - began;
}

async function askAll(asking: Asking): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isOver = false;
  parentPort?.once('message', () => {
    isOver = true;
  });
  let count = 0;
  await get(agent, asking, asking.paths[0] ?? '');
  parentPort?.postMessage('ready');
  const began = performance.now();
  while (!isOver) {
    await get(agent, asking, asking.paths[count % asking.paths.length] ?? '');
    count += 1;
  }
  agent.destroy();
  parentPort?.postMessage(Math.round(count / ((performance.now() - began) / 1_000)));
}

if (!isMainThread) void askAll(workerData as Asking);
