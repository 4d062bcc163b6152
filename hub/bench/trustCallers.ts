import { Agent as PlainAgent, type RequestOptions, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Logins that are asked for, evenly spread over time, whatever becomes of the earlier ones. */
export type Asking = {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Addresses of this machine that they come from, in turns. */
  readonly origins: readonly string[];
  /** Connections of each address. */
  readonly sockets: number;
  readonly perS: number;
  readonly count: number;
  /** Bodies, in turns. */
  readonly logins: readonly object[];
};

/** How many were answered how: by status; 0: not at all. */
export type Answered = Readonly<Record<number, number>>;

/** From a thread of its own, so that the witness stays undisturbed. */
export async function askForLogins(asking: Asking): Promise<Answered> {
  const worker = new Worker(new URL(import.meta.url), { workerData: asking });
  try {
    return await new Promise<Answered>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}

function askOne(asking: Asking, agent: PlainAgent, localAddress: string, body: string): Promise<number> {
  const options: RequestOptions & { rejectUnauthorized: boolean } = {
    host: asking.host,
    port: asking.port,
    localAddress,
    agent,
    method: 'POST',
    path: '/api/sessions',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    // It is the load that matters here, not whether it can be read on the way.
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    const sent = (asking.tls ? tlsRequest : request)(options, (answer) => {
      answer.on('end', () => resolve(answer.statusCode ?? 0)).on('error', () => resolve(0));
      answer.resume();
    });
    sent.on('error', () => resolve(0)).end(body);
  });
}

async function askAll(asking: Asking): Promise<Answered> {
  const settings = { keepAlive: true, maxSockets: asking.sockets };
  const agents = asking.origins.map(() => (asking.tls ? new TlsAgent(settings) : new PlainAgent(settings)));
  const bodies = asking.logins.map((login) => JSON.stringify(login));
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let n = 0; n < asking.count; n++) {
    await sleep(Math.max(0, began + (n * 1_000) / asking.perS - performance.now()));
    const at = n % asking.origins.length;
    const agent = agents[at] as PlainAgent;
    answers.push(askOne(asking, agent, asking.origins[at] ?? '', bodies[n % bodies.length] ?? ''));
  }
  const answered: Record<number, number> = {};
  for (const status of await Promise.all(answers)) answered[status] = (answered[status] ?? 0) + 1;
  for (const agent of agents) agent.destroy();
  return answered;
}

if (!isMainThread) void askAll(workerData as Asking).then((answered) => parentPort?.postMessage(answered));
