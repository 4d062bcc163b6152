import { bytesOf, type RowBytes } from './form.ts';
import type { Filed } from './proof.ts';
import type { FiledCheckpoint, FiledRow } from './verify.ts';

/** An export as it was saved: all that is needed to prove it, but for whose key it is. */
export type ReadExport = {
  readonly hubId: string;
  /** Epoch ms. */
  readonly exportedAt: number;
  /** With which it says to be signed. Whoever made it all up has another one than the hub. */
  readonly publicKey: Uint8Array;
  readonly filed: Filed;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what `jsonPieces` wrote. What is not as it should be is not made right: its hash or signature then does not fit.
 * @throws Error in plain words when it is no such export
 */
export function readExport(text: string): ReadExport {
  const { form, hubId, exportedAt, publicKey, rows, checkpoints } = parsed(text);
  if (form !== 'homeward-journal-1' || !Array.isArray(rows) || !Array.isArray(checkpoints))
    throw new Error('That is no export of a Homeward journal: save it as JSON.');
  const all = rows.map((row) => rowFrom(Object(row) as Fields)).sort((a, b) => a.number - b.number);
  const signed = checkpoints
    .map((each) => checkpointFrom(Object(each) as Fields))
    .sort((a, b) => a.seq - b.seq);
  return {
    hubId: String(hubId),
    exportedAt: Number(exportedAt),
    publicKey: fromHex(publicKey) ?? new Uint8Array(),
    filed: {
      rowsAfter: (seq, limit) => after(all, ({ number }) => number, seq, limit),
      signedAfter: (seq, limit) => after(signed, (each) => each.seq, seq, limit),
      highestEver: () => 0,
    },
  };
}

function parsed(text: string): Fields {
  try {
    return Object(JSON.parse(text)) as Fields;
  } catch {
    return {};
  }
}

/** So many of an ordered list, from the first on that comes after `seq`. */
function after<T>(
  list: readonly T[],
  numberOf: (each: T) => number,
  seq: number,
  limit: number,
): readonly T[] {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(list[middle] as T) <= seq) low = middle + 1;
    else high = middle;
  }
  return list.slice(low, low + limit);
}

function rowFrom(row: Fields): FiledRow {
  const plain = (name: string) => bytesOf(String(row[name]));
  const optional = (name: string) => (row[name] === null ? null : plain(name));
  const bytes: RowBytes = {
    seq: plain('seq'),
    mono: plain('mono'),
    utc: plain('utc'),
    type: plain('type'),
    who: optional('who'),
    place: optional('place'),
    why: optional('why'),
    json: plain('json'),
    sealed: fromHex(row.sealed),
  };
  return { ...bytes, number: Number(row.seq), hash: fromHex(row.hash) };
}

function checkpointFrom(each: Fields): FiledCheckpoint {
  const number = (name: string) => Number(each[name]);
  const bytes = (name: string) => fromHex(each[name]) ?? new Uint8Array();
  return {
    no: number('no'),
    seq: number('seq'),
    first: number('first'),
    hash: bytes('hash'),
    mono: number('mono'),
    utc: number('utc'),
    key: bytes('key'),
    signature: bytes('signature'),
  };
}

/** Null for null; something that no hub wrote for what is no hex. */
function fromHex(value: unknown): Uint8Array | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (!/^([0-9a-f]{2})*$/.test(text)) return bytesOf(`not hex: ${text}`);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
