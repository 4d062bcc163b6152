/**
 * Number of buckets of a table. 256: copying the bucket list costs well under a microsecond, and with the 10 000
 * entities of a very large home a bucket holds about 40 rows.
 */
const BUCKETS = 256;

type Bucket<T> = ReadonlyMap<string, T>;

/**
 * An immutable map from id to row. `set` and `delete` answer a new table that shares all untouched buckets, so a
 * change costs the same in a home of ten sensors and of a thousand, and two tables are compared by identity.
 */
export type Table<T> = {
  readonly size: number;
  readonly buckets: readonly Bucket<T>[];
};

const EMPTY_BUCKET: Bucket<never> = new Map<string, never>();
const EMPTY: Table<never> = Object.freeze({ size: 0, buckets: new Array(BUCKETS).fill(EMPTY_BUCKET) });

export const emptyTable = <T>(): Table<T> => EMPTY;

/** FNV-1a, folded to a bucket number: spreads ids that differ only at their end. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (BUCKETS - 1);
}

export function getRow<T>(table: Table<T>, id: string): T | undefined {
  return table.buckets[bucketOf(id)]?.get(id);
}

/** A table with `row` under `id`; the same table when that very row stands there already. */
export function setRow<T>(table: Table<T>, id: string, row: T): Table<T> {
  const at = bucketOf(id);
  const before = table.buckets[at] as Bucket<T>;
  if (before.get(id) === row && before.has(id)) return table;
  const bucket = new Map(before).set(id, row);
  const size = table.size + bucket.size - before.size;
  return { size, buckets: withBucket(table.buckets, at, bucket) };
}

export function deleteRow<T>(table: Table<T>, id: string): Table<T> {
  const at = bucketOf(id);
  const before = table.buckets[at] as Bucket<T>;
  if (!before.has(id)) return table;
  const bucket = new Map(before);
  bucket.delete(id);
  return { size: table.size - 1, buckets: withBucket(table.buckets, at, bucket) };
}

function withBucket<T>(buckets: readonly Bucket<T>[], at: number, bucket: Bucket<T>): Bucket<T>[] {
  const copy = buckets.slice();
  copy[at] = bucket;
  return copy;
}

/** All rows, in no promised order. */
export function* rowsOf<T>(table: Table<T>): Generator<[id: string, row: T]> {
  for (const bucket of table.buckets) {
    if (bucket !== EMPTY_BUCKET) yield* bucket;
  }
}

export function tableOf<T>(rows: Iterable<readonly [string, T]>): Table<T> {
  let table = emptyTable<T>();
  for (const [id, row] of rows) table = setRow(table, id, row);
  return table;
}

/** Which ids differ between two tables: added or changed rows with their new value, removed ones with undefined. */
export function* changedRows<T>(
  before: Table<T>,
  after: Table<T>,
): Generator<[id: string, row: T | undefined]> {
  if (before === after) return;
  for (let i = 0; i < BUCKETS; i++) {
    const old = before.buckets[i] as Bucket<T>;
    const now = after.buckets[i] as Bucket<T>;
    if (old !== now) yield* changedInBucket(old, now);
  }
}

function* changedInBucket<T>(old: Bucket<T>, now: Bucket<T>): Generator<[id: string, row: T | undefined]> {
  for (const [id, row] of now) if (row !== old.get(id)) yield [id, row];
  for (const id of old.keys()) if (!now.has(id)) yield [id, undefined];
}
