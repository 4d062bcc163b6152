import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { renameSync } from 'node:fs';
import { readSecret, writeSecret } from '../io/secretFile.ts';
import { isSame } from './form.ts';

/** An Ed25519 public key is 32 bytes; before them its SPKI form has these. Source: RFC 8410 §4. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export type SigningKey = {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  /** `missing`, `damaged`: there was none that could be read, and this one is new. null: it was there. */
  readonly made: 'missing' | 'damaged' | null;
};

/**
 * The key with which the hub signs its journal: `<data>/secrets/journal-key`, PEM, for this user alone, never in the database.
 * Without it nothing can be proven, but people can be warned: a lost or damaged one is replaced, and the journal says so.
 * @throws when the file cannot be read or written
 */
export function openSigningKey(file: string): SigningKey {
  const text = readSecret(file);
  const there = text === null ? null : parse(text.toString());
  if (there !== null) return keyFrom(there, null);
  if (text !== null) renameSync(file, `${file}.damaged`);
  const { privateKey } = generateKeyPairSync('ed25519');
  writeSecret(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return keyFrom(privateKey, text === null ? 'missing' : 'damaged');
}

/** The public half of the key, for who only looks. Null: there is none that can be read. */
export function readPublicKey(file: string): Uint8Array | null {
  const text = readSecret(file);
  const key = text === null ? null : parse(text.toString());
  return key === null ? null : publicOf(key);
}

export type IsSignedBy = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** Tells whether the owner of a public key signed exactly that message. The key that was asked for last is at hand. */
export function createSignatureCheck(): IsSignedBy {
  let last: { readonly bytes: Uint8Array; readonly key: KeyObject } | null = null;

  function keyOf(bytes: Uint8Array): KeyObject {
    if (last !== null && isSame(last.bytes, bytes)) return last.key;
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, bytes]), format: 'der', type: 'spki' });
    last = { bytes, key };
    return key;
  }

  return (publicKey, message, signature) => {
    try {
      return verify(null, message, keyOf(publicKey), signature);
    } catch {
      return false;
    }
  };
}

function parse(text: string): KeyObject | null {
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

const keyFrom = (key: KeyObject, made: SigningKey['made']): SigningKey => ({
  publicKey: publicOf(key),
  sign: (message) => sign(null, message, key),
  made,
});

const publicOf = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(SPKI_HEAD.length);
