import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { isCommonPassword } from './commonPasswords.ts';

const file = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json');

test('ASVS V6.2.4 the list has more than the 3,000 most common passwords of eight characters and more', () => {
  const list = JSON.parse(readFileSync(file, 'utf8')) as string[];
  expect(list.filter((password) => password.length >= 8).length).toBeGreaterThan(3_000);
});

test.each(['password', '12345678', 'qwertyuiop', 'iloveyou', 'sunshine'])(
  '%s is common',
  async (password) => {
    expect(await isCommonPassword([password])).toBe(true);
  },
);

test('one of several forms is enough, and what nobody uses is not common', async () => {
  expect(await isCommonPassword(['dragonfly-of-glass', 'dragon'])).toBe(true);
  expect(await isCommonPassword(['a-door-of-blue-glass', 'a long password'])).toBe(false);
  expect(await isCommonPassword([])).toBe(false);
});

test('a part of a common password is none, nor are two of them in two lines', async () => {
  const [first = '', second = ''] = JSON.parse(readFileSync(file, 'utf8')) as string[];
  expect(await isCommonPassword([first])).toBe(true);
  expect(await isCommonPassword([`${first}\n${second}`, 'qwertyuio\n', ''])).toBe(false);
  expect(await isCommonPassword(['unshine'])).toBe(false);
});

test('who tries many keeps nobody waiting: a thousand looks take less than a second', async () => {
  await isCommonPassword(['password']);
  const began = performance.now();
  for (let n = 0; n < 1_000; n++) await isCommonPassword([`nobody uses ${n}`]);
  expect(performance.now() - began).toBeLessThan(1_000);
});
