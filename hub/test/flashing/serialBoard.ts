import { crc32 } from 'node:zlib';
import { layWire, type SerialWire } from './serialWire.ts';

/** What a board was given, as bytes of its parts by number. */
export type GivenIdentity = {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly username: string;
  readonly password: string;
  readonly ca: string | null;
};

export type SerialBoardOptions = {
  /** What it says it runs. Default `Homeward air`. */
  readonly firmware?: string;
  /** The Wi-Fi that it can join. */
  readonly wifi: { readonly ssid: string; readonly password: string };
  /** `silent`: says nothing. `garbage`: noise between and within its packets. `unplugged`: the cable is pulled out at the second piece. */
  readonly mood?: 'well' | 'silent' | 'garbage' | 'unplugged' | 'full';
  /** It is in the Wi-Fi now and knows who it is. */
  readonly joined?: (identity: GivenIdentity) => void;
};

const STATE = 1;
const ERROR = 2;
const RESULT = 4;

/** A board with our firmware at the other end of a serial port: written from firmware/contract/improv.md, not from the hub's code. */
export class SerialBoard {
  readonly #options: SerialBoardOptions;
  readonly #wire: SerialWire;
  #bytes: Buffer = Buffer.alloc(0);
  #announced = { length: 0, sum: 0 };
  #held: Buffer = Buffer.alloc(0);
  /** What it has stored; null: nothing. */
  identity: GivenIdentity | null = null;
  /** How often it was called, by the call's number. */
  readonly calls: number[] = [];

  private constructor(options: SerialBoardOptions, wire: SerialWire) {
    this.#options = options;
    this.#wire = wire;
  }

  static async plugIn(options: SerialBoardOptions): Promise<SerialBoard> {
    let board: SerialBoard | null = null;
    const wire = await layWire((bytes) => board?.hear(bytes));
    board = new SerialBoard(options, wire);
    return board;
  }

  get port(): string {
    return this.#wire.address;
  }

  close(): Promise<void> {
    return this.#wire.pullOut();
  }

  hear(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const at = this.#bytes.indexOf('IMPROV\x01');
      if (at < 0 || this.#bytes.length < at + 9) return;
      const end = at + 9 + (this.#bytes[at + 8] ?? 0);
      if (this.#bytes.length <= end) return;
      const packet = this.#bytes.subarray(at, end + 1);
      this.#bytes = this.#bytes.subarray(end + 1);
      this.#take(packet);
    }
  }

  #take(packet: Buffer): void {
    if (this.#options.mood === 'silent') return;
    if (sumOf(packet.subarray(0, -1)) !== packet.at(-1)) return this.#say(ERROR, [1]);
    const call = packet[9] ?? 0;
    this.calls.push(call);
    this.#say(ERROR, [0]);
    this.#answer(call, packet.subarray(11, -1));
  }

  #answer(call: number, data: Buffer): void {
    switch (call) {
      case 1:
        return this.#join(data);
      case 2:
        return this.#say(STATE, [2]);
      case 3:
        return this.#result(3, this.#options.firmware ?? 'Homeward air', '0.1.0', 'ESP32', 'homeward');
      case 4: {
        this.#result(4, this.#options.wifi.ssid, '-51', 'YES');
        return this.#result(4);
      }
      case 0xa0:
        this.#announced = { length: data.readUInt16BE(0), sum: data.readUInt32BE(2) };
        this.#held = Buffer.alloc(0);
        return this.#result(0xa0);
      case 0xa1:
        return this.#hold(data.readUInt16BE(0), data.subarray(2));
      case 0xa2:
        return this.#keep();
      default:
        return this.#say(ERROR, [2]);
    }
  }

  #hold(at: number, piece: Buffer): void {
    if (this.#options.mood === 'unplugged' && at > 0) return void this.#wire.pullOut();
    if (at > this.#held.length || at + piece.length > this.#announced.length) return this.#say(ERROR, [0xa0]);
    this.#held = Buffer.concat([this.#held.subarray(0, at), piece]);
    this.#result(0xa1, String(this.#held.length));
  }

  #keep(): void {
    const isWhole = this.#held.length === this.#announced.length && crc32(this.#held) === this.#announced.sum;
    if (!isWhole || this.#options.mood === 'full') return this.#say(ERROR, [0xa0]);
    const parts = new Map<number, Buffer>();
    for (let at = 0; at < this.#held.length; ) {
      const end = at + 3 + this.#held.readUInt16BE(at + 1);
      parts.set(this.#held[at] ?? 0, this.#held.subarray(at + 3, end));
      at = end;
    }
    const text = (part: number) => parts.get(part)?.toString('utf8') ?? '';
    this.identity = {
      host: text(1),
      port: parts.get(2)?.readUInt16BE() ?? 0,
      tls: parts.get(3)?.[0] === 1,
      username: text(4),
      password: text(5),
      ca: parts.has(6) ? text(6) : null,
    };
    this.#result(0xa2, this.identity.username);
  }

  #join(data: Buffer): void {
    const ends = 1 + (data[0] ?? 0);
    const ssid = data.toString('utf8', 1, ends);
    const password = data.toString('utf8', ends + 1);
    this.#say(STATE, [3]);
    const { wifi } = this.#options;
    if (ssid !== wifi.ssid || password !== wifi.password) {
      this.#say(ERROR, [3]);
      return this.#say(STATE, [2]);
    }
    this.#say(STATE, [4]);
    this.#result(1);
    if (this.identity !== null) this.#options.joined?.(this.identity);
  }

  #result(call: number, ...texts: string[]): void {
    const list = texts.flatMap((text) => [Buffer.byteLength(text), ...Buffer.from(text)]);
    this.#say(RESULT, [call, list.length, ...list]);
  }

  #say(type: number, data: readonly number[]): void {
    const bytes = Buffer.from([...Buffer.from('IMPROV'), 1, type, data.length, ...data]);
    const packet = Buffer.from([...bytes, sumOf(bytes), 0x0a]);
    if (this.#options.mood === 'garbage') this.#wire.say(noise(this.calls.length, packet));
    this.#wire.say('[  712][I] a line of log\r\n');
    this.#wire.say(packet);
  }
}

const sumOf = (bytes: Buffer): number => bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0);

/** Random bytes, a packet that was cut off, and one with a wrong sum. */
function noise(seed: number, packet: Buffer): Buffer {
  const some = Buffer.from(Array.from({ length: 40 }, (_, n) => (seed * 31 + n * 97) & 0xff));
  const wrong = Buffer.from(packet);
  wrong[wrong.length - 2] = ((wrong.at(-2) ?? 0) + 1) & 0xff;
  return Buffer.concat([some, packet.subarray(0, 11), wrong]);
}
