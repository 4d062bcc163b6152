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

/** The bytes that stand in a file; null: there is none. @throws when it cannot be read */
export function readSecret(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a file for this user alone (0600). All of it or nothing, also when the power fails: written aside, brought to disk, then
 * named, and the name brought to disk too. @throws when it cannot be written; what stood there before stands there still
 */
export function writeSecret(file: string, content: string | Uint8Array): void {
  const aside = `${file}.new`;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(aside, { force: true });
  try {
    writeWhole(aside, typeof content === 'string' ? Buffer.from(content) : content);
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** A disk that is nearly full takes a part and says so only by how much it took. */
function writeWhole(file: string, content: Uint8Array): void {
  const open = openSync(file, 'wx', 0o600);
  try {
    for (let written = 0; written < content.length; )
      written += writeSync(open, content, written, content.length - written);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** Names stand in the folder: without this a power cut may bring back the old one, or none. */
function syncFolder(folder: string): void {
  const open = openSync(folder, 'r');
  try {
    fsyncSync(open);
  } catch (error) {
    // A file system of the network may not know how to do that for a folder.
    if (!['EINVAL', 'ENOTSUP'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  } finally {
    closeSync(open);
  }
}
