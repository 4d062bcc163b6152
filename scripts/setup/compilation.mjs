// Compiles the hub (with its benches and scripts) into build/ and the web into web/dist, each only when stale.
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { inRoot, ROOT } from './folder.mjs';
import { PlainStop, runProgram, say } from './program.mjs';
import { createStamp, readStamp, removeStamp, writeStamp } from './stamp.mjs';

const HUB_SOURCES = [
  'hub/src',
  'hub/test',
  'hub/bench',
  'scripts',
  // The words of a flash, which the command says too.
  'web/src/text/en/flashing.ts',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const WEB_SOURCES = ['web', 'hub/src', 'package-lock.json', 'tsconfig.json'];

export function ensureHubBuild() {
  const stamp = createStamp(HUB_SOURCES);
  const last = readStamp('hub');
  if (last?.content === stamp.content && existsSync(inRoot('build/hub/src/api.js'))) return;
  say('Building the hub.');
  removeStamp('hub');
  // tsc removes nothing: what a deleted source left behind would go on living.
  if (last?.names !== stamp.names) {
    for (const old of ['build/hub', 'build/scripts', 'build/.tsbuildinfo']) {
      rmSync(inRoot(old), { recursive: true, force: true });
    }
  }
  const status = runProgram(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    {
      cwd: ROOT,
    },
  );
  if (status !== 0) throw new PlainStop('The hub could not be built; the compiler says why above.');
  linkNestedPackages();
  writeStamp('hub', stamp);
}

/** Packages that npm did not hoist must be found from the compiled files too. */
function linkNestedPackages() {
  const link = inRoot('build/hub/node_modules');
  rmSync(link, { force: true });
  if (existsSync(inRoot('hub/node_modules'))) symlinkSync(inRoot('hub/node_modules'), link);
}

export function ensureWebBuild() {
  const stamp = createStamp(WEB_SOURCES);
  if (readStamp('web')?.content === stamp.content && existsSync(inRoot('web/dist/index.html'))) return;
  say('Building the app. This takes a minute on a small computer.');
  removeStamp('web');
  const status = runProgram(
    process.execPath,
    [inRoot('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: inRoot('web'),
    },
  );
  if (status !== 0) throw new PlainStop('The app could not be built; the compiler says why above.');
  writeStamp('web', stamp);
}
