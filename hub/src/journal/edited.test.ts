import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';

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
      'rows-missing',
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
