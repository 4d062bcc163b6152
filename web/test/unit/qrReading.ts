/**
 * Reads a QR code of version 5 with correction level M, undamaged and in bytes: what a camera would read, without mending.
 * Source: ISO/IEC 18004:2015, 7 and 8.
 */
const SIZE = 37;
const BLOCKS = 2;
const DATA_PER_BLOCK = 43;
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** Finders with format, timing, and the one alignment pattern of version 5 round (30, 30). */
const isFunction = (row: number, column: number): boolean => {
  const atTop = row <= 8;
  const atLeft = column <= 8;
  const finder = (atTop && atLeft) || (atTop && column >= SIZE - 8) || (row >= SIZE - 8 && atLeft);
  const timing = row === 6 || column === 6;
  const alignment = Math.abs(row - 30) <= 2 && Math.abs(column - 30) <= 2;
  return finder || timing || alignment;
};

/** Level and mask, from the format bits beside the upper left finder. */
const formatOf = (dark: readonly (readonly boolean[])[]): { level: number; mask: number } => {
  const bits = [0, 1, 2, 3, 4].map((column) => Number(dark[8]?.[column]));
  const value = Number.parseInt(bits.join(''), 2) ^ 0b10101;
  return { level: value >> 3, mask: value & 7 };
};

/** Columns in pairs from the right, up and down by turns; the timing column is left out. */
const PLACES: readonly (readonly [row: number, column: number])[] = Array.from({ length: 18 }, (_, pair) => {
  const right = SIZE - 1 - 2 * pair - (pair >= 15 ? 1 : 0);
  const rows = Array.from({ length: SIZE }, (_, step) => (pair % 2 === 0 ? SIZE - 1 - step : step));
  return rows.flatMap((row) => [[row, right] as const, [row, right - 1] as const]);
}).flat();

const bitsOf = (dark: readonly (readonly boolean[])[], mask: number): number[] =>
  PLACES.filter(([row, column]) => !isFunction(row, column)).map(([row, column]) =>
    Number(dark[row]?.[column] !== MASKS[mask]?.(row, column)),
  );

/** @throws when it is no such code */
export const readQr = (dark: readonly (readonly boolean[])[]): string => {
  if (dark.length !== SIZE) throw new Error(`not version 5: ${dark.length} modules`);
  const { level, mask } = formatOf(dark);
  if (level !== 0) throw new Error(`not level M: ${level}`);
  const bits = bitsOf(dark, mask);
  const words = Array.from({ length: BLOCKS * DATA_PER_BLOCK }, (_, n) =>
    Number.parseInt(bits.slice(n * 8, n * 8 + 8).join(''), 2),
  );
  const blocks = Array.from({ length: BLOCKS }, (_, block) =>
    words.filter((_, place) => place % BLOCKS === block),
  );
  const data = blocks
    .flat()
    .map((word) => word.toString(2).padStart(8, '0'))
    .join('');
  if (data.slice(0, 4) !== '0100') throw new Error(`not in bytes: ${data.slice(0, 4)}`);
  const length = Number.parseInt(data.slice(4, 12), 2);
  const bytes = Array.from({ length }, (_, n) => Number.parseInt(data.slice(12 + n * 8, 20 + n * 8), 2));
  return new TextDecoder().decode(Uint8Array.from(bytes));
};
