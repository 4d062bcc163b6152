import { readSecret, writeSecret } from '../io/secretFile.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { type Checkpoint, formOfCheckpoint } from './form.ts';
import { CHECKPOINT_MS, CHECKPOINT_ROWS, FAR_ROWS, KEEP_MS, KEEP_ROWS, PRUNE_AT_ONCE } from './limits.ts';
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
};

/** Signs where the chain stands, and forgets what is too old. */
export function createCheckpoints({ db, chain, key, witnessFile }: CheckpointParts) {
  const insert = db.prepare(
    `insert or replace into journal_checkpoint (seq, no, first, hash, mono, utc, key, signature)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const pruning = createPruning(db);
  const witness = readWitness(witnessFile);
  let latest: Checkpoint | null = lastOf(db, key.publicKey);
  // A number is never given twice, so that a checkpoint that is gone leaves a gap.
  let no = lastNo(db, latest?.no ?? 0, witness);
  if (witness !== null) chain.expect(witness.seq);
  if (key.made !== null) chain.owe('journalKeyMade', { because: key.made, publicKey: base64(key.publicKey) });

  const add = db.transaction(({ mono, utc }: Moment): Checkpoint => {
    const { seq, hash } = chain.head();
    const first = pruning.run(latest?.first ?? 1, mono);
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

/** The newest checkpoint that this key did sign; one that somebody changed is nothing to go on from. */
function lastOf(db: Sqlite, publicKey: Uint8Array): Checkpoint | null {
  const newestFirst = db.prepare(
    'select no, seq, first, hash, mono, utc, signature from journal_checkpoint order by seq desc',
  );
  const isSignedBy = createSignatureCheck();
  for (const row of newestFirst.iterate() as IterableIterator<SignedCheckpoint>)
    if (isSignedBy(publicKey, formOfCheckpoint(row), row.signature)) return row;
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
  const text = readSecret(file);
  try {
    const { no, seq, hash } = JSON.parse(text ?? '') as Witness;
    return Number.isSafeInteger(no) && Number.isSafeInteger(seq) && typeof hash === 'string'
      ? { no, seq, hash }
      : null;
  } catch {
    return null;
  }
}

/** Rows go from the oldest on, up to one that was signed: by that signature the rest still holds. */
function createPruning(db: Sqlite) {
  const count = db.prepare('select count(*) from journal').pluck();
  const tooOld = db.prepare('select max(seq) from journal_checkpoint where mono < ?').pluck();
  const near = db.prepare('select max(seq) from journal_checkpoint where seq between ? and ?').pluck();
  const next = db.prepare('select min(seq) from journal_checkpoint where seq between ? and ?').pluck();
  const dropRows = db.prepare('delete from journal where seq <= ?');
  const dropSigned = db.prepare('delete from journal_checkpoint where seq < ?');
  return {
    /** @param first number of the oldest row. Answers that of the oldest that stays. */
    run(first: number, now: Millis): number {
      const surplus = (count.get() as number) - KEEP_ROWS;
      const old = (tooOld.get(now - KEEP_MS) as number | null) ?? 0;
      const last = Math.max(first - 1 + surplus, old);
      const enough = first - 1 + PRUNE_AT_ONCE;
      const anchor = near.get(first, Math.min(last, enough)) ?? next.get(first, last);
      if (typeof anchor !== 'number') return first;
      dropRows.run(anchor);
      dropSigned.run(anchor);
      return anchor + 1;
    },
  };
}
