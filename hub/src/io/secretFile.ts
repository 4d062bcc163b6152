import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What stands in a file; null: there is none. @throws when it cannot be read */
export function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a file for this user alone (0600). All of it or nothing, also when the power fails: written aside, brought to disk, then
 * named. @throws when it cannot be written; what stood there before stands there still
 */
export function writeSecret(file: string, text: string): void {
  const aside = `${file}.new`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  rmSync(aside, { force: true });
  const open = openSync(aside, 'wx', 0o600);
  try {
    writeSync(open, text);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
  renameSync(aside, file);
}
