import { setImmediate as pause } from 'node:timers/promises';
import type { Seal } from './house/store.ts';
import type { Endpoint } from './io/route.ts';
import type { Sqlite } from './io/sqlite.ts';
import type { JournalFact } from './journal/facts.ts';
import { createKeyring, type Keyring, type KeyringPorts } from './journal/keyring.ts';
import { plainOf, secretIn } from './journal/sealedForm.ts';
import { type SealedRoutePorts, sealedRoutes } from './journal/sealedRoutes.ts';
import { createSealStore } from './journal/sealStore.ts';
import type { Moment } from './shared/time.ts';

export type SealParts = {
  readonly db: Sqlite;
  readonly now: () => Moment;
  readonly dispatch: (fact: JournalFact) => void;
  readonly people: Pick<SealedRoutePorts, 'checkOwn' | 'devicesOf' | 'nameOrNull'> &
    Pick<KeyringPorts, 'derive' | 'owners'>;
};

/** What of the journal only an owner reads, away from where it happened. */
export function composeSeal({ db, now, dispatch, people }: SealParts): {
  readonly seal: Seal;
  readonly keys: Pick<Keyring, 'shown' | 'changing'>;
  readonly endpoints: readonly Endpoint[];
} {
  const store = createSealStore(db);
  const keyring = createKeyring({ ...people, store, dispatch, utc: () => now().utc });
  return {
    seal(fact, at) {
      const secret = secretIn(fact, at);
      return secret === null ? null : keyring.seal(plainOf(secret));
    },
    keys: keyring,
    endpoints: sealedRoutes({ ...people, store, keyring, now, dispatch, pause }),
  };
}
