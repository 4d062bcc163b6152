// How large HomewardCore gets on the processor of an ESP32-C3: compiled by Debian's cross compiler, not linked.
import { basename, join } from 'node:path';
import { AS_ON_A_BOARD, CORE, emptyFolder, run, runAll, STRICT, sourcesIn } from './build.mjs';

const COMPILER = 'riscv64-unknown-elf-g++';
const SIZE = 'riscv64-unknown-elf-size';
/** As the ESP32-C3 is: RV32IMC, no floating point. No function may want more than 512 bytes of the stack. */
const FLAGS = [
  '--specs=picolibc.specs',
  '-march=rv32imc',
  '-mabi=ilp32',
  '-Os',
  '-ffunction-sections',
  '-fdata-sections',
  '-Wstack-usage=512',
  ...STRICT,
  ...AS_ON_A_BOARD,
  '-I',
  CORE,
];

/** What goes to flash: instructions, constants and tables of them. */
const CODE = /^\.(text|rodata|srodata|init_array)(\.|$)/;
/** What takes room in memory all the time. What begins with a value takes room in flash besides. */
const SET = /^\.s?data(\.|$)/;
const ZERO = /^\.s?bss(\.|$)/;

/**
 * Compiles the core and `firmware/test/riscv/footprint.cpp`, which holds one of each node, for RV32IMC.
 * @returns {Promise<{ codeBytes: number, ramBytes: number, nodes: Record<string, number> }>} `codeBytes`: instructions, constants and
 *   initial values of all objects of the core, each as it comes from the compiler (a linker leaves out what nobody calls and joins
 *   what is there twice; the C library and soft floating point come on top). `ramBytes`: variables of the core and one of each node,
 *   without stacks. `nodes`: bytes of each
 * @throws with what the compiler says: a warning, or a stack that is too large
 */
export async function measureRiscv() {
  const folder = emptyFolder('riscv');
  const objectOf = (source) => join(folder, `${basename(source, '.cpp')}.o`);
  const core = sourcesIn(`${CORE}/homeward`);
  const nodes = 'firmware/test/riscv/footprint.cpp';
  await runAll(
    [...core, nodes].map((source) => [COMPILER, [...FLAGS, '-c', source, '-o', objectOf(source)]]),
  );
  const sections = await sectionsOf(core.map(objectOf));
  const rooms = (await sectionsOf([objectOf(nodes)])).filter(({ name }) => ZERO.test(name));
  const bytes = (wanted, all) =>
    all.filter(({ name }) => wanted.test(name)).reduce((sum, { size }) => sum + size, 0);
  const set = bytes(SET, sections);
  return {
    codeBytes: bytes(CODE, sections) + set,
    ramBytes: set + bytes(ZERO, sections) + bytes(ZERO, rooms),
    nodes: Object.fromEntries(
      rooms.filter(({ size }) => size > 0).map(({ name, size }) => [name.split('.').at(-1), size]),
    ),
  };
}

async function sectionsOf(objects) {
  const told = await run(SIZE, ['-A', '-d', ...objects]);
  return [...told.matchAll(/^(\.\S+)\s+(\d+)\s+\d+$/gm)].map(([, name, size]) => ({
    name,
    size: Number(size),
  }));
}
