/** Entries of a schema, with the pages that hold them. A recorder has about 20 tables and 40 indexes. */
export const MOST_ENTRIES = 2_000;

/** Bytes of all of them. A recorder has some 20,000. */
export const MOST_SCHEMA_BYTES = 1_000_000;

/** Bytes of the file that precede the tree of the schema on its first page. */
const FILE_HEADER = 100;

const LEAF = 0x0d;
const INTERIOR = 0x05;

/** Reads up to so many bytes of the file from an offset; fewer where it ends. */
type ReadBytes = (offset: number, length: number) => Uint8Array;

/**
 * Whether the schema of a SQLite file is small enough to be opened: SQLite reads all of it before it answers anything,
 * and cannot be stopped while it does. Counts by the file format (sqlite.org/fileformat2.html, §1.3 and §1.6) what the
 * tree that begins on page 1 holds, and looks at no more pages than it allows entries. What is broken counts as
 * nothing: SQLite refuses it by itself.
 */
export function isSmallSchema(read: ReadBytes): boolean {
  const head = viewOf(read(0, FILE_HEADER));
  if (head.byteLength < FILE_HEADER) return true;
  const pageSize = head.getUint16(16) === 1 ? 65_536 : head.getUint16(16);
  const pages = [1];
  let entries = 0;
  let bytes = 0;
  for (let page = pages.pop(); page !== undefined; page = pages.pop()) {
    const { children, lengths } = readPage(viewOf(read((page - 1) * pageSize, pageSize)), page);
    pages.push(...children);
    entries += 1 + lengths.length;
    bytes += lengths.reduce((sum, length) => sum + length, 0);
    if (entries + pages.length > MOST_ENTRIES || bytes > MOST_SCHEMA_BYTES) return false;
  }
  return true;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

type Page = { readonly children: readonly number[]; readonly lengths: readonly number[] };

const NOTHING: Page = { children: [], lengths: [] };

/** Pages below this one, or the lengths of its entries in bytes. */
function readPage(page: DataView, number: number): Page {
  const at = number === 1 ? FILE_HEADER : 0;
  if (page.byteLength < at + 12) return NOTHING;
  const kind = page.getUint8(at);
  if (kind !== LEAF && kind !== INTERIOR) return NOTHING;
  const pointers = at + (kind === LEAF ? 8 : 12);
  const count = Math.min(page.getUint16(at + 3), Math.max(0, (page.byteLength - pointers) >> 1));
  const cells = Array.from({ length: count }, (_, cell) => page.getUint16(pointers + 2 * cell));
  if (kind === LEAF) return { children: [], lengths: cells.map((cell) => lengthAt(page, cell)) };
  const left = cells.filter((cell) => cell + 4 <= page.byteLength).map((cell) => page.getUint32(cell));
  return { children: [...left, page.getUint32(at + 8)].filter((child) => child > 0), lengths: [] };
}

/** A number of variable length: seven bits a byte, the highest first. */
function lengthAt(page: DataView, from: number): number {
  let length = 0;
  for (let at = from; at < Math.min(from + 9, page.byteLength); at++) {
    const byte = page.getUint8(at);
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) break;
  }
  return length;
}
