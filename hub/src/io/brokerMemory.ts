import { Readable } from 'node:stream';
import type { AedesPublishPacket, Client, PublishPacket, Subscription } from 'aedes';
import type { Retained } from './retained.ts';
import { isWildcard, topicMatches } from './topics.ts';

type Packet = AedesPublishPacket & { messageId?: number };
/** A PUBREL takes the place of the message that it releases. */
type Outgoing = { packet: Packet | { cmd: 'pubrel'; messageId: number }; readonly bytes: number };
type WithId = { readonly id: string };
type Session = {
  readonly subscriptions: Map<string, 0 | 1 | 2>;
  outgoing: Outgoing[];
  bytes: number;
  readonly incoming: Map<number, PublishPacket>;
};

/** Messages that may wait for a client that is away; Mosquitto's own limit. More are not kept for it. */
const MAX_WAITING = 1_000;
/** And their size, bytes. */
const MAX_WAITING_BYTES = 4_194_304;

/**
 * What aedes remembers (its `persistence`). Retained messages last through restarts; sessions are in memory only: after
 * a restart of the hub boards come back with a new session, and repeat alarms that nobody acknowledged. Differs from the
 * one that comes with aedes: that one has no limits, keeps wishes that were refused together with one that was granted,
 * and looks through all retained messages for each subscription.
 */
export class BrokerMemory {
  readonly #retained: Retained;
  readonly #maySubscribe: (clientId: string, filter: string) => boolean;
  readonly #sessions = new Map<string, Session>();
  readonly #wills = new Map<string, PublishPacket>();
  /** Filter → clients with a kept session that want it with QoS 1 or 2. */
  readonly #exact = new Map<string, Map<string, 1 | 2>>();
  readonly #wild = new Map<string, Map<string, 1 | 2>>();

  constructor(retained: Retained, maySubscribe: (clientId: string, filter: string) => boolean) {
    this.#retained = retained;
    this.#maySubscribe = maySubscribe;
  }

  async setup(): Promise<void> {}

  /** Ends what is kept for a client: its wishes, and what waits for it. */
  forget(clientId: string): void {
    for (const filter of this.#sessions.get(clientId)?.subscriptions.keys() ?? [])
      this.#unindex(clientId, filter);
    this.#sessions.delete(clientId);
    this.#wills.delete(clientId);
  }

  /** Never called: the broker keeps retained messages when it grants the publish, in the order of arrival. */
  async storeRetained(): Promise<void> {}

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    const retained = this.#retained;
    function* all() {
      for (const filter of filters) yield* retained.matching(filter);
    }
    return Readable.from(all());
  }

  async addSubscriptions(client: WithId, wishes: readonly Subscription[]): Promise<void> {
    for (const { topic, qos } of wishes) {
      // aedes hands over all wishes of the packet, the refused ones too.
      if (!this.#maySubscribe(client.id, topic)) continue;
      this.#session(client.id).subscriptions.set(topic, qos);
      this.#unindex(client.id, topic);
      if (qos > 0) this.#index(client.id, topic, qos === 1 ? 1 : 2);
    }
  }

  async removeSubscriptions(client: WithId, filters: readonly string[]): Promise<void> {
    for (const filter of filters) {
      this.#sessions.get(client.id)?.subscriptions.delete(filter);
      this.#unindex(client.id, filter);
    }
  }

  async subscriptionsByClient(client: WithId): Promise<Subscription[]> {
    return [...(this.#sessions.get(client.id)?.subscriptions ?? [])].map(([topic, qos]) => ({ topic, qos }));
  }

  async subscriptionsByTopic(topic: string): Promise<Waiting[]> {
    const clients = new Map(this.#exact.get(topic));
    for (const [filter, wanting] of this.#wild) {
      if (!topicMatches(filter, topic)) continue;
      for (const [clientId, qos] of wanting) clients.set(clientId, qos);
    }
    return [...clients].map(([clientId, qos]) => ({ clientId, topic, qos }));
  }

  async cleanSubscriptions(client: WithId): Promise<void> {
    const will = this.#wills.get(client.id);
    this.forget(client.id);
    if (will) this.#wills.set(client.id, will);
  }

  async outgoingEnqueue({ clientId, qos }: Waiting, packet: Packet): Promise<void> {
    const session = this.#session(clientId);
    const bytes = packet.topic.length + packet.payload.length;
    if (session.outgoing.length >= MAX_WAITING || session.bytes + bytes > MAX_WAITING_BYTES) return;
    session.outgoing.push({ packet: { ...packet, retain: false, qos: packet.qos === 2 ? qos : 1 }, bytes });
    session.bytes += bytes;
  }

  async outgoingEnqueueCombi(clients: readonly Waiting[], packet: Packet): Promise<void> {
    for (const client of clients) void this.outgoingEnqueue(client, packet);
  }

  outgoingStream(client: WithId): Readable {
    // A message that has a number was sent before.
    const waiting = this.#sessions.get(client.id)?.outgoing ?? [];
    return Readable.from(waiting.map(({ packet }) => ({ ...packet, dup: packet.messageId !== undefined })));
  }

  async outgoingUpdate(client: WithId, packet: Outgoing['packet']): Promise<void> {
    const entry = this.#sessions.get(client.id)?.outgoing.find(({ packet: kept }) => isSame(kept, packet));
    // None: it was one too many to be kept. It is delivered all the same, only not repeated.
    if (entry === undefined) return;
    if (packet.cmd === 'pubrel') entry.packet = packet;
    else if (packet.messageId !== undefined) entry.packet.messageId = packet.messageId;
  }

  async outgoingClearMessageId(client: WithId, { messageId }: { messageId?: number }) {
    const session = this.#sessions.get(client.id);
    const at = session?.outgoing.findIndex(({ packet }) => packet.messageId === messageId) ?? -1;
    if (session === undefined || messageId === undefined || at === -1) return undefined;
    const [entry] = session.outgoing.splice(at, 1);
    session.bytes -= entry?.bytes ?? 0;
    return entry?.packet;
  }

  async incomingStorePacket(client: WithId, packet: PublishPacket): Promise<void> {
    this.#session(client.id).incoming.set(packet.messageId ?? 0, packet);
  }

  async incomingGetPacket(client: WithId, { messageId }: { messageId?: number }): Promise<PublishPacket> {
    const packet = this.#sessions.get(client.id)?.incoming.get(messageId ?? 0);
    if (packet === undefined) throw new Error('no such packet');
    return packet;
  }

  async incomingDelPacket(client: WithId, { messageId }: { messageId?: number }): Promise<void> {
    const known = this.#sessions.get(client.id)?.incoming.delete(messageId ?? 0);
    if (!known) throw new Error('no such packet');
  }

  async cleanIncoming(client: WithId): Promise<void> {
    const session = this.#sessions.get(client.id);
    session?.incoming.clear();
    if (session?.subscriptions.size === 0 && session.outgoing.length === 0) this.#sessions.delete(client.id);
  }

  async putWill(client: Client, will: PublishPacket): Promise<void> {
    this.#wills.set(client.id, will);
  }

  async delWill(client: WithId): Promise<PublishPacket | undefined> {
    const will = this.#wills.get(client.id);
    this.#wills.delete(client.id);
    return will;
  }

  /** Wills of other brokers in a cluster: there is no cluster. */
  streamWill(): Readable {
    return Readable.from([]);
  }

  #session(clientId: string): Session {
    const known = this.#sessions.get(clientId);
    if (known) return known;
    const session: Session = { subscriptions: new Map(), outgoing: [], bytes: 0, incoming: new Map() };
    this.#sessions.set(clientId, session);
    return session;
  }

  #index(clientId: string, filter: string, qos: 1 | 2): void {
    const index = isWildcard(filter) ? this.#wild : this.#exact;
    index.set(filter, (index.get(filter) ?? new Map<string, 1 | 2>()).set(clientId, qos));
  }

  #unindex(clientId: string, filter: string): void {
    const index = isWildcard(filter) ? this.#wild : this.#exact;
    const clients = index.get(filter);
    clients?.delete(clientId);
    if (clients?.size === 0) index.delete(filter);
  }
}

type Waiting = { readonly clientId: string; readonly topic: string; readonly qos: 1 | 2 };

/** The same message by the broker's count, or, for a PUBREL, by the number that it has between the two. */
function isSame(kept: Outgoing['packet'], packet: Outgoing['packet']): boolean {
  if (kept.cmd === 'pubrel' || packet.cmd === 'pubrel') return kept.messageId === packet.messageId;
  return kept.brokerId === packet.brokerId && kept.brokerCounter === packet.brokerCounter;
}
