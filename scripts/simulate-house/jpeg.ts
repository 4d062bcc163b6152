/** Grey values 0..255 of a picture, row by row. Width and height are multiples of 8. */
export type Picture = { readonly width: number; readonly height: number; readonly grey: Uint8Array };

/** Order in which a block's frequencies are written: ITU-T T.81 figure A.6. */
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];

/** Every frequency is divided by this: coarse, small files. */
const QUANTUM = 20;

/**
 * Sizes 0..11 of the mean, all with codes of 4 bits, and (run << 4 | size), all with codes of 8 bits. A baseline file
 * brings its own Huffman tables (T.81 annex C), so the dull ones are as valid as the optimal ones.
 */
const MEAN_SYMBOLS = Array.from({ length: 12 }, (_, size) => size);
const WAVE_SYMBOLS = Array.from({ length: 16 }, (_, run) =>
  Array.from({ length: 11 }, (_, size) => (run << 4) | size),
)
  .flat()
  .filter((symbol) => (symbol & 15) !== 0 || symbol === 0 || symbol === 0xf0);
const WAVE_CODES = new Map(WAVE_SYMBOLS.map((symbol, code) => [symbol, code]));

const COSINES = Array.from({ length: 64 }, (_, i) => {
  const frequency = i >> 3;
  const scale = frequency === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * (i & 7) + 1) * frequency * Math.PI) / 16);
});

/** The picture as a baseline grey JPEG file (ITU-T T.81). */
export function encodeJpeg(picture: Picture): Buffer {
  const { width, height } = picture;
  const huffman = (id: number, bits: number, symbols: readonly number[]) => {
    const lengths = Array.from({ length: 16 }, (_, i) => (i + 1 === bits ? symbols.length : 0));
    return segment(0xc4, [id, ...lengths, ...symbols]);
  };
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => QUANTUM)]),
    ...segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    ...huffman(0x00, 4, MEAN_SYMBOLS),
    ...huffman(0x10, 8, WAVE_SYMBOLS),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...scan(picture),
    ...[0xff, 0xd9],
  ]);
}

function segment(marker: number, body: readonly number[]): number[] {
  const length = body.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...body];
}

function scan(picture: Picture): number[] {
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  const write = (value: number, bits: number): void => {
    for (let bit = bits - 1; bit >= 0; bit -= 1) {
      held = (held << 1) | ((value >> bit) & 1);
      heldBits += 1;
      if (heldBits < 8) continue;
      bytes.push(held, ...(held === 0xff ? [0] : []));
      held = 0;
      heldBits = 0;
    }
  };
  let mean = 0;
  for (let y = 0; y < picture.height; y += 8) {
    for (let x = 0; x < picture.width; x += 8) mean = writeBlock(frequencies(picture, x, y), mean, write);
  }
  write(0x7f, 7);
  return bytes;
}

/** Answers the block's mean: the next block tells only its difference. */
function writeBlock(
  block: readonly number[],
  lastMean: number,
  write: (v: number, bits: number) => void,
): number {
  const mean = block[0] ?? 0;
  const difference = mean - lastMean;
  write(sizeOf(difference), 4);
  write(twos(difference), sizeOf(difference));
  let run = 0;
  for (const value of block.slice(1)) {
    if (value === 0) {
      run += 1;
      continue;
    }
    for (; run > 15; run -= 16) write(WAVE_CODES.get(0xf0) ?? 0, 8);
    write(WAVE_CODES.get((run << 4) | sizeOf(value)) ?? 0, 8);
    write(twos(value), sizeOf(value));
    run = 0;
  }
  if (run > 0) write(WAVE_CODES.get(0) ?? 0, 8);
  return mean;
}

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));
const twos = (value: number): number => (value < 0 ? value + 2 ** sizeOf(value) - 1 : value);

/** The 64 quantised frequencies of the block at (x, y), in zigzag order. */
function frequencies({ width, grey }: Picture, x: number, y: number): number[] {
  const rows = transform((u, v) => (grey[(y + u) * width + x + v] ?? 0) - 128);
  const both = transform((u, v) => rows[v * 8 + u] ?? 0);
  return ZIGZAG.map((at) => Math.round((both[(at & 7) * 8 + (at >> 3)] ?? 0) / QUANTUM));
}

/** Cosine transform of each row: result[row * 8 + frequency]. */
function transform(at: (row: number, column: number) => number): number[] {
  return Array.from({ length: 64 }, (_, i) => {
    let sum = 0;
    for (let n = 0; n < 8; n += 1) sum += at(i >> 3, n) * (COSINES[(i & 7) * 8 + n] ?? 0);
    return sum;
  });
}
