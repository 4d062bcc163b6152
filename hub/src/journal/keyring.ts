import type { Millis } from '../shared/time.ts';
import type { JournalFact } from './facts.ts';
import { createOwnKeys, type Derive, type Owner } from './ownKeys.ts';
import { makeSealKey, type SealKey, seal } from './sealing.ts';
import type { HouseKey, OwnerKey, SealStore } from './sealStore.ts';

export type KeyringPorts = {
  readonly store: SealStore;
  readonly derive: Derive;
  readonly owners: () => readonly Owner[];
  /** Epoch ms. */
  readonly utc: () => Millis;
  readonly dispatch: (fact: JournalFact) => void;
};

/** What an owner can open. */
export type Opened = {
  /** The newest first. */
  readonly keys: readonly SealKey[];
  /** There is a key that another owner has: it is shared when they give their password the next time. */
  readonly isWaiting: boolean;
};

export type Keyring = {
  /** To the house's key; while it has none, to nobody: as long, and nobody ever opens it. */
  seal(plain: Uint8Array): Buffer;
  /** The password of a person was given, and is right. Of an owner: they get what keys they lack, and share theirs. */
  shown(personId: string, password: string): Promise<void>;
  /** Answers what to do in the transaction that gives a person another password, so that no key is lost. */
  changing(personId: string, password: string, next: string, nextHash: string): Promise<() => void>;
  /** @param password of that owner, and right */
  open(personId: string, password: string): Promise<Opened>;
};

/**
 * The keys to the sealed rows of the journal. The house has one, whose private half stands nowhere but sealed to the own key of each
 * owner, and the private half of that opens only with the owner's password: who has the data folder and no password reads nothing.
 */
export function createKeyring({ store, derive, owners, utc, dispatch }: KeyringPorts): Keyring {
  const ownKeys = createOwnKeys(store, derive);
  const inTurn = createTurns();
  let current: HouseKey | null = store.houseKeys().at(-1) ?? null;

  /** Sees to it that an owner has a key of their own, wrapped with the password that they have now. */
  async function ensureOwn(owner: Owner, password: string): Promise<void> {
    const kept = ownKeys.of(owner.id);
    if (kept?.forHash === owner.passwordHash) return;
    const own = kept === undefined ? null : await ownKeys.opened(kept, password);
    if (own !== null) return store.rewrapOwner(await ownKeys.wrapped(owner, password, own));
    store.renewOwner(await ownKeys.wrapped(owner, password, makeSealKey()));
    if (kept !== undefined) dispatch({ type: 'sealKeyLost', by: owner.id });
  }

  /** A key of which no owner has a share opens nothing for anybody: from now on another one counts. */
  function ensureHouseKey(by: string): void {
    if (store.shares().some(({ keyId }) => keyId === current?.id)) return;
    const because = current === null ? 'first' : 'lost';
    const made = makeSealKey();
    store.addHouseKey(made.publicKey, utc(), (keyId) =>
      store.ownerKeys().map((to) => shareOf(keyId, made, to)),
    );
    current = store.houseKeys().at(-1) ?? null;
    dispatch({ type: 'sealKeyMade', by, because });
  }

  async function share(personId: string, password: string): Promise<void> {
    const missing = lacking(store, personId);
    if (missing.length === 0) return;
    const mine = await ownKeys.houseKeys(personId, password);
    store.addShares(
      missing.flatMap(({ keyId, to }) => {
        const key = mine.get(keyId);
        return key === undefined ? [] : [shareOf(keyId, key, to)];
      }),
    );
  }

  async function shown(personId: string, password: string): Promise<void> {
    const all = owners();
    if (store.ownerKeys().some((each) => all.every(({ id }) => id !== each.personId))) store.dropOthers();
    const owner = all.find(({ id }) => id === personId);
    if (owner === undefined) return;
    await ensureOwn(owner, password);
    ensureHouseKey(personId);
    await share(personId, password);
  }

  return {
    seal: (plain) => seal(current?.publicKey ?? makeSealKey().publicKey, plain),
    shown: (personId, password) => inTurn(() => shown(personId, password)),
    changing: (personId, password, next, nextHash) =>
      inTurn(async () => {
        const kept = ownKeys.of(personId);
        const own = kept === undefined ? null : await ownKeys.opened(kept, password);
        if (own === null) return () => {};
        const again = await ownKeys.wrapped({ id: personId, passwordHash: nextHash }, next, own);
        return () => store.rewrapOwner(again);
      }),
    open: (personId, password) =>
      inTurn(async () => {
        const opened = await ownKeys.houseKeys(personId, password);
        const isWaiting = store.shares().some(({ keyId }) => !opened.has(keyId));
        return { keys: [...opened].sort(([a], [b]) => b - a).map(([, key]) => key), isWaiting };
      }),
  };
}

/** One thing after the other: two logins at once must not make two keys. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

const shareOf = (keyId: number, { privateKey }: SealKey, to: OwnerKey) => ({
  keyId,
  personId: to.personId,
  sealed: seal(to.publicKey, privateKey),
});

/** Which owner lacks which key that this one has. */
function lacking(store: SealStore, personId: string) {
  const shares = store.shares();
  const has = (who: string, keyId: number) =>
    shares.some((share) => share.personId === who && share.keyId === keyId);
  const mine = store.houseKeys().filter(({ id }) => has(personId, id));
  return mine.flatMap(({ id }) =>
    store
      .ownerKeys()
      .filter((each) => !has(each.personId, id))
      .map((to) => ({ keyId: id, to })),
  );
}
