import type Database from 'better-sqlite3';

/** A broker identity that the hub gave out. Only the hash of its secret is kept. */
export type StoredIdentity = {
  readonly username: string;
  /** SHA-256, hex. */
  readonly secretHash: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
};

/** Broker identities in `safety.db`: the embedded broker knows nobody else. */
export function createIdentityStore(db: Database.Database) {
  const insert = db.prepare(
    'insert into broker_identity (username, secret_hash, publish_json, subscribe_json, created_utc) values (?, ?, ?, ?, ?)',
  );
  const remove = db.prepare('delete from broker_identity where username = ?');
  const all = db.prepare('select username, secret_hash, publish_json, subscribe_json from broker_identity');
  return {
    add: ({ username, secretHash, publish, subscribe }: StoredIdentity, utc: number): void =>
      void insert.run(username, secretHash, JSON.stringify(publish), JSON.stringify(subscribe), utc),
    remove: (username: string): void => void remove.run(username),
    list: (): StoredIdentity[] =>
      (
        all.all() as { username: string; secret_hash: string; publish_json: string; subscribe_json: string }[]
      ).map((row) => ({
        username: row.username,
        secretHash: row.secret_hash,
        publish: JSON.parse(row.publish_json) as string[],
        subscribe: JSON.parse(row.subscribe_json) as string[],
      })),
  };
}

export type IdentityStore = ReturnType<typeof createIdentityStore>;
