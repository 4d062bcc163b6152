// What of HomewardEsp32 needs no board, with its tests: once with sanitizers, once with its branches counted.
import { buildTests, CORE, countBranches, sourcesIn } from './build.mjs';

/** What of the core these parts stand on. */
const OF_CORE = ['checksum', 'flat_object'].map((name) => `${CORE}/homeward/${name}.cpp`);

const ESP32 = 'firmware/libraries/HomewardEsp32/src';
const PORTABLE = ['drivers', 'setup', 'update', 'crypto'].map((part) => `${ESP32}/${part}`);
const own = PORTABLE.flatMap(sourcesIn);
const folderOf = (build) => `esp32-${build}`;

/** Compiles drivers, set-up and update with their tests anew. @param build `sanitized` or `counted` @returns the program */
export const buildEsp32Tests = (build) =>
  buildTests({
    folder: folderOf(build),
    build,
    own: [...own, ...OF_CORE],
    tests: ['firmware/test/main.cpp', ...sourcesIn('firmware/test/esp32')],
    includes: [ESP32, CORE, 'firmware/test'],
  });

/** Branches of what needs no board, and those that no test took, after the counted program ran. */
export const countEsp32Branches = () => countBranches({ folder: folderOf('counted'), root: ESP32, own });
