// HomewardCore with its tests: once with sanitizers, once with its branches counted.
import { buildTests, CORE, countBranches, sourcesIn } from './build.mjs';

const own = sourcesIn(`${CORE}/homeward`);
const folderOf = (build) => `core-${build}`;

/** Compiles the core and its tests anew. @param build `sanitized` or `counted` @returns the program */
export const buildCoreTests = (build) =>
  buildTests({ folder: folderOf(build), build, own, tests: sourcesIn('firmware/test'), includes: [CORE] });

/** Only what two tasks share, with its tests, so that whoever touches a place that is another's is found. @returns the program */
export const buildMailTests = () =>
  buildTests({
    folder: folderOf('threaded'),
    build: 'threaded',
    own,
    tests: ['firmware/test/mail_test.cpp', 'firmware/test/main.cpp'],
    includes: [CORE],
  });

/** Branches of the core, and those that no test took, after the counted program ran. */
export const countCoreBranches = () => countBranches({ folder: folderOf('counted'), root: CORE, own });
