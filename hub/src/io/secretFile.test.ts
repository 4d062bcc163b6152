import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSecret, writeSecret } from './secretFile.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-secret-'));
  file = join(folder, 'secrets', 'key');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Calls to the disk, in their order, while something is written; one of them may fail. */
function watched(task: () => void, failing?: 'writeSync' | 'fsyncSync' | 'renameSync'): string[] {
  const { openSync, writeSync, fsyncSync, renameSync } = fs;
  const real = { openSync, writeSync, fsyncSync, renameSync };
  const calls: string[] = [];
  const opened = new Map<number, string>();
  const nameOf = (path: unknown) => String(path).slice(folder.length);
  const say = (name: string, what: string) => {
    calls.push(`${name} ${what}`);
    if (name === failing) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  };
  Object.assign(fs, {
    openSync: (path: string, flags: string, mode?: number) => {
      const open = real.openSync(path, flags, mode);
      opened.set(open, nameOf(path));
      return open;
    },
    writeSync: (open: number, bytes: Uint8Array, from: number, length: number) => {
      say('writeSync', opened.get(open) ?? '');
      // As a disk may that has little room left: a part at a time.
      return real.writeSync(open, bytes, from, Math.min(length, 7));
    },
    fsyncSync: (open: number) => {
      say('fsyncSync', opened.get(open) ?? '');
      real.fsyncSync(open);
    },
    renameSync: (from: string, to: string) => {
      say('renameSync', `${nameOf(from)} ${nameOf(to)}`);
      real.renameSync(from, to);
    },
  });
  syncBuiltinESMExports();
  try {
    task();
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
  return calls;
}

it('reads what was written, bytes or text, and nothing where nothing is', () => {
  expect(readSecret(file)).toBeNull();
  writeSecret(file, 'مفتاح\n');
  expect(readSecret(file)?.toString()).toBe('مفتاح\n');
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
  writeSecret(file, bytes);
  expect(readSecret(file)).toEqual(Buffer.from(bytes));
});

it('says when there is something that cannot be read', () => {
  expect(() => readSecret(folder)).toThrow('EISDIR');
});

it('is for this user alone, its folder too, and leaves nothing beside it', () => {
  writeFileSync(join(folder, 'loose'), '', { mode: 0o666 });
  writeSecret(file, 'x');
  writeSecret(file, 'y');
  expect([statSync(file).mode & 0o777, statSync(join(folder, 'secrets')).mode & 0o777]).toEqual([
    0o600, 0o700,
  ]);
  expect(readdirSync(join(folder, 'secrets'))).toEqual(['key']);
});

it('brings content, then name, then folder to disk: a power cut finds the old one or the new one, whole', () => {
  const calls = watched(() => writeSecret(file, 'twelve bytes'));
  expect(calls).toEqual([
    'writeSync /secrets/key.new',
    'writeSync /secrets/key.new',
    'fsyncSync /secrets/key.new',
    'renameSync /secrets/key.new /secrets/key',
    'fsyncSync /secrets',
  ]);
  expect(readFileSync(file, 'utf8')).toBe('twelve bytes');
});

it.each(['writeSync', 'fsyncSync', 'renameSync'] as const)(
  'a disk on which %s fails leaves what stood there, and says so',
  (failing) => {
    writeSecret(file, 'old');
    expect(() => watched(() => writeSecret(file, 'new'), failing)).toThrow('no space left');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 'secrets'))).toEqual(['key']);
  },
);

it('what an earlier power cut left aside is no hindrance', () => {
  writeSecret(file, 'old');
  writeFileSync(`${file}.new`, 'half');
  writeSecret(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
});
