import { expect, test } from 'vitest';
import { commonForms, isOfNames, isPattern } from './passwordRules.ts';

const NAMES = ['Mona Said', 'kitchen-pi'];

test.each([
  'homeward',
  'Homeward1234',
  'mona.said',
  'MONA2026',
  'said-mona-1',
  'kitchen-pi',
  'Password-1',
  'Mona@Homeward',
])('%s is of names', (password) => {
  expect(isOfNames(password, NAMES)).toBe(true);
});

test.each([
  'homeward-demo-house',
  'mona likes tea',
  'a-door-of-blue-glass',
  'correct horse',
  'samosa-tango',
  'si mo pi 12',
])('%s is not', (password) => {
  expect(isOfNames(password, NAMES)).toBe(false);
});

test('names in Arabic count as others do', () => {
  expect(isOfNames('فاطمة1234', ['فاطمة'])).toBe(true);
  expect(isOfNames('فاطمة تحب الشاي', ['فاطمة'])).toBe(false);
});

test.each([
  'aaaaaaaa',
  'abababab',
  'abcabcabc',
  '12345678',
  '87654321',
  'abcdefgh',
  '11111112',
  'qweqweqweq',
])('%s is a pattern', (password) => {
  expect(isPattern(password)).toBe(true);
});

test.each(['a long password', 'aabbccddx9', '13579246', 'correct horse', 'banana split'])(
  '%s is none',
  (password) => {
    expect(isPattern(password)).toBe(false);
  },
);

test('a common word stays one with digits and signs behind it', () => {
  expect(commonForms('Dragon123!')).toEqual(['dragon123!', 'dragon']);
  expect(commonForms('Ｄragon')).toEqual(['dragon']);
  expect(commonForms('a long password')).toEqual(['a long password']);
});

test('no password of 128 characters keeps anybody waiting', () => {
  const began = performance.now();
  for (const text of [`${'a'.repeat(127)}b`, `${'abcd'.repeat(31)}xxxx`, '1'.repeat(128)]) {
    isPattern(text);
    isOfNames(text, NAMES);
    commonForms(text);
  }
  expect(performance.now() - began).toBeLessThan(100);
});
