import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import { openForeign } from '../io/sqlite.ts';
import { readWitness } from './checkpoints.ts';
import { proveJournal } from './proof.ts';
import { createReader } from './reader.ts';
import { createSignatureCheck, readPublicKey } from './signingKey.ts';
import { sha256 } from './store.ts';
import type { FiledCheckpoint, FiledRow } from './verify.ts';

/** Ten rows, of which all but the last two are signed. */
let rows: readonly FiledRow[];
let checkpoints: readonly FiledCheckpoint[];
let outside: Parameters<typeof proveJournal>[1];
beforeAll(() => {
  const journal = new JournalFile();
  const hub = journal.open();
  for (let n = 1; n <= 9; n++) {
    hub.add(row(n, n === 7 ? { sealed: Uint8Array.from({ length: 60 }, (_, at) => at) } : {}));
    if (n === 3 || n === 7) hub.sign(n);
  }
  const filed = createReader(openForeign(journal.file));
  rows = filed.rowsAfter(0, 100);
  checkpoints = filed.signedAfter(0, 100);
  outside = {
    publicKey: readPublicKey(journal.keyFile),
    witness: readWitness(journal.witnessFile),
    lastSeq: hub.chain.head().seq,
  };
  filed.close();
  journal.remove();
});

const isSignedBy = createSignatureCheck();
const known = new Map<string, boolean>();
afterAll(() => known.clear());

/** A signature is checked once, however often it is asked for. */
function isSigned(...asked: Parameters<typeof isSignedBy>): boolean {
  const name = asked.map((part) => Buffer.from(part).toString('base64')).join();
  const answer = known.get(name) ?? isSignedBy(...asked);
  known.set(name, answer);
  return answer;
}

async function found(some: readonly FiledRow[], signed: readonly FiledCheckpoint[] = checkpoints) {
  const filed = {
    rowsAfter: (seq: number) => some.filter(({ number }) => number > seq),
    signedAfter: (seq: number) => signed.filter((each) => each.seq > seq),
    highestEver: () => 0,
  };
  const ports = { sha256, isSignedBy: isSigned, pause: async () => {} };
  const { findings } = await proveJournal(filed, outside, ports);
  return findings;
}

/** The bytes with one bit of them flipped, for each. */
function* flipsOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++)
    for (let bit = 0; bit < 8; bit++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      yield changed;
    }
}

/** One value of the list changed; `named`: the row that has to be named. */
type Change<T> = { readonly named: number; readonly what: string; readonly list: readonly T[] };

const COLUMNS = ['seq', 'mono', 'utc', 'type', 'who', 'place', 'why', 'json', 'sealed', 'hash'] as const;
function* rowFlips(): Generator<Change<FiledRow>> {
  for (const [n, one] of rows.entries())
    for (const column of COLUMNS)
      for (const value of flipsOf(one[column] ?? new Uint8Array()))
        yield { named: one.number, what: column, list: rows.with(n, { ...one, [column]: value }) };
}
function* rowGaps(): Generator<Change<FiledRow>> {
  for (const [n, one] of rows.entries())
    for (const column of ['who', 'place', 'why', 'sealed', 'hash'] as const)
      for (const value of [new Uint8Array(), one[column] === null ? Uint8Array.of(1) : null])
        yield { named: one.number, what: column, list: rows.with(n, { ...one, [column]: value }) };
}
function* checkpointFlips(): Generator<Change<FiledCheckpoint>> {
  for (const [n, one] of checkpoints.entries()) {
    const change = (what: string, value: unknown) => ({
      named: one.seq,
      what,
      list: checkpoints.with(n, { ...one, [what]: value }),
    });
    for (const column of ['hash', 'key', 'signature'] as const)
      for (const value of flipsOf(one[column])) yield change(column, value);
    for (const column of ['no', 'first', 'mono', 'utc'] as const)
      for (let bit = 0; bit < 31; bit++) yield change(column, one[column] ^ (1 << bit));
  }
}

describe('of a small journal', () => {
  it('nothing is found when nothing was changed', async () => {
    expect([rows.length, checkpoints.length, await found(rows)]).toEqual([10, 2, []]);
  });

  it.each([
    ['every bit of every byte of every row that is flipped', rowFlips, 10_000],
    ['every value that is there where there was none, or gone,', rowGaps, 90],
  ] as const)(
    '%s is found, and that row alone is named',
    async (_what, changes, atLeast) => {
      let count = 0;
      const wrong: unknown[] = [];
      for (const { named, what, list } of changes()) {
        const is = (await found(list)).map(({ from, to }) => `${from}-${to}`).join();
        if (is !== `${named}-${named}`) wrong.push([named, what, is]);
        count += 1;
      }
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThanOrEqual(atLeast);
    },
    60_000,
  );

  it('every bit of a checkpoint that is flipped is found, and its row is named', async () => {
    let count = 0;
    const missed: unknown[] = [];
    for (const { named, what, list } of checkpointFlips()) {
      const findings = await found(rows, list);
      if (!findings.some(({ from, to }) => from <= named && named <= to))
        missed.push([named, what, findings]);
      count += 1;
    }
    expect(missed).toEqual([]);
    expect(count).toBe(2 * (8 * (32 + 32 + 64) + 4 * 31));
  }, 60_000);

  it('every checkpoint that says to be of another row is found', async () => {
    for (const [n, one] of checkpoints.entries())
      for (let bit = 0; bit < 31; bit++) {
        const changed = checkpoints.with(n, { ...one, seq: one.seq ^ (1 << bit) });
        const inOrder = changed.toSorted((a, b) => a.seq - b.seq);
        expect((await found(rows, inOrder)).length).toBeGreaterThan(0);
      }
  });
});
