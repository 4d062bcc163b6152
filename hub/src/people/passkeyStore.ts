import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { saved } from './saved.ts';

/** A passkey as it is kept: nothing in it is secret. */
export type StoredPasskey = {
  /** As the authenticator calls it, base64url. */
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
  /** Signatures that it made, as it says; 0: it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** The name of the hub under which it was made, and works. */
  readonly host: string;
  readonly isSynced: boolean;
  /** The device on which it was made, and with whose session it ends; null: nobody knows. */
  readonly deviceId: string | null;
  /** Steady time, as in peopleClock, here and below. */
  readonly madeUtc: Millis;
  readonly usedUtc: Millis | null;
};

export type PasskeyStore = {
  /** Of one person, the oldest first. */
  passkeysOf(personId: string): readonly StoredPasskey[];
  passkey(id: string): StoredPasskey | null;
  /** False: the person has `most` already, or there is one of that id. */
  addPasskey(passkey: StoredPasskey, most: number): boolean;
  /** False: it is gone, or was used meanwhile: its counter is not `before` any more. */
  usePasskey(id: string, before: number, counter: number, usedUtc: Millis): boolean;
  /** False: the person has none of that id. */
  renamePasskey(personId: string, id: string, name: string): boolean;
  removePasskey(personId: string, id: string): boolean;
  /** How many there were. */
  removePasskeysOf(personId: string): number;
};

const COLUMNS = `id, person_id as personId, device_id as deviceId, name, public_key as publicKey, counter, transports, host, synced,
  made_utc as madeUtc, used_utc as usedUtc`;

type Row = Omit<StoredPasskey, 'transports' | 'isSynced'> & {
  readonly transports: string;
  readonly synced: number;
};

function passkeyOf({ transports, synced, ...row }: Row): StoredPasskey {
  return { ...row, transports: JSON.parse(transports) as string[], isSynced: synced === 1 };
}

/** Passkeys in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createPasskeyStore(db: Sqlite): PasskeyStore {
  const all = db.prepare(`select ${COLUMNS} from passkey where person_id = ? order by made_utc, id`);
  const one = db.prepare(`select ${COLUMNS} from passkey where id = ?`);
  const put = db.prepare(
    `insert or ignore into passkey
       (id, person_id, device_id, name, public_key, counter, transports, host, synced, made_utc, used_utc)
     values (@id, @personId, @deviceId, @name, @publicKey, @counter, @transports, @host, @synced, @madeUtc, @usedUtc)`,
  );
  const touch = db.prepare('update passkey set counter = ?, used_utc = ? where id = ? and counter = ?');
  const setName = db.prepare('update passkey set name = ? where person_id = ? and id = ?');
  const drop = db.prepare('delete from passkey where person_id = ? and id = ?');
  const dropAll = db.prepare('delete from passkey where person_id = ?');
  const add = db.transaction(({ isSynced, ...passkey }: StoredPasskey, most: number): boolean => {
    if (all.all(passkey.personId).length >= most) return false;
    const transports = JSON.stringify(passkey.transports);
    return put.run({ ...passkey, transports, synced: isSynced ? 1 : 0 }).changes > 0;
  });
  return {
    passkeysOf: (personId) => (all.all(personId) as Row[]).map(passkeyOf),
    passkey(id) {
      const row = one.get(id) as Row | undefined;
      return row === undefined ? null : passkeyOf(row);
    },
    addPasskey: (...given) => saved(() => add.immediate(...given)),
    usePasskey: (id, before, counter, usedUtc) =>
      saved(() => touch.run(counter, usedUtc, id, before).changes > 0),
    renamePasskey: (personId, id, name) => saved(() => setName.run(name, personId, id).changes > 0),
    removePasskey: (personId, id) => saved(() => drop.run(personId, id).changes > 0),
    removePasskeysOf: (personId) => saved(() => dropAll.run(personId).changes),
  };
}
