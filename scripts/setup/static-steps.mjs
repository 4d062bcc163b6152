// What can be checked without running the program: each step has a name and answers `{ status, output }`.
import { ensureHubBuild } from './compilation.mjs';
import { breachesInTree } from './file-rules.mjs';
import { ROOT } from './folder.mjs';
import { captureProgram, PlainStop } from './program.mjs';

const node = (...args) => captureProgram(process.execPath, args, { cwd: ROOT });
const TSC = 'node_modules/typescript/bin/tsc';

export const STATIC_STEPS = [
  { name: 'files', run: checkFiles },
  { name: 'biome', run: () => node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings') },
  { name: 'boundaries', run: () => node('scripts/boundaries.mjs') },
  { name: 'boundaries proven', run: () => node('scripts/prove-boundaries.mjs', '--quiet') },
  {
    name: 'types of hub',
    run: () => node(TSC, '--incremental', '--tsBuildInfoFile', 'build/.tsbuildinfo-check'),
  },
  { name: 'types of web', run: () => node('node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'web') },
  { name: 'knip', run: () => node('node_modules/knip/bin/knip.js', '--no-progress') },
  { name: 'openapi', run: checkContract },
];

async function checkFiles() {
  const breaches = breachesInTree();
  return { status: breaches.length === 0 ? 0 : 1, output: breaches.map((breach) => `${breach}\n`).join('') };
}

async function checkContract() {
  ensureHubBuild();
  return node('scripts/openapi.mjs', '--check');
}

/** Runs steps and prints one line each; what a failed one said follows. Answers the names of the failed. */
export async function runSteps(steps, { stopsAtFirst }) {
  const failed = [];
  for (const { name, run } of steps) {
    const since = performance.now();
    const { status, output } = await runPlainly(run);
    const seconds = ((performance.now() - since) / 1_000).toFixed(1).padStart(6);
    process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(20)} ${seconds} s\n`);
    if (status === 0) continue;
    process.stdout.write(`${output.trimEnd()}\n`);
    failed.push(name);
    if (stopsAtFirst) break;
  }
  return failed;
}

async function runPlainly(run) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PlainStop)) throw error;
    return { status: 1, output: error.message };
  }
}
