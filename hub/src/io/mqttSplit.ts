/** A message at QoS 0, as most sensors speak. Its bytes are a piece of a larger packet. */
export type PlainMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0;
  readonly retain: boolean;
  readonly dup: false;
};

export type SplitPorts = {
  /** Must not throw. */
  readonly onPlain: (message: PlainMessage) => void;
  /** Hands bytes to the library, which says when it has dealt with every packet that ends in them. */
  readonly pass: (bytes: Buffer, dealtWith: () => void) => void;
  /** Called when more comes than can be dealt with now, and when it may come again. */
  readonly pause: () => void;
  readonly resume: () => void;
};

type Split = {
  /** Takes what came, cut anywhere. */
  readonly take: (chunk: Buffer) => void;
};

/** First byte of a PUBLISH at QoS 0; of a retained one it is one more. Source: MQTT 3.1.1 §3.3.1. */
const PLAIN = 0x30;

/** What is larger comes in pieces: the library puts them together. Bytes. */
const LARGEST_PLAIN = 65_536;

/** The length of a packet takes so many bytes at most. Source: MQTT 3.1.1 §2.2.3. */
const LENGTH_BYTES = 4;

/** A packet's whole length, its first bytes counted in, and where its body begins. Null: it is not here yet. `broken`: it has none. */
type Frame = { readonly bodyAt: number; readonly end: number };

function frameAt(bytes: Buffer, at: number): Frame | 'broken' | null {
  let length = 0;
  for (let nth = 0; nth < LENGTH_BYTES; nth++) {
    const byte = bytes[at + 1 + nth];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 128 ** nth;
    if (byte < 0x80) return { bodyAt: at + 2 + nth, end: at + 2 + nth + length };
  }
  return 'broken';
}

const isPlainAt = (bytes: Buffer, at: number): boolean => bytes[at] === PLAIN || bytes[at] === PLAIN + 1;

/** The message of a whole packet at QoS 0; null: there is no topic in it, and the library says what is wrong. */
function plainIn(bytes: Buffer, at: number, { bodyAt, end }: Frame): PlainMessage | null {
  if (bodyAt + 2 > end) return null;
  const topicEnd = bodyAt + 2 + bytes.readUInt16BE(bodyAt);
  if (topicEnd > end) return null;
  const topic = bytes.toString('utf8', bodyAt + 2, topicEnd);
  return { topic, payload: bytes.subarray(topicEnd, end), qos: 0, retain: bytes[at] !== PLAIN, dup: false };
}

/**
 * Takes the messages at QoS 0 out of what a broker says, and leaves everything else to the library, which takes several times as long
 * for them. Nothing overtakes anything: while the library is at work, all that came later waits.
 */
export const createSplit = (ports: SplitPorts): Split => {
  const stream = new Stream(ports);
  return { take: (chunk) => stream.take(chunk) };
};

class Stream {
  readonly #ports: SplitPorts;
  /** Bytes that came and are not dealt with. */
  #rest: Buffer | null = null;
  /** Bytes that are still to come of a packet of which the library has the beginning. */
  #owed = 0;
  /** This is no MQTT any more: the library says so, and hangs up. */
  #isBroken = false;
  #isBusy = false;
  #isPaused = false;

  constructor(ports: SplitPorts) {
    this.#ports = ports;
  }

  take(chunk: Buffer): void {
    this.#rest = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#isBusy) return this.#work();
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#ports.pause();
  }

  #work(): void {
    while (this.#rest !== null && !this.#isBusy) {
      const bytes: Buffer = this.#rest;
      const from = this.#tell(bytes);
      const end = from === bytes.length ? from : this.#endOfOthers(bytes, from);
      this.#rest = end === bytes.length ? null : bytes.subarray(end);
      if (end === from) return;
      this.#isBusy = true;
      this.#ports.pass(bytes.subarray(from, end), () => this.#dealtWith());
    }
  }

  #dealtWith(): void {
    this.#isBusy = false;
    this.#work();
    if (this.#isBusy || !this.#isPaused) return;
    this.#isPaused = false;
    this.#ports.resume();
  }

  /** Tells all messages at QoS 0 up to the first packet that is none, or is not whole. Answers where that begins. */
  #tell(bytes: Buffer): number {
    let at = 0;
    while (this.#owed === 0 && !this.#isBroken && at < bytes.length && isPlainAt(bytes, at)) {
      const frame = frameAt(bytes, at);
      if (frame === null || frame === 'broken' || frame.end > bytes.length) return at;
      const message = plainIn(bytes, at, frame);
      if (message === null) return at;
      this.#ports.onPlain(message);
      at = frame.end;
    }
    return at;
  }

  /** Where that ends which the library has to deal with next. It begins at `from`, or, when the answer is `from`, is to be waited for. */
  #endOfOthers(bytes: Buffer, from: number): number {
    if (this.#isBroken) return bytes.length;
    if (this.#owed > 0) {
      const end = Math.min(bytes.length, from + this.#owed);
      this.#owed -= end - from;
      return end;
    }
    let at = from;
    do {
      const end = this.#endOfPacket(bytes, at);
      if (end === at) return at;
      at = end;
    } while (at < bytes.length && !isPlainAt(bytes, at));
    return at;
  }

  /** Where the packet ends that begins there, or what is here of it; where it begins: more of it is waited for. */
  #endOfPacket(bytes: Buffer, at: number): number {
    const frame = frameAt(bytes, at);
    if (frame === null) return at;
    if (frame === 'broken') {
      this.#isBroken = true;
      return bytes.length;
    }
    if (frame.end <= bytes.length) return frame.end;
    if (isPlainAt(bytes, at) && frame.end - at <= LARGEST_PLAIN) return at;
    this.#owed = frame.end - bytes.length;
    return bytes.length;
  }
}
