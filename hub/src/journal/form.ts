/** First part of what is hashed for a row: another form gets another name. */
const ROW_FORM = 'homeward-journal-row-1';

/** First part of what is signed: no other thing that this key may ever sign can be taken for a checkpoint. */
const CHECKPOINT_FORM = 'homeward-journal-checkpoint-1';

/** What stands before the very first row. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** One row, each value as the bytes that are stored: numbers in decimal, texts in UTF-8. */
export type RowBytes = {
  readonly seq: Uint8Array;
  readonly mono: Uint8Array;
  readonly utc: Uint8Array;
  readonly type: Uint8Array;
  readonly who: Uint8Array | null;
  readonly place: Uint8Array | null;
  readonly why: Uint8Array | null;
  readonly json: Uint8Array;
  readonly sealed: Uint8Array | null;
};

/** What the hub's key signs. */
export type Checkpoint = {
  /** 1, 2, 3 … without a gap. */
  readonly no: number;
  /** The last row that it covers. */
  readonly seq: number;
  /** The oldest row that is kept from now on. */
  readonly first: number;
  /** Of the row `seq`. */
  readonly hash: Uint8Array;
  readonly mono: number;
  readonly utc: number;
};

const encoder = new TextEncoder();
export const bytesOf = (text: string | number): Uint8Array => encoder.encode(String(text));

const ABSENT = bytesOf('-,');
const COMMA = bytesOf(',');

/**
 * Parts in a row so that no two lists of parts look the same: each is `<length>:<bytes>,` (a netstring), an absent one is `-,`.
 */
export function framed(parts: readonly (Uint8Array | null)[]): Uint8Array {
  const pieces = parts.flatMap((part) =>
    part === null ? [ABSENT] : [bytesOf(`${part.length}:`), part, COMMA],
  );
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What is hashed for a row. @param previous hash of the row before it, 32 bytes */
export function formOfRow(previous: Uint8Array, row: RowBytes): Uint8Array {
  const { seq, mono, utc, type, who, place, why, json, sealed } = row;
  return framed([bytesOf(ROW_FORM), previous, seq, mono, utc, type, who, place, why, json, sealed]);
}

/** What is signed for a checkpoint. */
export function formOfCheckpoint({ no, seq, first, hash, mono, utc }: Checkpoint): Uint8Array {
  return framed([CHECKPOINT_FORM, no, seq, first].map(bytesOf).concat([hash], [mono, utc].map(bytesOf)));
}

export const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
