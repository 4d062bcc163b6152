import { createHmac, randomBytes } from 'node:crypto';
import { connectAsync, type MqttClient } from 'mqtt';
import { type Mosquitto, startMosquitto } from '../brokers/mosquitto.ts';
import type { createStage } from '../faults/stage.ts';
import { until } from '../patience.ts';
import { VirtualBoard } from './virtualBoard.ts';

const DOOR = 'front';

type Command = { cmd?: string; door?: string; nonce?: string; counter: number; key?: string };

/** A door on a real broker, and somebody there who has its key, as the hub has. */
export class DoorHouse {
  readonly id = `hw-door-${randomBytes(3).toString('hex')}`;
  readonly key = randomBytes(32).toString('hex');
  readonly broker: Mosquitto;
  readonly board: VirtualBoard;
  readonly heard: { topic: string; text: string }[] = [];
  readonly #hub: MqttClient;

  private constructor(broker: Mosquitto, hub: MqttClient, stage: ReturnType<typeof createStage>) {
    this.broker = broker;
    this.#hub = hub;
    hub.on('message', (topic, payload) => void this.heard.push({ topic, text: payload.toString() }));
    this.board = stage.keep(
      new VirtualBoard({ node: 'door', id: this.id, port: broker.port, key: this.key }),
    );
  }

  static async open(stage: ReturnType<typeof createStage>): Promise<DoorHouse> {
    const broker = stage.keep(await startMosquitto());
    const hub = await connectAsync(broker.url);
    stage.keep({ close: () => hub.endAsync(true) });
    await hub.subscribeAsync('homeward/#', { qos: 1 });
    const house = new DoorHouse(broker, hub, stage);
    await house.board.when('connack', '0');
    await house.until('the door says how it stands', () => house.state()?.lock === 'LOCKED');
    return house;
  }

  /** What the board told last. */
  state(): Record<string, unknown> | undefined {
    const last = this.heard.findLast(({ topic }) => topic === `homeward/${this.id}/state`);
    return last === undefined ? undefined : (JSON.parse(last.text) as Record<string, unknown>);
  }

  until = (what: string, is: () => boolean) => until(what, is, 20_000);

  /** Until the board says that it refused, and why. */
  refusal = (word: string) => this.until(`the door refuses: ${word}`, () => this.state()?.status === word);

  async say(leaf: string, payload: string, retain = false): Promise<void> {
    await this.#hub.publishAsync(`homeward/${this.id}/${leaf}`, payload, { qos: 1, retain });
  }

  async sayHub(leaf: string, payload: string): Promise<void> {
    await this.#hub.publishAsync(`homeward/hub/${leaf}`, payload, { qos: 1 });
  }

  async nonce(): Promise<string> {
    const before = this.heard.length;
    await this.say('nonce/get', '');
    const topic = `homeward/${this.id}/nonce`;
    const answer = await until('a nonce', () =>
      this.heard.slice(before).find((each) => each.topic === topic),
    );
    const { door, nonce } = JSON.parse(answer.text) as { door: string; nonce: string };
    if (door !== DOOR) throw new Error(`A nonce of ${door}`);
    return nonce;
  }

  async signed({ cmd = 'unlock', door = DOOR, nonce, counter, key = this.key }: Command): Promise<string> {
    const once = nonce ?? (await this.nonce());
    const mac = createHmac('sha256', Buffer.from(key, 'hex'))
      .update(['homeward-command-1', cmd, door, once, counter].join('\n'))
      .digest('hex');
    return JSON.stringify({ cmd, door, nonce: once, counter, mac });
  }

  /** How often the strike was opened. */
  openings = (): number => this.board.all('strike').filter(({ value }) => value === 'open').length;
}
