import type { Sqlite } from '../io/sqlite.ts';
import { fieldsOf } from './entry.ts';
import { formOfCheckpoint } from './form.ts';
import { PRUNE_AT_ONCE, SIGNATURES_AT_ONCE } from './limits.ts';
import { createSignatureCheck } from './signingKey.ts';
import type { Planted } from './store.ts';
import type { FiledCheckpoint } from './verify.ts';

/**
 * Forgets the oldest rows of what is too much, up to one that was signed: by that signature the rest still holds. What strangers put
 * among the rows is not counted: else who puts enough there could have the hub forget all that it wrote.
 * @param planted of this run of the hub
 */
export function createPruning(
  db: Sqlite,
  publicKey: Uint8Array,
  keepRows: number,
  planted: () => readonly Planted[],
) {
  const count = db.prepare('select count(*) from journal where seq between ? and ?').pluck();
  const told = db
    .prepare("select json from journal where seq between ? and ? and type = 'journalPlanted' order by seq")
    .pluck();
  const within = `select no, seq, first, hash, mono, utc, key, signature from journal_checkpoint
    where seq between ? and ? order by seq`;
  const newestFirst = db.prepare(`${within} desc limit ${SIGNATURES_AT_ONCE}`);
  const oldestFirst = db.prepare(`${within} limit ${SIGNATURES_AT_ONCE}`);
  const dropRows = db.prepare('delete from journal where seq between ? and ?');
  const dropSigned = db.prepare('delete from journal_checkpoint where seq between ? and ?');
  const isSignedBy = createSignatureCheck();
  /** Of earlier runs: looked up when there is too much for the first time, for all rows are gone through. */
  let ofBefore: readonly Planted[] | null = null;

  /** The first of those that somebody signed: this hub, or the owner of any key. */
  function signed(rows: IterableIterator<unknown>, key: Uint8Array | null): number | null {
    for (const each of rows as IterableIterator<FiledCheckpoint>)
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

  function strangersWithin(first: number, head: number): number {
    ofBefore ??= (told.all(first, head) as string[]).map(rangeOf);
    const ranges = new Map([...ofBefore, ...planted()].map((each) => [each.from, each]));
    return [...ranges.values()].reduce(
      (sum, { from, to }) => sum + (count.get(Math.max(from, first), Math.min(to, head)) as number),
      0,
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
      const all = (count.get(first, head) as number) - keepRows;
      const surplus = all <= 0 ? 0 : all - strangersWithin(first, head);
      if (surplus <= 0) return first;
      const anchor = anchorWithin(first, Math.min(first - 1 + surplus, head - 1));
      if (anchor === null) return first;
      dropRows.run(first, anchor);
      dropSigned.run(first - 1, anchor - 1);
      return anchor + 1;
    },
  };
}

/** Nothing of a row that somebody changed. */
function rangeOf(json: string): Planted {
  const { from, to } = fieldsOf(json);
  const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to);
  return isRange ? { from: from as number, to: to as number } : { from: 0, to: -1 };
}
