// Compiles HomewardCore with its tests for this machine: once with sanitizers, once with its branches counted.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { inRoot } from '../setup/folder.mjs';

const CORE = 'firmware/libraries/HomewardCore/src';
const TESTS = 'firmware/test';
const STRICT = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-I', CORE];
/** What a board cannot do, the core must not do here either. */
const AS_ON_A_BOARD = ['-fno-exceptions', '-fno-rtti', '-Wdouble-promotion'];
/** The core has no type information, which the check of `vptr` would need. */
const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize=vptr', '-fno-sanitize-recover=all'];

const BUILDS = {
  sanitized: { all: ['-g', '-O1', ...SANITIZERS], core: [], link: SANITIZERS },
  counted: { all: ['-O0'], core: ['--coverage'], link: ['--coverage'] },
};

const sourcesIn = (folder) =>
  readdirSync(inRoot(folder))
    .filter((name) => name.endsWith('.cpp'))
    .map((name) => join(folder, name));

const folderOf = (name) => inRoot('build/firmware', name);

/**
 * Compiles the core and its tests anew.
 * @param name `sanitized` or `counted`
 * @returns the program
 * @throws with what the compiler says
 */
export async function buildCoreTests(name) {
  const folder = folderOf(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { all, core, link } = BUILDS[name];
  const contract = `-DCONTRACT="${inRoot('firmware/contract')}"`;
  const jobs = [
    ...sourcesIn(`${CORE}/homeward`).map((source) => [source, [...all, ...core, ...AS_ON_A_BOARD]]),
    ...sourcesIn(TESTS).map((source) => [source, [...all, contract]]),
  ];
  const objects = jobs.map(([source]) => join(folder, `${basename(source, '.cpp')}.o`));
  const compile = ([source, flags], at) => run('g++', [...STRICT, ...flags, '-c', source, '-o', objects[at]]);
  for (let from = 0; from < jobs.length; from += availableParallelism()) {
    const some = jobs.slice(from, from + availableParallelism());
    await Promise.all(some.map((job, nth) => compile(job, from + nth)));
  }
  const program = join(folder, 'core-test');
  await run('g++', [...link, ...objects, '-lmbedcrypto', '-pthread', '-o', program]);
  return program;
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: inRoot('.'), maxBuffer: 1e8 }, (error, _, said) =>
      error ? reject(new Error(said || error.message)) : resolve(),
    );
  });
}

/** Runs the tests. @returns how many cases there were, how many failed, and all that was said */
export function runCoreTests(program) {
  const { stdout, stderr, status } = spawnSync(program, [], { encoding: 'utf8', maxBuffer: 1e8 });
  const [, cases = '0', failed = '-1'] =
    /test cases:\s+(\d+) \|\s+\d+ passed \|\s+(\d+) failed/.exec(stdout) ?? [];
  return { status, cases: Number(cases), failed: Number(failed), said: stdout + stderr };
}

/**
 * Branches of the core, and those that no test took, after the counted program ran. What stands in a header is compiled into many
 * objects and runs in one of them: it counts once.
 */
export function countBranches() {
  const folder = folderOf('counted');
  const taken = new Map();
  for (const source of sourcesIn(`${CORE}/homeward`)) {
    const notes = join(folder, `${basename(source, '.cpp')}.gcno`);
    const told = execFileSync('gcov', ['--json-format', '--stdout', '--branch-probabilities', notes], {
      cwd: inRoot('.'),
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const { files } = JSON.parse(told);
    for (const { file, lines } of files.filter(({ file }) => file.startsWith(CORE))) {
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
