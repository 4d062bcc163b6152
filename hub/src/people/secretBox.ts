import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What must be read again, unlike a password, and yet must not be read from a stolen database. */
export type SecretBox = {
  /** @param owner whose it is: what was sealed for one opens for no other */
  seal(owner: string, secret: Uint8Array): string;
  /** Null: it was sealed for somebody else, with another key, or changed. */
  open(owner: string, sealed: string): Uint8Array | null;
};

/** AES-256-GCM: 96 random bits before each, 128 bits of proof. Source: NIST SP 800-38D §8.2.2, ASVS 5.0 V11.3. */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals with a key made of the pepper, which stands outside the database (HKDF, RFC 5869).
 * @param purpose keys of different purposes know nothing of each other
 */
export function createSecretBox(pepper: Uint8Array, purpose: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', pepper, '', `homeward ${purpose}`, 32));
  return {
    seal(owner, secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(owner));
      const text = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(owner, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      try {
        const options = { authTagLength: TAG_BYTES };
        const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), options);
        cipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
        return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
