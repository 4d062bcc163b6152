import { checkpointsOf, type Filed, rowsOf } from './proof.ts';
import type { FiledCheckpoint, FiledRow } from './verify.ts';

/** What an export says of itself. */
export type ExportHead = {
  readonly hubId: string;
  /** Epoch ms UTC. */
  readonly at: number;
  /** Of the hub, Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
};

export type ExportPorts = {
  /** Lets go of the main thread between two slices. */
  readonly pause: () => Promise<void>;
  /** A text as a field of CSV that no spreadsheet runs as a formula. */
  readonly csvText: (text: string) => string;
};

const decoder = new TextDecoder();
const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : decoder.decode(bytes));
const hexOf = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const rowOf = (row: FiledRow) => ({
  seq: Number(textOf(row.seq)),
  mono: Number(textOf(row.mono)),
  utc: Number(textOf(row.utc)),
  type: textOf(row.type),
  who: textOf(row.who),
  place: textOf(row.place),
  why: textOf(row.why),
  json: textOf(row.json),
  sealed: hexOf(row.sealed),
  hash: hexOf(row.hash),
});

const checkpointOf = ({ no, seq, first, hash, mono, utc, key, signature }: FiledCheckpoint) => ({
  no,
  seq,
  first,
  hash: hexOf(hash),
  mono,
  utc,
  key: hexOf(key),
  signature: hexOf(signature),
});

/** The journal as one JSON document, with all that a stranger needs to verify it. Bytes are hex. */
export async function* jsonPieces(
  filed: Filed,
  { hubId, at, publicKey }: ExportHead,
  { pause }: ExportPorts,
): AsyncGenerator<string> {
  const head = { form: 'homeward-journal-1', hubId, exportedAt: at, publicKey: hexOf(publicKey) };
  yield `${JSON.stringify(head).slice(0, -1)},"checkpoints":[`;
  yield* listed(checkpointsOf(filed, pause), checkpointOf);
  yield '],"rows":[';
  yield* listed(rowsOf(filed, pause), rowOf);
  yield ']}\n';
}

/** What stands between the brackets of a list in JSON, one item a line. */
async function* listed<T>(
  slices: AsyncIterable<readonly T[]>,
  formOf: (each: T) => object,
): AsyncGenerator<string> {
  let separator = '\n';
  for await (const slice of slices) {
    yield separator + slice.map((each) => JSON.stringify(formOf(each))).join(',\n');
    separator = ',\n';
  }
  yield '\n';
}

const CSV_HEADER = 'seq,time,mono,utc,type,who,where,why,fact,sealed,hash,checkpoint\r\n';

/**
 * The journal as CSV. A checkpoint stands as JSON on the row that it covers; that of rows which were forgotten on a line of its own
 * before all others.
 */
export async function* csvPieces(
  filed: Filed,
  { publicKey }: ExportHead,
  { pause, csvText }: ExportPorts,
): AsyncGenerator<string> {
  const checkpoints = new Map<number, FiledCheckpoint>();
  for await (const slice of checkpointsOf(filed, pause))
    for (const each of slice) checkpoints.set(each.seq, each);
  const proofOf = (seq: number): string => {
    const checkpoint = checkpoints.get(seq);
    checkpoints.delete(seq);
    return checkpoint === undefined
      ? ''
      : csvText(JSON.stringify({ ...checkpointOf(checkpoint), publicKey: hexOf(publicKey) }));
  };
  const lineOf = (row: FiledRow): string => {
    const { seq, mono, utc, type, who, place, why, json, sealed, hash } = rowOf(row);
    const fields = [timeOf(utc), mono, utc, type, who, place, why, json, sealed, hash];
    const cells = fields.map((field) => (typeof field === 'number' ? String(field) : csvText(field ?? '')));
    return `${[seq, ...cells, proofOf(seq)].join(',')}\r\n`;
  };
  yield CSV_HEADER;
  let isFirst = true;
  for await (const rows of rowsOf(filed, pause)) {
    const [oldest] = rows;
    if (isFirst && oldest !== undefined) {
      const before = oldest.number - 1;
      const anchor = proofOf(before);
      if (anchor !== '') yield `${before},,,,,,,,,,,${anchor}\r\n`;
    }
    isFirst = false;
    yield rows.map(lineOf).join('');
  }
}

/** Nothing for a time that no calendar has: the row was changed. */
const timeOf = (utc: number): string => (Math.abs(utc) <= 8.64e15 ? new Date(utc).toISOString() : '');
