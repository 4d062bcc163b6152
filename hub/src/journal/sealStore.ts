import { isDiskFailure, type Sqlite } from '../io/sqlite.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';

/** A key of the house, without its private half. */
export type HouseKey = { readonly id: number; readonly publicKey: Uint8Array };

/** The own key of an owner, as it is kept. */
export type OwnerKey = {
  readonly personId: string;
  readonly publicKey: Uint8Array;
  readonly salt: Uint8Array;
  readonly wrapped: Uint8Array;
  /** Hash of the password that it was wrapped with. */
  readonly forHash: string;
};

/** A key of the house, sealed to an owner's own. */
export type Share = { readonly keyId: number; readonly personId: string; readonly sealed: Uint8Array };

/** One row with a sealed part. */
export type SealedRow = {
  readonly seq: number;
  readonly mono: Millis;
  readonly utc: Millis;
  readonly sealed: Uint8Array;
};

export type SealStore = ReturnType<typeof createSealStore>;

/** Keys to sealed parts of the journal, and these, in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createSealStore(db: Sqlite) {
  const keys = db.prepare('select id, public_key as publicKey from seal_key order by id');
  const addKey = db.prepare('insert into seal_key (public_key, made_utc) values (?, ?)');
  const owners = db.prepare(
    `select person_id as personId, public_key as publicKey, salt, wrapped, for_hash as forHash from seal_owner`,
  );
  const putOwner = db.prepare(
    `insert into seal_owner (person_id, public_key, salt, wrapped, for_hash)
     values (@personId, @publicKey, @salt, @wrapped, @forHash)
     on conflict (person_id) do update set public_key = excluded.public_key, salt = excluded.salt,
       wrapped = excluded.wrapped, for_hash = excluded.for_hash`,
  );
  const shares = db.prepare('select key_id as keyId, person_id as personId, sealed from seal_share');
  const putShare = db.prepare(
    'insert or replace into seal_share (key_id, person_id, sealed) values (@keyId, @personId, @sealed)',
  );
  const dropShares = db.prepare('delete from seal_share where person_id = ?');
  const dropOthers = db.prepare(
    "delete from seal_owner where person_id not in (select id from person where role = 'owner')",
  );
  const sealedBefore = db.prepare(
    'select seq, mono, utc, sealed from journal where sealed is not null and seq < ? order by seq desc limit ?',
  );

  const addHouseKey = db.transaction(
    (publicKey: Uint8Array, utc: Millis, share: (keyId: number) => readonly Share[]) => {
      const keyId = Number(addKey.run(publicKey, utc).lastInsertRowid);
      for (const each of share(keyId)) putShare.run(each);
    },
  );
  const addShares = db.transaction((list: readonly Share[]) => {
    for (const each of list) putShare.run(each);
  });
  const renew = db.transaction((owner: OwnerKey) => {
    dropShares.run(owner.personId);
    putOwner.run(owner);
  });

  return {
    /** The oldest first. */
    houseKeys: () => keys.all() as HouseKey[],
    ownerKeys: () => owners.all() as OwnerKey[],
    shares: () => shares.all() as Share[],
    /** @param share what each owner gets of it */
    addHouseKey: (publicKey: Uint8Array, utc: Millis, share: (keyId: number) => readonly Share[]): void =>
      saved(() => addHouseKey.immediate(publicKey, utc, share)),
    addShares: (list: readonly Share[]): void => saved(() => addShares.immediate(list)),
    /** Another key for an owner: what was sealed to the one before opens no more. */
    renewOwner: (owner: OwnerKey): void => saved(() => renew.immediate(owner)),
    /** The same key in another wrap. Call it in the transaction that changes the password. */
    rewrapOwner: (owner: OwnerKey): void => void putOwner.run(owner),
    /** Who is an owner no more has no key to the sealed rows. */
    dropOthers: (): void => saved(() => void dropOthers.run()),
    /** Newest first. */
    sealedBefore: (seq: number, limit: number) => sealedBefore.all(seq, limit) as SealedRow[],
  };
}

/** @throws Refusal `not-saved` */
function saved<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw isDiskFailure(error) ? new Refusal('not-saved') : error;
  }
}
