import { randomBytes } from 'node:crypto';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';

/** One part of a board, as it announces it. */
export type BoardPart = {
  readonly component: 'sensor' | 'binary_sensor' | 'siren' | 'switch' | 'valve';
  readonly deviceClass?: string;
  readonly unit?: string;
  /** Homeward's own word, where Home Assistant has no device class. */
  readonly quantity?: string;
  readonly expireAfterS?: number;
  /** Any other option of the component, in the long form. */
  readonly more?: Readonly<Record<string, unknown>>;
};

export const SMOKE: BoardPart = { component: 'binary_sensor', deviceClass: 'smoke' };
/** The contact of a CO alarm. No other one raises its level, as a second smoke alarm does. */
export const CO_CONTACT: BoardPart = { component: 'binary_sensor', deviceClass: 'carbon_monoxide' };
export const OXYGEN: BoardPart = { component: 'sensor', unit: '%', quantity: 'oxygen' };
export const CO: BoardPart = { component: 'sensor', deviceClass: 'carbon_monoxide', unit: 'ppm' };
export const SIREN: BoardPart = { component: 'siren' };

export type BoardOptions = {
  readonly url: string;
  /** Its id at the hub: as paired, or as it names itself. */
  readonly id: string;
  readonly parts: Readonly<Record<string, BoardPart>>;
  readonly password?: string;
  readonly ca?: string;
  /** How often an alarm is repeated until it is answered, ms. Default 300. */
  readonly repeatMs?: number;
};

/** Something that the board heard. */
export type Heard = {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  /** `performance.now()` of this process. */
  readonly at: number;
};

/** What identifies an alarm message. */
export type AlarmStamp = { readonly boot: string; readonly seq: number; readonly upMs: number };

type Open = { readonly payload: string; readonly timer: NodeJS.Timeout; readonly answered: () => void };

/** An ESP32 board as its firmware behaves on the wire (DESIGN §7), without the sensors. */
export class TestBoard {
  readonly id: string;
  /** All that it heard, oldest first. */
  readonly heard: Heard[] = [];
  boot = randomBytes(4).toString('hex');
  readonly #options: BoardOptions;
  readonly #client: MqttClient;
  readonly #open = new Map<string, Open>();
  #startedAt = performance.now();
  #seq = 0;
  /** What its parts show: each state message tells all of them. */
  #values: Readonly<Record<string, unknown>> = {};

  constructor(options: BoardOptions) {
    this.id = options.id;
    this.#options = options;
    this.#client = connect(options.url, connection(options));
    this.#client.on('connect', () => this.#greet());
    this.#client.on('error', () => undefined);
    this.#client.on('message', (topic, payload, { retain }) => {
      this.#hear({ topic, payload: payload.toString('utf8'), retain, at: performance.now() });
    });
  }

  /** Milliseconds since it was switched on. */
  get upMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  isConnected(): boolean {
    return this.#client.connected;
  }

  /** Resolves when the broker has it. */
  async whenOpen(): Promise<this> {
    if (!this.#client.connected) {
      await new Promise<void>((resolve) => this.#client.once('connect', () => resolve()));
    }
    return this;
  }

  /** As after a power cut: another boot id, counters from the beginning. */
  reboot(): void {
    this.boot = randomBytes(4).toString('hex');
    this.#startedAt = performance.now();
    this.#seq = 0;
  }

  stamp(): AlarmStamp {
    this.#seq += 1;
    return { boot: this.boot, seq: this.#seq, upMs: this.upMs };
  }

  /** Tells its values: those that are given, and the others as they were. */
  tell(values: Readonly<Record<string, unknown>>, stamp: AlarmStamp = this.stamp()): Promise<void> {
    this.#values = { ...this.#values, ...values };
    return this.say(`homeward/${this.id}/state`, JSON.stringify({ ...stamp, ...this.#values }));
  }

  /** Calls until the hub has answered that it is on disk. Resolves with the stamp then. */
  call(entity: string, value: number | 'ON' | 'OFF', stamp = this.stamp()): Promise<AlarmStamp> {
    const payload = JSON.stringify({ ...stamp, entity, value });
    this.#values = { ...this.#values, [entity]: value };
    const publish = () => {
      if (this.#client.connected) this.say(`homeward/${this.id}/alarm`, payload).catch(() => undefined);
    };
    return new Promise((resolve) => {
      const timer = setInterval(publish, this.#options.repeatMs ?? 300);
      this.#open.set(keyOf(stamp), { payload, timer, answered: () => resolve(stamp) });
      publish();
    });
  }

  /** Calls that were not answered yet. */
  get openCalls(): number {
    return this.#open.size;
  }

  /** Publishes anything. Resolves when the broker has it; while it is away, when it is back. */
  say(topic: string, payload: string | Buffer, retain = false): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.publish(topic, payload, { qos: 1, retain }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  /** Commands that came for a part, oldest first. */
  commands(part: string): Heard[] {
    return this.heard.filter(({ topic }) => topic === `homeward/${this.id}/${part}/set`);
  }

  announce(): Promise<void> {
    return this.say(
      `homeassistant/device/${this.id}/config`,
      JSON.stringify(announcementOf(this.#options)),
      true,
    );
  }

  /** Says goodbye. */
  async close(): Promise<void> {
    for (const { timer } of this.#open.values()) clearInterval(timer);
    this.#open.clear();
    await this.#client.endAsync(!this.#client.connected).catch(() => undefined);
  }

  /** Cut off without goodbye: the broker publishes the will. It comes back by itself. */
  cut(): void {
    this.#client.stream.destroy();
  }

  #greet(): void {
    (this.#client.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true);
    const { id } = this;
    this.#client.subscribe([`homeward/${id}/ack`, `homeward/${id}/+/set`, 'homeassistant/status'], {
      qos: 1,
    });
    void this.#introduce();
  }

  /** On connect, and when the hub says that it is new here. */
  async #introduce(): Promise<void> {
    try {
      await this.announce();
      await this.say(`homeward/${this.id}/availability`, 'online', true);
      if (Object.keys(this.#values).length > 0) await this.tell({});
    } catch {
      // It was closed meanwhile.
    }
  }

  #hear(heard: Heard): void {
    this.heard.push(heard);
    // A command that the broker remembers is somebody's old wish.
    if (heard.retain) return;
    if (heard.topic === `homeward/${this.id}/ack`) this.#hearAnswer(heard.payload);
    if (heard.topic === 'homeassistant/status' && heard.payload === 'online') void this.#introduce();
    const part = heard.topic.split('/')[2] ?? '';
    if (heard.topic.endsWith('/set') && this.#options.parts[part] !== undefined) {
      const state = STATES.find(([word]) => heard.payload.includes(word))?.[1] ?? 'OFF';
      // It may be closed before the answer is out.
      this.tell({ [part]: state }).catch(() => undefined);
    }
  }

  #hearAnswer(payload: string): void {
    const key = keyOf(JSON.parse(payload) as AlarmStamp);
    const open = this.#open.get(key);
    if (open === undefined) return;
    clearInterval(open.timer);
    this.#open.delete(key);
    open.answered();
  }
}

/** What a board shows after a command that holds this word. */
const STATES = [
  ['ON', 'ON'],
  ['OPEN', 'open'],
  ['CLOSE', 'closed'],
] as const;

const keyOf = ({ boot, seq }: { boot: string; seq: number }): string => `${boot} ${seq}`;

const connection = ({ id, password, ca }: BoardOptions): IClientOptions => ({
  protocolVersion: 4,
  clientId: id,
  clean: true,
  keepalive: 20,
  connectTimeout: 5_000,
  reconnectPeriod: 200 + Math.round(Math.random() * 400),
  queueQoSZero: false,
  resubscribe: false,
  will: { topic: `homeward/${id}/availability`, payload: Buffer.from('offline'), qos: 1, retain: true },
  ...(password === undefined ? {} : { username: id, password }),
  ...(ca === undefined ? {} : { ca }),
});

/** The discovery message, device form. */
export function announcementOf({ id, parts }: Pick<BoardOptions, 'id' | 'parts'>): Record<string, unknown> {
  const own = `homeward/${id}`;
  const components = Object.entries(parts).map(([key, part]) => [key, componentOf(own, id, key, part)]);
  return {
    device: { identifiers: [id], name: id, suggested_area: 'Test room' },
    origin: { name: 'homeward-test-board' },
    availability: [{ topic: `${own}/availability` }],
    state_topic: `${own}/state`,
    qos: 1,
    components: Object.fromEntries(components),
  };
}

function componentOf(own: string, id: string, key: string, part: BoardPart): Record<string, unknown> {
  const template = part.component === 'siren' ? 'state_value_template' : 'value_template';
  const isCommanded = part.component !== 'sensor' && part.component !== 'binary_sensor';
  const options = {
    platform: part.component,
    unique_id: `${id}_${key}`,
    name: key,
    [template]: `{{ value_json.${key} }}`,
    device_class: part.deviceClass,
    unit_of_measurement: part.unit,
    hw_quantity: part.quantity,
    expire_after: part.expireAfterS,
    command_topic: isCommanded ? `${own}/${key}/set` : undefined,
    ...part.more,
  };
  // What is undefined does not stand in JSON.
  return JSON.parse(JSON.stringify(options)) as Record<string, unknown>;
}

export const startBoard = (options: BoardOptions): Promise<TestBoard> => new TestBoard(options).whenOpen();
