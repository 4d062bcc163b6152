import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the data folder, for this user alone.
 * @throws Error in plain words when it cannot be made or written
 */
export function openDataFolder(folder: string): void {
  try {
    mkdirSync(join(folder, 'secrets'), { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new Error(
      `The data folder ${folder} cannot be written (${why}). ` +
        'Give it to the user who runs Homeward, or set HOMEWARD_DATA to another folder.',
    );
  }
}
