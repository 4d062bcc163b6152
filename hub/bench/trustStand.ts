import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../test/hubClient.ts';
import { type HubProcess, prepareHub } from '../test/hubProcess.ts';
import { until } from '../test/patience.ts';
import { contactTopics, devicesOf, type Place, sirenTopic } from './contestant.ts';
import { type Gaps, gapsTo } from './gapProbe.ts';
import { announce } from './homeward.ts';
import { withStand } from './stand.ts';
import { Witness } from './witness.ts';

/** A net that is set aside for benchmarks (RFC 2544): the hub, and callers that are not this machine to it. */
const HUB = '198.18.0.1';
const callers = (count: number): string[] => Array.from({ length: count }, (_, n) => `198.18.1.${n + 1}`);

const ANNOUNCE_LIMIT_MS = 120_000;
const SETTLE_MS = 2_000;

/** A hub with contacts, a siren and an owner, whose event loop is looked at, and which callers of many addresses reach. */
export type TrustStand = {
  readonly hub: HubProcess;
  readonly host: string;
  /** Addresses of the callers. */
  readonly origins: readonly string[];
  /** What makes the owner's device known. */
  readonly deviceToken: string;
  /** Raises the next so many contacts; answers ms until the siren was commanded, lost ones left out. */
  raise(count: number, everyMs: number): Promise<readonly number[]>;
  /** Gaps of the hub's event loop since the last look. */
  gaps(): Promise<Gaps>;
};

/** @throws in plain words when the addresses cannot be had */
export const withTrustStand = <T>(
  asked: { readonly origins: number; readonly contacts: number },
  work: (stand: TrustStand) => Promise<T>,
): Promise<T> =>
  withStand({}, async ({ broker }) => {
    const origins = callers(asked.origins);
    const place: Place = { brokerPort: broker.port, prefix: 'trust', contacts: asked.contacts, sensors: 0 };
    const file = join(tmpdir(), `homeward-gaps-${process.pid}.json`);
    const addresses = [HUB, ...origins];
    const hub = await prepareHub({
      mqttUrl: `mqtt://127.0.0.1:${broker.port}`,
      env: { HOMEWARD_TOPIC_RATE: '100000', HOMEWARD_BIND: HUB, ...gapsTo(file) },
    });
    const witness = await Witness.open(broker.port);
    try {
      for (const address of addresses) setAddress('add', address);
      await hub.start();
      await hub.claim();
      await announce(place);
      const knowsAll = async () => (await hub.api.call('devices')).devices.length === devicesOf(place);
      await until('the hub knows all devices', knowsAll, ANNOUNCE_LIMIT_MS);
      await sleep(SETTLE_MS);
      const topics = contactTopics(place);
      return await work({
        hub,
        host: HUB,
        origins,
        deviceToken: await deviceOf(hub),
        raise: (count, everyMs) => witness.raise(topics.splice(0, count), sirenTopic(place), everyMs),
        gaps: () => gapsOf(hub.pid, file),
      });
    } finally {
      await witness.close();
      await hub.remove();
      for (const address of addresses) setAddress('del', address);
      rmSync(file, { force: true });
    }
  });

function setAddress(what: 'add' | 'del', address: string): void {
  try {
    execFileSync('ip', ['address', what, `${address}/32`, 'dev', 'lo'], { stdio: 'pipe' });
  } catch {
    if (what === 'del') return;
    throw new Error(
      'Callers of 50 addresses need the right to give this machine addresses: run it as root, or inside `unshare -rn`.',
    );
  }
}

async function deviceOf({ api }: HubProcess): Promise<string> {
  const { name, password } = OWNER;
  const { deviceToken = '' } = await api.call('logIn', { body: { name, password } });
  return deviceToken;
}

async function gapsOf(pid: number, file: string): Promise<Gaps> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  return until('the hub tells its gaps', () => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Gaps;
    } catch {
      return null;
    }
  });
}
