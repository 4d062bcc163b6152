import { SLICE_ROWS } from './limits.ts';
import type { FiledCheckpoint, FiledRow } from './verify.ts';
import { createVerifier, type Known, type Verdict, type VerifyPorts } from './verify.ts';

/** The file as it stands at one moment. */
export type Filed = {
  readonly rowsAfter: (seq: number, limit: number) => readonly FiledRow[];
  readonly checkpoints: () => readonly FiledCheckpoint[];
  readonly highestEver: () => number;
};

/** What is known from outside of the file. */
export type Outside = Pick<Known, 'publicKey'> & {
  /** The last checkpoint as it was written down beside the database; null: nothing was. */
  readonly witness: { readonly no: number; readonly seq: number } | null;
  /** Number of the last row, as the running hub knows it; 0: it does not run. */
  readonly lastSeq: number;
};

/**
 * Goes through the whole journal in slices.
 * @param pause lets go of the main thread between two of them
 */
export async function proveJournal(
  filed: Filed,
  { publicKey, witness, lastSeq }: Outside,
  ports: VerifyPorts & { readonly pause: () => Promise<void> },
): Promise<Verdict> {
  const verifier = createVerifier(
    {
      publicKey,
      checkpoints: filed.checkpoints(),
      lastNo: witness?.no ?? 0,
      lastSigned: witness?.seq ?? 0,
      lastSeq: Math.max(lastSeq, filed.highestEver()),
    },
    ports,
  );
  for await (const rows of slicesOf(filed, ports.pause)) for (const row of rows) verifier.take(row);
  return verifier.verdict();
}

/** All rows, oldest first. Also those with a number that no row of ours has. */
export async function* slicesOf(
  filed: Pick<Filed, 'rowsAfter'>,
  pause: () => Promise<void>,
): AsyncGenerator<readonly FiledRow[]> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = filed.rowsAfter(after, SLICE_ROWS);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1)?.number;
    if (last === undefined || rows.length < SLICE_ROWS || last <= after) return;
    after = last;
    await pause();
  }
}
