import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './composePaths.ts';
import type { Config } from './config.ts';
import type { PairingBroker } from './devices/pairing.ts';
import { DISCOVERY_FILTERS, reservedBy } from './devices/rights.ts';
import type { StoredIdentity } from './devices/store.ts';
import { ownHost, reachableHost } from './io/addresses.ts';
import { type BrokerAdmin, type BrokerIdentity, hashSecret } from './io/brokerAdmin.ts';
import { createDynsec } from './io/dynsec.ts';
import type { Log } from './io/log.ts';
import { createMqtt, type Mqtt, type MqttOptions } from './io/mqtt.ts';
import type { TlsMaterial } from './io/tls.ts';

/** Broker, the hub's connection to it, and how devices get in. */
export type BrokerSide = {
  readonly mqtt: Mqtt;
  /** Null: somebody else's broker that we may not manage. */
  readonly pairing: PairingBroker | null;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly ports: () => { readonly plain: number | null; readonly tls: number | null };
  /** Devices that are logged in from another machine without TLS; null: only the broker itself knows. */
  readonly plainSessions: () => number | null;
  readonly reloadTls: () => void;
};

export type BrokerParts = {
  readonly config: Config;
  readonly hubId: string;
  readonly hostName: string;
  readonly log: Log;
  /** Null: the certificates are damaged, and nobody is let in by TLS. */
  readonly tls: () => TlsMaterial | null;
  /** Identities that were given out before. */
  readonly identities: () => readonly StoredIdentity[];
  /** Whether there is still a device that the identity was given to. */
  readonly isKnown: (username: string) => boolean;
  readonly on: Pick<MqttOptions, 'onMessage' | 'whenKept' | 'onFound' | 'onLost'>;
};

/** What the hub says when it is gone without a word. */
const WILL = { topic: 'homeward/hub/status', payload: 'offline' };

export const composeBroker = async (parts: BrokerParts): Promise<BrokerSide> =>
  parts.config.mqttUrl === null ? embedded(parts) : foreign(parts, parts.config.mqttUrl);

/** No broker was named: one starts inside this process, and the hub logs in to it like everybody else. */
async function embedded(parts: BrokerParts): Promise<BrokerSide> {
  // A house with a broker of its own need not hold this one in memory.
  const { createBroker } = await import('./io/broker.ts');
  const { config, log, hubId, hostName } = parts;
  const hub = { username: `hub-${hubId}`, password: randomBytes(24).toString('base64url') };
  const onReport = reportTo(log);
  const broker = createBroker({
    ...(config.bind === null ? {} : { host: config.bind }),
    port: config.mqttPort,
    tlsPort: config.mqttsPort,
    tls: parts.tls,
    database: { file: join(config.dataFolder, 'broker.db'), migrations: PATHS.brokerMigrations },
    hub,
    onReport,
  });
  let mqtt: Mqtt | null = null;
  const connection = (): Mqtt => {
    const url = `mqtt://${ownHost(config.bind)}:${broker.ports().plain ?? config.mqttPort}`;
    mqtt ??= createMqtt({ url, clientId: `homeward-${hubId}`, ...hub, will: WILL, onReport, ...parts.on });
    return mqtt;
  };
  return {
    get mqtt() {
      return connection();
    },
    pairing: {
      ...pairingOf(broker),
      address() {
        const { plain, tls } = broker.ports();
        const material = parts.tls();
        return {
          host: reachableHost(config.bind, hostName),
          port: tls ?? plain ?? config.mqttsPort,
          tls: tls !== null,
          plainPort: plain,
          // Both forms of the same authority: a board's TLS library takes the one that it can read.
          ca: material && `${material.ca.trim()}\n${material.boardCa.trim()}\n`,
        };
      },
    },
    async start() {
      await broker.start();
      const known = parts.identities().filter(({ username }) => parts.isKnown(username));
      for (const identity of known) await broker.setIdentity(brokerIdentity(identity));
      connection().start();
    },
    async stop() {
      await connection().stop();
      await broker.stop();
    },
    ports: () => broker.ports(),
    plainSessions: () => broker.plainSessions(),
    reloadTls: () => broker.reloadTls(),
  };
}

/** The house has a broker of its own: Mosquitto, managed through its dynamic security, or not at all. */
function foreign(parts: BrokerParts, url: string): BrokerSide {
  const { config, log, hubId } = parts;
  const onReport = reportTo(log);
  const ca = config.mqttCaFile === null ? null : readFileSync(config.mqttCaFile, 'utf8');
  const trust = ca === null ? {} : { ca };
  const mqtt = createMqtt({
    url,
    clientId: `homeward-${hubId}`,
    ...trust,
    will: WILL,
    onReport,
    ...parts.on,
  });
  const { hostname, port, protocol, username } = new URL(url);
  const given = () => parts.identities().map(brokerIdentity);
  const keepOff = [decodeURIComponent(username)];
  const dynsec =
    config.dynsecUrl === null
      ? null
      : createDynsec({ url: config.dynsecUrl, ...trust, given, keepOff, onReport });
  const tls = protocol === 'mqtts:';
  const reached = Number(port) || (tls ? 8883 : 1883);
  const address = { host: hostname, port: reached, tls, plainPort: tls ? null : reached, ca };
  return {
    mqtt,
    pairing: dynsec === null ? null : { ...pairingOf(dynsec), address: () => address },
    async start() {
      dynsec?.start();
      mqtt.start();
    },
    async stop() {
      await mqtt.stop();
      await dynsec?.stop();
    },
    ports: () => ({ plain: null, tls: null }),
    plainSessions: () => null,
    reloadTls: () => {},
  };
}

const pairingOf = (admin: BrokerAdmin): Omit<PairingBroker, 'address'> => ({
  setIdentity: (identity, secret) => admin.setIdentity(brokerIdentity(identity), secret),
  removeIdentity: (username) => admin.removeIdentity(username),
  endSessions: (username) => admin.endSessions(username),
  hashSecret,
});

const brokerIdentity = (stored: StoredIdentity): BrokerIdentity => ({
  ...stored,
  reserves: reservedBy(stored),
  claims: DISCOVERY_FILTERS,
});

const reportTo =
  (log: Log) =>
  (event: string, detail: Readonly<Record<string, unknown>> = {}): void =>
    log.warn({ event, ...detail }, event);
