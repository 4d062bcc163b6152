import { connectAsync, type MqttClient } from 'mqtt';
import { type GoldenCommand, type GoldenDevice, type Message, wireText } from './golden.ts';
import type { GatewayPlan } from './houses.ts';
import { isLike } from './likeness.ts';

/** How pairing says that a gateway logs in. */
export type GatewayLogin = {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly ca: string | null;
};

/** A message that the gateway was sent. */
export type Sent = { readonly topic: string; readonly payload: string };

/** Sensors measure again and again, ms. Those of a home do it once a minute. */
const BEAT_MS = 2_000;

/**
 * A gateway as it behaves on the wire: announces its devices, says how they are, does what it is told and answers, and says everything
 * again when the hub is new here.
 */
export class VirtualGateway {
  /** What it was told, oldest first; not what it said itself. */
  readonly heard: Sent[] = [];
  readonly #plan: GatewayPlan;
  readonly #login: GatewayLogin;
  readonly #devices: readonly GoldenDevice[];
  /** What it said last on each topic. */
  readonly #now = new Map<string, Message>();
  #beat: NodeJS.Timeout | undefined;
  #client: MqttClient | null = null;
  /** What it said itself comes back to it: its filters cover its own topics. */
  readonly #own = new Set<string>();
  /** Commands of which some messages came, and those that are still to come. */
  readonly #begun = new Map<GoldenCommand, Message[]>();

  constructor(plan: GatewayPlan, login: GatewayLogin) {
    this.#plan = plan;
    this.#login = login;
    this.#devices = plan.devices;
  }

  get name(): string {
    return this.#plan.name;
  }

  isConnected(): boolean {
    return this.#client?.connected === true;
  }

  /** Connects, announces everything and says how it is. */
  async start(): Promise<void> {
    const { url, username, password, ca } = this.#login;
    const client = await connectAsync(url, {
      protocolVersion: 4,
      clientId: username,
      username,
      password,
      reconnectPeriod: 300,
      ...(ca === null ? {} : { ca }),
    });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('message', (topic, payload, { retain }) => this.#hear(topic, payload.toString('utf8'), retain));
    await client.subscribeAsync([...this.#plan.topics, 'homeassistant/status'], { qos: 1 });
    if (this.name === 'Zigbee2MQTT') await this.#lookThrough(client);
    await this.announce();
    this.#now.clear();
    for (const { availability, states } of this.#devices) {
      for (const message of [...availability, ...states]) this.#now.set(message.topic, message);
    }
    await this.tellAll();
    this.#beat = setInterval(() => this.tellAll().catch(() => undefined), BEAT_MS);
  }

  /** As after a power cut of the gateway: it comes back and says everything again. */
  async restart(): Promise<void> {
    await this.close();
    await this.start();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    const client = this.#client;
    this.#client = null;
    await client?.endAsync(!client.connected).catch(() => undefined);
  }

  async announce(): Promise<void> {
    for (const { announces, passedOver = [] } of this.#devices) {
      for (const message of [...announces, ...passedOver]) await this.say(message);
    }
  }

  /** How everything is now. */
  async tellAll(): Promise<void> {
    for (const message of [...this.#now.values()]) await this.say(message);
  }

  async say(message: Message): Promise<void> {
    const payload = wireText(message);
    this.#own.add(`${message.topic} ${payload}`);
    await this.#client?.publishAsync(message.topic, payload, { qos: 1, retain: message.retain === true });
  }

  /** Zigbee2MQTT hears all announcements for a moment, to clear those that it has no device for any more. */
  async #lookThrough(client: MqttClient): Promise<void> {
    await client.subscribeAsync('homeassistant/#');
    await client.unsubscribeAsync('homeassistant/#');
  }

  #hear(topic: string, payload: string, retain: boolean): void {
    if (topic.startsWith('homeassistant/')) {
      if (topic === 'homeassistant/status' && payload === 'online') this.tellAll().catch(() => undefined);
      return;
    }
    // What the broker remembers, and what it said itself, is no command.
    if (retain || this.#own.has(`${topic} ${payload}`)) return;
    this.heard.push({ topic, payload });
    this.#obey({ topic, payload });
  }

  #obey(sent: Sent): void {
    if (this.#answersTasmota(sent)) return;
    const entities = this.#devices.flatMap(({ entities: all }) => all);
    const commands = entities.flatMap((entity) => entity.commands ?? []);
    for (const command of commands) {
      const waiting = this.#begun.get(command) ?? [...command.sends];
      const at = waiting.findIndex((message) => isLike(sent, message));
      if (at < 0) continue;
      waiting.splice(at, 1);
      this.#begun.set(command, waiting);
      if (waiting.length > 0) continue;
      this.#begun.delete(command);
      this.#answer(command.answers).catch(() => undefined);
    }
  }

  /** "Status 10" and "State" ask for all that is measured and switched. */
  #answersTasmota({ topic }: Sent): boolean {
    if (!/^cmnd\/.*\/(STATE|STATUS)$/.test(topic)) return false;
    this.tellAll().catch(() => undefined);
    return true;
  }

  async #answer(messages: readonly Message[]): Promise<void> {
    for (const message of messages) {
      this.#now.set(message.topic, message);
      await this.say(message);
    }
  }
}
