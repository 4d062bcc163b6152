// From a fresh clone to a running program: packages, build, then the program itself.
import { pathToFileURL } from 'node:url';
import { ensureHubBuild, ensureWebBuild } from './compilation.mjs';
import { inRoot } from './folder.mjs';
import { ensurePackages } from './packages.mjs';
import { runCommand } from './program.mjs';

export const startHub = () => start('hub/src/main.js', { hasApp: true });
export const startDemo = () => start('scripts/demo/main.js', { hasApp: true });
export const startJournalVerify = () => start('hub/src/composeVerify.js', { hasApp: false });
export const startFlash = () => start('scripts/flash/main.js', { hasApp: false });
export const startBench = () => start('hub/bench/main.js', { hasApp: false });

/** Campaigns about the tests themselves need the sources; all others are part of the built hub. */
export async function startCampaign() {
  const [name, ...args] = process.argv.slice(2);
  if (name === 'mutants')
    return runOnSources(async () => (await import('../mutants/main.mjs')).runMutants(args));
  if (name === 'coverage') return runOnSources(async () => (await import('./coverage.mjs')).runCoverage());
  return start('hub/test/campaign/main.js', { hasApp: false });
}

/**
 * The program runs in this very process: signals and the exit code are its own, and a small computer is spared a
 * second Node. To the program it looks as if it had been started by name.
 */
async function start(program, { hasApp }) {
  await runCommand(async () => {
    ensurePackages();
    ensureHubBuild();
    if (hasApp) ensureWebBuild();
    const file = inRoot('build', program);
    process.argv[1] = file;
    await import(pathToFileURL(file));
  });
}

async function runOnSources(run) {
  await runCommand(async () => {
    ensurePackages();
    process.exitCode = await run();
  });
}
