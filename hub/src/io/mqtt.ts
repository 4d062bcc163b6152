import type { MqttClient, Packet } from 'mqtt';
import { createInFlight } from './inFlight.ts';
import { type MqttAddress, retryAfterMs } from './mqttAddress.ts';
import { openClient } from './mqttClient.ts';
import { sendNow, toBuffer } from './mqttSend.ts';
import { createUnsentQueue, type Unsent } from './unsent.ts';

/** A message as the broker handed it over. */
export type MqttMessage = {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** True: the broker's memory of an earlier message, sent because we subscribed; false: just published. */
  readonly retain: boolean;
  readonly qos: 0 | 1 | 2;
  /** True: the broker sends it again because it saw no acknowledgement. It may have been handled before. */
  readonly dup: boolean;
};

/** How a message is published. */
export type PublishOptions = {
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /**
   * How long a QoS 1 message may wait for the broker, ms. Default: 5,000 (a command older than that surprises
   * people), retained messages without end. 0: now or never. QoS 0 never waits.
   */
  readonly keepMs?: number;
  /** A siren command: goes out however many are not acknowledged; of a topic the newest is repeated. Default false. */
  readonly urgent?: boolean;
};

export type MqttOptions = MqttAddress & {
  /** Larger payloads are dropped unseen, bytes. Default 2,200,000. What crosses the wire only the broker can limit. */
  readonly maxPacketBytes?: number;
  /** Called for each message, in order. */
  readonly onMessage: (message: MqttMessage) => void;
  /**
   * Runs what acknowledges a QoS 1 message, after `onMessage` returned: no message is handled before it ran. Default: at
   * once.
   */
  readonly whenKept?: (acknowledge: () => void) => void;
  /** The broker was found (again); all filters have been asked for. */
  readonly onFound: () => void;
  /** The broker was lost. Not called before it was found once, nor by `stop`. */
  readonly onLost: () => void;
  /** What deserves a line in the log. Never carries payloads or secrets. */
  readonly onReport: (event: string, detail?: Readonly<Record<string, unknown>>) => void;
};

export type Mqtt = {
  /** Begins to look for the broker; does not wait for it and never gives up. @throws when the URL makes no sense */
  start(): void;
  /** Says goodbye to the broker (no will is sent). Waits 2 s at most for what is still unacknowledged. */
  stop(): Promise<void>;
  /**
   * Wants these topics from now on, also after each reconnect. The broker then repeats what it retains. QoS 0: what is
   * said while we are away is past; QoS 1, the default: it is news, and kept for us.
   */
  subscribe(filters: readonly string[], qos?: 0 | 1): void;
  unsubscribe(filters: readonly string[]): void;
  publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void;
  isConnected(): boolean;
};

/** Filters asked for in one packet. */
const FILTERS_PER_PACKET = 100;
const MAX_PAYLOAD_BYTES = 2_200_000;
/** What a broker grants instead of a QoS. */
const REFUSED = 128;
const COMMAND_KEEP_MS = 5_000;
const STOP_TIMEOUT_MS = 2_000;

/** A connection to one broker: MQTT 3.1.1, one fixed session, tried for ever. */
export const createMqtt = (options: MqttOptions): Mqtt => new Connection(options);

class Connection implements Mqtt {
  readonly #options: MqttOptions;
  readonly #filters = new Map<string, 0 | 1>();
  readonly #unsent = createUnsentQueue();
  readonly #inFlight = createInFlight();
  #client: MqttClient | null = null;
  #found = false;
  #lastFault = '';

  constructor(options: MqttOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#client !== null) return;
    const client = openClient(this.#options, (message) => this.#handle(message));
    this.#client = client;
    client.on('packetreceive', (packet) => this.#onPacket(client, packet));
    client.on('connect', () => this.#onConnect());
    client.on('close', () => this.#onClose(client));
    client.on('error', (error) => this.#onFault(error.message));
    client.handleMessage = (packet, acknowledge) => {
      const { topic, payload, qos, retain, dup } = packet;
      this.#handle({ topic, payload: toBuffer(payload), qos, retain, dup });
      const { whenKept } = this.#options;
      if (qos === 0 || whenKept === undefined) return acknowledge();
      const { stream } = client;
      // The answer of a connection that is gone meanwhile has no meaning for the next: the broker sends again.
      whenKept(() => client.connected && client.stream === stream && acknowledge());
    };
  }

  async stop(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const polite = this.#found;
    this.#client = null;
    this.#found = false;
    await new Promise<void>((resolve) => {
      const impatience = setTimeout(() => {
        client.stream.destroy();
        resolve();
      }, STOP_TIMEOUT_MS);
      client.end(!polite, {}, () => {
        clearTimeout(impatience);
        resolve();
      });
    });
    this.#inFlight.takeAll();
  }

  subscribe(filters: readonly string[], qos: 0 | 1 = 1): void {
    const fresh = filters.filter((filter) => this.#filters.get(filter) !== qos);
    for (const filter of fresh) this.#filters.set(filter, qos);
    if (this.#found) this.#ask(fresh, qos);
  }

  unsubscribe(filters: readonly string[]): void {
    const known = filters.filter((filter) => this.#filters.delete(filter));
    if (this.#found && known.length > 0) this.#client?.unsubscribe(known);
  }

  publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void {
    const { qos, retain, keepMs, urgent = false } = options;
    if (qos === 0) {
      if (this.#found) this.#client?.publish(topic, toBuffer(payload), { qos, retain });
      return;
    }
    const keep = keepMs ?? (retain ? Number.POSITIVE_INFINITY : COMMAND_KEEP_MS);
    const message: Unsent = { topic, payload, retain, urgent, until: performance.now() + keep };
    if (this.#found) this.#send(message);
    else if (keep > 0 && !this.#unsent.add(message)) this.#drop('too many wait for the broker');
  }

  isConnected(): boolean {
    return this.#found;
  }

  #send(message: Unsent): void {
    const client = this.#client;
    if (client === null) return;
    if (!this.#inFlight.mayAdd(message)) {
      this.#drop('the broker does not acknowledge');
      return;
    }
    let id = 0;
    let settled = false;
    client.publish(message.topic, toBuffer(message.payload), { qos: 1, retain: message.retain }, () => {
      settled = true;
      this.#inFlight.remove(id);
    });
    sendNow(client);
    id = client.getLastMessageId();
    const given = settled ? null : this.#inFlight.add(id, message);
    if (given !== null) client.removeOutgoingMessage(given);
  }

  #askAll(): void {
    const all = [...this.#filters];
    for (const qos of [0, 1] as const) {
      const filters = all.filter(([, wanted]) => wanted === qos).map(([filter]) => filter);
      this.#ask(filters, qos);
    }
  }

  #ask(filters: readonly string[], qos: 0 | 1): void {
    for (let at = 0; at < filters.length; at += FILTERS_PER_PACKET) {
      const some = filters.slice(at, at + FILTERS_PER_PACKET);
      this.#client?.subscribe(some, { qos }, (_error, _granted, answer) => {
        const refused = some.filter((_, nth) => answer?.granted[nth] === REFUSED);
        if (refused.length > 0) this.#options.onReport('mqtt.subscriptionRefused', { filters: refused });
      });
    }
  }

  #onPacket(client: MqttClient, packet: Packet): void {
    if (packet.cmd !== 'connack') return;
    // Nagle's algorithm holds a small packet back until the one before it is acknowledged: 43 ms per QoS 1 command.
    // There is a new socket for each try, so this is said each time.
    (client.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true);
    // The client would repeat what was not acknowledged one by one, and wait for each, before anything else goes out: a broker
    // that does not answer would silence the sirens. So they are called back, and sent again as those are that waited.
    const again = this.#inFlight.takeAll();
    for (const [id] of again) client.removeOutgoingMessage(id);
    this.#drop('too many wait for the broker', this.#unsent.putBack(again.map(([, message]) => message)));
  }

  #onConnect(): void {
    this.#found = true;
    this.#lastFault = '';
    // Also when the broker still has our session: it may have been restarted from an older state. And before anything
    // is sent, so that no answer is missed.
    this.#askAll();
    const { messages, stale } = this.#unsent.take(performance.now());
    this.#drop('too old', stale);
    for (const message of messages) this.#send(message);
    this.#options.onFound();
  }

  #onClose(client: MqttClient): void {
    // mqtt.js repeats at a fixed period; a new one is drawn for each try.
    client.options.reconnectPeriod = retryAfterMs();
    if (!this.#found) return;
    this.#found = false;
    this.#options.onLost();
  }

  /** A broker that is away fails every few seconds in the same way: said once. */
  #onFault(message: string): void {
    if (message === this.#lastFault) return;
    this.#lastFault = message;
    this.#options.onReport('mqtt.fault', { message });
  }

  /**
   * Each message goes through here, at QoS 1 before mqtt.js acknowledges it. So one whose handling was cut (power, kill) is
   * delivered again; one whose handling throws is not, or it would come back for ever.
   */
  #handle(message: MqttMessage): void {
    const { topic, payload } = message;
    if (payload.length > (this.#options.maxPacketBytes ?? MAX_PAYLOAD_BYTES)) {
      this.#options.onReport('mqtt.tooLarge', { topic, bytes: payload.length });
      return;
    }
    try {
      this.#options.onMessage(message);
    } catch (error) {
      this.#options.onReport('mqtt.handlerThrew', { topic, error });
    }
  }

  #drop(why: string, messages = 1): void {
    if (messages > 0) this.#options.onReport('mqtt.dropped', { why, messages });
  }
}
