import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';

/** How long a siren command may take before it counts as lost, ms. */
const LOST_MS = 5_000;
/** At a start a contact is raised so often, ms: no figure can be finer than this. */
const START_EVERY_MS = 10;

/**
 * Raises contacts and hears the sirens, on two connections of its own: the same for every system, so that whatever it
 * costs is in all figures.
 */
export class Witness {
  readonly #speaker: MqttClient;
  readonly #listener: MqttClient;
  #hears: (topic: string, payload: Buffer) => void = () => {};

  private constructor(speaker: MqttClient, listener: MqttClient) {
    this.#speaker = speaker;
    this.#listener = listener;
    listener.on('message', (topic, payload) => this.#hears(topic, payload));
  }

  static async open(brokerPort: number): Promise<Witness> {
    const link = async () => {
      const client = await connectAsync(`mqtt://127.0.0.1:${brokerPort}`, { protocolVersion: 4 });
      // Without it the second small packet waits for the acknowledgement of the first: 43 ms that are not the system's.
      (client.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true);
      return client;
    };
    return new Witness(await link(), await link());
  }

  /**
   * Raises each contact once, one after the other.
   * @param lostMs how long the last command may take before it counts as lost
   * @returns milliseconds from publishing until the siren's command was here, one per contact; lost ones left out
   */
  async raise(
    topics: readonly string[],
    siren: string,
    everyMs: number,
    lostMs = LOST_MS,
  ): Promise<number[]> {
    const sentAt: number[] = [];
    const latencies: number[] = [];
    this.#hears = (topic) => {
      const at = sentAt[latencies.length];
      if (topic === siren && at !== undefined) latencies.push(performance.now() - at);
    };
    await this.#listener.subscribeAsync(siren, { qos: 1 });
    const start = performance.now();
    for (const [n, topic] of topics.entries()) {
      await sleep(Math.max(0, start + n * everyMs - performance.now()));
      sentAt.push(performance.now());
      this.#speaker.publish(topic, '{"smoke":"ON"}', { qos: 1 });
    }
    const end = performance.now() + lostMs;
    while (latencies.length < topics.length && performance.now() < end) await sleep(1);
    await this.#listener.unsubscribeAsync(siren);
    return latencies;
  }

  /**
   * Raises one contact again and again until the siren is commanded.
   * @param start starts the system; the time runs from here
   * @returns milliseconds until the first command was here
   */
  async untilFirst(topic: string, siren: string, start: () => void, limitMs: number): Promise<number> {
    await this.#listener.subscribeAsync(siren, { qos: 1 });
    let heardAt = 0;
    this.#hears = (heard) => {
      if (heard === siren && heardAt === 0) heardAt = performance.now();
    };
    const since = performance.now();
    start();
    while (heardAt === 0) {
      if (performance.now() - since > limitMs) throw new Error(`No siren command within ${limitMs} ms.`);
      this.#speaker.publish(topic, '{"smoke":"ON"}', { qos: 1 });
      await sleep(START_EVERY_MS);
    }
    await this.#listener.unsubscribeAsync(siren);
    return heardAt - since;
  }

  /** Says a word on one topic and hears the answer on another. Null: none came within 5 s. */
  async ask(asked: string, told: string): Promise<string | null> {
    let answer: string | null = null;
    this.#hears = (topic, payload) => {
      if (topic === told) answer = payload.toString();
    };
    await this.#listener.subscribeAsync(told, { qos: 1 });
    await this.#speaker.publishAsync(asked, '?', { qos: 1 });
    const end = performance.now() + LOST_MS;
    while (answer === null && performance.now() < end) await sleep(1);
    await this.#listener.unsubscribeAsync(told);
    return answer;
  }

  async close(): Promise<void> {
    await this.#speaker.endAsync();
    await this.#listener.endAsync();
  }
}
