/**
 * Improv over a serial port, version 1: how a program gives a board its Wi-Fi. "IMPROV", version, type, length, data, checksum
 * (the low byte of the sum of all before it). Source: improv-wifi.com/serial, as of 2026-07. A board logs on the same wire, so
 * whatever is no packet is passed over.
 */
const HEADER = [0x49, 0x4d, 0x50, 0x52, 0x4f, 0x56, 1] as const;
/** Header, type and length. */
const HEAD_BYTES = HEADER.length + 2;
/** Two bytes say what is called and how long it is; a packet's length is one byte. */
const MAX_CALL_BYTES = 253;

const TYPES = { state: 1, error: 2, call: 3, result: 4 } as const;

/** What a board can be called for. The last three are Homeward's own: see firmware/contract/improv.md. */
export const CALLS = { wifi: 1, state: 2, info: 3, scan: 4, begin: 0xa0, piece: 0xa1, keep: 0xa2 } as const;
export type Call = keyof typeof CALLS;

/** Where a board is on its way into the Wi-Fi. `locked`: it waits for a button to be pressed. */
export type ImprovState = 'locked' | 'ready' | 'joining' | 'joined';
const STATES: Readonly<Record<number, ImprovState>> = { 1: 'locked', 2: 'ready', 3: 'joining', 4: 'joined' };

/** What a board says went wrong. `identity` is Homeward's own: what was given to it cannot be used. */
export type ImprovError = 'malformed' | 'unknown-call' | 'no-wifi' | 'identity' | 'other';
const ERRORS: Readonly<Record<number, ImprovError>> = {
  1: 'malformed',
  2: 'unknown-call',
  3: 'no-wifi',
  160: 'identity',
};

/** What a board says. An error of null: there is none, which is said when a call came. */
export type Packet =
  | { readonly is: 'state'; readonly state: ImprovState }
  | { readonly is: 'error'; readonly error: ImprovError | null }
  | { readonly is: 'result'; readonly of: Call; readonly texts: readonly string[] };

/** A packet that calls a board, with the newline that ends a line of log before the next one. */
export function callPacket(call: Call, data: Uint8Array = new Uint8Array()): Uint8Array {
  if (data.length > MAX_CALL_BYTES) throw new Error(`${data.length} bytes are too many for one packet.`);
  const bytes = [...HEADER, TYPES.call, data.length + 2, CALLS[call], data.length, ...data];
  return Uint8Array.from([...bytes, checksumOf(bytes), 0x0a]);
}

/** What is told in a call for the Wi-Fi. Name and password: UTF-8, together at most 251 bytes. */
export function wifiData(ssid: string, password: string): Uint8Array {
  return Uint8Array.from([ssid, password].flatMap((text) => lengthAndBytes(new TextEncoder().encode(text))));
}

const lengthAndBytes = (bytes: Uint8Array): number[] => [bytes.length, ...bytes];

const checksumOf = (bytes: ArrayLike<number>): number =>
  Array.from(bytes).reduce((sum, byte) => (sum + byte) & 0xff, 0);

/** What came of a packet so far. */
export type Unread = Uint8Array;
export const NOTHING_READ: Unread = new Uint8Array();

/**
 * Reads what came over the wire. Bytes between packets, packets with a wrong checksum and such that say nothing we know are
 * passed over; what may still become a packet is kept, never more than one packet's length.
 */
export function readPackets(before: Unread, came: Uint8Array): { packets: Packet[]; unread: Unread } {
  const bytes = Uint8Array.from([...before, ...came]);
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const fits = headFits(bytes, at);
    if (!fits) {
      at += 1;
      continue;
    }
    const end = at + HEAD_BYTES + (bytes[at + HEAD_BYTES - 1] ?? 0);
    if (bytes.length < at + HEAD_BYTES || bytes.length <= end) break;
    if (checksumOf(bytes.subarray(at, end)) !== bytes[end]) {
      // It may have been cut: a whole one may begin within.
      at += 1;
      continue;
    }
    const packet = packetOf(bytes[at + HEADER.length] ?? 0, bytes.subarray(at + HEAD_BYTES, end));
    if (packet !== null) packets.push(packet);
    at = end + 1;
  }
  return { packets, unread: bytes.slice(at) };
}

/** Whether a packet begins here, as far as its bytes have come. */
const headFits = (bytes: Uint8Array, at: number): boolean =>
  HEADER.every((byte, n) => at + n >= bytes.length || bytes[at + n] === byte);

function packetOf(type: number, data: Uint8Array): Packet | null {
  const [first = -1] = data;
  if (type === TYPES.state) {
    const state = STATES[first];
    return state === undefined ? null : { is: 'state', state };
  }
  if (type === TYPES.error && first >= 0) {
    return { is: 'error', error: first === 0 ? null : (ERRORS[first] ?? 'other') };
  }
  return type === TYPES.result ? resultOf(data) : null;
}

function resultOf(data: Uint8Array): Packet | null {
  const of = (Object.keys(CALLS) as Call[]).find((call) => CALLS[call] === data[0]);
  if (of === undefined || data[1] !== data.length - 2) return null;
  const texts: string[] = [];
  for (let at = 2; at < data.length; ) {
    const end = at + 1 + (data[at] ?? 0);
    if (end > data.length) return null;
    texts.push(new TextDecoder().decode(data.subarray(at + 1, end)));
    at = end;
  }
  return { is: 'result', of, texts };
}
