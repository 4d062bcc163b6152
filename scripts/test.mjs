// npm test [-- file …]: on a fresh clone sets up what tests need, then runs all of them, or those named. Old syntax
// only, as in node-version.
import { checkNode } from './setup/node-version.mjs';

if (checkNode(process.versions.node)) {
  void import('./setup/test-run.mjs').then((tests) => tests.runTests(process.argv.slice(2)));
}
