import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  changedRows,
  deleteRow,
  eachRow,
  emptyTable,
  findRow,
  getRow,
  rowsOf,
  setRow,
  someRow,
  type Table,
  tableOf,
} from './table.ts';

const TRICKY_IDS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '0',
  '-1',
  'a',
  'b',
  'ä',
  '\u0000',
];
const id = fc.oneof(fc.constantFrom(...TRICKY_IDS), fc.string({ maxLength: 12 }));
const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), id, row: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), id, row: fc.constant(0) }) },
);
const operations = fc.array(operation, { maxLength: 40, size: 'max' });
type Operation = { do: 'set' | 'delete'; id: string; row: number };

const apply = (table: Table<number>, { do: what, id, row }: Operation) =>
  what === 'set' ? setRow(table, id, row) : deleteRow(table, id);

function applyToMap(map: Map<string, number>, { do: what, id, row }: Operation): void {
  if (what === 'set') map.set(id, row);
  else map.delete(id);
}

const asMap = <T>(table: Table<T>) => new Map(rowsOf(table));

it('does what a Map does', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80, size: 'max' }), (operations) => {
      let table = emptyTable<number>();
      const map = new Map<string, number>();
      for (const each of operations) {
        table = apply(table, each);
        applyToMap(map, each);
        expect(table.size).toBe(map.size);
        expect(getRow(table, each.id)).toBe(map.get(each.id));
      }
      expect(asMap(table)).toEqual(map);
    }),
  );
});

it('never changes a table that somebody holds', () => {
  fc.assert(
    fc.property(operations, operations, (first, then) => {
      const held = first.reduce(apply, emptyTable<number>());
      const before = asMap(held);
      then.reduce(apply, held);
      expect(asMap(held)).toEqual(before);
    }),
  );
});

it('answers the same table when nothing changes', () => {
  const row = { some: 'row' };
  const table = tableOf([['a', row]]);
  expect(setRow(table, 'a', row)).toBe(table);
  expect(deleteRow(table, 'b')).toBe(table);
  expect(setRow(table, 'a', { ...row })).not.toBe(table);
});

it('shares all leaves that a change does not touch', () => {
  const before = tableOf(Array.from({ length: 2_000 }, (_, n) => [`entity-${n}`, n] as const));
  const after = setRow(before, 'entity-7', -1);
  expect(after.branches.filter((branch, n) => branch !== before.branches[n])).toHaveLength(1);
  const [was, is] = [before.branches.flat(), after.branches.flat()];
  expect(is.filter((leaf, n) => leaf !== was[n])).toHaveLength(1);
});

it('spreads ids that differ only at their end', () => {
  const table = tableOf(Array.from({ length: 10_000 }, (_, n) => [`kitchen.sensor_${n}`, n] as const));
  const longest = Math.max(...table.branches.flat().map((leaf) => leaf.length / 2));
  expect(longest).toBeLessThan(120);
});

it.each(TRICKY_IDS)('knows no row called %j before one is put there, and one afterwards', (tricky) => {
  const empty = emptyTable<number>();
  expect(getRow(empty, tricky)).toBeUndefined();
  expect(deleteRow(empty, tricky)).toBe(empty);
  const table = setRow(empty, tricky, 1);
  expect(getRow(table, tricky)).toBe(1);
  expect([...rowsOf(table)]).toEqual([[tricky, 1]]);
  expect(deleteRow(table, tricky).size).toBe(0);
});

it('tells exactly the rows that differ between two tables', () => {
  fc.assert(
    fc.property(operations, operations, fc.boolean(), (first, then, isFollowUp) => {
      const before = first.reduce(apply, emptyTable<number>());
      const after = then.reduce(apply, isFollowUp ? before : emptyTable<number>());
      const [a, b] = [asMap(before), asMap(after)];
      const expected = new Map<string, number | undefined>();
      for (const key of new Set([...a.keys(), ...b.keys()])) {
        if (a.get(key) !== b.get(key)) expected.set(key, b.get(key));
      }
      const told = [...changedRows(before, after)];
      expect(new Map(told)).toEqual(expected);
      expect(told).toHaveLength(expected.size);
    }),
  );
});

it('has nothing to tell between a table and itself', () => {
  const table = tableOf([['a', 1]]);
  expect([...changedRows(table, table)]).toEqual([]);
});

it('is looked through in one order, whichever way', () => {
  fc.assert(
    fc.property(operations, fc.nat(5), (steps, wanted) => {
      const table = steps.reduce(apply, emptyTable<number>());
      const rows = [...rowsOf(table)];
      const seen: [string, number][] = [];
      eachRow(table, (row, rowId) => seen.push([rowId, row]));
      expect(seen).toEqual(rows);
      expect(someRow(table, (row) => row === wanted)).toBe(rows.some(([, row]) => row === wanted));
      const first = rows.find(([, row]) => row >= wanted);
      expect(findRow(table, (row) => row >= wanted)).toBe(first?.[1]);
      let looks = 0;
      someRow(table, (_, rowId) => {
        looks += 1;
        return rowId === first?.[0];
      });
      expect(looks).toBe(first === undefined ? rows.length : rows.indexOf(first) + 1);
    }),
  );
});
