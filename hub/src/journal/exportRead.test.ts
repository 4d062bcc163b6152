import { afterAll, beforeAll, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import { openForeign } from '../io/sqlite.ts';
import { jsonPieces } from './exported.ts';
import { readExport } from './exportRead.ts';
import { proveJournal } from './proof.ts';
import { createReader } from './reader.ts';
import { createSignatureCheck, readPublicKey } from './signingKey.ts';
import { sha256 } from './store.ts';

let journal: JournalFile;
let whole: string;
const pause = async () => {};

/** What the hub hands out, as one text. */
async function exported(): Promise<string> {
  const filed = createReader(openForeign(journal.file));
  const head = { hubId: 'h', at: 7, publicKey: readPublicKey(journal.keyFile) as Uint8Array };
  let text = '';
  for await (const piece of jsonPieces(filed, head, { pause, csvText: (cell) => cell })) text += piece;
  filed.close();
  return text;
}
beforeAll(async () => {
  journal = new JournalFile();
  journal.keepRows = 12;
  const hub = journal.open();
  for (let n = 1; n <= 30; n++) {
    hub.add(row(n));
    if (n % 8 === 0) hub.sign(n);
  }
  whole = await exported();
});
afterAll(() => journal.remove());

async function found(text: string) {
  const { filed, publicKey } = readExport(text);
  const outside = { publicKey, witness: null, lastSeq: 0 };
  return proveJournal(filed, outside, { sha256, isSignedBy: createSignatureCheck(), pause });
}

it('an export is as whole as the journal, also one of which the beginning was forgotten', async () => {
  const { findings, ...verdict } = await found(whole);
  expect(findings).toEqual([]);
  expect(verdict).toMatchObject({ first: 10, last: 31, signedTo: 25 });
  expect(await journal.verify()).toMatchObject({ ...verdict, findings: [] });
  expect(readExport(whole)).toMatchObject({ hubId: 'h', exportedAt: 7 });
});

it('every value of every row that was changed is found, and its row is named', async () => {
  const read = JSON.parse(whole) as { rows: Record<string, unknown>[] };
  for (const [n, one] of read.rows.entries())
    for (const name of ['mono', 'utc', 'type', 'who', 'place', 'why', 'json', 'sealed', 'hash']) {
      const other = [null, 7, 'x', '00', ''].filter((value) => value !== one[name]);
      for (const value of other) {
        const rows = read.rows.with(n, { ...one, [name]: value });
        const { findings } = await found(JSON.stringify({ ...read, rows }));
        expect([name, value, findings.map(({ from, to }) => [from, to])]).toEqual([
          name,
          value,
          [[one.seq, one.seq]],
        ]);
      }
    }
});

it('a row or a signature that is gone, or is there twice, is found', async () => {
  const read = JSON.parse(whole) as { rows: Record<string, unknown>[]; checkpoints: object[] };
  const faults = async (more: object) => (await found(JSON.stringify({ ...read, ...more }))).findings.length;
  // Those after the last signature can be cut off: the readme says so.
  for (const [n, { seq }] of read.rows.entries())
    if (n < read.rows.length - 1 && (seq as number) > 0)
      expect(await faults({ rows: read.rows.toSpliced(n, 1) })).toBeGreaterThan(0);
  for (const [n] of read.checkpoints.slice(0, -1).entries())
    expect(await faults({ checkpoints: read.checkpoints.toSpliced(n, 1) })).toBeGreaterThan(0);
  expect(await faults({ rows: [...read.rows, read.rows[3]] })).toBeGreaterThan(0);
  expect(await faults({ publicKey: '00'.repeat(32) })).toBeGreaterThan(0);
});

it.each([
  '',
  '7',
  'null',
  '[]',
  '{}',
  '{"form":"homeward-journal-1"}',
  '{"form":"homeward-journal-2","rows":[],"checkpoints":[]}',
])('what is no export is told as that: %s', (text) => {
  expect(() => readExport(text)).toThrow('That is no export of a Homeward journal');
});
