// From a fresh clone to a running program: packages, build, then the program itself.
import { pathToFileURL } from 'node:url';
import { ensureHubBuild, ensureWebBuild } from './compilation.mjs';
import { inRoot } from './folder.mjs';
import { ensurePackages } from './packages.mjs';
import { runCommand } from './program.mjs';

export const startHub = () => start('hub/src/main.js', { hasApp: true });
export const startDemo = () => start('scripts/demo/main.js', { hasApp: true });
export const startBench = () => start('hub/bench/main.js', { hasApp: false });
export const startCampaign = () => start('hub/test/campaign/main.js', { hasApp: false });

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
