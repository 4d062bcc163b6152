import type { Sqlite } from '../io/sqlite.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { Language, Role } from './schema.ts';
import type { Tries, TriesStore } from './throttle.ts';

export type Person = {
  readonly id: string;
  /** As the person wrote it. No two names that differ only in case, width or blanks. */
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  readonly passwordHash: string;
  readonly createdUtc: Millis;
  /** From then on the person has no access; null: for good. */
  readonly untilUtc: Millis | null;
};

/** A session as it is kept: by the hash of its token. */
export type StoredSession = {
  readonly tokenHash: string;
  readonly personId: string;
  readonly createdUtc: Millis;
  readonly lastSeenUtc: Millis;
  readonly via: 'cookie' | 'bearer';
};

/** A session with what its person is now. */
export type KnownSession = StoredSession & Pick<Person, 'role' | 'untilUtc'>;

export type PeopleStore = TriesStore & {
  hasOwner(): boolean;
  person(id: string): Person | null;
  personNamed(name: string): Person | null;
  /** Makes the first person, with a session. False when there is one already: two who claim at once get one answer. */
  claim(owner: Person, pinHash: string, session: StoredSession): boolean;
  addPerson(person: Person): void;
  session(tokenHash: string): KnownSession | null;
  saveSession(session: StoredSession): void;
  touchSession(tokenHash: string, lastSeenUtc: Millis): void;
  deleteSession(tokenHash: string): void;
  /** Deletes sessions made or last seen before these times, and all but the `keep` last seen of each person. */
  trimSessions(madeBefore: Millis, seenBefore: Millis, keep: number): void;
};

const PERSON = `select id, name, role, language, password_hash as passwordHash,
  created_utc as createdUtc, until_utc as untilUtc from person`;
const SESSION = `select token_hash as tokenHash, person_id as personId, session.created_utc as createdUtc,
  last_seen_utc as lastSeenUtc, via, role, until_utc as untilUtc
  from session join person on person.id = person_id`;

/** Names are the same when people would say so. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** People, their sessions and the tries to log in, in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createPeopleStore(db: Sqlite): PeopleStore {
  const anybody = db.prepare('select 1 from person limit 1');
  const byId = db.prepare(`${PERSON} where id = ?`);
  const byName = db.prepare(`${PERSON} where name_key = ?`);
  const addPerson = db.prepare(
    `insert into person (id, name, name_key, role, language, password_hash, created_utc, until_utc)
     values (@id, @name, @key, @role, @language, @passwordHash, @createdUtc, @untilUtc)`,
  );
  const addPin = db.prepare(`insert into person_pin (person_id, kind, hash) values (?, 'own', ?)`);
  const byToken = db.prepare(`${SESSION} where token_hash = ?`);
  const addSession = db.prepare(
    `insert into session (token_hash, person_id, created_utc, last_seen_utc, via)
     values (@tokenHash, @personId, @createdUtc, @lastSeenUtc, @via)`,
  );
  const touch = db.prepare('update session set last_seen_utc = ? where token_hash = ?');
  const drop = db.prepare('delete from session where token_hash = ?');
  const trim = db.prepare(
    `delete from session where created_utc < ? or last_seen_utc < ? or token_hash in (
       select token_hash from (select token_hash, row_number() over
         (partition by person_id order by last_seen_utc desc) as place from session) where place > ?)`,
  );
  const claim = db.transaction((owner: Person, pinHash: string, session: StoredSession): boolean => {
    if (anybody.get() !== undefined) return false;
    addPerson.run({ ...owner, key: nameKey(owner.name) });
    addPin.run(owner.id, pinHash);
    addSession.run(session);
    return true;
  });
  return {
    hasOwner: () => anybody.get() !== undefined,
    person: (id) => (byId.get(id) as Person | undefined) ?? null,
    personNamed: (name) => (byName.get(nameKey(name)) as Person | undefined) ?? null,
    claim: (owner, pinHash, session) => saved(() => claim.immediate(owner, pinHash, session)),
    addPerson: (person) => saved(() => void addPerson.run({ ...person, key: nameKey(person.name) })),
    session: (tokenHash) => (byToken.get(tokenHash) as KnownSession | undefined) ?? null,
    saveSession: (session) => saved(() => void addSession.run(session)),
    touchSession: (tokenHash, utc) => saved(() => void touch.run(utc, tokenHash)),
    deleteSession: (tokenHash) => saved(() => void drop.run(tokenHash)),
    trimSessions: (made, seen, keep) => saved(() => void trim.run(made, seen, keep)),
    ...createTriesStore(db),
  };
}

function createTriesStore(db: Sqlite): TriesStore {
  const all = db.prepare(
    'select key, points, expire_utc as until from login_try where expire_utc is not null',
  );
  const put = db.prepare(
    `insert into login_try (key, points, expire_utc) values (@key, @points, @until)
     on conflict (key) do update set points = excluded.points, expire_utc = excluded.expire_utc`,
  );
  const drop = db.prepare('delete from login_try where key = @key');
  const save = db.transaction((changed: readonly Tries[]) => {
    for (const { key, points, until } of changed) {
      if (points > 0) put.run({ key, points, until });
      else drop.run({ key });
    }
  });
  return {
    tries: () => all.all() as Tries[],
    saveTries: (changed) => saved(() => save(changed)),
  };
}

/** A full or failing disk is no bug: whoever asked is told that nothing was changed. */
const DISK_SAYS_NO = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED)/;

function saved<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw DISK_SAYS_NO.test(code) ? new Refusal('not-saved') : error;
  }
}
