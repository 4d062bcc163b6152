import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** An X25519 key is 32 bytes; before them its SPKI and PKCS #8 forms have these. Source: RFC 8410 §4 and §7. */
const SPKI_HEAD = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** First byte: another way of sealing gets another number. */
const FORM = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type SealKey = { readonly publicKey: Buffer; readonly privateKey: Buffer };

/** A new X25519 pair, each half 32 bytes. */
export function makeSealKey(): SealKey {
  const pair = generateKeyPairSync('x25519');
  const cut = (der: Buffer) => Buffer.from(der.subarray(der.length - KEY_BYTES));
  return {
    publicKey: cut(pair.publicKey.export({ type: 'spki', format: 'der' })),
    privateKey: cut(pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
}

const publicFrom = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_HEAD, bytes]), format: 'der', type: 'spki' });

const privateFrom = (bytes: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, bytes]), format: 'der', type: 'pkcs8' });

/** Key and nonce of one sealing. Source: RFC 5869; both public keys are in it, as RFC 9180 §4.1 has it. */
function keyFor(shared: Buffer, once: Uint8Array, to: Uint8Array) {
  const salt = Buffer.concat([once, to]);
  const drawn = Buffer.from(hkdfSync('sha256', shared, salt, 'homeward-sealed-1', KEY_BYTES + NONCE_BYTES));
  return { key: drawn.subarray(0, KEY_BYTES), nonce: drawn.subarray(KEY_BYTES) };
}

/**
 * Seals bytes so that only who has the private half of that key opens them: X25519 with a key that is used once, then AES-256-GCM.
 * As long as the bytes and 49 more.
 */
export function seal(to: Uint8Array, plain: Uint8Array): Buffer {
  const once = makeSealKey();
  const shared = diffieHellman({ privateKey: privateFrom(once.privateKey), publicKey: publicFrom(to) });
  const { key, nonce } = keyFor(shared, once.publicKey, to);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORM), once.publicKey, sealed, cipher.getAuthTag()]);
}

/** What was sealed. Null: not with this key, or it was changed. */
export function unseal(mine: SealKey, sealed: Uint8Array): Buffer | null {
  if (sealed[0] !== FORM || sealed.length < 1 + KEY_BYTES + TAG_BYTES) return null;
  const once = sealed.subarray(1, 1 + KEY_BYTES);
  try {
    const shared = diffieHellman({ privateKey: privateFrom(mine.privateKey), publicKey: publicFrom(once) });
    const { key, nonce } = keyFor(shared, once, mine.publicKey);
    return decrypt(key, nonce, sealed.subarray(1 + KEY_BYTES));
  } catch {
    return null;
  }
}

/** Wraps a private key by one that a password makes, 32 bytes. @param name whose it is: of another it does not open */
export function wrap(key: Uint8Array, privateKey: Uint8Array, name: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const wrapped = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  return Buffer.concat([nonce, wrapped, cipher.getAuthTag()]);
}

/** Null: another password made the key, or it was changed. */
export function unwrap(key: Uint8Array, wrapped: Uint8Array, name: string): Buffer | null {
  try {
    return decrypt(key, wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES), name);
  } catch {
    return null;
  }
}

/** @throws when the tag does not fit */
function decrypt(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array, name = ''): Buffer {
  const end = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]);
}
