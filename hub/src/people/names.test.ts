import { expect, test } from 'vitest';
import { lookOf, nameKey, wrongName } from './names.ts';

test('names that people would call the same are the same', () => {
  expect(nameKey(' Omar \u00a0 Ｓaid ')).toBe('omar said');
  expect(nameKey("x'; drop table person; --")).toBe("x'; drop table person; --");
});

test.each([
  ['Anna', 'ANNA'],
  ['Anna', 'Аnnа'],
  ['Оmаr', 'Omar'],
  ['Ali', 'AIi'],
  ['Ali', 'A1i'],
  ['Bob', 'B0b'],
  ['René', 'Rene'],
  ['Mona', 'Mo\u200dna'],
  ['Mona', 'Mo-na'],
  ['Carmen', 'Cannen'.replace('nn', 'rm')],
  ['modern', 'rnodem'],
  ['أحمد', 'احمد'],
  ['مُنَى', 'منى'],
  ['منى', 'مني'],
  ['فاطمة', 'فاطمه'],
  ['كريم', 'کریم'],
  ['محـــمد', 'محمد'],
  ['علي ٣', 'علي 3'],
])('%s looks like %s', (one, other) => {
  expect(lookOf(one)).toBe(lookOf(other));
});

test.each([
  ['Anna', 'Hanna'],
  ['Ali', 'Alia'],
  ['Omar', 'Omer'],
  ['منى', 'مها'],
  ['علي', 'عليا'],
  ['سمير', 'سميرة'],
  ['محمد', 'محمود'],
  ['Анна', 'Anna'],
  ['さくら', 'サクラ'],
])('%s does not look like %s', (one, other) => {
  expect(lookOf(one)).not.toBe(lookOf(other));
});

test.each([
  'Anna',
  'منى',
  'عبد الرحمن',
  'مُحَمَّد',
  'می‌خواهم',
  'Anna منى',
  'Jean-Luc O’Neill',
  'Анна',
  'Ελένη',
  'שרה',
  '明さん',
  '민준',
  'अनिता',
  'Omar 2',
  'عمر ٢',
])('%s may be a name', (name) => {
  expect(wrongName(name)).toBe(null);
});

test.each([
  ['Аnna', 'mixed'],
  ['Annа', 'mixed'],
  ['منىa', 'mixed'],
  ['Jean-Lυc', 'mixed'],
  ['...', 'unreadable'],
  ['-', 'unreadable'],
  ['😀', 'unreadable'],
  ['An\u202ena', 'unreadable'],
  ['Anna\u0007', 'unreadable'],
  ['Anna\ud800', 'unreadable'],
  ['\u200b', 'unreadable'],
])('%j may not be one: %s', (name, why) => {
  expect(wrongName(name)).toBe(why);
});
