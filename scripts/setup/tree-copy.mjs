// A copy of the source tree in a temporary folder, so that a proof may spoil it. Packages are links, not copies.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const LISTED = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];

/** Copies what git knows (and new files) of the current folder; answers where to. */
export function createTreeCopy() {
  const root = mkdtempSync(join(tmpdir(), 'homeward-tree-'));
  const files = execFileSync('git', LISTED, { encoding: 'utf8', maxBuffer: 1e8 }).split('\0').filter(Boolean);
  for (const file of files) cpSync(file, join(root, file), { force: true, errorOnExist: false });
  linkPackages(join(root, 'node_modules'));
  const write = (file, text) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  return { root, files, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The workspaces' own links must lead into the copy, all others may lead out of it. */
function linkPackages(folder) {
  mkdirSync(folder);
  for (const name of readdirSync('node_modules')) {
    if (name !== '@homeward') symlinkSync(join(process.cwd(), 'node_modules', name), join(folder, name));
  }
  mkdirSync(join(folder, '@homeward'));
  for (const name of ['hub', 'web']) symlinkSync(join('..', '..', name), join(folder, '@homeward', name));
}
