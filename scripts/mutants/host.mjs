// One process that runs the tests again and again, each time with another mutant in the sources. A mutant that never ends is
// ended by whoever started this process.
import { relative } from 'node:path';
import { createVitest } from 'vitest/node';
import { ROOT } from '../setup/folder.mjs';
import { withMutant } from './operators.mjs';

let mutant = null;

const mutation = {
  name: 'mutation',
  enforce: 'pre',
  transform(text, id) {
    const file = relative(ROOT, id.split('?')[0]);
    return mutant !== null && file === mutant.file ? withMutant(text, mutant) : null;
  },
};

const vitest = await createVitest(
  'test',
  {
    config: false,
    root: ROOT,
    include: ['hub/src/**/*.test.ts'],
    reporters: [{}],
    watch: false,
    bail: 1,
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    testTimeout: 20_000,
  },
  { plugins: [mutation], server: { watch: null } },
);

/** Whether every test of these files passes. */
async function areGreen(tests) {
  const specifications = await vitest.globTestSpecifications(tests);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return unhandledErrors.length === 0 && testModules.every((module) => module.state() === 'passed');
}

async function judge({ tests, ...next }) {
  forget(mutant);
  mutant = next.file === null ? null : next;
  forget(mutant);
  return (await areGreen(tests)) ? 'survived' : 'killed';
}

const forget = (changed) => changed !== null && vitest.invalidateFile(`${ROOT}/${changed.file}`);

process.on('message', (asked) => {
  judge(asked).then(
    (verdict) => process.send({ verdict }),
    (error) => process.send({ verdict: 'broken', reason: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send({ verdict: 'ready' });
