import { expect, it } from 'vitest';
import { countReport } from './vitest-run.mjs';

const report = (counts, testResults = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...counts,
  testResults,
});

it('counts what passed and what failed', () => {
  expect(countReport(report({ numPassedTests: 7, numFailedTests: 2 }), 1)).toEqual({ passed: 7, failed: 2 });
});

it('counts a file that could not be read as one failure', () => {
  const broken = [{ status: 'failed', assertionResults: [] }];
  expect(countReport(report({ numPassedTests: 3 }, broken), 1)).toEqual({ passed: 3, failed: 1 });
});

it('counts a skipped test as a failure: nothing is passed over in silence', () => {
  expect(countReport(report({ numPassedTests: 3, numPendingTests: 1 }), 0)).toEqual({ passed: 3, failed: 1 });
});

it('counts a run that broke as one failure, report or not', () => {
  expect(countReport(report({ numPassedTests: 3 }), 1)).toEqual({ passed: 3, failed: 1 });
  expect(countReport(null, 1)).toEqual({ passed: 0, failed: 1 });
});
