import { expect, it } from 'vitest';
import { csvLine, csvName, csvText } from './csvLines.ts';

it.each([
  ['ppm', 'ppm'],
  ['', ''],
  ['µg/m³', 'µg/m³'],
  ['%', '%'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+x', "'+x"],
  ['-x', "'-x"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['=HYPERLINK("http://evil",A1)', '"\'=HYPERLINK(""http://evil"",A1)"'],
])('the unit %j is the field %s, and never a formula', (unit, field) => {
  expect(csvText(unit)).toBe(field);
});

it.each([
  [21.5, '2026-03-29T01:59:59.999Z,21.5,°C\r\n'],
  [-0.25, '2026-03-29T01:59:59.999Z,-0.25,°C\r\n'],
  [1e-9, '2026-03-29T01:59:59.999Z,1e-9,°C\r\n'],
])('a line is its moment in UTC, the value %d and its unit', (value, line) => {
  expect(csvLine(Date.UTC(2026, 2, 29, 1, 59, 59, 999), value, '°C')).toBe(line);
});

it.each([
  ['board-1.co2', 'homeward-board-1.co2.csv'],
  ['../../etc/passwd', 'homeward-etc-passwd.csv'],
  ['a b\r\nX: y"', 'homeward-a-b-X-y-.csv'],
  ['', 'homeward-history.csv'],
  ['x'.repeat(500), `homeward-${'x'.repeat(100)}.csv`],
])('the file of %j is called %s', (entity, name) => {
  expect(csvName(entity)).toBe(name);
});
