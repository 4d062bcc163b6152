// One process that runs the tests again and again, each time with another mutant in the sources. A mutant that never ends is
// ended by whoever started this process.
import { relative } from 'node:path';
import { createVitest } from 'vitest/node';
import { ROOT } from '../setup/folder.mjs';
import { withMutant } from './operators.mjs';

/** They change the time zone, which a thread cannot; a thread for each host is what makes a thousand mutants an hour. */
const OF_A_PROCESS = ['hub/src/air/whatIfDesk.test.ts'];

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
    exclude: OF_A_PROCESS,
    reporters: [{}],
    watch: false,
    bail: 1,
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    // A busy machine makes a test slow, not wrong: a kill by the clock would be none. What never ends is ended from outside.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
  { plugins: [mutation], server: { watch: null } },
);

/** What does not pass of these test files, by name. */
async function failuresOf(tests) {
  const specifications = await vitest.globTestSpecifications(tests);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const red = testModules.filter((module) => module.state() !== 'passed');
  return [...unhandledErrors.map(String), ...red.flatMap(namesIn)];
}

function namesIn(module) {
  const names = [...module.children.allTests('failed')].map(({ fullName }) => fullName);
  return names.length === 0 ? [relative(ROOT, module.moduleId)] : names;
}

async function judge({ tests, ...next }) {
  forget(mutant);
  mutant = next.file === null ? null : next;
  forget(mutant);
  return failuresOf(tests);
}

const forget = (changed) => changed !== null && vitest.invalidateFile(`${ROOT}/${changed.file}`);

process.on('message', (asked) => {
  judge(asked).then(
    (failures) => process.send({ verdict: failures.length === 0 ? 'survived' : 'killed', failures }),
    (error) => process.send({ verdict: 'broken', reason: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send({ verdict: 'ready' });
