// npm run campaign -- coverage: every branch of the cores of air and alarms is gone through by a test of theirs, or it fails.
import { ROOT } from './folder.mjs';
import { runProgram } from './program.mjs';

const CORES = ['hub/src/air', 'hub/src/alarms'];

/** Shells, and files that only say what there is. */
const NO_CORE = ['**/*.test.ts', '**/*Schema.ts', '**/{schema,routes,store,facts,whatIfDesk,whatIfPast}.ts'];

export function runCoverage() {
  const of = (option, values) => values.map((value) => `--coverage.${option}=${value}`);
  const args = [
    'run',
    ...['--project', 'unit'],
    ...CORES,
    '--coverage.enabled',
    '--coverage.provider=v8',
    ...of(
      'include',
      CORES.map((core) => `${core}/**/*.ts`),
    ),
    ...of('exclude', NO_CORE),
    ...of('reporter', ['text', 'json']),
    '--coverage.reportsDirectory=build/coverage',
    '--coverage.skipFull',
    '--coverage.thresholds.branches=100',
  ];
  return runProgram(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], { cwd: ROOT });
}
