import { readSecret, writeSecret } from '../io/secretFile.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { Millis, Moment } from '../shared/time.ts';
import { type Checkpoint, formOfCheckpoint } from './form.ts';
import {
  CHECKPOINT_MS,
  CHECKPOINT_ROWS,
  CHECKPOINTS_AT_ONCE,
  FAR_ROWS,
  KEEP_ROWS,
  SIGNATURES_AT_ONCE,
} from './limits.ts';
import { createPruning } from './pruneStore.ts';
import { createSignatureCheck, type SigningKey } from './signingKey.ts';
import { type Chain, isNear } from './store.ts';
import type { FiledCheckpoint as SignedCheckpoint } from './verify.ts';

/** The last checkpoint once more, outside of the database: who cuts rows off there has to change this too. */
export type Witness = Pick<Checkpoint, 'no' | 'seq'> & { readonly hash: string };

export type CheckpointParts = {
  readonly db: Sqlite;
  readonly chain: Pick<Chain, 'head' | 'expect' | 'owe' | 'planted'>;
  readonly key: SigningKey;
  /** `<data>/secrets/journal-checkpoint` */
  readonly witnessFile: string;
  /** Rows that are kept at most, beside those since the last checkpoint. Default KEEP_ROWS. */
  readonly keepRows?: number;
};

/** Signs where the chain stands, and forgets the oldest of what is too much, by number. */
export function createCheckpoints({ db, chain, key, witnessFile, keepRows = KEEP_ROWS }: CheckpointParts) {
  const insert = db.prepare(
    `insert into journal_checkpoint (seq, no, first, hash, mono, utc, key, signature)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const isTaken = db.prepare('select 1 from journal_checkpoint where seq = ?').pluck();
  const pruning = createPruning(db, key.publicKey, keepRows, chain.planted);
  const witness = readWitness(witnessFile);
  const from = { witness, head: chain.head().seq };
  let latest: Checkpoint | null = lastOf(db, key.publicKey, from);
  // What a lost key signed proves nothing any more, but tells where the journal begins.
  const before = latest === null ? lastOf(db, null, from) : null;
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
    /**
     * Signs when there is something to sign. Where a checkpoint stands already at the last row, of a key that was lost or of
     * whoever forged it, none of ours is written over it: the next row is signed.
     * @throws when the disk says no; then nothing was signed nor forgotten
     */
    sign(now: Moment): void {
      if (unsigned() <= 0 || isTaken.get(chain.head().seq) !== undefined) return;
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

const COLUMNS = 'c.no, c.seq, c.first, c.hash, c.mono, c.utc, c.key, c.signature';

/**
 * The newest checkpoint that this key did sign, or that any did; one that somebody changed is nothing to go on from. Only so many
 * signatures are checked, however many somebody forged: first of the one that is remembered outside, then of those that say of
 * their row what stands in it, then of the newest.
 */
function lastOf(
  db: Sqlite,
  publicKey: Uint8Array | null,
  { witness, head }: { readonly witness: Witness | null; readonly head: number },
): Checkpoint | null {
  const nearHead = `(select * from journal_checkpoint where seq between 1 and ? order by seq desc limit ${CHECKPOINTS_AT_ONCE})`;
  const newest = `order by c.seq desc limit ${SIGNATURES_AT_ONCE}`;
  const asked: readonly [sql: string, ...given: number[]][] = [
    [`select ${COLUMNS} from journal_checkpoint c where c.seq = ?`, witness?.seq ?? 0],
    [
      `select ${COLUMNS} from ${nearHead} c join journal j on j.seq = c.seq and j.hash = c.hash ${newest}`,
      head,
    ],
    [`select ${COLUMNS} from journal_checkpoint c ${newest}`],
  ];
  const isSignedBy = createSignatureCheck();
  const found: Checkpoint[] = [];
  for (const [sql, ...given] of asked) {
    const rows = db.prepare(sql).iterate(...given) as IterableIterator<SignedCheckpoint>;
    for (const row of rows)
      if (isSignedBy(publicKey ?? row.key, formOfCheckpoint(row), row.signature)) {
        found.push(row);
        break;
      }
  }
  return found.sort((a, b) => b.seq - a.seq)[0] ?? null;
}

/** The highest number that a checkpoint ever had. @param signed the highest of which that is proven */
function lastNo(db: Sqlite, signed: number, witness: Witness | null): number {
  const stored = db
    .prepare(
      `select max(no) from (select no from journal_checkpoint order by seq desc limit ${CHECKPOINTS_AT_ONCE}) where no <= ?`,
    )
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
