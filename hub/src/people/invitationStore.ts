import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { OPEN_INVITATIONS } from './limits.ts';
import { saved } from './saved.ts';
import type { Role } from './schema.ts';
import type { StoredSession } from './sessionStore.ts';
import type { PeopleStore, Person } from './store.ts';

/** An invitation as it is kept: by the hash of its token. */
export type StoredInvitation = {
  readonly id: string;
  readonly tokenHash: string;
  /** As who invited calls them. */
  readonly name: string;
  readonly role: Role;
  /** End of the access that it gives, epoch ms UTC; null: for good. */
  readonly untilUtc: Millis | null;
  readonly createdUtc: Millis;
  /** From then on it can be taken up no more, epoch ms UTC. */
  readonly expireUtc: Millis;
  /** Id of who invited. */
  readonly byPerson: string;
};

export type InvitationStore = {
  /** Those that can be taken up at that moment, the oldest first. What is over is deleted. */
  open(now: Millis): readonly StoredInvitation[];
  /** False: there are too many already. */
  add(invitation: StoredInvitation, now: Millis): boolean;
  /** False: there is none of that id. */
  remove(id: string): boolean;
  find(tokenHash: string, now: Millis): StoredInvitation | null;
  /**
   * Uses an invitation up and lets its person in, or does neither. Of two who show the same token at once one gets in.
   */
  take(
    tokenHash: string,
    person: Person,
    session: StoredSession,
  ): 'invitation-refused' | 'name-taken' | 'house-full' | null;
};

const COLUMNS = `id, token_hash as tokenHash, name, role, until_utc as untilUtc, created_utc as createdUtc,
  expire_utc as expireUtc, by_person as byPerson`;

/** Ends a transaction without leaving a trace. */
class NotTaken extends Error {
  readonly why: 'invitation-refused' | 'name-taken' | 'house-full';
  constructor(why: NotTaken['why']) {
    super(why);
    this.why = why;
  }
}

/** Invitations in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createInvitationStore(db: Sqlite, people: Pick<PeopleStore, 'addPerson'>): InvitationStore {
  const all = db.prepare(`select ${COLUMNS} from invitation where expire_utc > ? order by created_utc, id`);
  const one = db.prepare(`select ${COLUMNS} from invitation where token_hash = ? and expire_utc > ?`);
  const put = db.prepare(
    `insert into invitation (id, token_hash, name, role, until_utc, created_utc, expire_utc, by_person)
     values (@id, @tokenHash, @name, @role, @untilUtc, @createdUtc, @expireUtc, @byPerson)`,
  );
  const drop = db.prepare('delete from invitation where id = ?');
  const use = db.prepare('delete from invitation where token_hash = ? and expire_utc > ?');
  const forgetOver = db.prepare('delete from invitation where expire_utc <= ?');
  const add = db.transaction((invitation: StoredInvitation, now: Millis): boolean => {
    forgetOver.run(now);
    if (all.all(now).length >= OPEN_INVITATIONS) return false;
    put.run(invitation);
    return true;
  });
  const take = db.transaction((tokenHash: string, person: Person, session: StoredSession): void => {
    if (use.run(tokenHash, person.createdUtc).changes === 0) throw new NotTaken('invitation-refused');
    const why = people.addPerson(person, session);
    if (why !== null) throw new NotTaken(why);
  });
  return {
    open: (now) => all.all(now) as StoredInvitation[],
    add: (invitation, now) => saved(() => add.immediate(invitation, now)),
    remove: (id) => saved(() => drop.run(id).changes > 0),
    find: (tokenHash, now) => (one.get(tokenHash, now) as StoredInvitation | undefined) ?? null,
    take(tokenHash, person, session) {
      try {
        saved(() => take.immediate(tokenHash, person, session));
        return null;
      } catch (error) {
        if (error instanceof NotTaken) return error.why;
        throw error;
      }
    },
  };
}
