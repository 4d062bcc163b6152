import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isSmallSchema, MOST_ENTRIES, MOST_SCHEMA_BYTES } from './schemaTree.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-schema-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(tables: number, pageSize = 4_096, columns = 'a'): Buffer {
  const file = join(folder, `${tables}-${pageSize}`);
  const db = new Database(file);
  db.pragma(`page_size = ${pageSize}`);
  db.exec('begin');
  for (let table = 0; table < tables; table++) db.exec(`create table t${table} (${columns})`);
  db.exec('commit');
  db.close();
  return readFileSync(file);
}

const readerOf = (bytes: Uint8Array) => (offset: number, length: number) =>
  bytes.subarray(offset, offset + length);

test.each([
  [0, 4_096, true],
  [60, 4_096, true],
  [60, 512, true],
  [1_000, 512, true],
  [1_500, 65_536, true],
  [2_001, 4_096, false],
  [2_001, 65_536, false],
  [5_000, 512, false],
  [5_000, 4_096, false],
])('%i tables on pages of %i bytes: small enough is %s', (tables, pageSize, isSmall) => {
  expect(isSmallSchema(readerOf(fileWith(tables, pageSize)))).toBe(isSmall);
});

test('a few tables with endless definitions are too many as well', () => {
  const columns = Array.from({ length: 1_999 }, (_, n) => `${'c'.repeat(200)}${n}`).join(', ');
  expect(isSmallSchema(readerOf(fileWith(1, 4_096, columns)))).toBe(true);
  expect(isSmallSchema(readerOf(fileWith(3, 4_096, columns)))).toBe(false);
  expect(MOST_SCHEMA_BYTES).toBeLessThan(3 * columns.length);
});

test('pages that lead round in a circle end, and no file makes it read on and on', () => {
  const circle = fileWith(1_000, 512);
  // The first page is an interior one; all its cells and its last child lead to itself.
  expect(circle[100]).toBe(0x05);
  circle.writeUInt32BE(1, 108);
  expect(isSmallSchema(readerOf(circle))).toBe(false);
  const good = fileWith(300, 512);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.nat(900), (junk, at) => {
      const spoiled = Buffer.from(good);
      spoiled.set(junk, Math.min(at + 16, spoiled.length - junk.length));
      let reads = 0;
      isSmallSchema((offset, length) => {
        reads += 1;
        return readerOf(spoiled)(offset, length);
      });
      expect(reads).toBeLessThanOrEqual(MOST_ENTRIES + 2);
    }),
  );
});
