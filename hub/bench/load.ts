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
  /** 1: the broker answers each. Default 0, as most devices speak. */
  readonly qos?: 0 | 1;
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
/** QoS 1: so many may be unanswered. */
const MAX_IN_FLIGHT = 2_000;
const PUBACK_BYTES = 4;
const DISCONNECT = Buffer.from([0xe0, 0]);

/**
 * Readings at a steady rate from a thread of its own, so that the witness stays undisturbed. Bytes straight to
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

async function publishReadings(load: LoadOptions): Promise<void> {
  const { perSecond } = load;
  const sender = await openSender(load);
  let isOver = false;
  parentPort?.once('message', () => {
    isOver = true;
  });
  parentPort?.postMessage('ready');
  const end = load.readings ?? Number.POSITIVE_INFINITY;
  const start = performance.now();
  while (!isOver && sender.sent() < end) {
    const due = Math.min(end, Math.floor(((performance.now() - start) / 1_000) * perSecond));
    const isBehind = await sender.send(due);
    await sleep(isBehind ? 1 : TICK_MS);
  }
  await sender.close();
  const seconds = (performance.now() - start) / 1_000;
  parentPort?.postMessage({ readings: sender.sent(), perSecond: Math.round(sender.sent() / seconds) });
}

async function openSender({ brokerPort, topics, qos = 0 }: LoadOptions) {
  const packets = topics.map((topic) => publishPacket(topic, PAYLOAD, qos));
  const socket = connect(brokerPort, '127.0.0.1');
  socket.setNoDelay(true);
  socket.write(connectPacket(`load-${process.pid}-${performance.now()}`));
  await once(socket, 'data');
  let sent = 0;
  let answered = 0;
  socket.on('data', (some: Buffer) => {
    answered += some.length / PUBACK_BYTES;
  });
  const room = () => (qos === 0 ? MAX_BURST : Math.floor(answered) + MAX_IN_FLIGHT - sent);
  return {
    sent: () => sent,
    /** Sends what is due, as far as there is room. Answers whether something is left. */
    async send(due: number): Promise<boolean> {
      const until = Math.min(due, sent + room());
      const burst: Buffer[] = [];
      for (; sent < until; sent++) burst.push(readingPacket(packets, sent, qos));
      if (burst.length > 0 && !socket.write(Buffer.concat(burst))) await once(socket, 'drain');
      return sent < due;
    },
    /** The broker hangs up when it has read everything before this: from then on nothing is on its way to it. */
    async close(): Promise<void> {
      const gone = once(socket, 'close');
      socket.write(DISCONNECT);
      await gone;
    },
  };
}

const PAYLOAD = '{"co2":500}';
/** From its end: where the digits stand, and before the payload the number of a QoS 1 packet. */
const DIGITS_AT = 4;
const ID_AT = PAYLOAD.length + 2;
const MAX_ID = 65_535;

/** The value changes with each message: 500..596 ppm, good air. */
function readingPacket(packets: readonly Buffer[], nth: number, qos: 0 | 1): Buffer {
  const packet = Buffer.from(packets[nth % packets.length] as Buffer);
  packet.write(String(500 + (nth % 97)), packet.length - DIGITS_AT, 'latin1');
  if (qos === 1) packet.writeUInt16BE((nth % MAX_ID) + 1, packet.length - ID_AT);
  return packet;
}

if (!isMainThread) void publishReadings(workerData as LoadOptions);
