import type { Sqlite } from '../io/sqlite.ts';
import { nameKey } from './names.ts';
import type { Place, Revoked } from './revocations.ts';
import { saved } from './saved.ts';
import type { Language } from './schema.ts';

export type ProfileStore = {
  /** Gives a person another name or language. Says why not. */
  renamePerson(id: string, name: string, language: Language): 'unknown' | 'name-taken' | null;
  /**
   * Gives a person another password; every other way in that they have ends but what is at `keep`, or none does.
   * @param also done in the same transaction
   */
  changePassword(
    id: string,
    passwordHash: string,
    keep: Place | 'all',
    also: () => void,
  ): Revoked | 'unknown';
};

export type ProfilePorts = {
  /** Whether somebody else has that name, or one that looks like it. */
  readonly isTaken: (person: { readonly id: string; readonly name: string }) => boolean;
  /** Takes every way in from a person but what is at that place, inside the transaction. */
  readonly revokeAll: (personId: string, keep: Place) => Revoked;
};

/** What people change of themselves, in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createProfileStore(db: Sqlite, { isTaken, revokeAll }: ProfilePorts): ProfileStore {
  const setName = db.prepare(
    'update person set name = @name, name_key = @key, language = @language where id = @id',
  );
  const setPassword = db.prepare('update person set password_hash = ? where id = ?');
  const rename = db.transaction((id: string, name: string, language: Language) => {
    if (isTaken({ id, name })) return 'name-taken';
    const { changes } = setName.run({ id, name, key: nameKey(name), language });
    return changes === 0 ? 'unknown' : null;
  });
  type Renewed = Revoked | 'unknown';
  const renew = db.transaction((id: string, hash: string, keep: Place | 'all', also: () => void): Renewed => {
    if (setPassword.run(hash, id).changes === 0) return 'unknown';
    also();
    return keep === 'all' ? { sessions: [], passkeys: 0 } : revokeAll(id, keep);
  });
  return {
    renamePerson: (...given) => saved(() => rename.immediate(...given)),
    changePassword: (...given) => saved(() => renew.immediate(...given)),
  };
}
