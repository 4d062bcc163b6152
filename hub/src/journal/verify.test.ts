import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JournalFile, row } from '../../test/journalFile.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { formOfRow } from './form.ts';
import { createReader } from './reader.ts';
import { sha256 } from './store.ts';

/** 60 rows, the first about the key of the hub; signed after 20 and 40; the last 20 are not signed yet. */
const ROWS = 60;
let journal: JournalFile;
let restore: () => void;
beforeAll(() => {
  journal = new JournalFile();
  const hub = journal.open();
  for (let n = 2; n <= ROWS; n++) {
    hub.add(row(n));
    if (n === 20 || n === 40) hub.sign(n);
  }
  restore = journal.save();
});
afterAll(() => journal.remove());

const findings = async (lastSeq?: number) => (await journal.verify(lastSeq)).findings;

/** Does something to the file, and answers what is found. */
async function after(harm: (db: Sqlite) => void, lastSeq?: number) {
  restore();
  harm(journal.db);
  return findings(lastSeq);
}

const COLUMNS = ['mono', 'utc', 'type', 'who', 'place', 'why', 'json', 'sealed', 'hash'] as const;
const NUMBERS: ReadonlySet<string> = new Set(['seq', 'mono', 'utc', 'no', 'first']);

/** Flips one bit of a value, whatever it is; null becomes something. */
function flip(value: unknown, at: number, bit: number): unknown {
  if (value === null) return Buffer.from([1]);
  if (typeof value === 'bigint') return value ^ (1n << BigInt((at * 8 + bit) % 53));
  const bytes = Buffer.from(value as string);
  if (bytes.length === 0) return Buffer.from([1]);
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
  return bytes;
}

/** Puts a value in its column as raw bytes, of the same kind as before, as a change on the card would. */
function flipIn(db: Sqlite, table: string, column: string, seq: number, at: number, bit: number): void {
  const old = db.prepare(`select ${column} from ${table} where seq = ?`).safeIntegers().pluck().get(seq);
  const kind = db.prepare(`select typeof(${column}) from ${table} where seq = ?`).pluck().get(seq);
  const isText = kind === 'text' || (kind === 'null' && !['sealed', 'hash'].includes(column));
  const to = NUMBERS.has(column) ? '?' : isText ? 'cast(? as text)' : 'cast(? as blob)';
  db.prepare(`update ${table} set ${column} = ${to} where seq = ?`).run(flip(old, at, bit), seq);
}

const covers = (found: readonly { from: number; to: number }[], seq: number): boolean =>
  found.some(({ from, to }) => from <= seq && seq <= to);

it('an untouched journal is whole', async () => {
  restore();
  expect(await journal.verify()).toMatchObject({
    rows: ROWS,
    first: 1,
    last: ROWS,
    checkpoints: 2,
    signedTo: 40,
    findings: [],
    moreFindings: 0,
  });
});

describe('whatever is done to one row is found, and the row is named', () => {
  it('any flipped bit in any column', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: ROWS }),
        fc.constantFrom(...COLUMNS),
        fc.nat(200),
        fc.nat(7),
        async (seq, column, at, bit) => {
          const found = await after((db) => flipIn(db, 'journal', column, seq, at, bit));
          expect(found.map(({ from, to }) => [from, to])).toEqual([[seq, seq]]);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('another number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: ROWS }), fc.nat(52), async (seq, bit) => {
        const other = seq ^ (2 ** Math.min(bit, 30));
        const found = await after((db) => {
          const isTaken = db.prepare('select 1 from journal where seq = ?').get(other) !== undefined;
          if (isTaken) db.prepare('update journal set seq = -1 where seq = ?').run(other);
          db.prepare('update journal set seq = ? where seq = ?').run(other, seq);
          if (isTaken) db.prepare('update journal set seq = ? where seq = -1').run(seq);
        });
        expect(covers(found, seq)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('taken away, from the first to the last', async () => {
    for (let seq = 1; seq <= ROWS; seq++) {
      const found = await after((db) => db.prepare('delete from journal where seq = ?').run(seq));
      expect(found.map(({ from, to }) => [from, to])).toEqual([[seq, seq]]);
    }
  });

  it('put in by somebody, at any place', async () => {
    for (const seq of [-5, 0, ROWS + 1, 1_000]) {
      const found = await after((db) =>
        db
          .prepare("insert into journal (seq, mono, utc, type, json) values (?, 1, 1, 'hubClaimed', '{}')")
          .run(seq),
      );
      expect(covers(found, seq)).toBe(true);
    }
  });

  it('two that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: ROWS }), { minLength: 2, maxLength: 2 }),
        async ([a = 1, b = 2]) => {
          const found = await after((db) => {
            db.prepare('update journal set seq = -1 where seq = ?').run(a);
            db.prepare('update journal set seq = ? where seq = ?').run(a, b);
            db.prepare('update journal set seq = ? where seq = -1').run(b);
          });
          expect([covers(found, a), covers(found, b)]).toEqual([true, true]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a text that became bytes, though the bytes are the same', async () => {
    // Strict tables refuse it; a flipped bit on the card asks nobody.
    const found = await after((db) => {
      db.unsafeMode(true);
      db.exec(
        'create table loose as select * from journal; drop table journal; alter table loose rename to journal',
      );
      db.exec('update journal set type = cast(type as blob) where seq = 9');
    });
    expect(covers(found, 9)).toBe(true);
  });
});

describe('nothing that became something is found, of whatever kind', () => {
  it.each(['who', 'place', 'why', 'sealed'])('%s', async (column) => {
    for (const value of ['0', '1.5', "'x'", "x'01'", "''", "x''"]) {
      const found = await after((db) => {
        db.unsafeMode(true);
        db.exec(
          `create table loose as select * from journal; drop table journal; alter table loose rename to journal;
           update journal set ${column} = ${value} where seq = 1`,
        );
      });
      expect([value, covers(found, 1)]).toEqual([value, true]);
    }
  });
});

describe('whoever writes history anew, hashes and all', () => {
  /** Changes a row and makes every later hash fit. */
  function rewrite(db: Sqlite, seq: number): void {
    db.prepare("update journal set who = 'Eve' where seq = ?").run(seq);
    const reader = createReader(db);
    let previous: Uint8Array = new Uint8Array(32);
    const fitting = reader.rowsAfter(0, ROWS).map((each) => {
      previous = sha256(formOfRow(previous, each));
      return [previous, each.number] as const;
    });
    db.prepare('commit').run();
    for (const [hash, number] of fitting)
      db.prepare('update journal set hash = ? where seq = ?').run(hash, number);
  }

  it('is found by the next signature, and the rows between two signatures are named', async () => {
    for (const [seq, from, to] of [
      [1, 1, 20],
      [20, 1, 20],
      [21, 21, 40],
      [40, 21, 40],
    ] as const) {
      const found = await after((db) => rewrite(db, seq));
      expect(found[0]).toMatchObject({ fault: 'rewritten', from, to });
    }
  });

  it('is not found after the last signature: that is what is promised, and no more', async () => {
    expect(await after((db) => rewrite(db, 41))).toEqual([]);
  });
});

describe('rows cut off at the end', () => {
  const cut = (keep: number) => (db: Sqlite) => {
    db.prepare('delete from journal where seq > ?').run(keep);
    db.prepare('delete from journal_checkpoint where seq > ?').run(keep);
  };
  const forgetNumbers = (db: Sqlite, keep: number) =>
    db.prepare("update sqlite_sequence set seq = ? where name = 'journal'").run(keep);

  it('are found by the number that SQLite remembers', async () => {
    expect(await after(cut(50))).toEqual([
      expect.objectContaining({ fault: 'end-missing', from: 51, to: 60 }),
    ]);
  });

  it('are found by the last checkpoint beside the database, when that memory was changed too', async () => {
    const found = await after((db) => {
      cut(30)(db);
      forgetNumbers(db, 30);
    });
    expect(found.map(({ fault }) => fault)).toEqual(['checkpoint-missing', 'end-missing']);
    expect(found[1]).toMatchObject({ from: 31, to: 40 });
  });

  it('are found by the running hub, whatever was changed', async () => {
    const found = await after((db) => {
      cut(50)(db);
      forgetNumbers(db, 50);
    }, ROWS);
    expect(found).toEqual([expect.objectContaining({ fault: 'end-missing', from: 51, to: 60 })]);
  });

  it('are not found after the last checkpoint when the hub was off and all memory was changed: no more is promised', async () => {
    const found = await after((db) => {
      cut(50)(db);
      forgetNumbers(db, 50);
    });
    expect(found).toEqual([]);
  });
});

describe('a checkpoint', () => {
  it('of which any bit was flipped is found, and its row is named', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(20, 40),
        fc.constantFrom('no', 'first', 'hash', 'mono', 'utc', 'key', 'signature'),
        fc.nat(80),
        fc.nat(7),
        async (seq, column, at, bit) => {
          const found = await after((db) => flipIn(db, 'journal_checkpoint', column, seq, at, bit));
          expect(covers(found, seq)).toBe(true);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('that is gone is found', async () => {
    for (const seq of [20, 40]) {
      const found = await after((db) => db.prepare('delete from journal_checkpoint where seq = ?').run(seq));
      expect(found.map(({ fault }) => fault)).toEqual(['checkpoint-missing']);
    }
  });
});
