import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { JournalFile, MIGRATIONS, row } from '../../test/journalFile.ts';
import { openDatabase } from '../io/sqlite.ts';
import { ANYBODYS_MS, ANYBODYS_ROWS, CHECKPOINT_MS, CHECKPOINT_ROWS } from './limits.ts';

let journal: JournalFile;
beforeEach(() => {
  journal = new JournalFile();
});
afterEach(() => journal.remove());

const faults = async () => (await journal.verify()).findings.map(({ fault, from, to }) => [fault, from, to]);
const types = () => journal.db.prepare('select type from journal order by seq').pluck().all() as string[];
const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => row(from + n));
const many = (count: number) => rows(1, count);

describe('the chain', () => {
  it('goes on after a restart', async () => {
    journal.open().add(...many(3));
    const hub = journal.restart();
    hub.add(...many(3));
    expect(await journal.verify(hub.chain.head().seq)).toMatchObject({
      rows: 7,
      first: 1,
      last: 7,
      findings: [],
    });
  });

  it('ends where it did before when a transaction fails, and goes on from there', async () => {
    const hub = journal.open();
    hub.add(row(1));
    const before = hub.chain.head();
    expect(() => hub.add(row(2), row(3, { mono: 0.5 }))).toThrow();
    expect(hub.chain.head()).toEqual(before);
    hub.add(row(4));
    expect(await journal.verify()).toMatchObject({ rows: 3, findings: [] });
  });

  it('says what it owes once, also when the transaction that did so failed', () => {
    const hub = journal.open();
    expect(() => hub.add(row(3, { mono: 0.5 }))).toThrow();
    hub.add(row(1));
    hub.add(row(2));
    expect(types()).toEqual(['journalKeyMade', 'entityLost', 'entityLost']);
  });

  it('is not kept from being written by a row that a stranger put there, and the stranger is found', async () => {
    const hub = journal.open();
    hub.add(row(1));
    journal.db.exec("insert into journal (seq, mono, utc, type, json) values (3, 1, 1, 'hubClaimed', '{}')");
    hub.add(row(2));
    hub.add(row(4));
    expect(types()).toEqual([
      'journalKeyMade',
      'entityLost',
      'hubClaimed',
      'journalPlanted',
      'entityLost',
      'entityLost',
    ]);
    expect(await faults()).toEqual([['hash-altered', 3, 3]]);
  });
});

it('what anybody can cause is counted when it is too much, and a transaction that failed counts nothing', async () => {
  const hub = journal.open();
  const refused = row(1, { type: 'loginRefused' });
  hub.add(...Array.from({ length: ANYBODYS_ROWS + 3 }, () => refused));
  expect(() => hub.add(refused, refused, row(2, { mono: 0.5 }))).toThrow();
  hub.add(row(1 + ANYBODYS_MS));
  expect(types().slice(-2)).toEqual(['journalCounted', 'entityLost']);
  expect(
    journal.db.prepare("select json ->> '$.times' from journal where type = 'journalCounted'").pluck().get(),
  ).toBe('{"loginRefused":3}');
  expect(await faults()).toEqual([]);
});

describe('rows from before there was a chain', () => {
  /** A data folder as the version before left it. */
  function oldJournal(count: number): JournalFile {
    const folder = mkdtempSync(join(tmpdir(), 'homeward-old-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of readdirSync(MIGRATIONS).filter((each) => /^000[1-4]-/.test(each)))
      copyFileSync(join(MIGRATIONS, name), join(folder, name));
    const old = new JournalFile(folder);
    onTestFinished(() => old.remove());
    const insert = old.db.prepare('insert into journal (mono, utc, type, json) values (?, ?, ?, ?)');
    for (let n = 1; n <= count; n++)
      insert.run(n, 1_793_491_200_000 + n, 'personLoggedIn', `{"type":"personLoggedIn","personId":"p${n}"}`);
    old.db.close();
    old.db = openDatabase(old.file, MIGRATIONS);
    return old;
  }

  it('are taken into it once, with a row that says up to where', async () => {
    const old = oldJournal(5);
    old.open().add(row(6));
    const hub = old.restart();
    hub.add(row(7));
    expect((await old.verify()).findings).toEqual([]);
    const read = old.db.prepare('select type, who, json from journal order by seq').all() as {
      who: string;
    }[];
    expect(read.map(({ who }) => who).slice(0, 5)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    expect(read[5]).toMatchObject({ type: 'journalChained', json: '{"type":"journalChained","to":5}' });
    expect(read).toHaveLength(9);
  });

  it('are guarded from then on', async () => {
    const old = oldJournal(5);
    old.open().add(row(6));
    old.db.exec(`update journal set json = '{"type":"personLoggedIn","personId":"eve"}' where seq = 3`);
    expect((await old.verify()).findings).toMatchObject([{ fault: 'row-altered', from: 3, to: 3 }]);
  });

  it('are told when nothing was chained yet', async () => {
    const old = oldJournal(2);
    expect((await old.verify()).findings).toMatchObject([{ fault: 'hash-altered', from: 1 }, { from: 2 }]);
  });

  it('cannot be feigned to have a journal that was signed hashed anew', async () => {
    const hub = journal.open();
    hub.add(...many(3));
    hub.sign();
    journal.restart((db) => db.exec("update journal set hash = null, json = '{}'")).add(row(4));
    expect((await journal.verify()).findings.length).toBeGreaterThan(0);
    expect(types()).not.toContain('journalChained');
  });
});

describe('a checkpoint', () => {
  it('is signed with a key that stands outside of the database, for this user alone', () => {
    const hub = journal.open();
    hub.add(row(1));
    hub.sign();
    for (const file of [journal.keyFile, journal.witnessFile])
      expect(statSync(file).mode & 0o777).toBe(0o600);
    const [{ key = null } = {}] = journal.db.prepare('select key from journal_checkpoint').all() as {
      key: Buffer;
    }[];
    expect(key).toHaveLength(32);
  });

  it('is due an hour after the last one, also after a restart, and when much has happened', () => {
    const hub = journal.open();
    expect(hub.checkpoints.dueAt()).toBeLessThanOrEqual(0);
    hub.add(row(1));
    hub.sign(7);
    expect(hub.checkpoints.dueAt()).toBe(7 + CHECKPOINT_MS);
    const again = journal.restart();
    expect(again.checkpoints.dueAt()).toBe(7 + CHECKPOINT_MS);
    again.add(...many(CHECKPOINT_ROWS - 1));
    expect(again.checkpoints.isPressing()).toBe(false);
    again.add(row(1));
    expect(again.checkpoints.isPressing()).toBe(true);
    again.sign(8);
    expect(again.checkpoints.isPressing()).toBe(false);
  });

  it('is not made when nothing has happened since the last', () => {
    const hub = journal.open();
    hub.add(row(1));
    hub.sign(1);
    hub.sign(2);
    journal.restart().sign(3);
    expect(journal.db.prepare('select no, seq, first, mono from journal_checkpoint').all()).toEqual([
      { no: 1, seq: 2, first: 1, mono: 1 },
    ]);
  });
});

describe('a hub that starts on a journal of which somebody cut rows off', () => {
  it.each<[what: string, forget: boolean]>([
    ['remembered by the database', false],
    ['remembered beside it', true],
  ])('says so, and the gap stays to be seen: %s', async (_what, forget) => {
    const hub = journal.open();
    hub.add(...many(9));
    hub.sign(1);
    const again = journal.restart((db) => {
      db.exec('delete from journal where seq > 6; delete from journal_checkpoint');
      if (forget) db.exec('update sqlite_sequence set seq = 6');
    });
    again.add(row(11));
    again.sign(2);
    expect(types().slice(-2)).toEqual(['journalCut', 'entityLost']);
    expect(await faults()).toEqual([
      ['checkpoint-missing', 12, 12],
      ['rows-missing', 7, 10],
    ]);
  });
});

describe('the key', () => {
  it('that was lost is made anew: the journal says so, and what was signed before is no longer proven', async () => {
    const hub = journal.open();
    hub.add(row(1));
    hub.sign(1);
    rmSync(journal.keyFile);
    const again = journal.restart();
    again.add(row(2));
    again.sign(2);
    expect(types()).toEqual(['journalKeyMade', 'entityLost', 'journalKeyMade', 'entityLost']);
    expect(await faults()).toEqual([['other-key', 2, 2]]);
  });

  it('that was lost while its last signature stands at the last row: the next row is signed, and nothing fails', async () => {
    const hub = journal.open();
    hub.add(row(1));
    hub.sign(1);
    rmSync(journal.keyFile);
    const again = journal.restart();
    again.sign(2);
    again.add(row(2));
    again.sign(3);
    expect(await journal.verify()).toMatchObject({
      signedTo: 4,
      findings: [{ fault: 'other-key', from: 2 }],
    });
  });

  it.each(['', 'not a key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'])(
    'that is damaged (%j) is put aside, not overwritten',
    (damaged) => {
      journal.open();
      writeFileSync(journal.keyFile, damaged);
      journal.restart().add(row(1));
      expect(statSync(`${journal.keyFile}.damaged`).size).toBe(damaged.length);
      expect(types()).toEqual(['journalKeyMade', 'entityLost']);
    },
  );

  it('stays the same over a restart, and is not in the database', async () => {
    journal.open().add(row(1));
    journal.restart().add(row(2));
    expect(types().filter((type) => type === 'journalKeyMade')).toHaveLength(1);
  });
});
