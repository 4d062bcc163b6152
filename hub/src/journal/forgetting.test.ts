import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { DAY_MS } from '../shared/time.ts';
import { CHECKPOINT_ROWS, KEEP_ROWS, PRUNE_AT_ONCE } from './limits.ts';

let journal: JournalFile;
beforeEach(() => {
  journal = new JournalFile();
});
afterEach(() => journal.remove());

const faults = async () => (await journal.verify()).findings.map(({ fault, from, to }) => [fault, from, to]);
const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => row(from + n));
const count = () => journal.db.prepare('select count(*) from journal where seq > 0').pluck().get();

describe('what is too much', () => {
  beforeEach(() => {
    journal.keepRows = 11;
  });

  it('is forgotten up to a signed row, and the rest still verifies', async () => {
    const hub = journal.open();
    hub.add(...rows(1, 10));
    hub.sign(10);
    hub.add(...rows(11, 10));
    hub.sign(20);
    hub.add(row(30));
    hub.sign(30);
    expect(await journal.verify()).toMatchObject({
      rows: 11,
      first: 12,
      last: 22,
      checkpoints: 3,
      findings: [],
    });
    journal.restart().add(row(31));
    expect(await journal.verify()).toMatchObject({ rows: 12, first: 12, findings: [] });
  });

  it('cannot be feigned by whoever deletes old rows: how far the hub forgot is signed', async () => {
    const hub = journal.open();
    hub.add(...rows(1, 10));
    hub.sign(10);
    hub.add(...rows(11, 10));
    hub.sign(20);
    journal.db.exec('delete from journal where seq <= 11');
    expect(await faults()).toEqual([['beginning-missing', 1, 11]]);
  });

  it('cannot be feigned over a restart, and the next signature does not whitewash it', async () => {
    const hub = journal.open();
    hub.add(...rows(1, 10));
    hub.sign(10);
    hub.add(...rows(11, 10));
    hub.sign(20);
    const again = journal.restart((db) => {
      db.exec('delete from journal where seq <= 11; update journal_checkpoint set first = 12');
    });
    again.add(row(30));
    again.sign(30);
    expect(await faults()).toContainEqual(['beginning-missing', 1, 11]);
  });

  it('whose signature is gone can be told from what was forgotten', async () => {
    const hub = journal.open();
    hub.add(...rows(1, 10));
    hub.sign(10);
    hub.add(...rows(20, 11));
    hub.sign(40);
    journal.db.exec('delete from journal_checkpoint where seq = 11');
    expect((await faults())[0]).toEqual(['checkpoint-missing', 12, 12]);
  });

  it('goes also when the house is too lively, a bounded number at a time, and the rest still verifies', async () => {
    journal.keepRows = KEEP_ROWS;
    const hub = journal.open();
    let n = 0;
    for (; n < KEEP_ROWS + 3 * CHECKPOINT_ROWS; n += CHECKPOINT_ROWS) {
      hub.add(...rows(n, CHECKPOINT_ROWS));
      const before = journal.db.prepare('select count(*) from journal').pluck().get() as number;
      hub.sign(n + DAY_MS);
      const gone = before - (journal.db.prepare('select count(*) from journal').pluck().get() as number);
      expect(gone).toBeLessThanOrEqual(PRUNE_AT_ONCE);
    }
    const { rows: kept, first, findings } = await journal.verify();
    expect(kept).toBeGreaterThan(KEEP_ROWS - CHECKPOINT_ROWS);
    expect(kept).toBeLessThan(KEEP_ROWS + 2 * CHECKPOINT_ROWS);
    expect(first).toBe(n + 2 - kept);
    expect(findings).toEqual([]);
  }, 120_000);
});

describe('nothing is forgotten', () => {
  /** 21 rows, signed after 11 and 21; so many are kept. */
  function filled() {
    journal.keepRows = 21;
    const hub = journal.open();
    hub.add(...rows(1, 10));
    hub.sign(10);
    hub.add(...rows(11, 10));
    hub.sign(20);
    return hub;
  }

  it('because of a clock, however far it jumps', async () => {
    filled();
    journal.keepRows = 22;
    const later = journal.restart();
    later.add({ ...row(22), utc: 0 });
    later.sign(9_000 * DAY_MS);
    expect([count(), await faults()]).toEqual([22, []]);
  });

  it('because of rows that a stranger put below the first', async () => {
    const hub = filled();
    journal.db.exec(
      `insert into journal (seq, mono, utc, type, json)
       with n (i) as (select 1 union all select i + 1 from n where i < 500) select -i, 1, 1, 'hubClaimed', '{}' from n`,
    );
    journal.keepRows = 100;
    hub.sign(21);
    const again = journal.restart();
    again.add(row(22));
    again.sign(22);
    expect(count()).toBe(22);
    expect((await faults()).map(([fault]) => fault)).not.toContain('beginning-missing');
    expect((await faults()).length).toBeGreaterThan(0);
  });

  it.each<[what: string, edit: (db: Sqlite) => void]>([
    [
      'a forged checkpoint of the last row, from before all time',
      (db) =>
        db.exec(`insert into journal_checkpoint
          select 22, 3, 22, hash, -9000000000000, utc, key, signature from journal_checkpoint where seq = 21`),
    ],
    [
      'a checkpoint of which the time was changed',
      (db) => db.exec('update journal_checkpoint set mono = -9000000000000'),
    ],
    [
      'a checkpoint of which the beginning was changed',
      (db) => db.exec('update journal_checkpoint set first = 21'),
    ],
  ])('because of %s, and it stays to be found', async (_what, edit) => {
    const hub = filled();
    hub.add(row(22));
    const again = journal.restart(edit);
    try {
      again.sign(30);
    } catch (error) {
      // Where a forged one stands, none of ours is written over it.
      expect(String(error)).toContain('UNIQUE');
    }
    again.add(row(31));
    again.sign(31);
    expect(count()).toBe(23);
    expect((await faults()).map(([fault]) => fault)).toContain('checkpoint-altered');
  });

  it('because of forged checkpoints when there is too much: rows go up to one of ours', async () => {
    const hub = filled();
    hub.add(...rows(21, 15));
    journal.db.exec(`insert into journal_checkpoint
      select 14, 7, 1, hash, mono, utc, key, signature from journal_checkpoint where seq = 11`);
    hub.sign(40);
    const { first, findings } = await journal.verify();
    expect(first).toBe(12);
    expect(findings.map(({ fault }) => fault)).toContain('checkpoint-altered');
    expect(findings.map(({ fault }) => fault)).not.toContain('row-altered');
  });
});

describe('a journal of which all rows are gone', () => {
  it('goes on from the last hash that was signed', async () => {
    const hub = journal.open();
    hub.add(...rows(1, 3));
    hub.sign(1);
    const { hash, seq } = hub.chain.head();
    const again = journal.restart((db) => db.exec('delete from journal'));
    expect(again.chain.head()).toEqual({ hash: Buffer.from(hash), seq });
    again.add(row(5));
    again.sign(2);
    expect(await faults()).toEqual([['beginning-missing', 1, 4]]);
  });
});

describe('a key that was lost after rows were forgotten', () => {
  it('makes nothing look missing, and what it signed is forgotten bit by bit', async () => {
    journal.keepRows = 11;
    const hub = journal.open();
    for (const n of [1, 11, 21]) {
      hub.add(...rows(n, 10));
      hub.sign(n);
    }
    expect((await journal.verify()).first).toBe(12);
    rmSync(journal.keyFile);
    journal.keepRows = KEEP_ROWS;
    const found = journal.restart();
    found.add(row(31));
    found.sign(31);
    expect(await faults()).toEqual([
      ['other-key', 11, 11],
      ['other-key', 21, 21],
      ['other-key', 31, 31],
    ]);
    journal.keepRows = 11;
    const again = journal.restart();
    again.add(row(32));
    again.sign(32);
    expect(await faults()).toEqual([
      ['other-key', 21, 21],
      ['other-key', 31, 31],
    ]);
    again.add(...rows(33, 10));
    again.sign(43);
    expect(await journal.verify()).toMatchObject({ first: 34, findings: [] });
  });
});
