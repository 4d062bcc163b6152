/**
 * A table is a tree of three levels, so wide: 1,024 leaves. A change copies a list of 16, two of 8 and one leaf, some 0.4 KB (two lists
 * of 32 were 0.6), and with the 10 000 entities of a very large home a leaf holds about ten rows, which are looked through.
 */
const BRANCHES = 16;
const TWIGS = 8;
const LEAVES = 8;

/** Ids and rows by turns. */
type Leaf = readonly unknown[];
type Twig = readonly Leaf[];
type Branch = readonly Twig[];

/**
 * An immutable map from id to row. `set` and `delete` answer a new table that shares all untouched leaves, so a
 * change costs the same in a home of ten sensors and of a thousand, and two tables are compared by identity.
 */
export type Table<T> = {
  readonly size: number;
  readonly branches: readonly Branch[];
  /** Never there: it tells the compiler of what the rows are. */
  readonly row?: T;
};

const EMPTY_LEAF: Leaf = [];
const EMPTY_TWIG: Twig = new Array(LEAVES).fill(EMPTY_LEAF);
const EMPTY_BRANCH: Branch = new Array(TWIGS).fill(EMPTY_TWIG);
const EMPTY: Table<never> = Object.freeze({ size: 0, branches: new Array(BRANCHES).fill(EMPTY_BRANCH) });

export const emptyTable = <T>(): Table<T> => EMPTY;

/** The last two ids that were looked for, an entity's and its device's as a rule, and where they stand. */
let lastId = '';
let lastPlace = hashed(lastId);
let beforeId = lastId;
let beforePlace = lastPlace;

/** One fact looks for the same two ids in a dozen tables: they are hashed once. */
function placeOf(id: string): number {
  if (id === lastId) return lastPlace;
  const place = id === beforeId ? beforePlace : hashed(id);
  beforeId = lastId;
  beforePlace = lastPlace;
  lastId = id;
  lastPlace = place;
  return place;
}

/** FNV-1a, folded to a leaf's number: spreads ids that differ only at their end. */
function hashed(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (BRANCHES * TWIGS * LEAVES - 1);
}

const twigAt = (branches: readonly Branch[], place: number): Twig =>
  (branches[place >>> 6] as Branch)[(place >>> 3) & (TWIGS - 1)] as Twig;

const leafAt = (branches: readonly Branch[], place: number): Leaf =>
  twigAt(branches, place)[place & (LEAVES - 1)] as Leaf;

/** Where the row of that id stands in the leaf; -1: nowhere. */
function indexIn(leaf: Leaf, id: string): number {
  for (let at = 0; at < leaf.length; at += 2) if (leaf[at] === id) return at + 1;
  return -1;
}

function rowIn<T>(leaf: Leaf, id: string): T | undefined {
  const at = indexIn(leaf, id);
  return at === -1 ? undefined : (leaf[at] as T);
}

export const getRow = <T>(table: Table<T>, id: string): T | undefined =>
  rowIn(leafAt(table.branches, placeOf(id)), id);

/** A table with `row` under `id`; the same table when that very row stands there already. */
export function setRow<T>(table: Table<T>, id: string, row: T): Table<T> {
  const place = placeOf(id);
  const before = leafAt(table.branches, place);
  const at = indexIn(before, id);
  if (at === -1) return withLeaf(table, place, [...before, id, row], 1);
  if (before[at] === row) return table;
  const leaf = before.slice();
  leaf[at] = row;
  return withLeaf(table, place, leaf, 0);
}

export function deleteRow<T>(table: Table<T>, id: string): Table<T> {
  const place = placeOf(id);
  const before = leafAt(table.branches, place);
  const at = indexIn(before, id);
  if (at === -1) return table;
  const leaf = before.filter((_, each) => each !== at && each !== at - 1);
  return withLeaf(table, place, leaf.length === 0 ? EMPTY_LEAF : leaf, -1);
}

function withLeaf<T>(table: Table<T>, place: number, leaf: Leaf, more: number): Table<T> {
  const branches = table.branches.slice();
  const branch = (branches[place >>> 6] as Branch).slice();
  const twig = (branch[(place >>> 3) & (TWIGS - 1)] as Twig).slice();
  twig[place & (LEAVES - 1)] = leaf;
  branch[(place >>> 3) & (TWIGS - 1)] = twig;
  branches[place >>> 6] = branch;
  return { size: table.size + more, branches };
}

/**
 * Whether a row is such; no row after the first such is looked at. What looks through a table at every alarm uses this or `eachRow`:
 * `rowsOf` leaves some 100 bytes of garbage a row, and 200 alarms were half a megabyte for the next one.
 */
export function someRow<T>(table: Table<T>, isSuch: (row: T, id: string) => boolean): boolean {
  for (const branch of table.branches) {
    if (branch === EMPTY_BRANCH) continue;
    for (const twig of branch) if (twig !== EMPTY_TWIG && someIn(twig, isSuch)) return true;
  }
  return false;
}

function someIn<T>(twig: Twig, isSuch: (row: T, id: string) => boolean): boolean {
  for (const leaf of twig) {
    for (let at = 0; at < leaf.length; at += 2)
      if (isSuch(leaf[at + 1] as T, leaf[at] as string)) return true;
  }
  return false;
}

/** Shows all rows, in the order of `rowsOf`. */
export function eachRow<T>(table: Table<T>, look: (row: T, id: string) => void): void {
  someRow(table, (row, id) => {
    look(row, id);
    return false;
  });
}

/** The first row that is such, in the order of `rowsOf`. */
export function findRow<T>(table: Table<T>, isSuch: (row: T, id: string) => boolean): T | undefined {
  let found: T | undefined;
  someRow(table, (row, id) => {
    if (!isSuch(row, id)) return false;
    found = row;
    return true;
  });
  return found;
}

/** All rows, in no promised order. */
export function* rowsOf<T>(table: Table<T>): Generator<[id: string, row: T]> {
  for (const branch of table.branches) {
    if (branch === EMPTY_BRANCH) continue;
    for (const twig of branch) {
      for (const leaf of twig) {
        for (let at = 0; at < leaf.length; at += 2) yield [leaf[at] as string, leaf[at + 1] as T];
      }
    }
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
  for (let place = 0; place < BRANCHES * TWIGS * LEAVES; place += LEAVES) {
    if (before.branches[place >>> 6] === after.branches[place >>> 6]) {
      // The whole branch is the same.
      place |= (TWIGS - 1) * LEAVES;
      continue;
    }
    const [old, now] = [twigAt(before.branches, place), twigAt(after.branches, place)];
    if (old === now) continue;
    for (let at = 0; at < LEAVES; at++)
      if (old[at] !== now[at]) yield* changedInLeaf<T>(old[at] as Leaf, now[at] as Leaf);
  }
}

function* changedInLeaf<T>(old: Leaf, now: Leaf): Generator<[id: string, row: T | undefined]> {
  for (let at = 0; at < now.length; at += 2) {
    const id = now[at] as string;
    const row = now[at + 1] as T;
    if (rowIn(old, id) !== row) yield [id, row];
  }
  for (let at = 0; at < old.length; at += 2) {
    const id = old[at] as string;
    if (indexIn(now, id) === -1) yield [id, undefined];
  }
}
