// The board that runs on this machine: compiled when its sources changed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inRoot } from '../setup/folder.mjs';
import { AS_ON_A_BOARD, CORE, emptyFolder, run, runAll, SANITIZERS, STRICT, sourcesIn } from './build.mjs';

const HOST = 'firmware/host';

const KINDS = {
  plain: ['-O2'],
  /** For tests: a wrong step in memory ends it. */
  sanitized: ['-g', '-O1', ...SANITIZERS],
};

/**
 * @param kind `plain` or `sanitized`
 * @returns the program
 * @throws with what the compiler says
 */
export async function buildVirtualBoard(kind) {
  const program = inRoot('build/firmware', `virtual-board-${kind}`, 'virtual-board');
  if (existsSync(program) && statSync(program).mtimeMs > newest([HOST, CORE, `${CORE}/homeward`]))
    return program;
  const folder = emptyFolder(basename(dirname(program)));
  const flags = [...STRICT, '-I', CORE, ...KINDS[kind]];
  const jobs = [
    ...sourcesIn(`${CORE}/homeward`).map((source) => [source, AS_ON_A_BOARD]),
    ...sourcesIn(HOST).map((source) => [source, []]),
  ];
  const objects = jobs.map(([source]) => join(folder, `${basename(source, '.cpp')}.o`));
  await runAll(
    jobs.map(([source, more], at) => ['g++', [...flags, ...more, '-c', source, '-o', objects[at]]]),
  );
  await run('g++', [...KINDS[kind], ...objects, '-lmosquitto', '-lmbedcrypto', '-pthread', '-o', program]);
  return program;
}

const newest = (folders) =>
  Math.max(
    ...folders.flatMap((folder) =>
      readdirSync(inRoot(folder)).map((name) => statSync(inRoot(folder, name)).mtimeMs),
    ),
  );
