// Runs vitest and counts: what passed, what failed, and what a runner would pass over in silence.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot, ROOT } from './folder.mjs';
import { captureProgram, runProgram } from './program.mjs';

const VITEST = 'node_modules/vitest/vitest.mjs';

/**
 * @param name of the run; its report becomes build/test-reports/<name>.json
 * @param args for vitest
 * @returns how many tests passed and failed; a run that breaks counts as one failure at least
 */
export function runVitest(name, args) {
  const report = prepareReport(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = runProgram(process.execPath, [VITEST, 'run', ...args, ...reporters], { cwd: ROOT });
  return countReport(readReport(report), status);
}

/** As `runVitest`, in silence: answers `{ status, output }`. */
export async function captureVitest(args) {
  return captureProgram(process.execPath, [VITEST, 'run', ...args], { cwd: ROOT });
}

/** @param report vitest's JSON report, or null when it wrote none */
export function countReport(report, status) {
  if (report === null) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + broken.length + skipped;
  return { passed: report.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
}

function prepareReport(name) {
  const file = inRoot('build/test-reports', `${name}.json`);
  mkdirSync(inRoot('build/test-reports'), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
