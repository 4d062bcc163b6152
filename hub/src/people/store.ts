import { type Sqlite, unwaited } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { createDeviceStore, type DeviceStore } from './deviceStore.ts';
import { type Access, isLastOwner } from './household.ts';
import { MOST_PEOPLE } from './limits.ts';
import { lookOf, nameKey } from './names.ts';
import { createProfileStore, type ProfileStore } from './profileStore.ts';
import { createRevocationStore, type RevocationStore } from './revocationStore.ts';
import { saved } from './saved.ts';
import type { Language, Role } from './schema.ts';
import { createSessionStore, type SessionStore, type StoredSession } from './sessionStore.ts';
import type { TriesStore } from './throttle.ts';
import { createTriesStore } from './triesStore.ts';

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

/** Why a person was not changed or removed. */
export type Unchanged = 'unknown' | 'last-owner';

/** What ended with somebody's access, each to be told: to sockets, and to the journal. */
export type Ended = {
  /** Hashes of the tokens of their sessions. */
  readonly sessions: readonly string[];
  /** Invitations and passes that they had made, also such as were over and not erased yet. */
  readonly invitations: readonly { readonly id: string; readonly expireUtc: Millis }[];
  readonly passes: readonly { readonly id: string; readonly name: string; readonly untilUtc: Millis }[];
};

export type PeopleStore = TriesStore &
  SessionStore &
  DeviceStore &
  RevocationStore &
  ProfileStore & {
    hasOwner(): boolean;
    /** Everybody, the first to come first. */
    people(): readonly Person[];
    person(id: string): Person | null;
    personNamed(name: string): Person | null;
    /** Whether somebody has that name, or one that looks like it. */
    hasNameLike(name: string): boolean;
    /** Makes the first person, with a session. False when there is one already: two who claim at once get one answer. */
    claim(owner: Person, pinHash: string, session: StoredSession): boolean;
    /**
     * Runs what somebody's way in changes as one, all or nothing; a power cut just then costs them another login and nobody else
     * anything. @throws Refusal `not-saved`
     */
    letIn<T>(work: () => T): T;
    /** One more person, with a session or without. Says why not. */
    addPerson(person: Person, session?: StoredSession): 'name-taken' | 'house-full' | null;
    /** Gives a person that access; their sessions, and the invitations and passes that they made, end. Answers what ended. */
    changePerson(id: string, access: Access): Ended | Unchanged;
    /** Removes a person with all that is theirs. Answers what ended. */
    removePerson(id: string): Ended | Unchanged;
  };

const PERSON = `select id, name, role, language, password_hash as passwordHash,
  created_utc as createdUtc, until_utc as untilUtc from person`;

/** People, their sessions and the tries to log in, in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createPeopleStore(db: Sqlite): PeopleStore {
  const anybody = db.prepare('select 1 from person limit 1');
  const everybody = db.prepare(`${PERSON} order by created_utc, id`);
  const byId = db.prepare(`${PERSON} where id = ?`);
  const byName = db.prepare(`${PERSON} where name_key = ?`);
  const addPerson = db.prepare(
    `insert into person (id, name, name_key, role, language, password_hash, created_utc, until_utc)
     values (@id, @name, @key, @role, @language, @passwordHash, @createdUtc, @untilUtc)`,
  );
  const addPin = db.prepare(`insert into person_pin (person_id, kind, hash) values (?, 'own', ?)`);
  const setAccess = db.prepare('update person set role = @role, until_utc = @untilUtc where id = @id');
  const dropPerson = db.prepare('delete from person where id = ?');
  const sessions = createSessionStore(db);
  const end = createEnding(db, sessions.dropOf);
  const revocations = createRevocationStore(db);
  const people = () => everybody.all() as Person[];

  const insert = (person: Person) => addPerson.run({ ...person, key: nameKey(person.name) });
  const claim = db.transaction((owner: Person, pinHash: string, session: StoredSession): boolean => {
    if (anybody.get() !== undefined) return false;
    insert(owner);
    addPin.run(owner.id, pinHash);
    sessions.insert(session);
    return true;
  });
  /** By somebody else: a name that is the same, or looks the same. */
  const isTaken = ({ id, name }: Pick<Person, 'id' | 'name'>) =>
    people().some((other) => other.id !== id && lookOf(other.name) === lookOf(name));
  const add = db.transaction((person: Person, session?: StoredSession) => {
    if (isTaken(person)) return 'name-taken';
    if (people().length >= MOST_PEOPLE) return 'house-full';
    insert(person);
    if (session !== undefined) sessions.insert(session);
    return null;
  });
  const change = db.transaction((id: string, access: Access): Ended | Unchanged => {
    if (byId.get(id) === undefined) return 'unknown';
    if (access.role !== 'owner' && isLastOwner(people(), id)) return 'last-owner';
    setAccess.run({ id, ...access });
    return end(id);
  });
  const remove = db.transaction((id: string): Ended | Unchanged => {
    if (byId.get(id) === undefined) return 'unknown';
    if (isLastOwner(people(), id)) return 'last-owner';
    const ended = end(id);
    dropPerson.run(id);
    return ended;
  });
  return {
    hasOwner: () => anybody.get() !== undefined,
    people,
    person: (id) => (byId.get(id) as Person | undefined) ?? null,
    personNamed: (name) => (byName.get(nameKey(name)) as Person | undefined) ?? null,
    hasNameLike: (name) => isTaken({ id: '', name }),
    letIn: (work) => saved(() => unwaited(db, () => db.transaction(work).immediate())),
    claim: (owner, pinHash, session) => saved(() => claim.immediate(owner, pinHash, session)),
    addPerson: (person, session) => saved(() => add.immediate(person, session)),
    changePerson: (id, access) => saved(() => change.immediate(id, access)),
    removePerson: (id) => saved(() => remove.immediate(id)),
    ...sessions.store,
    ...revocations.store,
    ...createTriesStore(db),
    ...createDeviceStore(db),
    ...createProfileStore(db, { isTaken, revokeAll: revocations.all }),
  };
}

/** Ends somebody's sessions, invitations and passes, for use inside a transaction. */
function createEnding(db: Sqlite, dropSessions: (personId: string) => readonly string[]) {
  const dropInvitations = db.prepare(
    'delete from invitation where by_person = ? returning id, expire_utc as expireUtc',
  );
  const dropPasses = db.prepare(
    'delete from guest_pass where by_person = ? returning id, name, until_utc as untilUtc',
  );

  return (id: string): Ended => ({
    sessions: dropSessions(id),
    invitations: dropInvitations.all(id) as Ended['invitations'],
    passes: dropPasses.all(id) as Ended['passes'],
  });
}
