import type { Sqlite } from '../io/sqlite.ts';
import type { Place, Revoked } from './revocations.ts';
import { saved } from './saved.ts';

export type RevocationStore = {
  /** Takes from a person every way in but the password; what they have at `keep` stays. Sessions, known devices and passkeys. */
  revokeAll(personId: string, keep: Place | null): Revoked;
  /** Ends what a person has at one place: the session, that the device is known, and the passkeys that were made on it. */
  revokePlace(personId: string, place: Place): Revoked;
  /** Ends all sessions of a person but that one, and answers which: devices and passkeys stay. */
  endSessions(personId: string, keep: string | null): readonly string[];
  /** How many passkeys each person has; who has none is not in it. */
  passkeyCounts(): ReadonlyMap<string, number>;
};

/** Ways in that are taken back in one step, in `safety.db`. `all` is for use inside a transaction of the people's store. */
export function createRevocationStore(db: Sqlite) {
  const dropSessions = db
    .prepare('delete from session where person_id = ? and token_hash is not ? returning token_hash')
    .pluck();
  const dropDevices = db.prepare('delete from known_device where person_id = ? and device_id is not ?');
  // Without a device to keep all go, also those of which nobody wrote down where they were made.
  const dropPasskeys = db.prepare(
    'delete from passkey where person_id = @personId and (@deviceId is null or device_id is not @deviceId)',
  );
  const dropSession = db
    .prepare('delete from session where person_id = ? and token_hash = ? returning token_hash')
    .pluck();
  const dropDevice = db.prepare('delete from known_device where person_id = ? and device_id = ?');
  const dropPasskeysOn = db.prepare('delete from passkey where person_id = ? and device_id = ?');
  const count = db.prepare('select person_id, count(*) from passkey group by person_id').raw();

  function all(personId: string, keep: Place | null): Revoked {
    const deviceId = keep?.deviceId ?? null;
    dropDevices.run(personId, deviceId);
    return {
      sessions: dropSessions.all(personId, keep?.tokenHash ?? null) as string[],
      passkeys: dropPasskeys.run({ personId, deviceId }).changes,
    };
  }
  const revokeAll = db.transaction(all);
  const revokePlace = db.transaction((personId: string, { tokenHash, deviceId }: Place): Revoked => {
    dropDevice.run(personId, deviceId);
    return {
      sessions: dropSession.all(personId, tokenHash) as string[],
      passkeys: dropPasskeysOn.run(personId, deviceId).changes,
    };
  });
  const store: RevocationStore = {
    revokeAll: (...given) => saved(() => revokeAll.immediate(...given)),
    revokePlace: (...given) => saved(() => revokePlace.immediate(...given)),
    endSessions: (...given) => saved(() => dropSessions.all(...given) as string[]),
    passkeyCounts: () => new Map(count.all() as [string, number][]),
  };
  return { all, store };
}
