import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Client, ConnectPacket } from 'aedes';
import type { BrokerRights } from './brokerRights.ts';
import { isLoopback } from './origin.ts';

export type GateOptions = {
  readonly rights: BrokerRights;
  /** Name of the hub itself. */
  readonly hub: string;
  /** A client id lost its owner: whatever was kept for it must go. */
  readonly onForget: (clientId: string) => void;
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

/** One connection that was let in. */
type Seat = { readonly username: string; wishes: number };

/** Largest packet, bytes: a camera picture of 2 MB and its topic. A longer one is cut off before it is gathered. */
const MAX_PACKET_BYTES = 2_200_000;
/** Before the login: name, secret and will fit in it many times. */
const MAX_CONNECT_BYTES = 16_384;
/** Subscriptions in one connection of a board or gateway. */
const MAX_WISHES = 2_000;
/** Client ids that one identity may have: a gateway that invents a new one at each start must not fill the memory. */
const MAX_CLIENT_IDS = 8;
const MAX_CLIENT_ID_LENGTH = 128;
/** The same event of the same client is reported once in this time, ms. */
const QUIET_MS = 60_000;
const MAX_REMEMBERED_REPORTS = 1_000;

/** Who sits at the broker, and under which client id. */
export class BrokerGate {
  readonly #options: GateOptions;
  /** Also of those that just left: their will is judged after they are gone. */
  readonly #seats = new WeakMap<Client, Seat>();
  readonly #open = new Set<Client>();
  /** Client id → identity that it belongs to, as long as it is connected or has a kept session. Oldest first. */
  readonly #owners = new Map<string, string>();
  readonly #reported = new Map<string, number>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  ownerOf(clientId: string): string | undefined {
    return this.#owners.get(clientId);
  }

  /** What is wrong with a CONNECT before anybody looks at its login; null: nothing. */
  faultOf(packet: ConnectPacket): Error | null {
    // Version 5 is answered by aedes itself, with the proper code.
    if (packet.protocolVersion === 3) return new Error('MQTT 3.1 is not spoken here, only 3.1.1');
    if (packet.clientId.length > MAX_CLIENT_ID_LENGTH) return new Error('the client id is too long');
    return null;
  }

  /** Checks the login and gives the client its seat. */
  admits(client: Client, username: string | undefined, secret: Uint8Array | undefined): boolean {
    if (!this.#options.rights.knows(username, secret)) return this.#refuse(client, 'wrong name or secret');
    const owner = this.#owners.get(client.id);
    if (owner !== undefined && owner !== username) {
      if (username !== this.#options.hub) return this.#refuse(client, 'the client id belongs to another');
      this.#options.onForget(client.id);
    }
    this.#owners.delete(client.id);
    this.#owners.set(client.id, username);
    this.#seats.set(client, { username, wishes: 0 });
    this.#open.add(client);
    client.conn.once('close', () => this.#left(client));
    this.#forgetOldest(username);
    return true;
  }

  /** Ends all sessions of an identity, at once, and forgets what was kept for it. */
  evict(username: string): void {
    for (const client of this.#open) {
      if (this.#seats.get(client)?.username === username) client.conn.destroy();
    }
    for (const [clientId, owner] of this.#owners) {
      if (owner === username) this.#forget(clientId);
    }
  }

  /** How many are logged in from another machine without TLS: their secrets went over the network for everybody to read. */
  plainSessions(): number {
    const sockets = [...this.#open].map(({ conn }) => conn as Socket);
    return sockets.filter((socket) => !(socket instanceof TLSSocket) && !isLoopback(socket.remoteAddress))
      .length;
  }

  mayPublish(client: Client, topic: string): boolean {
    const username = this.#seats.get(client)?.username;
    if (username !== undefined && this.#options.rights.mayPublish(username, topic)) return true;
    this.report('broker.publishDenied', client.id, { username, topic: topic.slice(0, 200) });
    return false;
  }

  usernameOf(client: Client): string | null {
    return this.#seats.get(client)?.username ?? null;
  }

  /** Whether the topic holds what another has announced. */
  isOfAnother(client: Client, topic: string, owner: string | null): boolean {
    const username = this.usernameOf(client);
    if (username === null || !this.#options.rights.isClaimedBy(owner, username, topic)) return false;
    this.report('broker.topicOfAnother', client.id, { username, owner, topic: topic.slice(0, 200) });
    return true;
  }

  maySubscribe(client: Client, filter: string): boolean {
    const seat = this.#seats.get(client);
    if (seat && this.#options.rights.maySubscribe(seat.username, filter)) {
      if (seat.username === this.#options.hub || ++seat.wishes <= MAX_WISHES) return true;
    }
    this.report('broker.subscribeDenied', client.id, {
      username: seat?.username,
      filter: filter.slice(0, 200),
    });
    return false;
  }

  mayReceive(client: Client, topic: string): boolean {
    const seat = this.#seats.get(client);
    return seat !== undefined && this.#options.rights.mayReceive(seat.username, topic);
  }

  /** Cuts a client off that announces a packet above the limit, before the packet is gathered in memory. */
  limitPackets(client: Client): void {
    const { _parser: parser } = client as unknown as { _parser: PacketParser };
    const readLength = parser._parseLength.bind(parser);
    parser._parseLength = () => {
      if (!readLength()) return false;
      if (parser.packet.length <= (client.connected ? MAX_PACKET_BYTES : MAX_CONNECT_BYTES)) return true;
      parser._emitError(new Error('the packet is too large'));
      return false;
    };
  }

  report(event: string, who: string, detail: Readonly<Record<string, unknown>>): void {
    const key = `${event} ${who}`;
    const now = performance.now();
    if (now - (this.#reported.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
    if (this.#reported.size >= MAX_REMEMBERED_REPORTS) this.#reported.clear();
    this.#reported.set(key, now);
    this.#options.onReport(event, detail);
  }

  #refuse(client: Client, why: string): false {
    this.report('broker.refused', client.id, { why, clientId: client.id });
    return false;
  }

  /** A session that the client did not want to be kept frees its client id, unless it came back already. */
  #left(client: Client): void {
    this.#open.delete(client);
    const isBack = [...this.#open].some(({ id }) => id === client.id);
    if (client.clean && !isBack) this.#owners.delete(client.id);
  }

  #forgetOldest(username: string): void {
    const mine = [...this.#owners].filter(([, owner]) => owner === username).map(([clientId]) => clientId);
    const open = new Set([...this.#open].map(({ id }) => id));
    const idle = mine.filter((clientId) => !open.has(clientId));
    for (const clientId of idle.slice(0, Math.max(0, mine.length - MAX_CLIENT_IDS))) this.#forget(clientId);
  }

  #forget(clientId: string): void {
    this.#owners.delete(clientId);
    this.#options.onForget(clientId);
  }
}

/** The part of aedes' packet parser that knows the length of a packet before its body has arrived. */
type PacketParser = {
  readonly packet: { readonly length: number };
  _parseLength(): boolean;
  _emitError(error: Error): void;
};
