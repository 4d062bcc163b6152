import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder, whyNotStarted } from './dataFolder.ts';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'homeward-folder-')), 'data');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const IN_USE = 'Another Homeward is using the data folder';

it('is made for this user alone', () => {
  openDataFolder(folder)();
  expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
});

it('that is a file is refused in plain words', () => {
  writeFileSync(folder, '');
  expect(() => openDataFolder(folder)).toThrow(/^The data folder .* cannot be written \(E/);
});

it('that belongs to somebody else is refused in plain words', () => {
  // Root may write everywhere: only the test above shows the words then.
  if (userInfo().uid === 0) return;
  openDataFolder(folder)();
  chmodSync(folder, 0o500);
  expect(() => openDataFolder(folder)).toThrow('cannot be written (EACCES)');
  chmodSync(folder, 0o700);
});

it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'])(
  'on a full disk (%s) is told as that, and not as a right that lacks',
  (code) => {
    const error = Object.assign(new Error('database or disk is full'), { code });
    expect(whyNotStarted(error, '/data')).toBe(
      `The disk is full: nothing can be written into the data folder /data (${code}). Make room, and start it again.`,
    );
  },
);

it('what is said of everything else is what it says itself', () => {
  expect(whyNotStarted(Object.assign(new Error('no'), { code: 'EACCES' }), '/data')).toBe('no');
  expect(whyNotStarted('no', '/data')).toBe('no');
  expect(whyNotStarted(null, '/data')).toBe('null');
});

describe('a data folder in use', () => {
  it('is refused in plain words until it is let go of', () => {
    const release = openDataFolder(folder);
    expect(() => openDataFolder(folder)).toThrow(`${IN_USE} ${folder}`);
    release();
    openDataFolder(folder)();
  });

  /** A process that holds the folder's lock as another hub would. */
  async function hold(): Promise<{ kill(): Promise<void> }> {
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
    const program = `
      const Database = require(${JSON.stringify(sqlite)});
      const db = new Database(${JSON.stringify(join(folder, 'lock.db'))});
      db.exec('begin exclusive');
      console.log('held');
      setInterval(() => db, 1000);`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    return {
      kill() {
        child.kill('SIGKILL');
        return gone;
      },
    };
  }

  it('by another process is refused, and free at once when that one was killed', async () => {
    openDataFolder(folder)();
    const other = await hold();
    expect(() => openDataFolder(folder)).toThrow(IN_USE);
    await other.kill();
    const release = openDataFolder(folder);
    release();
    expect(existsSync(join(folder, 'lock.db-journal'))).toBe(false);
  });
});
