import { ensureHubBuild, ensureWebBuild } from './compilation.mjs';
import { ensureDebianPackages, testPackages } from './debian.mjs';
import { ensurePackages } from './packages.mjs';
import { runCommand, say } from './program.mjs';

/** Short ones first: what is wrong shall be known soon. */
const PARTS = [
  ['unit', ['--project', 'unit', '--project', 'web']],
  ['firmware', ['--project', 'firmware']],
  ['stories', ['--project', 'stories']],
  ['boards', ['--project', 'boards']],
  ['brokers', ['--project', 'brokers']],
  ['homes', ['--project', 'homes']],
  ['faults', ['--project', 'faults']],
  ['hostile', ['--project', 'hostile']],
  ['e2e', ['--project', 'e2e']],
];

/** @param chosen arguments for vitest; none: everything, checks included */
export async function runTests(chosen) {
  await runCommand(async () => {
    ensurePackages();
    ensureDebianPackages(testPackages());
    // These need the packages that were perhaps fetched only now.
    const { runSteps, STATIC_STEPS } = await import('./static-steps.mjs');
    const { runVitest } = await import('./vitest-run.mjs');
    let failedSteps = [];
    if (chosen.length === 0) failedSteps = await runSteps([...STATIC_STEPS, BUILD], { stopsAtFirst: false });
    const parts = chosen.length === 0 ? PARTS : [['chosen', chosen]];
    const counts = parts.map(([name, args]) => {
      if (chosen.length === 0) process.stdout.write(`\n── ${name} ──\n`);
      return runVitest(name, args);
    });
    finish(failedSteps, counts);
  });
}

/** The stories run from source; the other parts start what `npm start` would. */
const BUILD = { name: 'build', run: build };

function build() {
  ensureHubBuild();
  ensureWebBuild();
  return { status: 0, output: '' };
}

/** The last line counts tests; a check that failed counts as one more that failed, so that it cannot say "0 failed". */
function finish(failedSteps, counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  const failed = sum('failed') + failedSteps.length;
  if (failedSteps.length > 0) say(`\nChecks that failed (see above): ${failedSteps.join(', ')}.`);
  process.stdout.write(`\n${sum('passed')} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
