import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What others of the same machine may do with a file, in its mode. */
const OTHERS = 0o077;

/**
 * Takes from other users what a copy or a restore gave them: the folder of secrets is this user's alone, and so is each
 * file in it but the certificates, which are for everybody.
 * @returns which files others could read; empty: all is as it should be
 */
export function tightenSecrets(dataFolder: string): string[] {
  const folder = join(dataFolder, 'secrets');
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.crt'))
    .map(({ name }) => join(folder, name));
  const open = files.filter((file) => tighten(file, 0o600));
  tighten(folder, 0o700);
  return open;
}

/** True: it was open to others. A file that is not ours to change stays as it is, and is told just the same. */
function tighten(path: string, mode: number): boolean {
  if ((statSync(path).mode & OTHERS) === 0) return false;
  try {
    chmodSync(path, mode);
  } catch {
    // Of another user: whoever reads the warning finds out.
  }
  return true;
}
