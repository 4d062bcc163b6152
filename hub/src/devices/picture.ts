/** Largest picture on a topic that a camera or an image announced, bytes. Source: README, `max_packet_size` with room for the topic. */
export const MAX_PICTURE_BYTES = 2 * 1_024 * 1_024;

/** First bytes of each format; null: any byte. */
const SIGNATURES: readonly (readonly [mediaType: string, bytes: readonly (number | null)[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38, 0x37, 0x61]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** The format that the first bytes tell; null: none that is shown. What was announced is not believed. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find(([, signature]) =>
    signature.every((byte, at) => at < bytes.length && (byte === null || bytes[at] === byte)),
  );
  return found?.[0] ?? null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Six bits of each character code; 64: it ends the text, 65: it stands between, 66: it has no business here. */
const SEXTETS = new Uint8Array(256).fill(66);
for (let at = 0; at < ALPHABET.length; at += 1) SEXTETS[ALPHABET.charCodeAt(at)] = at;
SEXTETS['-'.charCodeAt(0)] = 62;
SEXTETS['_'.charCodeAt(0)] = 63;
SEXTETS['='.charCodeAt(0)] = 64;
for (const blank of '\r\n\t ') SEXTETS[blank.charCodeAt(0)] = 65;

/** Base64 of either alphabet, given as bytes of text; null: it is none. One pass, no copy but the result. */
export function fromBase64(text: Uint8Array): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (const code of text) {
    const sextet = SEXTETS[code] ?? 66;
    if (sextet === 64) break;
    if (sextet === 65) continue;
    if (sextet === 66) return null;
    bits = (bits << 6) | sextet;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[length] = bits >> held;
    length += 1;
    bits &= (1 << held) - 1;
  }
  return bytes.subarray(0, length);
}
