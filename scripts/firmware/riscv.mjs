// How large HomewardCore gets on the processor of an ESP32-C3: compiled and linked by Debian's cross compiler, never run.
import { basename, join } from 'node:path';
import { AS_ON_A_BOARD, CORE, emptyFolder, run, runAll, STRICT, sourcesIn } from './build.mjs';

const COMPILER = 'riscv64-unknown-elf-g++';
const SIZE = 'riscv64-unknown-elf-size';
/** As the ESP32-C3 is: RV32IMC, no floating point. */
const TARGET = ['-march=rv32imc', '-mabi=ilp32'];
/** No function may want more than 512 bytes of the stack. */
const COMPILED = [
  '--specs=picolibc.specs',
  ...TARGET,
  '-Os',
  '-ffunction-sections',
  '-fdata-sections',
  '-fno-threadsafe-statics',
  '-Wstack-usage=512',
  ...STRICT,
  ...AS_ON_A_BOARD,
  '-I',
  CORE,
];
/** What nobody calls is left out, as on a board; so are the C library and soft floating point, which are no part of the core. */
const LINKED = [
  ...TARGET,
  '-nostdlib',
  '-Wl,--gc-sections',
  '-Wl,--entry=board',
  '-Wl,--unresolved-symbols=ignore-all',
];
const NODES = ['air', 'motion', 'door'];

/** Instructions, constants and tables of them; variables that begin with a value, which take room in both; variables of noughts. */
const CODE = /^\.(text|s?rodata|init_array)$/;
const SET = /^\.s?data$/;
const ZERO = /^\.s?bss$/;

/**
 * Compiles the core for RV32IMC and links it with one node each, as a board has it.
 * @returns for each kind of node `codeBytes`: instructions, constants and initial values of the core; `ramBytes`: the node and all
 *   variables of the core, without stacks. `wholeBytes`: code of the whole core, of which no board has all
 * @throws with what the compiler says: a warning, or a stack that is too large
 */
export async function measureRiscv() {
  const folder = emptyFolder('riscv');
  const objectOf = (name) => join(folder, `${name}.o`);
  const core = sourcesIn(`${CORE}/homeward`);
  const objects = core.map((source) => objectOf(basename(source, '.cpp')));
  const compile = (source, object, more = []) => [
    COMPILER,
    [...COMPILED, ...more, '-c', source, '-o', object],
  ];
  await runAll([
    ...core.map((source, at) => compile(source, objects[at])),
    ...NODES.map((node) =>
      compile('firmware/test/riscv/board.cpp', objectOf(`board-${node}`), [`-D${node.toUpperCase()}`]),
    ),
  ]);
  const linkedOf = (node) => join(folder, `${node}.elf`);
  await runAll(
    NODES.map((node) => [COMPILER, [...LINKED, objectOf(`board-${node}`), ...objects, '-o', linkedOf(node)]]),
  );
  const boards = {};
  for (const node of NODES) boards[node] = sizesOf(await sectionsOf([linkedOf(node)]));
  const { codeBytes: wholeBytes } = sizesOf((await sectionsOf(objects)).map(withoutFunction));
  return { boards, wholeBytes };
}

function sizesOf(sections) {
  const bytes = (wanted) =>
    sections.filter(({ name }) => wanted.test(name)).reduce((sum, { size }) => sum + size, 0);
  return { codeBytes: bytes(CODE) + bytes(SET), ramBytes: bytes(SET) + bytes(ZERO) };
}

/** `.text._ZN8homeward…`, as before linking, is `.text`. */
const withoutFunction = ({ name, size }) => ({ name: name.replace(/^(\.[a-z_]+)\..*$/, '$1'), size });

async function sectionsOf(files) {
  const told = await run(SIZE, ['-A', '-d', ...files]);
  return [...told.matchAll(/^(\.\S+)\s+(\d+)\s+\d+$/gm)].map(([, name, size]) => ({
    name,
    size: Number(size),
  }));
}
