import type { Sqlite } from '../io/sqlite.ts';
import type { Millis } from '../shared/time.ts';
import { saved } from './saved.ts';

export type DeviceStore = {
  knowsDevice(deviceId: string, personId: string, seenAfter: Millis): boolean;
  /** Remembers that a person logged in there, and forgets what is older than `seenAfter` or more than `keep`. */
  rememberDevice(
    deviceId: string,
    personId: string,
    seenUtc: Millis,
    limits: { readonly seenAfter: Millis; readonly keep: number },
  ): void;
};

/** Devices on which people have logged in, in `safety.db`. Writes throw Refusal `not-saved` when the disk says no. */
export function createDeviceStore(db: Sqlite): DeviceStore {
  const find = db.prepare(
    'select 1 from known_device where device_id = ? and person_id = ? and seen_utc > ?',
  );
  const put = db.prepare(
    `insert into known_device (device_id, person_id, seen_utc) values (?, ?, ?)
     on conflict (device_id, person_id) do update set seen_utc = excluded.seen_utc`,
  );
  const trim = db.prepare(
    `delete from known_device where person_id = @personId and (seen_utc <= @seenAfter or device_id not in (
       select device_id from known_device where person_id = @personId order by seen_utc desc limit @keep))`,
  );
  const remember = db.transaction((deviceId: string, personId: string, seenUtc: Millis, limits: object) => {
    put.run(deviceId, personId, seenUtc);
    trim.run({ ...limits, personId });
  });
  return {
    knowsDevice: (...asked) => find.get(...asked) !== undefined,
    rememberDevice: (...given) => saved(() => remember.immediate(...given)),
  };
}
