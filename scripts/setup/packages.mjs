// The packages of package-lock.json: are they all here and fit for this Node; if not, fetch them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compilerPackages, installLine, missingPackages } from './debian.mjs';
import { inRoot, ROOT } from './folder.mjs';
import { PlainStop, runProgram, say } from './program.mjs';

/** Fetches what is missing. Says something only when there is something to do. */
export function ensurePackages() {
  if (!arePackagesCurrent(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) {
    say('Installing packages. The first time this takes minutes, on a small computer ten or more.');
    // Tools that only build Homeward are needed too, whatever NODE_ENV says. Packages that compile need their script.
    const status = runNpm([
      'ci',
      '--include=dev',
      '--ignore-scripts=false',
      '--prefer-offline',
      '--loglevel=error',
    ]);
    if (status !== 0) throw new PlainStop(describeFailure());
  }
  if (!isDatabaseLoadable()) {
    say('Building the database package for this Node.js. This takes a few minutes.');
    const status = runNpm(['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error']);
    if (status !== 0 || !isDatabaseLoadable()) throw new PlainStop(describeFailure());
  }
}

/**
 * Whether what is installed is what the lock asks for. An install that was broken off leaves no list of itself.
 * @param wanted package-lock.json
 * @param installed npm's own list of what it put into node_modules; null: none
 */
export function arePackagesCurrent(wanted, installed) {
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted.packages).every(([path, { version, link, optional, devOptional }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = installed.packages[path];
    // Binaries for other machines stand in the lock too.
    return found === undefined ? Boolean(optional || devOptional) : found.version === version;
  });
}

function readLock(file) {
  return existsSync(inRoot(file)) ? JSON.parse(readFileSync(inRoot(file), 'utf8')) : null;
}

/**
 * Whether this Node.js loads the one package with compiled code that the hub cannot start without. Tried in a process
 * of its own, for one that failed to load it once never will; and only once for each Node.js and each binary.
 */
function isDatabaseLoadable() {
  const known = inRoot('node_modules/.homeward-database');
  const binary = inRoot('node_modules/better-sqlite3/build/Release/better_sqlite3.node');
  if (!existsSync(binary)) return false;
  const now = `${process.versions.modules} ${process.arch} ${statSync(binary).mtimeMs}`;
  if (existsSync(known) && readFileSync(known, 'utf8') === now) return true;
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  if (spawnSync(process.execPath, ['-e', script], { cwd: inRoot('hub'), stdio: 'ignore' }).status !== 0)
    return false;
  writeFileSync(known, now);
  return true;
}

function runNpm(args) {
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return runProgram(command, [...first, ...args], { cwd: ROOT, env: compilerEnvironment() });
}

/** With Node's headers beside Node, nothing has to be downloaded to compile. npm ≥ 11 reads the second name only. */
function compilerEnvironment() {
  const prefix = dirname(dirname(process.execPath));
  if (!existsSync(join(prefix, 'include/node/node.h'))) return {};
  return { npm_config_nodedir: prefix, npm_package_config_node_gyp_nodedir: prefix };
}

function describeFailure() {
  const lines = [
    'The packages that Homeward is made of could not be installed; npm says why above.',
    'The first start needs the internet: it fetches them from registry.npmjs.org. Later ones do not.',
  ];
  const missing = missingPackages(compilerPackages());
  if (missing.length > 0) {
    lines.push(
      `One of them may have to be compiled here; for that these Debian packages are missing: ${missing.join(', ')}.`,
      'Run this, then try again:',
      '',
      `  ${installLine(missing)}`,
    );
  }
  return lines.join('\n');
}
