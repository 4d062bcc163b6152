// Checks who imports whom, by the rules of .dependency-cruiser.cjs, in the tree that the current folder holds.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const FOLDERS = ['hub/src', 'web/src'];

/** Share of the files on disk that must have been read. With a compiler it does not know the checker reads none and says all is well. */
const FLOOR = 0.9;

const rules = createRequire(import.meta.url)(resolve('.dependency-cruiser.cjs'));
const { options } = rules;
const result = await cruise(
  FOLDERS,
  { ...options, ruleSet: { forbidden: rules.forbidden }, validate: true },
  { ...options.enhancedResolveOptions, tsConfig: options.tsConfig.fileName },
  { tsConfig: extractTSConfig(options.tsConfig.fileName) },
);
const { modules, summary } = result.output;

if (process.argv.includes('--json')) {
  // A cycle is told once; it is every member's.
  const violations = summary.violations.flatMap(({ rule, from, to, cycle }) =>
    (cycle ?? [{ name: from }]).map(({ name }) => ({ rule: rule.name, from: name, to })),
  );
  process.stdout.write(`${JSON.stringify({ violations })}\n`);
} else {
  for (const { rule, from, to, cycle } of summary.violations) {
    process.stdout.write(
      `${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name).join(' → ') : to}\n`,
    );
  }
}

const onDisk = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).filter((name) => /\.(ts|vue)$/.test(name)),
).length;
const read = modules.filter(({ source }) => /^(hub|web)\/src\/.*\.(ts|vue)$/.test(source)).length;
if (onDisk === 0 || read < onDisk * FLOOR) {
  process.stderr.write(`The checker read ${read} of ${onDisk} files: its verdict means nothing.\n`);
  process.exitCode = 2;
} else if (summary.violations.length > 0) {
  process.stderr.write(`Imports that may not be: ${summary.violations.length}.\n`);
  process.exitCode = 1;
} else {
  process.stderr.write(
    `${read} files, ${summary.totalDependenciesCruised} imports: all as they should be.\n`,
  );
}
