// Compiles C++ of the boards for this machine, runs its tests, and counts the branches that they took.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { inRoot } from '../setup/folder.mjs';

export const CORE = 'firmware/libraries/HomewardCore/src';
export const STRICT = ['-std=c++17', '-Wall', '-Wextra', '-Werror'];
/** What a board cannot do, its code must not do here either. */
export const AS_ON_A_BOARD = ['-fno-exceptions', '-fno-rtti', '-Wdouble-promotion'];
/** Code for a board has no type information, which the check of `vptr` would need. */
export const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize=vptr', '-fno-sanitize-recover=all'];

const THREADS = ['-fsanitize=thread'];

const BUILDS = {
  sanitized: { all: ['-g', '-O1', ...SANITIZERS], own: [], link: SANITIZERS },
  threaded: { all: ['-g', '-O1', ...THREADS], own: [], link: THREADS },
  counted: { all: ['-O0'], own: ['--coverage'], link: ['--coverage'] },
};

/** The C++ files of a folder, from the root; not those of folders in it. */
export const sourcesIn = (folder) =>
  readdirSync(inRoot(folder))
    .filter((name) => name.endsWith('.cpp'))
    .map((name) => join(folder, name));

/** An empty folder `build/firmware/<name>`. */
export function emptyFolder(name) {
  const folder = inRoot('build/firmware', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs all jobs, as many at once as there are processors. @throws with what the first that failed said */
export async function runAll(jobs) {
  const many = availableParallelism();
  for (let from = 0; from < jobs.length; from += many) {
    await Promise.all(jobs.slice(from, from + many).map(([command, args]) => run(command, args)));
  }
}

/** Runs a program in the root. @returns what it printed @throws with what it said of its error */
export function run(command, args) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: inRoot('.'), maxBuffer: 1e8 }, (error, printed, said) =>
      error ? reject(new Error(said || error.message)) : resolve(printed),
    );
  });
}

/**
 * Compiles sources with their tests anew.
 * @param {{ folder: string, build: 'sanitized' | 'threaded' | 'counted', own: string[], tests: string[], includes: string[] }} program
 *   `own`: what is tested, as strictly as for a board; `tests`: its doctest cases
 * @returns the program
 * @throws with what the compiler says
 */
export async function buildTests({ folder: name, build, own, tests, includes }) {
  const folder = emptyFolder(name);
  const { all, own: ofOwn, link } = BUILDS[build];
  const flags = [...STRICT, ...includes.flatMap((include) => ['-I', include]), ...all];
  const contract = `-DCONTRACT="${inRoot('firmware/contract')}"`;
  const jobs = [
    ...own.map((source) => [source, [...flags, ...ofOwn, ...AS_ON_A_BOARD]]),
    ...tests.map((source) => [source, [...flags, contract]]),
  ];
  const objects = jobs.map(([source]) => join(folder, `${basename(source, '.cpp')}.o`));
  await runAll(jobs.map(([source, args], at) => ['g++', [...args, '-c', source, '-o', objects[at]]]));
  const program = join(folder, 'test');
  await run('g++', [...link, ...objects, '-lmbedcrypto', '-pthread', '-o', program]);
  return program;
}

/** Runs the tests. @returns how many cases there were, how many failed, and all that was said */
export function runTests(program) {
  const { stdout, stderr, status } = spawnSync(program, [], { encoding: 'utf8', maxBuffer: 1e8 });
  const [, cases = '0', failed = '-1'] =
    /test cases:\s+(\d+) \|\s+\d+ passed \|\s+(\d+) failed/.exec(stdout) ?? [];
  return { status, cases: Number(cases), failed: Number(failed), said: stdout + stderr };
}

/**
 * Branches of some sources and of the headers under `root`, and those that no test took, after the counted program of that folder
 * ran. What stands in a header is compiled into many objects and runs in one of them: it counts once.
 */
export function countBranches({ folder, root, own }) {
  const taken = new Map();
  for (const source of own) {
    const notes = join(inRoot('build/firmware', folder), `${basename(source, '.cpp')}.gcno`);
    const told = execFileSync('gcov', ['--json-format', '--stdout', '--branch-probabilities', notes], {
      cwd: inRoot('.'),
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const { files } = JSON.parse(told);
    for (const { file, lines } of files.filter(({ file }) => file.startsWith(root))) {
      for (const { line_number: line, function_name: name, branches } of lines) {
        for (const [nth, { count }] of branches.entries()) {
          const branch = `${file}:${line} ${name} ${nth}`;
          taken.set(branch, (taken.get(branch) ?? 0) + count);
        }
      }
    }
  }
  const untaken = [...taken].filter(([, count]) => count === 0).map(([branch]) => branch);
  return { all: taken.size, untaken };
}
