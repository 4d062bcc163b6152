import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile } from './sqlite.ts';

/**
 * Makes the data folder, for this user alone, and keeps every other Homeward out of it: two would each hold a house in
 * memory and write over the other's.
 * @returns how to let go of it; the end of the process, of whatever kind, does so too
 * @throws Error in plain words when it cannot be made or written, or is in use
 */
export function openDataFolder(folder: string): () => void {
  let release: (() => void) | null;
  try {
    mkdirSync(join(folder, 'secrets'), { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    release = lockFile(join(folder, 'lock.db'));
  } catch (error) {
    if (isFull(error)) throw error;
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new Error(
      `The data folder ${folder} cannot be written (${why}). ` +
        'Give it to the user who runs Homeward, or set HOMEWARD_DATA to another folder.',
    );
  }
  if (release === null) {
    throw new Error(
      `Another Homeward is using the data folder ${folder}. ` +
        'Stop that one, or set HOMEWARD_DATA to another folder.',
    );
  }
  return release;
}

/** What system and database say of a disk on which there is no room left, or of a file that may not grow. */
const FULL = /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_(WRITE|TRUNCATE|SHMSIZE))$/;

const isFull = (error: unknown): boolean => FULL.test(String((error as { code?: unknown } | null)?.code));

/** Why the hub could not start, for the person who started it. A full disk says so itself only in the words of a machine. */
export function whyNotStarted(error: unknown, folder: string): string {
  if (isFull(error)) {
    const { code } = error as { readonly code: string };
    return `The disk is full: nothing can be written into the data folder ${folder} (${code}). Make room, and start it again.`;
  }
  return error instanceof Error ? error.message : String(error);
}
