import { formOfCheckpoint } from './form.ts';
import { SLICE_ROWS, SLICE_SIGNATURES } from './limits.ts';
import {
  type CheckedCheckpoint,
  createVerifier,
  type FiledCheckpoint,
  type FiledRow,
  type Known,
  type Verdict,
} from './verify.ts';

/** The file as it stands at one moment. */
export type Filed = {
  /** So many at most, oldest first. */
  readonly rowsAfter: (seq: number, limit: number) => readonly FiledRow[];
  readonly signedAfter: (seq: number, limit: number) => readonly FiledCheckpoint[];
  readonly highestEver: () => number;
};

/** What is known from outside of the file. */
export type Outside = Pick<Known, 'publicKey'> & {
  /** The last checkpoint as it was written down beside the database; null: nothing was. */
  readonly witness: { readonly no: number; readonly seq: number } | null;
  /** Number of the last row, as the running hub knows it; 0: it does not run. */
  readonly lastSeq: number;
};

/** Lets go of the main thread between two slices. */
type Pause = () => Promise<void>;

export type ProofPorts = {
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  readonly isSignedBy: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  readonly pause: Pause;
};

/** Goes through the whole journal in slices. */
export async function proveJournal(
  filed: Filed,
  { publicKey, witness, lastSeq }: Outside,
  { sha256, isSignedBy, pause }: ProofPorts,
): Promise<Verdict> {
  // All that is compared is of one moment: nothing is waited for before the rows were looked at for the first time.
  // What SQLite remembers tells of rows that strangers put in, too: a hub that runs knows better.
  const lastOfAll = lastSeq > 0 ? lastSeq : filed.highestEver();
  const checkpoints: CheckedCheckpoint[] = [];
  for await (const slice of checkpointsOf(filed, pause))
    for (const each of slice)
      checkpoints.push({ ...each, isSigned: isSignedBy(each.key, formOfCheckpoint(each), each.signature) });
  const verifier = createVerifier(
    {
      publicKey,
      checkpoints,
      lastNo: witness?.no ?? 0,
      lastSigned: witness?.seq ?? 0,
      lastSeq: lastOfAll,
      headSeq: lastSeq > 0 ? lastSeq : null,
    },
    sha256,
  );
  for await (const rows of rowsOf(filed, pause)) for (const row of rows) verifier.take(row);
  return verifier.verdict();
}

/** All rows, oldest first. Also those with a number that no row of ours has. */
export const rowsOf = (filed: Pick<Filed, 'rowsAfter'>, pause: Pause): AsyncGenerator<readonly FiledRow[]> =>
  slices(
    (after) => filed.rowsAfter(after, SLICE_ROWS),
    ({ number }) => number,
    SLICE_ROWS,
    pause,
  );

/** All checkpoints, oldest first. */
export const checkpointsOf = (
  filed: Pick<Filed, 'signedAfter'>,
  pause: Pause,
): AsyncGenerator<readonly FiledCheckpoint[]> =>
  slices(
    (after) => filed.signedAfter(after, SLICE_SIGNATURES),
    ({ seq }) => seq,
    SLICE_SIGNATURES,
    pause,
  );

async function* slices<T>(
  take: (after: number) => readonly T[],
  numberOf: (each: T) => number,
  size: number,
  pause: Pause,
): AsyncGenerator<readonly T[]> {
  for (let after = Number.NEGATIVE_INFINITY; ; ) {
    const slice = take(after);
    if (slice.length > 0) yield slice;
    const last = slice.at(-1);
    if (last === undefined || slice.length < size || numberOf(last) <= after) return;
    // Below that, numbers look alike: none of them is the hub's, and a slice of them tells enough.
    after = Math.max(numberOf(last), Number.MIN_SAFE_INTEGER);
    await pause();
  }
}
