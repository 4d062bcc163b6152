import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** The top folder of the repository, also when this file runs compiled, from build/. */
export const ROOT = topFrom(import.meta.dirname);

/** The program that `npm start` runs. */
export const HUB_PROGRAM = join(ROOT, 'build/hub/src/main.js');

/** Compiled, this runs beside a hub that was compiled with it. */
const IS_COMPILED = import.meta.dirname.startsWith(join(ROOT, 'build') + sep);

let isBuilt = IS_COMPILED;

/**
 * Compiles the hub, once per process and only when its sources changed.
 * @throws with the compiler's words when it cannot be built
 */
export function ensureHub(): void {
  if (isBuilt) return;
  const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--hub'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`The hub could not be built.\n${build.stdout}${build.stderr}`);
  isBuilt = true;
}

function topFrom(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('This file stands in no clone of the repository.');
  return topFrom(above);
}
