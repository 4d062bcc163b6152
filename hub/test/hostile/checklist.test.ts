import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../repository.ts';

const page = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
const rows = Array.from(
  page.matchAll(/^\| (V\d+\.\d+\.\d+) \| ([\w.]+) \| (.*) \|$/gm),
  ([, item, state, how]) => ({
    item: item ?? '',
    state: state ?? '',
    how: how ?? '',
  }),
);

/** The items of level 1 and 2 that the threat model names, by section and numbers. Source: safety.md §6, ASVS 5.0.0. */
const NAMED: Readonly<Record<string, readonly number[]>> = {
  'V1.2': [4],
  'V1.3': [6],
  'V1.5': [2],
  'V2.2': [1, 2, 3],
  'V2.3': [3],
  'V2.4': [1],
  'V3.3': [1, 2, 3, 4],
  'V3.4': [1, 2, 3, 4, 5, 6],
  'V3.5': [1, 2, 3],
  'V4.2': [1],
  'V4.4': [1, 2, 3, 4],
  'V5.1': [1],
  'V5.2': [1, 2, 3],
  'V5.4': [3],
  'V6.1': [1],
  'V6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  'V6.3': [1, 2, 3],
  'V6.4': [1],
  'V6.5': [1, 2, 3, 4, 5],
  'V7.1': [1, 2, 3],
  'V7.2': [1, 2, 3, 4],
  'V7.3': [1, 2],
  'V7.4': [1, 2, 3, 4, 5],
  'V7.5': [1, 2],
  'V7.6': [1, 2],
  'V8.2': [1, 2, 3],
  'V8.3': [1],
  'V9.1': [1, 2, 3],
  'V9.2': [1, 2, 3, 4],
  'V11.2': [1],
  'V11.3': [1, 2, 3],
  'V11.4': [2],
  'V11.5': [1],
  'V12.1': [1, 2, 3],
  'V12.2': [1, 2],
  'V12.3': [1, 2, 3, 4],
  'V13.2': [1, 2, 3, 4, 5],
  'V13.3': [1, 2],
  'V13.4': [1, 2, 3, 4, 5],
  'V14.1': [1, 2],
  'V14.2': [1, 2, 3, 4],
  'V14.3': [1, 2, 3],
  'V15.1': [2],
  'V15.2': [2],
  'V15.3': [3, 5, 6, 7],
  'V16.2': [1, 2, 3, 4, 5],
  'V16.3': [1, 2, 3, 4],
  'V16.4': [1, 2, 3],
  'V16.5': [2, 3],
};

const pathsIn = (text: string): string[] =>
  Array.from(text.matchAll(/`((?:hub|web|scripts)\/[\w./-]+)`/g), ([, path]) => path ?? '');

test('the security page answers for every item that the threat model names, once', () => {
  const named = Object.entries(NAMED).flatMap(([section, items]) =>
    items.map((item) => `${section}.${item}`),
  );
  expect(rows.map(({ item }) => item)).toEqual(named);
});

test('each item is met, partly met, not met or about nothing, and says how', () => {
  for (const { item, state, how } of rows) {
    expect([item, ['met', 'partly', 'not', 'n.a.']]).toEqual([item, expect.arrayContaining([state])]);
    expect([item, how.length > 4]).toEqual([item, true]);
  }
});

test('whatever is met names a file that shows it, and every file that the page names is there', () => {
  // What is documentation is shown by the page itself.
  const byThePage = ['V5.1.1', 'V14.1.1', 'V14.1.2'];
  for (const { item, state, how } of rows.filter(
    (row) => row.state === 'met' && !byThePage.includes(row.item),
  )) {
    expect([item, state, pathsIn(how).some((path) => /\.test\.(ts|mjs)$/.test(path))]).toEqual([
      item,
      state,
      true,
    ]);
  }
  const missing = pathsIn(page).filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
  expect(pathsIn(page).length).toBeGreaterThan(100);
});

test('it claims to follow, never to comply', () => {
  expect(page).not.toMatch(/\b(?:compliant|complies|certified)\b/i);
});

test('every threat of the model that the hub meets today has a test of its name', () => {
  const letters = ['S', 'T', 'R', 'I', 'D', 'E'];
  const here = ['stride', 'injection', 'smuggling', 'origins', 'secrets', 'slow', 'topics']
    .map((name) => readFileSync(join(ROOT, 'hub/test/hostile', `${name}.test.ts`), 'utf8'))
    .join('\n');
  for (const letter of letters) expect([letter, here.includes(`STRIDE ${letter}: `)]).toEqual([letter, true]);
});
