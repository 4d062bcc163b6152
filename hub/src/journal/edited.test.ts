import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import { formOfRow } from './form.ts';
import { CHECKPOINT_MS, SLICE_ROWS } from './limits.ts';
import { createPages } from './pages.ts';
import { sha256 } from './store.ts';

let journal: JournalFile;
beforeEach(() => {
  journal = new JournalFile();
});
afterEach(() => journal.remove());

const types = () => journal.db.prepare('select type from journal order by seq').pluck().all() as string[];
const many = (count: number) => Array.from({ length: count }, (_, n) => row(n + 1));

describe('numbers that no hub gives', () => {
  it.each<[what: string, edit: string, fault: string]>([
    ['remembered by the database', 'update sqlite_sequence set seq = 9007199254740991', 'end-missing'],
    [
      'of a row',
      "insert into journal (seq, mono, utc, type, json, hash) values (9223372036854775807, 1, 1, 'x', '{}', x'00')",
      'row-altered',
    ],
    [
      'of a signature',
      'insert into journal_checkpoint select 9223372036854775807, 9223372036854775807, first, hash, mono, utc, key, signature from journal_checkpoint',
      'checkpoint-altered',
    ],
  ])('%s are found, and the journal is written and signed as before', async (_what, edit, fault) => {
    const hub = journal.open();
    hub.add(...many(3));
    hub.sign(1);
    for (let start = 2; start < 5; start++) {
      const again = journal.restart((db) => start === 2 && db.exec(edit));
      again.add(row(start));
      again.sign(start);
    }
    const { signedTo, findings } = await journal.verify();
    expect(signedTo).toBeGreaterThanOrEqual(7);
    expect(signedTo).toBeLessThan(20);
    expect(findings.map((each) => each.fault)).toContain(fault);
  });

  it('beside the database are told, and the journal is written and signed as before', async () => {
    const hub = journal.open();
    hub.add(...many(3));
    hub.sign(1);
    writeFileSync(journal.witnessFile, JSON.stringify({ no: 2 ** 53 - 1, seq: 2 ** 53 - 1, hash: '' }));
    const again = journal.restart();
    again.add(row(4));
    again.sign(2);
    expect(types().slice(-2)).toEqual(['journalCut', row(4).type]);
    expect(await journal.verify()).toMatchObject({ rows: 6, signedTo: 6, findings: [] });
  });
});

describe('rows that somebody edited', () => {
  const LOWEST = -(2n ** 63n);
  function put(from: bigint, count: number): void {
    const insert = journal.db.prepare(
      "insert into journal (seq, mono, utc, type, json) values (?, 1, 1, 'hubClaimed', '{}')",
    );
    for (let n = 0; n < count; n++) insert.run(from + BigInt(n));
  }
  const ports = {
    pause: async () => {},
    nameOrNull: () => null,
    aliasesOf: (name: string) => [name],
    isGone: () => false,
  };

  it('of which somebody made the JSON unreadable keep no other of a kind from being found', async () => {
    const hub = journal.open();
    hub.add(row(1), row(2, { json: '{"kind":"smoke"}' }), row(3, { json: '{"kind":"co"}' }));
    journal.db.exec("update journal set json = '{' where seq = 2");
    const { rows } = await createPages(journal.db)({ limit: 50, kind: 'smoke' }, ports);
    expect(rows.map(({ seq }) => seq)).toEqual([3]);
  });

  it.each<[from: bigint, count: number]>([
    [-5n, 1],
    [BigInt(Number.MIN_SAFE_INTEGER), 1],
    [BigInt(Number.MIN_SAFE_INTEGER) - 1n, 1],
    [LOWEST, 1],
    [LOWEST, 3 * SLICE_ROWS],
    [0n, 1],
  ])('are found and not shown, and hide nothing of the others: from %s on, %s', async (from, count) => {
    const hub = journal.open();
    hub.add(...many(9));
    hub.sign(1);
    put(from, count);
    const found = (await journal.verify()).findings.length;
    expect(found).toBe(Math.min(count, SLICE_ROWS));
    const { rows } = await createPages(journal.db)({ limit: 50 }, ports);
    expect(rows.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    journal.db.exec("update journal set who = 'Eve' where seq = 1");
    expect(await journal.verify()).toMatchObject(
      count > 1 ? { moreFindings: 1 } : { findings: [{}, { fault: 'row-altered', from: 1, to: 1 }] },
    );
  });
});

describe('rows that a stranger puts where the hub is to write', () => {
  /** Rows of which each follows on from the one before, hashes and all, as whoever knows the form can write them. */
  function plant(
    count: number,
    from = journal.db.prepare('select max(seq) from journal').pluck().get() as number,
  ) {
    const read = journal.db.prepare('select hash from journal where seq = ?').pluck();
    const insert = journal.db.prepare(
      'insert into journal (seq, mono, utc, type, who, place, why, json, sealed, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    for (let seq = from + 1; seq <= from + count; seq++) {
      const { mono, utc, type, who, place, why, json, sealed } = row(1, { type: 'hubClaimed', who: 'Eve' });
      const text = (value: string | null) => (value === null ? null : Buffer.from(value));
      const bytes = {
        seq: Buffer.from(String(seq)),
        mono: Buffer.from(String(mono)),
        utc: Buffer.from(String(utc)),
        type: Buffer.from(type),
        who: text(who),
        place: text(place),
        why: text(why),
        json: Buffer.from(json),
        sealed,
      };
      const hash = sha256(formOfRow(read.get(seq - 1) as Uint8Array, bytes));
      insert.run(seq, mono, utc, type, who, place, why, json, sealed, hash);
    }
  }
  const named = async (lastSeq?: number) =>
    (await journal.verify(lastSeq)).findings.map(({ fault, from, to }) => [fault, from, to]);

  it.each([1, 3, 400])('are named, and no other: %s of them', async (count) => {
    const hub = journal.open();
    hub.add(...many(9));
    plant(count);
    const put = Array.from({ length: Math.min(count, 100) }, (_, n) => ['row-altered', 11 + n, 11 + n]);
    expect(await named(hub.chain.head().seq)).toEqual(put);
    hub.add(row(20), row(21));
    expect(hub.chain.head().seq).toBe(13 + count);
    expect(await named(hub.chain.head().seq)).toEqual([['row-altered', 11, 10 + count]]);
    const told = journal.db.prepare("select seq, json from journal where type = 'journalPlanted'").all();
    expect(told).toEqual([
      { seq: 11 + count, json: JSON.stringify({ type: 'journalPlanted', from: 11, to: 10 + count }) },
    ]);
    const again = journal.restart();
    again.add(row(22));
    expect(await named(again.chain.head().seq)).toEqual([['row-altered', 11, 10 + count]]);
  });

  it('are told anew when the transaction that told them failed', () => {
    const hub = journal.open();
    hub.add(row(1));
    plant(2);
    expect(() => hub.add(row(2), row(3, { mono: 0.5 }))).toThrow();
    expect(hub.chain.planted()).toEqual([]);
    hub.add(row(2));
    expect(hub.chain.planted()).toEqual([{ from: 3, to: 4 }]);
    expect(types().slice(-2)).toEqual(['journalPlanted', row(2).type]);
  });

  it.each(['in this run', 'in an earlier one'])(
    'make the hub forget nothing of what it wrote: %s',
    (when) => {
      journal.keepRows = 20;
      let hub = journal.open();
      hub.add(...many(9));
      hub.sign(1);
      plant(500);
      hub.add(...many(9));
      if (when !== 'in this run') hub = journal.restart();
      hub.sign(2);
      hub.add(row(30));
      hub.sign(3);
      expect(journal.db.prepare('select min(seq) from journal').pluck().get()).toBe(1);
      hub.add(...many(9));
      hub.sign(4);
      // Too many of our own: the oldest go.
      expect(journal.db.prepare('select min(seq) from journal').pluck().get()).toBe(11);
    },
  );
});

describe('forged signatures', () => {
  /** So many, from that row on, with the hub's key and the number of rows that are or may be there. */
  function forge(count: number, from: number): void {
    journal.db.exec(`insert or ignore into journal_checkpoint
      with n (i) as (select 0 union all select i + 1 from n where i < ${count - 1})
      select ${from} + i, 1000 + i, 1, c.hash, c.mono, c.utc, c.key, c.signature
      from n, (select * from journal_checkpoint order by seq limit 1) c`);
  }

  it.each<[what: string, from: number]>([
    ['above the last row', 1_000],
    ['of rows long ago', -2_000_000],
    ['around the last row', 2],
  ])(
    'a million of them delay no start: %s',
    (_what, from) => {
      const hub = journal.open();
      hub.add(...many(9));
      hub.sign(1);
      hub.add(row(10));
      forge(1_000_000, from);
      const before = performance.now();
      const again = journal.restart();
      const tookMs = performance.now() - before;
      expect(again.checkpoints.dueAt()).toBe(1 + CHECKPOINT_MS);
      expect(tookMs).toBeLessThan(1_000);
    },
    60_000,
  );

  it('do not hide ours, also when nothing is remembered beside the database', () => {
    const hub = journal.open();
    hub.add(...many(9));
    hub.sign(1);
    hub.add(...many(9));
    rmSync(journal.witnessFile);
    forge(2_000, 11);
    expect(journal.restart().checkpoints.dueAt()).toBe(1 + CHECKPOINT_MS);
  });
});
