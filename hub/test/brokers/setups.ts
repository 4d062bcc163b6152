import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBroker } from '../../src/io/broker.ts';
import type { BrokerAdmin } from '../../src/io/brokerAdmin.ts';
import { createDynsec } from '../../src/io/dynsec.ts';
import { createTls } from '../../src/io/tls.ts';
import { freePort, startMosquitto } from './mosquitto.ts';

/** A broker under test, whichever it is. */
export type TestBroker = {
  readonly url: string;
  /** PEM that clients trust; none when it is plain. */
  readonly ca?: string;
  readonly admin: BrokerAdmin;
  readonly hub: { readonly username: string; readonly password: string };
  /** Ends it in good order and starts it again, with its data. */
  restart(): Promise<void>;
  /** Ends it as roughly as can be, waits for `meanwhile` and starts it again. */
  crash(meanwhile: () => Promise<void>): Promise<void>;
  remove(): Promise<void>;
};

const HUB = { username: 'hub', password: randomBytes(16).toString('hex') };
const ADMIN = { username: 'admin', password: randomBytes(16).toString('hex') };

/** The broker inside the hub. There is nothing rougher than `stop`, short of ending this process. */
export async function embedded(secure: boolean): Promise<TestBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-embedded-'));
  const material = await authorityIn(folder);
  const port = await freePort();
  const broker = createBroker({
    host: '127.0.0.1',
    port: secure ? null : port,
    tlsPort: secure ? port : null,
    tls: () => material,
    database: {
      file: join(folder, 'broker.db'),
      migrations: new URL('../../migrations/broker', import.meta.url).pathname,
    },
    hub: HUB,
    onReport: () => {},
  });
  await broker.start();
  return {
    url: `${secure ? 'mqtts' : 'mqtt'}://localhost:${port}`,
    ...(secure ? { ca: material.boardCa } : {}),
    admin: broker,
    hub: HUB,
    async restart() {
      await broker.stop();
      await broker.start();
    },
    async crash(meanwhile) {
      await broker.stop();
      await meanwhile();
      await broker.start();
    },
    async remove() {
      await broker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A real Mosquitto with the dynamic-security plugin. */
export async function mosquitto(secure: boolean): Promise<TestBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-authority-'));
  const { ca, boardCa, cert, key } = await authorityIn(folder);
  const server = await startMosquitto({
    dynsec: { admin: ADMIN, hub: HUB },
    persistence: true,
    ...(secure ? { tls: { ca, cert, key } } : {}),
  });
  const trust = secure ? { ca: boardCa } : {};
  const dynsec = createDynsec({
    url: server.url.replace('://', `://${ADMIN.username}:${ADMIN.password}@`),
    given: () => [],
    keepOff: [HUB.username],
    onReport: () => {},
    ...trust,
  });
  dynsec.start();
  return {
    url: server.url,
    ...trust,
    admin: dynsec,
    hub: HUB,
    restart: () => server.restart(),
    async crash(meanwhile) {
      await server.kill();
      await meanwhile();
      await server.restart();
    },
    async remove() {
      await dynsec.stop();
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const authorityIn = (folder: string) =>
  createTls({ folder: join(folder, 'tls'), hostName: 'attic', addresses: () => [], now: Date.now }).ensure();
