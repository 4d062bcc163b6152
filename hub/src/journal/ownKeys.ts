import { randomBytes } from 'node:crypto';
import { type SealKey, unseal, unwrap, wrap } from './sealing.ts';
import type { OwnerKey, SealStore } from './sealStore.ts';

/** Salt of argon2id, bytes. Source: RFC 9106 §3.1. */
const SALT_BYTES = 16;

/** An owner, and the hash of their password. */
export type Owner = { readonly id: string; readonly passwordHash: string };

/** 32 bytes that only this password makes with that salt, at the cost of a password's hash. */
export type Derive = (password: string, salt: Uint8Array) => Promise<Buffer>;

/** The own keys of owners: each opens with the password of its owner alone. */
export function createOwnKeys(store: SealStore, derive: Derive) {
  const of = (personId: string): OwnerKey | undefined =>
    store.ownerKeys().find((each) => each.personId === personId);

  /** Null: it was wrapped with another password. */
  async function opened(kept: OwnerKey, password: string): Promise<SealKey | null> {
    const { personId, publicKey, salt } = kept;
    const privateKey = unwrap(await derive(password, salt), kept.wrapped, personId);
    return privateKey === null ? null : { publicKey: Buffer.from(publicKey), privateKey };
  }

  return {
    of,
    opened,
    async wrapped(owner: Owner, password: string, own: SealKey): Promise<OwnerKey> {
      const salt = randomBytes(SALT_BYTES);
      const key = await derive(password, salt);
      return {
        personId: owner.id,
        publicKey: own.publicKey,
        salt,
        wrapped: wrap(key, own.privateKey, owner.id),
        forHash: owner.passwordHash,
      };
    },
    /** The keys of the house that an owner has, by their number. */
    async houseKeys(personId: string, password: string): Promise<ReadonlyMap<number, SealKey>> {
      const kept = of(personId);
      const own = kept === undefined ? null : await opened(kept, password);
      if (own === null) return new Map();
      const shares = store.shares().filter((share) => share.personId === personId);
      return new Map(
        store.houseKeys().flatMap(({ id, publicKey }) => {
          const sealed = shares.find(({ keyId }) => keyId === id)?.sealed;
          const privateKey = sealed === undefined ? null : unseal(own, sealed);
          return privateKey === null ? [] : [[id, { publicKey: Buffer.from(publicKey), privateKey }]];
        }),
      );
    },
  };
}
