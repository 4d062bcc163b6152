// npm run check: everything that is quick to know, stopping at the first failure.
import { runCommand } from './setup/program.mjs';
import { runSteps, STATIC_STEPS } from './setup/static-steps.mjs';
import { captureVitest } from './setup/vitest-run.mjs';

const units = { name: 'unit tests', run: () => captureVitest(['--project', 'unit', '--project', 'web']) };

await runCommand(async () => {
  const failed = await runSteps([...STATIC_STEPS, units], { stopsAtFirst: true });
  process.exitCode = failed.length === 0 ? 0 : 1;
});
