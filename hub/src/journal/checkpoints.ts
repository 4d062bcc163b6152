import { readSecret, writeSecret } from '../io/secretFile.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { type Checkpoint, formOfCheckpoint } from './form.ts';
import { CHECKPOINT_MS, CHECKPOINT_ROWS, FAR_ROWS, KEEP_ROWS, PRUNE_AT_ONCE } from './limits.ts';
import { createSignatureCheck, type SigningKey } from './signingKey.ts';
import { type Chain, isNear } from './store.ts';

export type SignedCheckpoint = Checkpoint & { readonly key: Uint8Array; readonly signature: Uint8Array };

/** The last checkpoint once more, outside of the database: who cuts rows off there has to change this too. */
export type Witness = Pick<Checkpoint, 'no' | 'seq'> & { readonly hash: string };

export type CheckpointParts = {
  readonly db: Sqlite;
  readonly chain: Pick<Chain, 'head' | 'expect' | 'owe'>;
  readonly key: SigningKey;
  /** `<data>/secrets/journal-checkpoint` */
  readonly witnessFile: string;
  /** Rows that are kept at most, beside those since the last checkpoint. Default KEEP_ROWS. */
  readonly keepRows?: number;
};

/** Signs where the chain stands, and forgets what is too old. */
export function createCheckpoints({ db, chain, key, witnessFile, keepRows = KEEP_ROWS }: CheckpointParts) {
  const insert = db.prepare(
    `insert into journal_checkpoint (seq, no, first, hash, mono, utc, key, signature)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const pruning = createPruning(db, key.publicKey, keepRows);
  const witness = readWitness(witnessFile);
  let latest: Checkpoint | null = lastOf(db, key.publicKey);
  // What a lost key signed proves nothing any more, but tells where the journal begins.
  const before = latest === null ? lastOf(db, null) : null;
  // A number is never given twice, so that a checkpoint that is gone leaves a gap.
  let no = lastNo(db, latest?.no ?? 0, witness);
  if (latest !== null) chain.expect(latest.seq, latest.hash);
  if (witness !== null) chain.expect(witness.seq);
  if (key.made !== null) chain.owe('journalKeyMade', { because: key.made, publicKey: base64(key.publicKey) });

  const add = db.transaction(({ mono, utc }: Moment): Checkpoint => {
    const { seq, hash } = chain.head();
    const first = pruning.run(latest?.first ?? before?.first ?? 1, seq);
    const next = { no: no + 1, seq, first, hash, mono, utc };
    const signature = key.sign(formOfCheckpoint(next));
    insert.run(seq, next.no, first, hash, mono, utc, key.publicKey, signature);
    return next;
  });

  /** Rows that no signature covers yet. */
  const unsigned = (): number => chain.head().seq - (latest?.seq ?? 0);

  return {
    /** Signs when there is something to sign. @throws when the disk says no; then nothing was signed nor forgotten */
    sign(now: Moment): void {
      if (unsigned() <= 0) return;
      latest = add.immediate(now);
      no = latest.no;
      const { seq, hash } = latest;
      writeSecret(witnessFile, `${JSON.stringify({ no, seq, hash: hex(hash) })}\n`);
    },
    /** House time at which the next one is due; a first one at once. */
    dueAt: (): Millis => (latest === null ? 0 : latest.mono + CHECKPOINT_MS),
    /** So much happened that it is not left until then. */
    isPressing: (): boolean => unsigned() >= CHECKPOINT_ROWS,
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The newest checkpoint that this key did sign, or that any did; one that somebody changed is nothing to go on from. */
function lastOf(db: Sqlite, publicKey: Uint8Array | null): Checkpoint | null {
  const newestFirst = db.prepare(
    'select no, seq, first, hash, mono, utc, key, signature from journal_checkpoint order by seq desc',
  );
  const isSignedBy = createSignatureCheck();
  for (const row of newestFirst.iterate() as IterableIterator<SignedCheckpoint>)
    if (isSignedBy(publicKey ?? row.key, formOfCheckpoint(row), row.signature)) return row;
  return null;
}

/** The highest number that a checkpoint ever had. @param signed the highest of which that is proven */
function lastNo(db: Sqlite, signed: number, witness: Witness | null): number {
  const stored = db
    .prepare('select max(no) from journal_checkpoint where no <= ?')
    .pluck()
    .get(signed + FAR_ROWS) as number | null;
  const outside = isNear(witness?.no, signed) ? witness.no : 0;
  return Math.max(signed, stored ?? 0, outside);
}

/** What the file outside of the database says; null: it is not there, or no such thing. */
export function readWitness(file: string): Witness | null {
  const text = readSecret(file)?.toString() ?? '';
  try {
    const { no, seq, hash } = JSON.parse(text) as Witness;
    return Number.isSafeInteger(no) && Number.isSafeInteger(seq) && typeof hash === 'string'
      ? { no, seq, hash }
      : null;
  } catch {
    return null;
  }
}

/** Rows go from the oldest on, up to one that was signed: by that signature the rest still holds. */
function createPruning(db: Sqlite, publicKey: Uint8Array, keepRows: number) {
  const count = db.prepare('select count(*) from journal where seq between ? and ?').pluck();
  const within = `select no, seq, first, hash, mono, utc, key, signature from journal_checkpoint
    where seq between ? and ? order by seq`;
  const newestFirst = db.prepare(`${within} desc`);
  const oldestFirst = db.prepare(within);
  const dropRows = db.prepare('delete from journal where seq between ? and ?');
  const dropSigned = db.prepare('delete from journal_checkpoint where seq between ? and ?');
  const isSignedBy = createSignatureCheck();

  /** The first of those that somebody signed: this hub, or the owner of any key. */
  function signed(rows: IterableIterator<unknown>, key: Uint8Array | null): number | null {
    for (const each of rows as IterableIterator<SignedCheckpoint>)
      if (isSignedBy(key ?? each.key, formOfCheckpoint(each), each.signature)) return each.seq;
    return null;
  }

  /**
   * Up to where rows go. What was signed with a key that is lost is an anchor where there is no other: else the journal would grow
   * until all that the lost key signed had to go at once.
   */
  function anchorWithin(first: number, last: number): number | null {
    const enough = Math.min(last, first - 1 + PRUNE_AT_ONCE);
    return (
      signed(newestFirst.iterate(first, enough), publicKey) ??
      signed(oldestFirst.iterate(enough + 1, last), publicKey) ??
      signed(newestFirst.iterate(first, enough), null)
    );
  }

  return {
    /**
     * What was put below the oldest row or above the last one is neither counted nor cleared away: it stays to be found.
     * @param first number of the oldest row
     * @param head of the last; it is never forgotten
     * @returns the number of the oldest that stays
     */
    run(first: number, head: number): number {
      const surplus = (count.get(first, head) as number) - keepRows;
      if (surplus <= 0) return first;
      const anchor = anchorWithin(first, Math.min(first - 1 + surplus, head - 1));
      if (anchor === null) return first;
      dropRows.run(first, anchor);
      dropSigned.run(first - 1, anchor - 1);
      return anchor + 1;
    },
  };
}
