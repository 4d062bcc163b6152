// Rules about files that no linter has: names, sizes, machine paths, exact versions.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { inRoot, ROOT } from './folder.mjs';

const LISTED = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];

/** Names under which unrelated things gather: as the whole name … */
const GATHERING = new Set(
  'base common constants helper helpers index lib misc stuff types util utils'.split(' '),
);

/** … and as any word of it. */
const GATHERING_WORDS = new Set('helper helpers manager service util utils'.split(' '));

/** The closed list of hub/src/shared. */
const SHARED = ['errors', 'result', 'time', 'units'];

const SOURCE = /\.(ts|mjs|cjs|vue|css|c|cpp|h|hpp|ino)$/;
const TEST = /\.test\.\w+$|(^|\/)test\//;
const TEXT =
  /\.(ts|mjs|cjs|vue|css|html|json|md|sql|sh|yml|yaml|c|cpp|h|hpp|ino|service|conf|grit)$|(^|\/)\.ci\/run$/;
const MACHINE_PATH = /(^|[\s"'`(=:])\/(work|root|Users|home\/\w+)\//m;
const SKIPPED_TEST = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf)\b/;

const MAX_LINES = 250;
const MAX_TEST_LINES = 400;
const MAX_README_LINES = 40;

/** Every breach in the tree, one sentence each. */
export function breachesInTree() {
  const files = execFileSync('git', LISTED, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 }).split('\0');
  const present = files.filter((file) => file !== '' && existsSync(inRoot(file)));
  return [
    ...present.flatMap((file) => breachesOf(file, TEXT.test(file) ? readFileSync(inRoot(file), 'utf8') : '')),
    ...domainsWithoutReadme(present),
  ];
}

/** The breaches of one file. */
export function breachesOf(file, text) {
  return [nameBreach(file), sizeBreach(file, text), ...contentBreaches(file, text)]
    .filter((breach) => breach !== null)
    .map((breach) => `${file}: ${breach}`);
}

function nameBreach(file) {
  if (!SOURCE.test(file)) return null;
  const stem = basename(file).replace(/\..*$/, '');
  if (dirname(file) === 'hub/src/shared' && !SHARED.includes(stem)) return 'hub/src/shared is a closed list';
  const bad = [stem, ...dirname(file).split('/')].find(gathers);
  return bad === undefined ? null : `"${bad}" names nothing: name it like the thing it holds`;
}

const gathers = (name) =>
  GATHERING.has(name.toLowerCase()) || wordsOf(name).some((word) => GATHERING_WORDS.has(word.toLowerCase()));

const wordsOf = (name) => name.split(/[-_]|(?<=[a-z0-9])(?=[A-Z])/);

function sizeBreach(file, text) {
  const lines = text.split('\n').length - 1;
  if (/^hub\/src\/\w+\/README\.md$/.test(file)) return exceeds(lines, MAX_README_LINES);
  if (!SOURCE.test(file)) return null;
  return exceeds(lines, TEST.test(file) ? MAX_TEST_LINES : MAX_LINES);
}

const exceeds = (lines, limit) => (lines > limit ? `${lines} lines, more than ${limit}` : null);

function* contentBreaches(file, text) {
  if (MACHINE_PATH.test(text)) yield 'holds a path of one machine';
  if (/\.test\.\w+$/.test(file) && SKIPPED_TEST.test(text)) yield 'skips a test';
  if (basename(file) === 'package.json') {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(text);
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) yield `${name} ${version} is not an exact version`;
    }
  }
}

function domainsWithoutReadme(files) {
  const folders = new Set(
    files.flatMap((file) => file.match(/^hub\/src\/(?!house\/|io\/|shared\/)\w+(?=\/)/) ?? []),
  );
  return [...folders]
    .filter((folder) => !files.includes(`${folder}/README.md`))
    .map((folder) => `${folder}: has no README.md`);
}
