import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { freePort } from './brokers/mosquitto.ts';
import { HubClient } from './hubClient.ts';
import { ensureHub, HUB_PROGRAM } from './repository.ts';

export type HubOptions = {
  /** The broker of the house. Default: the hub's own. */
  readonly mqttUrl?: string;
  /** Largest file that it may write, KB: as on a disk that is full. `liftLimit` ends it. Default: none. */
  readonly fileLimitKb?: number;
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
};

/** A line that the journal holds. */
export type JournalRow = {
  readonly seq: number;
  readonly mono: number;
  readonly utc: number;
  readonly type: string;
  readonly fact: Readonly<Record<string, unknown>>;
};

type Ports = { readonly http: number; readonly https: number; readonly mqtt: number; readonly mqtts: number };

/** The start of a hub on a slow card with eight neighbours, ms. */
const START_PATIENCE_MS = 40_000;
const STOP_PATIENCE_MS = 10_000;
/** What it said is kept up to this, characters. */
const MAX_SAID = 4_000_000;

/** Hubs that run: none outlives the tests. One listener for all, however many there are. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The compiled hub as a process of its own, with a data folder of its own that outlives its restarts. */
export class HubProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeward-hub-'));
  readonly ports: Ports;
  readonly api: HubClient;
  readonly #options: HubOptions;
  #child: ChildProcess | null = null;
  #said = '';

  constructor(ports: Ports, options: HubOptions) {
    this.ports = ports;
    this.#options = options;
    this.api = new HubClient(ports.http);
  }

  /** Address of the embedded broker, without TLS. */
  get brokerUrl(): string {
    return `mqtt://127.0.0.1:${this.ports.mqtt}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** All that it said on both streams since the first start. */
  get said(): string {
    return this.#said;
  }

  isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the program and does not wait for it. */
  launch(): void {
    const { http, https, mqtt, mqtts } = this.ports;
    const { fileLimitKb } = this.#options;
    const program = [process.execPath, HUB_PROGRAM];
    const limited = ['sh', '-c', `ulimit -S -f ${2 * (fileLimitKb ?? 0)}; exec "$@"`, 'sh', ...program];
    const [command = '', ...args] = fileLimitKb === undefined ? program : limited;
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOMEWARD_DATA: this.folder,
        HOMEWARD_BIND: '127.0.0.1',
        HOMEWARD_HTTP_PORT: String(http),
        HOMEWARD_HTTPS_PORT: String(https),
        HOMEWARD_MQTT_PORT: String(mqtt),
        HOMEWARD_MQTTS_PORT: String(mqtts),
        ...(this.#options.mqttUrl === undefined ? {} : { HOMEWARD_MQTT_URL: this.#options.mqttUrl }),
        ...this.#options.env,
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (some: string) => {
        this.#said = (this.#said + some).slice(-MAX_SAID);
      });
    }
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.#child = child;
  }

  /** Starts it and waits until it says that it is up. */
  async start(): Promise<void> {
    const from = this.#said.length;
    this.launch();
    await this.untilUp(from);
  }

  /** @throws with its last words when it ended, or did not come up in time */
  async untilUp(from = 0): Promise<void> {
    const until = performance.now() + START_PATIENCE_MS;
    while (!this.#said.slice(from).includes('Homeward is up:')) {
      const why = this.isRunning() ? 'does not come up' : 'ended';
      if (!this.isRunning() || performance.now() > until) {
        throw new Error(`The hub ${why}: ${this.#said.slice(-3_000)}`);
      }
      await sleep(5);
    }
  }

  /** There is room on the disk again. */
  liftLimit(): void {
    execFileSync('prlimit', ['--pid', String(this.pid), '--fsize=unlimited:unlimited']);
  }

  /** As a power cut would. */
  kill9(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** In good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Claims it with the code that it printed. */
  claim(): Promise<void> {
    const code = readFileSync(join(this.folder, 'claim-code'), 'utf8').trim();
    return this.api.claim(code);
  }

  /** Memory that it really holds now, bytes. */
  rssBytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1_024;
  }

  /** Reads `safety.db` from the side; the hub may run. */
  inspect<T>(look: (db: Database.Database) => T): T {
    return this.#beside(true, look);
  }

  /** Changes `safety.db` from the side, as whoever has the card in their hands; the hub may run. */
  alter<T>(change: (db: Database.Database) => T): T {
    return this.#beside(false, change);
  }

  #beside<T>(readonly: boolean, use: (db: Database.Database) => T): T {
    const db = new Database(join(this.folder, 'safety.db'), { readonly });
    try {
      return use(db);
    } finally {
      db.close();
    }
  }

  /** The journal, of one type of fact or of all. */
  journal(type?: string): JournalRow[] {
    const rows = this.inspect((db) =>
      db.prepare('select seq, mono, utc, type, json from journal order by seq').all(),
    ) as { seq: number; mono: number; utc: number; type: string; json: string }[];
    return rows
      .filter((row) => type === undefined || row.type === type)
      .map(({ json, ...row }) => ({ ...row, fact: JSON.parse(json) as JournalRow['fact'] }));
  }

  /** Ends it and deletes its data. */
  async remove(): Promise<void> {
    await this.kill9();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
    await gone;
    clearTimeout(impatience);
  }
}

/** A hub with ports and a folder of its own, not started yet. */
export async function prepareHub(options: HubOptions = {}): Promise<HubProcess> {
  ensureHub();
  const [http, https, mqtt, mqtts] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  return new HubProcess({ http, https, mqtt, mqtts }, options);
}

/** A hub that is up and has an owner, who is logged in. */
export async function startHub(options: HubOptions = {}): Promise<HubProcess> {
  const hub = await prepareHub(options);
  try {
    await hub.start();
    await hub.claim();
    return hub;
  } catch (error) {
    await hub.remove();
    throw error;
  }
}
