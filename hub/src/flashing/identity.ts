/** What a board needs to reach the broker as itself. */
export type BoardIdentity = {
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  readonly tls: boolean;
  /** PEM of the authority to trust, one certificate or several; null: without TLS. */
  readonly ca: string | null;
  /** Its id in this house too. */
  readonly username: string;
  readonly password: string;
};

/**
 * Bytes of the identity in one packet. A UART of the ESP32 core holds 256 bytes until the program takes them: a whole packet
 * with its newline (at most 206) fits.
 */
export const PIECE_BYTES = 192;

/** Longest of each part, bytes: what a board has room for. */
const LONGEST = { host: 253, username: 64, password: 128, ca: 4_096 } as const;

/** The parts by number, each with its length in two bytes, the higher first: firmware/contract/improv.md. */
const PARTS = { host: 1, port: 2, tls: 3, username: 4, password: 5, ca: 6 } as const;

/**
 * An identity as bytes.
 * @throws Error when a part is empty or longer than a board has room for
 */
export function identityBytes(identity: BoardIdentity): Uint8Array {
  const { host, port, tls, username, password, ca } = identity;
  const texts = { host, username, password, ...(tls && ca !== null ? { ca } : {}) };
  const encoded = Object.entries(texts).map(([name, text]) => {
    const bytes = new TextEncoder().encode(text);
    const longest = LONGEST[name as keyof typeof LONGEST];
    if (bytes.length === 0 || bytes.length > longest) {
      throw new Error(`The ${name} must have 1 to ${longest} bytes, not ${bytes.length}.`);
    }
    return [PARTS[name as keyof typeof PARTS], bytes] as const;
  });
  const parts = [
    ...encoded,
    [PARTS.port, Uint8Array.of(port >> 8, port & 0xff)] as const,
    [PARTS.tls, Uint8Array.of(tls ? 1 : 0)] as const,
  ].sort(([a], [b]) => a - b);
  return Uint8Array.from(
    parts.flatMap(([part, bytes]) => [part, bytes.length >> 8, bytes.length & 0xff, ...bytes]),
  );
}

/** What announces an identity: how long it is, and the sum by which the board knows that it came whole. */
export function beginData(identity: Uint8Array): Uint8Array {
  const data = new DataView(new ArrayBuffer(6));
  data.setUint16(0, identity.length);
  data.setUint32(2, crc32(identity));
  return new Uint8Array(data.buffer);
}

/** A piece of an identity and where it belongs; null: there is none from there on. */
export function pieceData(identity: Uint8Array, from: number): Uint8Array | null {
  if (from >= identity.length) return null;
  return Uint8Array.from([from >> 8, from & 0xff, ...identity.subarray(from, from + PIECE_BYTES)]);
}

/** CRC-32 of IEEE 802.3, as zlib has it: a packet's own sum misses two bytes that changed places. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return (sum ^ 0xffff_ffff) >>> 0;
}
