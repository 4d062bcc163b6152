// Proves that the boundaries hold what they promise: plants wrong imports and impure lines in a copy of the tree and
// expects each to be caught by exactly its rule; plants right ones and expects silence. Run after changing a rule.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { right, rightShell, wrong, wrongDoor } from './setup/import-plants.mjs';
import { asLine, impure, pure, talking } from './setup/impure-plants.mjs';
import { createTreeCopy } from './setup/tree-copy.mjs';

const require = createRequire(import.meta.url);
const rules = require('../.dependency-cruiser.cjs').forbidden.map(({ name }) => name);
const shells = require('./setup/shells.json');
const LINE = 'impure-line';
const isQuiet = process.argv.includes('--quiet');

let caught = 0;
let missed = 0;
function say(isCaught, what, more = '') {
  if (isCaught) caught += 1;
  else missed += 1;
  if (isCaught && isQuiet) return;
  process.stdout.write(
    `${isCaught ? 'CAUGHT' : 'MISSED'}  ${what}${isCaught || !more ? '' : `\n        ${more}`}\n`,
  );
}

const copy = createTreeCopy();
try {
  const imports = plantImports();
  const lines = plantLines();
  proveImports(imports);
  proveLines(lines);
  proveLists();
  proveFloor();
} finally {
  copy.remove();
}
process.stdout.write(`${caught} caught or rightly allowed, ${missed} missed.\n`);
process.exitCode = missed === 0 ? 0 : 1;

function plantImports() {
  const doors = rules
    .filter((name) => name.startsWith('door-of-'))
    .map((name) => name.slice('door-of-'.length));
  for (const name of [...doors, 'a-package-without-a-door']) standIn(name);
  for (const root of ['hub/src/main.ts', 'hub/src/config.ts', 'hub/src/house/facts.ts']) {
    if (!copy.files.includes(root)) copy.write(root, 'export {};\n');
  }
  const plants = [
    ...wrong,
    ...doors.map(wrongDoor),
    ...right,
    ...shells.domain.map((name) => rightShell('plantN', name)),
    ...shells.house.map((name) => rightShell('house', name)),
  ];
  return plants.map((plant, index) => {
    const number = (text) => text.replace(/(?<=plant|other|Page|compose|Plant)N/g, String(index));
    for (const [file, text] of Object.entries(plant.beside)) copy.write(number(file), number(text));
    const from = number(plant.from);
    if (from === 'hub/src/api.ts') appendFileSync(join(copy.root, from), number(plant.text));
    else copy.write(from, number(plant.text));
    return { ...plant, from, to: plant.to && number(plant.to) };
  });
}

/** A package of a later feature is not installed yet: an empty one stands in, so that its door can be tried. */
function standIn(name) {
  const folder = join(copy.root, 'node_modules', name);
  try {
    mkdirSync(folder, { recursive: true });
    readFileSync(join(folder, 'package.json'));
  } catch {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'main.js' }));
    writeFileSync(join(folder, 'main.js'), '');
  }
}

function proveImports(plants) {
  const { stdout, stderr } = runIn('scripts/boundaries.mjs', ['--json']);
  if (!stdout) throw new Error(`the checker did not run:\n${stderr}`);
  const { violations } = JSON.parse(stdout);
  for (const { rules: expected, from, to, text } of plants) {
    const fired = violations.filter((seen) => seen.from === from && (to === undefined || seen.to === to));
    const names = [...new Set(fired.map(({ rule }) => rule))].sort();
    const isRight = names.join() === [...expected].sort().join();
    const line = text.match(/^import .*$/m)?.[0];
    say(
      isRight,
      `${expected.join(' + ') || 'allowed'}: ${from}: ${line}`,
      `fired: ${names.join(', ') || 'nothing'}`,
    );
  }
  const planted = new Set(plants.flatMap((plant) => plant.rules));
  for (const name of rules.filter((rule) => !planted.has(rule)))
    say(false, `${name}: nothing is planted for it`);
}

function plantLines() {
  const cases = [];
  const add = (expected, file, expression) => {
    copy.write(file, asLine(expression));
    cases.push({ expected, file, expression });
  };
  for (const [index, expression] of impure.entries()) {
    add(LINE, `hub/src/line${index}/thing.ts`, expression);
    add(LINE, `hub/src/house/line${index}.ts`, expression);
    add('', `hub/src/io/line${index}.ts`, expression.replace('process.env.HOME', 'process.pid'));
  }
  for (const [index, expression] of pure.entries()) add('', `hub/src/line${index}/pure.ts`, expression);
  for (const [index, expression] of talking.entries()) {
    add(LINE, `web/src/line${index}/page.ts`, expression);
    add('', `web/src/hub/line${index}.ts`, expression);
  }
  add(LINE, 'hub/src/io/environment.ts', 'process.env.HOME');
  add('', 'hub/src/line0/thing.test.ts', 'Date.now()');
  for (const name of shells.domain) add('', `hub/src/line0/${name.replace('*', 'line')}.ts`, 'Date.now()');
  for (const name of shells.house) add('', `hub/src/house/${name}.ts`, 'Date.now()');
  return cases;
}

function proveLines(cases) {
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', ...cases.map(({ file }) => file)];
  const { stdout, stderr } = runIn(biome, args);
  if (!stdout) throw new Error(`the linter did not run:\n${stderr}`);
  const refused = new Set();
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    if (/^plugin|noRestrictedGlobals|noProcessEnv/.test(category))
      refused.add(location.path.file ?? location.path);
  }
  for (const { expected, file, expression } of cases) {
    const fired = refused.has(file) ? LINE : '';
    say(
      fired === expected,
      `${expected || 'allowed'}: ${file}: ${expression}`,
      `fired: ${fired || 'nothing'}`,
    );
  }
}

/** The shells are named twice: for the import rules and for the pure core. */
function proveLists() {
  const { overrides } = JSON.parse(readFileSync('biome.json', 'utf8'));
  const { includes } = overrides.find(({ plugins }) => plugins?.includes('./pure-core.grit'));
  const inBiome = includes.filter((glob) => /^!hub\/src\/(\*|house)\//.test(glob)).sort();
  const wanted = [
    ...shells.domain.map((name) => `!hub/src/*/**/${name}.ts`),
    ...shells.house.map((name) => `!hub/src/house/${name}.ts`),
  ].sort();
  say(inBiome.join() === wanted.join(), 'biome.json and scripts/setup/shells.json name the same shells');
}

/** A checker that reads almost nothing must not say that all is well. */
function proveFloor() {
  const config = join(copy.root, '.dependency-cruiser.cjs');
  appendFileSync(
    config,
    "module.exports.options.exclude = { path: '\\\\.ts$' };\nmodule.exports.forbidden.length = 1;\n",
  );
  say(runIn('scripts/boundaries.mjs', []).status === 2, 'a checker that reads almost no files');
}

function runIn(script, args) {
  return spawnSync(process.execPath, [script, ...args], { cwd: copy.root, encoding: 'utf8', maxBuffer: 1e8 });
}
