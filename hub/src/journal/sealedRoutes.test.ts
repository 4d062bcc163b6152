import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at } from '../../test/builders.ts';
import { JournalFile, row } from '../../test/journalFile.ts';
import { Refusal } from '../shared/errors.ts';
import { DAY_MS, type Millis } from '../shared/time.ts';
import type { JournalFact } from './facts.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import { SEALED_ROWS } from './limits.ts';
import { plainOf } from './sealedForm.ts';
import { type DeviceNames, sealedRoutes } from './sealedRoutes.ts';
import type { SealedPage } from './sealedSchema.ts';
import { createSealStore } from './sealStore.ts';

const PHONE: DeviceNames = { own: ['phone'], address: 'here' };
const LAPTOP: DeviceNames = { own: ['laptop', 'its session'], address: 'there' };

let journal: JournalFile;
let hub: ReturnType<JournalFile['open']>;
let keyring: Keyring;
let mono: Millis;
let devices: DeviceNames;
let facts: JournalFact[];
let ask: (body?: object, personId?: string) => Promise<SealedPage>;
beforeEach(async () => {
  journal = new JournalFile();
  hub = journal.open();
  mono = 1_000;
  devices = LAPTOP;
  facts = [];
  const add = journal.db.prepare(
    `insert into person (id, name, name_key, role, language, password_hash, created_utc) values (?, ?, ?, 'owner', 'en', 'h', 1)`,
  );
  for (const id of ['ana', 'ben']) add.run(id, id, id);
  const store = createSealStore(journal.db);
  const dispatch = (fact: JournalFact) => void facts.push(fact);
  const owners = () => ['ana', 'ben'].map((id) => ({ id, passwordHash: 'h' }));
  const derive = async (password: string, salt: Uint8Array) =>
    createHash('sha256').update(salt).update(password).digest();
  keyring = createKeyring({ store, derive, owners, utc: () => 1, dispatch });
  await keyring.shown('ana', 'right');
  const [endpoint] = sealedRoutes({
    store,
    keyring,
    now: () => at(mono),
    checkOwn: async ({ me }, password) => {
      if (password !== 'right') throw new Refusal('password-refused');
      await keyring.shown(me.personId, password);
    },
    devicesOf: () => devices,
    nameOrNull: (id) => (id === 'ana' ? 'Ana' : null),
    pause: async () => {},
    dispatch,
  });
  ask = async (body = {}, personId = 'ana') => {
    const me = { personId, tokenHash: 't', role: 'owner' };
    return (await endpoint?.handle({
      body: { password: 'right', ...body },
      me,
      origin: 'x',
    } as never)) as SealedPage;
  };
});
afterEach(() => journal.remove());

/** Somebody types a PIN. */
function typed(n: number, underDuress: boolean, names = PHONE): void {
  const secret = {
    underDuress,
    personId: 'ana',
    purpose: 'check',
    devices: [...names.own, names.address],
    ...at(n),
  };
  hub.add(row(n, { ...at(n), type: 'pinUsed', sealed: keyring.seal(plainOf(secret)) }));
}
const seqs = async (body?: object) => (await ask(body)).records.map(({ seq }) => seq);

it('tells the owner what was typed under duress, and nothing else, newest first', async () => {
  typed(1, false);
  typed(2, true);
  typed(3, false);
  typed(4, true);
  expect(await ask()).toEqual({
    records: [
      { seq: 5, at: at(4).utc, houseMs: 4, personId: 'ana', who: 'Ana', purpose: 'check' },
      { seq: 3, at: at(2).utc, houseMs: 2, personId: 'ana', who: 'Ana', purpose: 'check' },
    ],
    looked: 4,
    unopened: 0,
    isWaiting: false,
    next: null,
  });
  expect(facts.at(-1)).toEqual({ type: 'sealedOpened', by: 'ana' });
});

it('with another password tells nothing', async () => {
  typed(1, true);
  await expect(ask({ password: 'wrong' })).rejects.toMatchObject({ code: 'password-refused' });
  expect(facts.map(({ type }) => type)).not.toContain('sealedOpened');
});

it.each<[what: string, names: DeviceNames]>([
  ['the device itself', { own: ['phone'], address: 'elsewhere' }],
  ['one of its names', { own: ['new session', 'phone'], address: 'elsewhere' }],
  ['its address, within a day', { own: ['another browser'], address: 'here' }],
])(
  'where it was typed the answer is that of a house in which nobody was forced: %s',
  async (_what, names) => {
    typed(1, true);
    typed(2, false);
    devices = names;
    const here = await ask();
    journal.db.exec('delete from journal where seq > 1');
    typed(3, false);
    typed(4, false);
    expect(here).toEqual(await ask());
  },
);

it('an address is another device’s after a day', async () => {
  typed(1, true);
  devices = { own: ['another browser'], address: 'here' };
  mono = DAY_MS;
  expect(await seqs()).toEqual([]);
  mono = DAY_MS + 1;
  expect(await seqs()).toEqual([2]);
  devices = PHONE;
  mono = 999 * DAY_MS;
  expect(await seqs()).toEqual([]);
});

it('an owner who has no key yet is told that there are rows to which they have none', async () => {
  typed(1, true);
  const none = { records: [], looked: 0, unopened: 1, isWaiting: true, next: null };
  expect(await ask({}, 'ben')).toEqual(none);
  await keyring.shown('ana', 'right');
  expect((await ask({}, 'ben')).records).toHaveLength(1);
});

it('a sealed part that was moved to another row, or changed, is not believed', async () => {
  typed(1, true);
  typed(2, false);
  journal.db.exec('update journal set sealed = (select sealed from journal where seq = 2) where seq = 3');
  expect(await ask()).toMatchObject({ looked: 1, unopened: 1, records: [{ seq: 2 }] });
  journal.db.exec("update journal set sealed = x'00' where seq = 2");
  expect(await ask()).toMatchObject({ looked: 0, unopened: 2, records: [] });
});

it('is read page by page', async () => {
  for (let n = 1; n <= SEALED_ROWS + 2; n++) typed(n, n === 1 || n === 3);
  const first = await ask();
  expect([first.looked, first.next, first.records.map(({ seq }) => seq)]).toEqual([SEALED_ROWS, 4, [4]]);
  expect(await ask({ before: first.next })).toMatchObject({ looked: 2, next: null, records: [{ seq: 2 }] });
});
