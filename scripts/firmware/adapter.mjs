// The adapter for ESP32 and the sketches, as far as a compiler here can look at them: against headers of our own.
import { CORE, run, runAll, STRICT, sourcesIn } from './build.mjs';

const ESP32 = 'firmware/libraries/HomewardEsp32/src';
const FLAGS = [
  ...STRICT,
  '-fsyntax-only',
  '-isystem',
  'firmware/test/stubs',
  ...[CORE, ESP32].flatMap((folder) => ['-I', folder]),
];

/** The files of the adapter. */
export const adapterSources = () => sourcesIn(`${ESP32}/esp32`);

/** Looks at each file. @throws with what the compiler says */
export const checkAdapter = () => runAll(adapterSources().map((source) => ['g++', [...FLAGS, source]]));

/** Looks at a sketch as the ESP32 core would: `Arduino.h` stands before everything else. @throws with what the compiler says */
export const checkSketch = (sketch) => run('g++', [...FLAGS, '-x', 'c++', '-include', 'Arduino.h', sketch]);

/** The sketches, by folder: `firmware/<node>_node/<node>_node.ino`. */
export const sketches = ['air', 'motion', 'door', 'cam'].map(
  (node) => `firmware/${node}_node/${node}_node.ino`,
);
