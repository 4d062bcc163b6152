import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { connectAsync } from 'mqtt';

type Load = { readonly brokerPort: number; readonly topics: readonly string[]; readonly perSecond: number };

/** Readings go out in a burst each time, ms: sensors have no common clock, and 1,000 timers a second would be the load. */
const TICK_MS = 5;

/** Readings at a steady rate, QoS 0, from a thread of its own, so that the witness stays undisturbed. */
export async function startLoad(load: Load): Promise<{ stop(): Promise<number> }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: load });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return {
    /** Answers how many readings a second really went out. */
    async stop() {
      const rate = new Promise<number>((resolve) => worker.once('message', resolve));
      worker.postMessage('stop');
      const told = await rate;
      await worker.terminate();
      return told;
    },
  };
}

async function publishReadings({ brokerPort, topics, perSecond }: Load): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${brokerPort}`, { protocolVersion: 4 });
  let isOver = false;
  parentPort?.once('message', () => {
    isOver = true;
  });
  parentPort?.postMessage('ready');
  const start = performance.now();
  let sent = 0;
  while (!isOver) {
    const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
    for (; sent < due; sent++) {
      const topic = topics[sent % topics.length] ?? '';
      client.publish(topic, JSON.stringify({ co2: 500 + (sent % 97) }), { qos: 0 });
    }
    await sleep(TICK_MS);
  }
  const rate = sent / ((performance.now() - start) / 1_000);
  await client.endAsync();
  parentPort?.postMessage(Math.round(rate));
}

if (!isMainThread) void publishReadings(workerData as Load);
