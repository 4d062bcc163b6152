import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import type { Agent } from './agent.ts';
import type { Access } from './household.ts';
import { saved } from './saved.ts';

/** A session as it is kept: by the hash of its token. */
export type StoredSession = Agent & {
  /** How it is called in a list. */
  readonly id: string;
  /** As its person called the device. */
  readonly deviceName: string | null;
  /** Of the device on which the person logged in; null: from before devices were known. */
  readonly deviceId: string | null;
  readonly tokenHash: string;
  readonly personId: string;
  readonly createdUtc: Millis;
  readonly lastSeenUtc: Millis;
  readonly via: 'cookie' | 'bearer';
};

/** A session with what its person is now. */
export type KnownSession = StoredSession & Access;

export type SessionStore = {
  session(tokenHash: string): KnownSession | null;
  /** Of one person, the last seen first. */
  sessionsOf(personId: string): readonly StoredSession[];
  /** When each person was last seen in a session that is still there, epoch ms UTC. */
  lastSeen(): ReadonlyMap<string, Millis>;
  saveSession(session: StoredSession): void;
  touchSession(tokenHash: string, lastSeenUtc: Millis): void;
  deleteSession(tokenHash: string): void;
  /** Deletes sessions made or last seen before these times, and all but the `keep` last seen of each person. */
  trimSessions(madeBefore: Millis, seenBefore: Millis, keep: number): void;
};

const COLUMNS = `session.id, token_hash as tokenHash, person_id as personId, session.created_utc as createdUtc,
  last_seen_utc as lastSeenUtc, via, device_name as deviceName,
  device_id as deviceId, browser, system`;

/** Sessions in `safety.db`. `insert` and `dropOf` are for use inside a transaction of the people's store. */
export function createSessionStore(db: Sqlite) {
  const byToken = db.prepare(
    `select ${COLUMNS}, role, until_utc as untilUtc from session join person on person.id = person_id
     where token_hash = ?`,
  );
  const ofPerson = db.prepare(
    `select ${COLUMNS} from session where person_id = ? order by last_seen_utc desc`,
  );
  const seen = db.prepare('select person_id, max(last_seen_utc) from session group by person_id').raw();
  const add = db.prepare(
    `insert into session
       (id, token_hash, person_id, created_utc, last_seen_utc, via, device_name, device_id, browser, system)
     values (@id, @tokenHash, @personId, @createdUtc, @lastSeenUtc, @via, @deviceName, @deviceId, @browser, @system)`,
  );
  const touch = db.prepare('update session set last_seen_utc = ? where token_hash = ?');
  const drop = db.prepare('delete from session where token_hash = ?');
  const dropAll = db.prepare('delete from session where person_id = ? returning token_hash').pluck();
  const trim = db.prepare(
    `delete from session where created_utc < ? or last_seen_utc < ? or token_hash in (
       select token_hash from (select token_hash, row_number() over
         (partition by person_id order by last_seen_utc desc) as place from session) where place > ?)`,
  );
  const insert = (session: StoredSession): void => void add.run(session);
  const dropOf = (personId: string) => dropAll.all(personId) as string[];
  const store: SessionStore = {
    session: (tokenHash) => (byToken.get(tokenHash) as KnownSession | undefined) ?? null,
    sessionsOf: (personId) => ofPerson.all(personId) as StoredSession[],
    lastSeen: () => new Map(seen.all() as [string, Millis][]),
    saveSession: (session) => saved(() => insert(session)),
    touchSession: (tokenHash, utc) => saved(() => void touch.run(utc, tokenHash)),
    deleteSession: (tokenHash) => saved(() => void drop.run(tokenHash)),
    trimSessions: (made, seenBefore, keep) => saved(() => void trim.run(made, seenBefore, keep)),
  };
  return { insert, dropOf, store };
}
