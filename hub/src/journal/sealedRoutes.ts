import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute, type Session } from '../io/route.ts';
import type { Millis, Moment } from '../shared/time.ts';
import type { JournalFact } from './facts.ts';
import type { Keyring } from './keyring.ts';
import { SAME_ADDRESS_MS, SEALED_ROWS, SLICE_SEALED } from './limits.ts';
import { type Secret, secretOf } from './sealedForm.ts';
import type { SealedPage, SealedRequest } from './sealedSchema.ts';
import { type SealKey, unseal } from './sealing.ts';
import type { SealedRow, SealStore } from './sealStore.ts';

/** Names by which a device is known again, keyed. */
export type DeviceNames = {
  /** The device itself, as long as it does not forget who it is. */
  readonly own: readonly string[];
  /** Where it stands in the network. */
  readonly address: string;
};

export type SealedRoutePorts = {
  readonly store: Pick<SealStore, 'sealedBefore'>;
  readonly keyring: Pick<Keyring, 'open'>;
  readonly now: () => Moment;
  /** Whoever gives it gets what keys they lack. @throws Refusal `password-refused`, `too-many-tries` */
  readonly checkOwn: (
    asking: { readonly me: Session; readonly origin: string },
    password: string,
  ) => Promise<void>;
  readonly devicesOf: (me: Session, origin: string) => DeviceNames;
  readonly nameOrNull: (personId: string) => string | null;
  /** Lets go of the main thread between two slices. */
  readonly pause: () => Promise<void>;
  readonly dispatch: (fact: JournalFact) => void;
};

/** What was typed under duress, for an owner who gives the password once more, away from the device on which it was. */
export function sealedRoutes(ports: SealedRoutePorts): Endpoint[] {
  const { store, keyring, now, checkOwn, devicesOf, nameOrNull, pause, dispatch } = ports;

  /** Every row is opened, and costs the same, whatever it says. */
  async function openAll(rows: readonly SealedRow[], keys: readonly SealKey[]) {
    const opened: { readonly row: SealedRow; readonly secret: Secret }[] = [];
    for (const [at, row] of rows.entries()) {
      const secret = openedBy(keys, row);
      if (secret !== null) opened.push({ row, secret });
      if (at % SLICE_SEALED === SLICE_SEALED - 1) await pause();
    }
    return opened;
  }

  async function page(me: Session, origin: string, { password, before }: SealedRequest): Promise<SealedPage> {
    await checkOwn({ me, origin }, password);
    const { keys, isWaiting } = await keyring.open(me.personId, password);
    const found = store.sealedBefore(before ?? Number.MAX_SAFE_INTEGER, SEALED_ROWS + 1);
    const rows = found.slice(0, SEALED_ROWS);
    const opened = await openAll(rows, keys);
    const devices = devicesOf(me, origin);
    const { mono } = now();
    dispatch({ type: 'sealedOpened', by: me.personId });
    return {
      records: opened
        .filter(({ secret }) => secret.underDuress && !isHere(secret, devices, mono))
        .map(({ row, secret }) => ({
          seq: row.seq,
          at: row.utc,
          houseMs: row.mono,
          personId: secret.personId,
          who: nameOrNull(secret.personId) ?? secret.personId,
          purpose: secret.purpose,
        })),
      looked: opened.length,
      unopened: rows.length - opened.length,
      isWaiting,
      next: found.length > rows.length ? (rows.at(-1)?.seq ?? null) : null,
    };
  }

  return [onRoute(ROUTES.openSealed, ({ body, me, origin }) => page(me, origin, body))];
}

/** Null: none of the keys opens it, or it is that of another row. */
function openedBy(keys: readonly SealKey[], { sealed, mono, utc }: SealedRow): Secret | null {
  for (const key of keys) {
    const plain = unseal(key, sealed);
    const secret = plain === null ? null : secretOf(plain);
    if (secret !== null && secret.mono === mono && secret.utc === utc) return secret;
  }
  return null;
}

/** Whether it was typed on the device that asks now. */
function isHere({ devices, mono }: Secret, { own, address }: DeviceNames, now: Millis): boolean {
  if (own.some((name) => devices.includes(name))) return true;
  return now - mono < SAME_ADDRESS_MS && devices.includes(address);
}
