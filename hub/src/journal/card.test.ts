import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import { openForeign } from '../io/sqlite.ts';
import { readWitness } from './checkpoints.ts';
import { proveJournal } from './proof.ts';
import { createReader } from './reader.ts';
import { createSignatureCheck, readPublicKey } from './signingKey.ts';
import { sha256 } from './store.ts';

let journal: JournalFile;
let file: string;
let whole: Buffer;
beforeAll(() => {
  journal = new JournalFile();
  const hub = journal.open();
  for (let n = 1; n <= 40; n++) {
    hub.add(row(n));
    if (n % 15 === 0) hub.sign(n);
  }
  // Nothing but the journal, so that nearly every byte matters.
  const others = journal.db
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'journal%' and name not like 'sqlite%'",
    )
    .pluck()
    .all() as string[];
  journal.db.pragma('foreign_keys = OFF');
  for (const name of others) journal.db.exec(`drop table ${name}`);
  journal.db.exec('vacuum');
  journal.db.pragma('journal_mode = DELETE');
  whole = readFileSync(journal.file);
  file = join(journal.folder, 'card.db');
});
afterAll(() => journal.remove());

/** All that the journal says, each value with its kind. Null: it cannot be read. */
function contents(): string | null {
  const db = new Database(file, { readonly: true });
  const columns = (table: string) =>
    ({
      journal: ['seq', 'mono', 'utc', 'type', 'who', 'place', 'why', 'json', 'sealed', 'hash'],
      journal_checkpoint: ['seq', 'no', 'first', 'hash', 'mono', 'utc', 'key', 'signature'],
    })[table]
      ?.map((name) => `typeof(${name}) || hex(${name})`)
      .join(" || ' ' || ");
  try {
    return ['journal', 'journal_checkpoint']
      .flatMap((table) =>
        db
          .prepare(`select ${columns(table)} from ${table} order by seq`)
          .pluck()
          .all(),
      )
      .join('\n');
  } catch {
    return null;
  } finally {
    db.close();
  }
}

/** Whether something is found; null: the file is so damaged that it cannot be read, which is found too. */
async function isFound(): Promise<boolean | null> {
  try {
    const filed = createReader(openForeign(file));
    const outside = {
      publicKey: readPublicKey(journal.keyFile),
      witness: readWitness(journal.witnessFile),
      lastSeq: 0,
    };
    const ports = { sha256, isSignedBy: createSignatureCheck(), pause: async () => {} };
    try {
      return (await proveJournal(filed, outside, ports)).findings.length > 0;
    } finally {
      filed.close();
    }
  } catch {
    return null;
  }
}

it('a bit that flips anywhere on the card is found whenever the journal says anything else than before', async () => {
  writeFileSync(file, whole);
  const before = contents();
  expect([before?.split('\n').length, await isFound()]).toEqual([43, false]);
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      writeFileSync(file, flipped);
      const after = contents();
      if (after === before) return;
      changed += 1;
      expect([at, bit, await isFound()]).not.toEqual([at, bit, false]);
    }),
    { numRuns: 1_500 },
  );
  expect(changed).toBeGreaterThan(300);
}, 60_000);
