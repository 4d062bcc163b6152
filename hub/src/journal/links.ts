import { type Findings, rowsWords } from './findings.ts';
import { formOfRow, GENESIS, isSame, type RowBytes } from './form.ts';
import { LOOK_BACK_ROWS } from './limits.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

type Linked = RowBytes & { readonly number: number; readonly hash: Uint8Array | null };

/**
 * Holds each row against the one before it, and names those that do not follow on.
 * @param from hashes that the first row may follow on from; empty: that is not known
 */
export function createLinks(from: readonly Uint8Array[], sha256: Sha256, findings: Findings) {
  /** What the next row may follow on from: the row before as it stands, and as it should have been. */
  let links = from;
  /** The hub goes on from here after a row that a stranger put in. */
  let lastGood: Uint8Array = from[0] ?? GENESIS;
  const recent: { readonly number: number; readonly hash: Uint8Array }[] = [];

  /** The row that this one follows on from, when it is not the one before it; null: none of the last thousand. */
  function lookBack(row: Linked, hash: Uint8Array): number | null {
    const found = recent.findLast((each) => isSame(sha256(formOfRow(each.hash, row)), hash));
    return found?.number ?? null;
  }

  function remember(number: number, hash: Uint8Array): void {
    if (recent.length >= 2 * LOOK_BACK_ROWS) recent.splice(0, LOOK_BACK_ROWS);
    recent.push({ number, hash });
  }

  /** A row that follows on from none of those that it may. */
  function blame(row: Linked, hash: Uint8Array, should: Uint8Array): readonly Uint8Array[] {
    const { number } = row;
    const wentOnFrom = lookBack(row, hash);
    if (wentOnFrom === null) {
      const words = `Row ${number} was changed: it is not what its hash says.`;
      findings.add('row-altered', number, number, words);
      return [hash, should, lastGood];
    }
    const words = `${rowsWords(wentOnFrom + 1, number - 1)}: put in. The hub went on from row ${wentOnFrom}.`;
    findings.add('row-altered', wentOnFrom + 1, number - 1, words);
    lastGood = hash;
    return [hash];
  }

  function next(row: Linked, isAfterGap: boolean): readonly Uint8Array[] {
    const { number, hash } = row;
    const wanted = links.map((previous) => sha256(formOfRow(previous, row)));
    const [should = GENESIS] = wanted;
    if (hash === null) {
      findings.add('hash-altered', number, number, `Row ${number} has no hash.`);
      return [should, lastGood];
    }
    // What stood before it is gone: whether it follows on cannot be told, and that it is gone is told already.
    if (isAfterGap || wanted.length === 0 || wanted.some((each) => isSame(each, hash))) {
      lastGood = hash;
      return [hash];
    }
    return blame(row, hash, should);
  }

  return {
    take(row: Linked, isAfterGap: boolean): void {
      links = next(row, isAfterGap);
      if (row.hash !== null) remember(row.number, row.hash);
    },
    /** Whether the row that was taken last may have that hash, or should have it. */
    mayBe: (hash: Uint8Array): boolean => links.some((each) => isSame(each, hash)),
  };
}
