import { existsSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { NewerData, openDatabase, type Sqlite } from '../io/sqlite.ts';
import type { FileStatus, Pause } from './messages.ts';
import { utcOf } from './timeKey.ts';

/** Damaged files that are kept for whoever wants to rescue something. */
const DAMAGED_KEPT = 2;

/** Parts of a database in WAL mode. */
const PARTS = ['', '-wal', '-shm'];

/** Once written it may be lost by a power cut of the last seconds, never damaged. A small cache: the system has one too. */
const PRAGMAS = [
  'auto_vacuum = INCREMENTAL',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'cache_size = -2000',
  'busy_timeout = 2000',
  'journal_size_limit = 4194304',
];

export const openHistoryFile = (file: string, migrations: string): Sqlite =>
  openDatabase(file, migrations, PRAGMAS);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** Whether the file itself is broken, and not only out of reach. */
export const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error)) || isForeign(error);

/** A table that should be there is not: the file was meddled with. */
const isForeign = (error: unknown): boolean =>
  codeOf(error) === 'SQLITE_ERROR' && /no such (table|column)/.test(String((error as Error).message));

/** What an error of the disk or the file means; null: it is a bug. */
export function pauseOf(error: unknown): Pause | null {
  if (error instanceof NewerData) return 'newer';
  const code = codeOf(error);
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/.test(code)) return 'disk-full';
  if (/^SQLITE_IOERR_(WRITE|TRUNCATE|SHMSIZE)/.test(code)) return 'disk-full';
  if (isDamage(error) || /^(SQLITE_(IOERR|CANTOPEN|READONLY|PERM|BUSY|LOCKED)|E[A-Z]+$)/.test(code))
    return 'damaged';
  return null;
}

/** Moves a damaged file out of the way. Nothing is deleted but what was moved away longer ago. */
export function moveAside(file: string, utc: number): string {
  const stamp = new Date(utc).toISOString().replace(/[:.]/g, '-');
  const aside = `${file}.damaged-${stamp}`;
  for (const part of PARTS) if (existsSync(file + part)) renameSync(file + part, aside + part);
  const folder = dirname(file);
  const prefix = `${basename(file)}.damaged-`;
  const old = readdirSync(folder).filter((name) => name.startsWith(prefix) && !/-(wal|shm)$/.test(name));
  for (const name of old.sort().slice(0, -DAMAGED_KEPT)) {
    for (const part of PARTS) rmSync(join(folder, name + part), { force: true });
  }
  return aside;
}

/** Bytes that are left on the disk of a folder, for us. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function sizeOf(file: string): number {
  return PARTS.reduce((sum, part) => sum + (statSync(file + part, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** What the file holds and costs. */
export function createFileStatus(db: Sqlite, file: string) {
  const rows = db.prepare('select rows from stand').pluck();
  const oldest = db
    .prepare(
      `select min(first) from (select (select t from reading where series = id order by t limit 1) first from series)`,
    )
    .pluck();
  return (): FileStatus => {
    const key = oldest.get() as number | null;
    return {
      rows: rows.get() as number,
      bytes: sizeOf(file),
      freeBytes: freeBytesOf(dirname(file)),
      oldest: key === null ? null : utcOf(key),
    };
  };
}
