import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

test('every folder of the hub stands in the table of folders, and none that is not there', () => {
  // What has no page of its own is no part that a reader looks for: values that all others use.
  const parts = readdirSync(join(ROOT, 'hub', 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const named = Array.from(page.matchAll(/^\| `hub\/src\/(\w+)\/` \| \S/gm), ([, name]) => name);
  expect(named.toSorted()).toEqual(parts.toSorted());
});
