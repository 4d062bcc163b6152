import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Sqlite, unwaited } from './sqlite.ts';

const REAL_MIGRATIONS = new URL('../../migrations', import.meta.url).pathname;

let folder: string;
const open: Sqlite[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-sqlite-'));
});
afterEach(() => {
  for (const db of open.splice(0)) db.close();
  rmSync(folder, { recursive: true });
});

const migration = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
function start(file = join(folder, 'test.db'), migrations = folder): Sqlite {
  const db = openDatabase(file, migrations);
  open.push(db);
  return db;
}
const tablesOf = (db: Sqlite) =>
  db
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all();
const versionOf = (db: Sqlite) => db.pragma('user_version', { simple: true });

describe('migrations', () => {
  it.each(['', 'broker', 'history'])('in migrations/%s are numbered without a gap, each once', (sub) => {
    const names = readdirSync(join(REAL_MIGRATIONS, sub)).filter((name) => name.endsWith('.sql'));
    const numbers = names.sort().map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(names.map((_, at) => at + 1));
  });

  it('run once each, in the order of their numbers', () => {
    migration('0002-b.sql', 'insert into a values (2);');
    migration('0001-a.sql', 'create table a (n integer) strict; insert into a values (1);');
    const db = start();
    db.close();
    const again = start();
    expect(again.prepare('select n from a').pluck().all()).toEqual([1, 2]);
    expect(versionOf(again)).toBe(2);
  });

  it('that were added later run when the hub is started anew', () => {
    migration('0001-a.sql', 'create table a (n integer) strict;');
    start().close();
    migration('0002-b.sql', 'create table b (n integer) strict;');
    expect(tablesOf(start())).toEqual(['a', 'b']);
  });

  it('that fail leave nothing of themselves, and what ran before stays', () => {
    migration('0001-a.sql', 'create table a (n integer) strict;');
    migration(
      '0002-b.sql',
      'create table b (n integer) strict; insert into b values (1); insert into nowhere values (1);',
    );
    expect(() => start()).toThrow(/nowhere/);
    rmSync(join(folder, '0002-b.sql'));
    const db = start();
    expect(tablesOf(db)).toEqual(['a']);
    expect(versionOf(db)).toBe(1);
  });

  it('that failed run again, whole, once they are mended', () => {
    migration('0001-a.sql', 'create table a (n integer) strict; this is no sql;');
    expect(() => start()).toThrow();
    migration('0001-a.sql', 'create table a (n integer) strict;');
    expect(tablesOf(start())).toEqual(['a']);
  });

  it('are only files named like one', () => {
    for (const name of ['notes.txt', '0001-A.sql', '1-a.sql', '0001-a.sql.bak', '0001-a.sql~'])
      migration(name, 'no sql');
    expect(tablesOf(start())).toEqual([]);
  });
});

describe('a database', () => {
  it('of a newer Homeward is refused in plain words, and nothing is changed in it', () => {
    migration('0001-a.sql', 'create table a (n integer) strict;');
    migration('0002-b.sql', 'create table b (n integer) strict;');
    start().close();
    rmSync(join(folder, '0002-b.sql'));
    expect(() => start()).toThrow(
      /written by a newer Homeward \(version 2; this one knows 1\)\. Install the newer one/,
    );
    migration('0002-b.sql', '');
    expect(tablesOf(start())).toEqual(['a', 'b']);
  });

  it('that is none is refused', () => {
    writeFileSync(join(folder, 'test.db'), 'this is a letter to grandmother, not a database. '.repeat(100));
    expect(() => start()).toThrow(/not a database/);
  });

  it('in a folder that is not there is refused', () => {
    expect(() => start(join(folder, 'nowhere', 'test.db'))).toThrow();
  });

  it('survives a loss of power after every commit, keeps what belongs together and forgets what is deleted', () => {
    const db = start();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('secure_delete', { simple: true })).toBe(1);
  });
});

it('our own migrations make the tables of the house, in memory too', () => {
  expect(tablesOf(start(':memory:', REAL_MIGRATIONS))).toEqual(
    expect.arrayContaining(['house_clock', 'house_state', 'journal', 'person', 'session', 'setting']),
  );
});

it.each(['', 'broker', 'history'])(
  'the migrations in "%s" are numbered without a gap or a double',
  (under) => {
    const names = readdirSync(join(REAL_MIGRATIONS, under)).filter((name) => name.endsWith('.sql'));
    const numbers = names.sort().map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(names.map((_, n) => n + 1));
  },
);

describe('a transaction that waits for no disk', () => {
  const safetyOf = (db: Sqlite) => db.pragma('synchronous', { simple: true });

  it('is one of those that do again afterwards, however it ends', () => {
    migration('0001-a.sql', 'create table a (n integer) strict;');
    const db = start();
    const add = db.prepare('insert into a values (?)');
    let during: unknown;
    unwaited(db, () => {
      during = safetyOf(db);
      add.run(1);
    });
    expect([during, safetyOf(db)]).toEqual([1, 2]);
    const broken = () =>
      unwaited(db, () => {
        throw new Error('bug');
      });
    expect(broken).toThrow('bug');
    expect(safetyOf(db)).toBe(2);
    expect(db.prepare('select n from a').pluck().all()).toEqual([1]);
  });

  it('is part of the one that it stands in, which waits', () => {
    migration('0001-a.sql', 'create table a (n integer) strict;');
    const db = start();
    const both = db.transaction(() => {
      unwaited(db, () => db.prepare('insert into a values (1)').run());
      return safetyOf(db);
    });
    expect(both()).toBe(2);
  });
});
