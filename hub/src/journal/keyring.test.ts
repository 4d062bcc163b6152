import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile } from '../../test/journalFile.ts';
import type { JournalFact } from './facts.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import { unseal } from './sealing.ts';
import { createSealStore } from './sealStore.ts';

let journal: JournalFile;
let keyring: Keyring;
let facts: JournalFact[];
let derived: number;
beforeEach(() => {
  journal = new JournalFile();
  facts = [];
  derived = 0;
  start();
});
afterEach(() => journal.remove());

const hashOf = (password: string) => `hash of ${password}`;

/** The hub starts. The cost of a password's hash is left out. */
function start(): void {
  const { db } = journal;
  keyring = createKeyring({
    store: createSealStore(db),
    derive: async (password, salt) => {
      derived += 1;
      await Promise.resolve();
      return createHash('sha256').update(salt).update(password).digest();
    },
    owners: () =>
      db.prepare("select id, password_hash as passwordHash from person where role = 'owner'").all() as {
        id: string;
        passwordHash: string;
      }[],
    utc: () => 7,
    dispatch: (fact) => facts.push(fact),
  });
}

function add(id: string, role = 'owner'): void {
  journal.db
    .prepare(
      `insert into person (id, name, name_key, role, language, password_hash, created_utc) values (?, ?, ?, ?, 'en', ?, 1)`,
    )
    .run(id, id, id, role, hashOf(`${id}'s`));
}
const logIn = (id: string, password = `${id}'s`) => keyring.shown(id, password);
const setPassword = (id: string, password: string) =>
  journal.db.prepare('update person set password_hash = ? where id = ?').run(hashOf(password), id);

const PLAIN = Buffer.from('forced');
/** How many of these that person can open. */
async function opens(id: string, sealed: readonly Buffer[], password = `${id}'s`): Promise<number> {
  const { keys } = await keyring.open(id, password);
  return sealed.filter((each) => keys.some((key) => unseal(key, each)?.equals(PLAIN))).length;
}
const types = () => facts.map((fact) => [fact.type, 'because' in fact ? fact.because : fact.by]);

describe('an owner', () => {
  beforeEach(() => add('ana'));

  it('has a key from the first login on, and opens with their password what was sealed since', async () => {
    const before = keyring.seal(PLAIN);
    await logIn('ana');
    const since = keyring.seal(PLAIN);
    expect(before).toHaveLength(since.length);
    expect(await opens('ana', [before, since])).toBe(1);
    expect(await opens('ana', [since], 'another')).toBe(0);
    expect(types()).toEqual([['sealKeyMade', 'first']]);
  });

  it('keeps it over a restart and over logins, which then cost no hash', async () => {
    await logIn('ana');
    const sealed = keyring.seal(PLAIN);
    const cost = derived;
    start();
    await logIn('ana');
    expect(derived).toBe(cost);
    expect(await opens('ana', [sealed, keyring.seal(PLAIN)])).toBe(2);
    expect(types()).toHaveLength(1);
  });

  it('keeps it when they choose another password, and the old one opens nothing', async () => {
    await logIn('ana');
    const sealed = keyring.seal(PLAIN);
    const rewrap = await keyring.changing('ana', "ana's", 'new', hashOf('new'));
    setPassword('ana', 'new');
    rewrap();
    await logIn('ana', 'new');
    expect(await opens('ana', [sealed], 'new')).toBe(1);
    expect(await opens('ana', [sealed])).toBe(0);
    expect(types()).toHaveLength(1);
  });

  it('who has it still under another password than the hub thinks keeps it', async () => {
    await logIn('ana');
    const sealed = keyring.seal(PLAIN);
    journal.db.prepare('update person set password_hash = ?').run('the same password, hashed anew');
    await logIn('ana');
    expect(await opens('ana', [sealed])).toBe(1);
    expect(types()).toHaveLength(1);
  });

  it('whose password was set by somebody else loses it, and is told so', async () => {
    await logIn('ana');
    const sealed = keyring.seal(PLAIN);
    setPassword('ana', 'new');
    await logIn('ana', 'new');
    expect(types().slice(1)).toEqual([
      ['sealKeyLost', 'ana'],
      ['sealKeyMade', 'lost'],
    ]);
    expect(await opens('ana', [sealed, keyring.seal(PLAIN)], 'new')).toBe(1);
  });

  it('who logs in twice at once has one key', async () => {
    await Promise.all([logIn('ana'), logIn('ana'), logIn('ana')]);
    expect(types()).toEqual([['sealKeyMade', 'first']]);
    expect(await opens('ana', [keyring.seal(PLAIN)])).toBe(1);
  });
});

describe('a second owner', () => {
  beforeEach(async () => {
    add('ana');
    await logIn('ana');
    add('ben');
  });

  it('opens nothing until the first one gives their password again, and all of it from then on', async () => {
    const sealed = keyring.seal(PLAIN);
    await logIn('ben');
    expect(await opens('ben', [sealed])).toBe(0);
    expect((await keyring.open('ben', "ben's")).isWaiting).toBe(true);
    await logIn('ana');
    expect(await opens('ben', [sealed, keyring.seal(PLAIN)])).toBe(2);
    expect((await keyring.open('ben', "ben's")).isWaiting).toBe(false);
    expect(await opens('ana', [sealed])).toBe(1);
  });

  it('has the key of the house to give back to one who lost theirs', async () => {
    await logIn('ben');
    await logIn('ana');
    const sealed = keyring.seal(PLAIN);
    setPassword('ana', 'new');
    await logIn('ana', 'new');
    expect(await opens('ana', [sealed], 'new')).toBe(0);
    await logIn('ben');
    expect(await opens('ana', [sealed], 'new')).toBe(1);
    expect(types().filter(([type]) => type === 'sealKeyMade')).toHaveLength(1);
  });

  it.each([
    ['removed', "delete from person where id = 'ben'"],
    ['made an adult', "update person set role = 'adult' where id = 'ben'"],
  ])('who is %s has no key any more', async (_what, edit) => {
    await logIn('ben');
    await logIn('ana');
    expect(await opens('ben', [keyring.seal(PLAIN)])).toBe(1);
    journal.db.exec(edit);
    await logIn('ana');
    expect(await opens('ben', [keyring.seal(PLAIN)])).toBe(0);
    expect(await opens('ana', [keyring.seal(PLAIN)])).toBe(1);
  });
});

it('who is no owner gets no key and costs nothing', async () => {
  add('cleo', 'adult');
  await logIn('cleo');
  expect([derived, types()]).toEqual([0, []]);
  expect((await keyring.open('cleo', "cleo's")).keys).toEqual([]);
  (await keyring.changing('cleo', "cleo's", 'new', hashOf('new')))();
  expect(journal.db.prepare('select count(*) from seal_owner').pluck().get()).toBe(0);
});

it('nothing in the file opens a seal without a password', async () => {
  add('ana');
  await logIn('ana');
  const { keys } = await keyring.open('ana', "ana's");
  const file = journal.db.serialize();
  for (const { publicKey, privateKey } of keys) {
    expect(file.includes(publicKey)).toBe(true);
    expect(file.includes(privateKey)).toBe(false);
  }
});
