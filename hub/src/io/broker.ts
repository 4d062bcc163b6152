import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Aedes, type AedesPublishPacket, type Client, type PublishPacket } from 'aedes';
import type { BrokerAdmin, BrokerIdentity } from './brokerAdmin.ts';
import { BrokerGate } from './brokerGate.ts';
import { BrokerMemory } from './brokerMemory.ts';
import { createPorts, type Ports, type TlsPair } from './brokerPorts.ts';
import { type BrokerRights, createBrokerRights } from './brokerRights.ts';
import { createRetained, type Retained } from './retained.ts';

export type BrokerOptions = {
  /** Address to listen on; default: all. */
  readonly host?: string;
  /** Plain port; 0: any free one; null: none. */
  readonly port: number | null;
  /** TLS port; 0: any free one; null: none. */
  readonly tlsPort: number | null;
  /** Key and certificate of today; null: there are none, and the TLS port stays shut. */
  readonly tls?: () => TlsPair | null;
  /** Where retained messages are kept: `<data>/broker.db`, and its migrations, `hub/migrations/broker`. */
  readonly database: { readonly file: string; readonly migrations: string };
  /** The hub's own login: it may say and hear everything but `$…`, and takes any client id that it wants. */
  readonly hub: { readonly username: string; readonly password: string };
  /** What deserves a line in the log. Never carries payloads or secrets; the same of the same client once a minute. */
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

export type Broker = BrokerAdmin & {
  /** @throws in plain words when a port cannot be had */
  start(): Promise<void>;
  /** Ends all connections without telling wills: that the broker goes does not mean that the boards are gone. */
  stop(): Promise<void>;
  /** The ports that are really bound; null: not that kind. */
  ports(): { readonly plain: number | null; readonly tls: number | null };
  /** How many are logged in from another machine without TLS. */
  plainSessions(): number;
  /** To be called when `tls()` has something new to say. Open connections stay. */
  reloadTls(): void;
};

/** Who has not said CONNECT by then is cut off, ms. */
const CONNECT_TIMEOUT_MS = 10_000;
/** A client that takes nothing off the wire for so long is cut off, ms. */
const DRAIN_TIMEOUT_MS = 10_000;
/** And one for whom so much waits in memory, bytes. */
const MAX_UNREAD_BYTES = 4_194_304;
/** Longest keepalive a client may ask for, s: a dead one is noticed after 1.5 times this. None at all is refused too. */
const MAX_KEEPALIVE_S = 120;
const MAX_TOPIC_LEVELS = 32;
/** QoS 2 messages that one client may leave half sent; each may hold 2.2 MB. */
const MAX_HALF_SENT = 20;

/**
 * A broker inside the hub, for homes that have none: MQTT 3.1.1 only (3.1 and 5 are refused: one protocol to test, and
 * every ESPHome, Tasmota and Zigbee2MQTT speaks it), login always, rights per identity. Retained messages last through
 * restarts; sessions and what waits for clients that are away are in memory only.
 */
export const createBroker = (options: BrokerOptions): Broker => new EmbeddedBroker(options);

class EmbeddedBroker implements Broker {
  readonly #rights: BrokerRights;
  readonly #retained: Retained;
  readonly #memory: BrokerMemory;
  readonly #gate: BrokerGate;
  readonly #ports: Ports;
  #aedes: Aedes | null = null;

  constructor(options: BrokerOptions) {
    const { database, hub, onReport } = options;
    this.#rights = createBrokerRights(hub);
    this.#retained = createRetained({ ...database, onReport });
    this.#memory = new BrokerMemory(this.#retained, (clientId, filter) => {
      const owner = this.#gate.ownerOf(clientId);
      return owner !== undefined && this.#rights.maySubscribe(owner, filter);
    });
    this.#gate = new BrokerGate({
      rights: this.#rights,
      hub: hub.username,
      onForget: (clientId) => this.#memory.forget(clientId),
      onReport,
    });
    this.#ports = createPorts({
      ...options,
      onConnection: (socket) => this.#welcome(socket),
      onRefused: (why, address) => this.#gate.report('broker.refused', address, { why, address }),
    });
  }

  async start(): Promise<void> {
    if (this.#aedes) return;
    this.#retained.start();
    this.#aedes = this.#build();
    await this.#aedes.listen();
    try {
      await this.#ports.open();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const aedes = this.#aedes;
    if (!aedes) return;
    this.#aedes = null;
    await new Promise<void>((resolve) => aedes.close(resolve));
    await this.#ports.close();
    this.#retained.stop();
  }

  ports() {
    return this.#ports.bound();
  }

  plainSessions(): number {
    return this.#gate.plainSessions();
  }

  reloadTls(): void {
    this.#ports.reloadTls();
  }

  async setIdentity(identity: BrokerIdentity): Promise<void> {
    this.#rights.set(identity);
    this.#gate.evict(identity.username);
  }

  async removeIdentity(username: string): Promise<void> {
    this.#rights.remove(username);
    this.#gate.evict(username);
  }

  async endSessions(username: string): Promise<void> {
    this.#gate.evict(username);
  }

  #build(): Aedes {
    const gate = this.#gate;
    const aedes = new Aedes({
      persistence: this.#memory,
      // No limit here: with one, a single client that reads slowly would hold up the messages of all others.
      concurrency: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      drainTimeout: DRAIN_TIMEOUT_MS,
      keepaliveLimit: MAX_KEEPALIVE_S,
      maxTopicLevels: MAX_TOPIC_LEVELS,
      maxInflightInbound: MAX_HALF_SENT,
      preConnect: (client, packet, done) => {
        const fault = gate.faultOf(packet);
        if (fault) gate.report('broker.refused', addressOf(client), { why: fault.message });
        done(fault, fault === null);
      },
      authenticate: (client, username, password, done) => {
        if (gate.admits(client, username, password)) done(null, true);
        else done(Object.assign(new Error('not authorized'), { returnCode: 5 as const }), false);
      },
      authorizePublish: (client, packet, done) => done(this.#grantPublish(client, packet)),
      authorizeSubscribe: (client, wish, done) =>
        done(null, gate.maySubscribe(client, wish.topic) ? wish : null),
      authorizeForward: (client, packet) => this.#forward(client, packet),
    });
    aedes.on('clientError', (client, error) => {
      gate.report('broker.clientFault', client.id, { clientId: client.id, why: error.message });
    });
    aedes.on('connectionError', (client, error) => {
      gate.report('broker.refused', addressOf(client), { why: error.message, address: addressOf(client) });
    });
    (aedes as EventEmitter).on('error', (error) => gate.report('broker.fault', '', { error }));
    uncouple(aedes);
    return aedes;
  }

  #welcome(socket: Socket): void {
    if (this.#aedes) this.#gate.limitPackets(this.#aedes.handle(socket));
    else socket.destroy();
  }

  /**
   * Grants or denies a publish or a will, and keeps what is retained. aedes would keep it a moment later than it hands
   * on messages that are not retained, and then drop it for everybody as out of order.
   */
  #grantPublish(client: Client | null, packet: PublishPacket): Error | null {
    if (this.#aedes === null || client === null) return new Error('the broker stops');
    if (!this.#gate.mayPublish(client, packet.topic)) return new Error('publish denied');
    const { topic, qos } = packet;
    if (this.#gate.isOfAnother(client, topic, this.#retained.ownerOf(topic))) return dropped(packet);
    if (packet.retain) {
      const owner = this.#gate.usernameOf(client);
      this.#retained.keep({ topic, qos, payload: Buffer.from(packet.payload), owner });
      packet.retain = false;
    }
    return null;
  }

  #forward(client: Client, packet: AedesPublishPacket): AedesPublishPacket | null {
    if ((client.conn as Socket).writableLength > MAX_UNREAD_BYTES) {
      this.#gate.report('broker.tooSlow', client.id, { clientId: client.id });
      client.conn.destroy();
      return null;
    }
    return this.#gate.mayReceive(client, packet.topic) ? packet : null;
  }
}

/**
 * aedes lets a publisher wait until every subscriber has taken the message. Then one board that stopped reading would
 * hold up the hub's commands to all others. So publishers do not wait; whoever reads too slowly is cut off instead.
 */
function uncouple(aedes: Aedes): void {
  const { mq } = aedes as unknown as { mq: { emit(packet: unknown, done: () => void): void } };
  const emit = mq.emit.bind(mq);
  mq.emit = (packet, done) => {
    emit(packet, () => {});
    done();
  };
}

/**
 * Two gateways that hear the same thermometer both announce it: the second is not to be cut off for that, as aedes would.
 * So its message is acknowledged and goes where nobody may listen.
 */
function dropped(packet: PublishPacket): null {
  packet.topic = '$dropped';
  packet.payload = Buffer.alloc(0);
  packet.retain = false;
  return null;
}

const addressOf = (client: Client) => (client.conn as Socket).remoteAddress ?? '';
