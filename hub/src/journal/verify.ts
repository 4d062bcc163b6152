import { createFindings, type Finding, type Findings, rowsWords } from './findings.ts';
import { type Checkpoint, GENESIS, isSame, type RowBytes } from './form.ts';
import { createLinks, type Sha256 } from './links.ts';
import type { JournalFinding } from './schema.ts';

/** A row as it stands in the file. `hash`: null when it has none. */
export type FiledRow = RowBytes & { readonly number: number; readonly hash: Uint8Array | null };

/** A checkpoint as it stands in the file. */
export type FiledCheckpoint = Checkpoint & { readonly key: Uint8Array; readonly signature: Uint8Array };

/** A checkpoint of which it is known whether its signature is that of its key. */
export type CheckedCheckpoint = FiledCheckpoint & { readonly isSigned: boolean };

/** What is known beside the rows. */
export type Known = {
  /** All that the file has, by `seq`. */
  readonly checkpoints: readonly CheckedCheckpoint[];
  /** Of the hub, 32 bytes; null: its key is not there, and no signature can be checked. */
  readonly publicKey: Uint8Array | null;
  /** Number and row of the last checkpoint, and the last row of all, as told from outside of the rows; 0: not known. */
  readonly lastNo: number;
  readonly lastSigned: number;
  readonly lastSeq: number;
  /** The row that the running hub wrote last; null: it does not run, or wrote none. */
  readonly headSeq: number | null;
};

export type Verdict = {
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly checkpoints: number;
  readonly signedTo: number;
  readonly signedAt: number | null;
  readonly findings: readonly JournalFinding[];
  readonly moreFindings: number;
};

/** With which number the checkpoints begin: with 1 as long as no row was forgotten, else with that of the last one that was. */
const firstNo = (checkpoints: readonly FiledCheckpoint[]): number =>
  checkpoints.at(-1)?.first === 1 ? 1 : (checkpoints[0]?.no ?? 1);

/** Checkpoints whose signature holds, by the row that they cover. */
function trusted(known: Known, findings: Findings): ReadonlyMap<number, FiledCheckpoint> {
  const { publicKey } = known;
  const good = new Map<number, FiledCheckpoint>();
  let previousNo = firstNo(known.checkpoints) - 1;
  for (const each of known.checkpoints) {
    const { no, seq, key } = each;
    if (no !== previousNo + 1)
      findings.add(
        'checkpoint-missing',
        seq,
        seq,
        `Signed checkpoints before number ${no} (row ${seq}) are missing.`,
      );
    previousNo = no;
    if (!each.isSigned) {
      findings.add(
        'checkpoint-altered',
        seq,
        seq,
        `The checkpoint of row ${seq} was changed: its signature is wrong.`,
      );
    } else if (publicKey === null || !isSame(key, publicKey)) {
      findings.add(
        'other-key',
        seq,
        seq,
        `The checkpoint of row ${seq} was signed with another key than the hub's.`,
      );
    } else good.set(seq, each);
  }
  if (previousNo < known.lastNo)
    findings.add(
      'checkpoint-missing',
      known.lastSigned,
      known.lastSigned,
      `The last signed checkpoint (number ${known.lastNo}, row ${known.lastSigned}) is missing.`,
    );
  return good;
}

/** What the oldest row follows on from: nothing, or the last of those that were forgotten. Empty: that is not known. */
function linksAt(
  first: number,
  checkpoints: readonly CheckedCheckpoint[],
  findings: Findings,
): readonly Uint8Array[] {
  if (first === 1) return [GENESIS];
  // One of a key that was lost will do: that it proves nothing any more is told already.
  const anchor = checkpoints.find(({ seq, isSigned }) => isSigned && seq === first - 1);
  if (anchor !== undefined) return [anchor.hash];
  const words = `The checkpoint of row ${first - 1}, on which the oldest row rests, is missing.`;
  findings.add('checkpoint-missing', first, first, words);
  return [];
}

/** The oldest row that is kept, the one that was taken last, and the one that the running hub wrote last. */
type Place = { readonly first: number; readonly last: number; readonly head: number | null };

/** Why a row does not belong here, whatever its hash is; null: it may. */
function strangeness(number: number, { first, last, head }: Place): Finding | null {
  if (number === last && number >= first)
    return ['row-altered', number, number, `Row ${number} stands there twice.`];
  if (head !== null && number > head && Number.isSafeInteger(number)) {
    const words = `Row ${number} does not belong here: the hub wrote no further than row ${head}.`;
    return ['row-altered', number, number, words];
  }
  if (number < first) {
    const words = `Row ${number} does not belong here: the oldest that is kept is ${first}.`;
    return ['row-altered', number, number, words];
  }
  if (Number.isSafeInteger(number)) return null;
  return ['row-altered', number, number, `Row ${number} does not belong here: no hub counts that far.`];
}

/** What is missing between the row `last` and this one; null: nothing. */
function gapBefore(number: number, last: number, isFirst: boolean): Finding | null {
  const [from, to] = [last + 1, number - 1];
  if (from > to) return null;
  if (isFirst) return ['beginning-missing', from, to, `${rowsWords(from, to)}: missing at the beginning.`];
  return ['rows-missing', from, to, `${rowsWords(from, to)}: missing.`];
}

/**
 * Goes through a journal from the oldest row on and names what is wrong with it. Feed it every row in the order of their numbers,
 * then ask for the verdict.
 */
export function createVerifier(known: Known, sha256: Sha256) {
  const findings = createFindings();
  const good = trusted(known, findings);
  const first = [...good.values()].at(-1)?.first ?? 1;
  const links = createLinks(linksAt(first, known.checkpoints, findings), sha256, findings);
  let last = first - 1;
  let rows = 0;
  let firstSeen: number | null = null;
  let provenTo = first - 1;

  /** History that was written anew, hashes and all, is found here and nowhere else. */
  function compare(number: number): void {
    const signed = good.get(number);
    if (signed === undefined) return;
    if (!links.mayBe(signed.hash))
      findings.add(
        'rewritten',
        Math.max(provenTo + 1, first),
        number,
        `${rowsWords(Math.max(provenTo + 1, first), number)}: not what the hub signed. Written anew, hashes and all.`,
      );
    provenTo = number;
  }

  return {
    take(row: FiledRow): void {
      const { number } = row;
      rows += 1;
      const strange = strangeness(number, { first, last, head: known.headSeq });
      if (strange !== null) {
        findings.add(...strange);
        return;
      }
      const missing = gapBefore(number, last, firstSeen === null);
      if (missing !== null) findings.add(...missing);
      links.take(row, number !== last + 1);
      compare(number);
      firstSeen ??= number;
      last = number;
    },
    verdict(): Verdict {
      const signed = [...good.values()].at(-1);
      const end = Math.max(known.lastSeq, known.lastSigned, signed?.seq ?? 0);
      if (end > last)
        findings.add('end-missing', last + 1, end, `${rowsWords(last + 1, end)}: cut off at the end.`);
      return {
        rows,
        first: firstSeen,
        last: firstSeen === null ? null : last,
        checkpoints: known.checkpoints.length,
        signedTo: signed?.seq ?? 0,
        signedAt: signed?.utc ?? null,
        findings: findings.list(),
        moreFindings: findings.more(),
      };
    },
  };
}
