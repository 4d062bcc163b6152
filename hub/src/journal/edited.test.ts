import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import { SLICE_ROWS } from './limits.ts';
import { createPages } from './pages.ts';

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

describe('rows below the first', () => {
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
