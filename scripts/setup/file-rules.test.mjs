import { expect, it } from 'vitest';
import { breachesOf } from './file-rules.mjs';

const lines = (count) => 'x\n'.repeat(count);

it.each([
  'hub/src/air/utils.ts',
  'hub/src/devices/deviceManager.ts',
  'hub/src/helpers/air.ts',
  'hub/src/air/types.ts',
  'web/src/ui/index.ts',
  'hub/src/shared/strings.ts',
])('minds the name of %s', (file) => {
  expect(breachesOf(file, '')).toHaveLength(1);
});

it.each([
  'hub/src/air/air.ts',
  'hub/src/shared/time.ts',
  'web/index.html',
  'hub/src/io/database.ts',
  'hub/src/devices/topics/topicIndex.ts',
  'systemd/homeward.service',
])('does not mind the name of %s', (file) => {
  expect(breachesOf(file, '')).toEqual([]);
});

it.each([
  ['web/src/air/AirPage.vue', 250],
  ['hub/src/air/air.test.ts', 400],
  ['hub/src/air/README.md', 40],
])('lets %s have %i lines and no more', (file, limit) => {
  expect(breachesOf(file, lines(limit))).toEqual([]);
  expect(breachesOf(file, lines(limit + 1))).toHaveLength(1);
});

it('minds a path that one machine has', () => {
  const folders = ['home/jo', 'root', 'work'];
  for (const folder of folders) expect(breachesOf('a.md', `see /${folder}/notes`)).toHaveLength(1);
  expect(breachesOf('a.md', 'see https://example.org/work/it and ../shared/faces')).toEqual([]);
});

it('minds a test that is passed over', () => {
  for (const word of ['skip', 'only', 'todo'])
    expect(breachesOf('a.test.ts', `it.${word}('x')`)).toHaveLength(1);
  expect(breachesOf('a.test.ts', "it.each([1])('x')")).toEqual([]);
});

it('minds a version that is not exact', () => {
  expect(breachesOf('hub/package.json', '{"dependencies":{"zod":"^4.0.0"}}')).toHaveLength(1);
  expect(breachesOf('hub/package.json', '{"dependencies":{"zod":"4.0.0"}}')).toEqual([]);
});
