import type { Foreign } from '../io/sqlite.ts';
import type { FiledCheckpoint, FiledRow } from './verify.ts';

/** Stands for what is of another kind than it should be. No text of ours, which is UTF-8, and no number has that byte. */
const OTHER_KIND = "x'ff'";

/** As the file has it: what was changed into something of another kind, or into something at all, must not look like itself. */
const filed = (column: string, kind: 'text' | 'integer' | 'blob', other = OTHER_KIND): string =>
  `case typeof(${column}) when '${kind}' then cast(${column} as blob) when 'null' then null else ${other} end as ${column}`;

const COLUMNS = [
  'seq as number',
  ...['seq', 'mono', 'utc'].map((column) => filed(column, 'integer')),
  ...['type', 'who', 'place', 'why', 'json'].map((column) => filed(column, 'text')),
  filed('sealed', 'blob'),
  filed('hash', 'blob', 'null'),
].join(', ');

/**
 * Reads the journal as it stands at this moment, whatever is written meanwhile, until it is closed.
 * @throws when the file is no journal of ours, or is so damaged that it cannot be read
 */
export function createReader(db: Foreign) {
  db.prepare('begin').run();
  const after = db.prepare(
    `select ${COLUMNS} from journal where journal.seq > ? order by journal.seq limit ?`,
  );
  const signed = db.prepare(
    'select no, seq, first, hash, mono, utc, key, signature from journal_checkpoint where seq > ? order by seq limit ?',
  );
  const ever = db.prepare("select seq from sqlite_sequence where name = 'journal'").pluck();
  return {
    /** So many rows at most, from the one after `seq` on. */
    rowsAfter: (seq: number, limit: number): readonly FiledRow[] =>
      (after.all(seq, limit) as FiledRow[]).map(withoutNulls),
    /** So many checkpoints at most, from the one after row `seq` on. */
    signedAfter: (seq: number, limit: number): readonly FiledCheckpoint[] =>
      (signed.all(seq, limit) as FiledCheckpoint[]).map(withBytes),
    /** The highest number that was ever given; 0: none. */
    highestEver: (): number => (ever.get() as number | undefined) ?? 0,
    close(): void {
      db.close();
    },
  };
}

const NOTHING = new Uint8Array();

/** What every row has, and this one has not, is empty: its hash then does not fit. */
function withoutNulls(row: FiledRow): FiledRow {
  const { seq, mono, utc, type, json } = row;
  return {
    ...row,
    seq: seq ?? NOTHING,
    mono: mono ?? NOTHING,
    utc: utc ?? NOTHING,
    type: type ?? NOTHING,
    json: json ?? NOTHING,
  };
}

const withBytes = (row: FiledCheckpoint): FiledCheckpoint => ({
  ...row,
  hash: bytesOr(row.hash),
  key: bytesOr(row.key),
  signature: bytesOr(row.signature),
});

const bytesOr = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : NOTHING);
