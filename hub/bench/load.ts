import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { connectPacket, publishPacket } from '../test/faults/rawMqtt.ts';

export type LoadOptions = {
  readonly brokerPort: number;
  readonly topics: readonly string[];
  readonly perSecond: number;
  /** So many and no more. Default: until it is stopped. */
  readonly readings?: number;
};

/** What went out, all of it read by the broker. */
export type Sent = { readonly readings: number; readonly perSecond: number };

export type Load = {
  /** Resolves when all of `readings` went out. */
  readonly done: Promise<Sent>;
  stop(): Promise<Sent>;
};

/** Readings go out in a burst each time, ms: sensors have no common clock, and 1,000 timers a second would be the load. */
const TICK_MS = 5;
/** One write at most, readings: what is behind after a pause of the machine does not come in one piece. */
const MAX_BURST = 2_000;
const DISCONNECT = Buffer.from([0xe0, 0]);

/**
 * Readings at a steady rate, QoS 0, from a thread of its own, so that the witness stays undisturbed. Bytes straight to
 * the socket: a client library would take more of the machine than the hub does.
 */
export async function startLoad(load: LoadOptions): Promise<Load> {
  const worker = new Worker(new URL(import.meta.url), { workerData: load });
  const done = new Promise<Sent>((resolve, reject) => {
    worker.on('message', (told: Sent | 'ready') => {
      if (told === 'ready') return;
      resolve(told);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
  done.catch(() => undefined);
  await Promise.race([once(worker, 'message'), done]);
  return {
    done,
    stop() {
      worker.postMessage('stop');
      return done;
    },
  };
}

async function publishReadings({ brokerPort, topics, perSecond, readings }: LoadOptions): Promise<void> {
  const packets = topics.map((topic) => publishPacket(topic, '{"co2":500}'));
  const socket = connect(brokerPort, '127.0.0.1');
  socket.setNoDelay(true);
  socket.write(connectPacket(`load-${process.pid}-${performance.now()}`));
  await once(socket, 'data');
  socket.resume();
  let isOver = false;
  parentPort?.once('message', () => {
    isOver = true;
  });
  parentPort?.postMessage('ready');
  const end = readings ?? Number.POSITIVE_INFINITY;
  const start = performance.now();
  let sent = 0;
  while (!isOver && sent < end) {
    const due = Math.min(end, Math.floor(((performance.now() - start) / 1_000) * perSecond));
    const burst: Buffer[] = [];
    for (; sent < due && burst.length < MAX_BURST; sent++) burst.push(readingPacket(packets, sent));
    if (burst.length > 0 && !socket.write(Buffer.concat(burst))) await once(socket, 'drain');
    if (sent >= due) await sleep(TICK_MS);
  }
  // The broker hangs up when it has read everything before this: from then on nothing is on its way to it.
  const gone = once(socket, 'close');
  socket.write(DISCONNECT);
  await gone;
  const seconds = (performance.now() - start) / 1_000;
  parentPort?.postMessage({ readings: sent, perSecond: Math.round(sent / seconds) });
}

/** The value changes with each message: 500..596 ppm, good air. The digits stand before the closing brace. */
function readingPacket(packets: readonly Buffer[], nth: number): Buffer {
  const packet = packets[nth % packets.length] as Buffer;
  packet.write(String(500 + (nth % 97)), packet.length - 4, 'latin1');
  return packet;
}

if (!isMainThread) void publishReadings(workerData as LoadOptions);
