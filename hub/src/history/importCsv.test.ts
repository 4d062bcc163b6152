import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadRecord } from './csvReader.ts';
import { BadHeader, createCsvImport } from './importCsv.ts';
import { FIRST_MS, FUTURE_MS, readTime } from './importTime.ts';
import { readValue } from './importValue.ts';

const NOW = Date.UTC(2026, 10, 1);

function read(text: string): (string | number | null)[][] {
  const rows: (string | number | null)[][] = [];
  const reader = createCsvImport('file', NOW, (...row) => void rows.push(row));
  reader.push(text);
  reader.end();
  return rows;
}

test.each([
  [
    'our own export',
    'time,value,unit\n2026-10-01T10:00:00.250Z,19.5,%\n',
    ['file', '2026-10-01T10:00:00.250Z', 19.5, '%'],
  ],
  [
    'an export of Home Assistant',
    'entity_id,state,last_changed\nsensor.co2,612.0,2026-10-01T10:00:00.250Z\n',
    ['sensor.co2', '2026-10-01T10:00:00.250Z', 612, null],
  ],
  [
    'one of a spreadsheet',
    '\uFEFFTimestamp;Entity;Value\r\n1790848800;"a;b";-3\r\n',
    ['a;b', '2026-10-01T10:00:00.000Z', -3, null],
  ],
  [
    'a state in tabs',
    'time\tsensor\tvalue\n1790848800250\tdoor\ton\n',
    ['door', '2026-10-01T10:00:00.250Z', 1, null],
  ],
])('%s is read', (_name, text, [source, iso, value, unit]) => {
  expect(read(text)).toEqual([[source, Date.parse(String(iso)), value, unit]]);
});

test('what is no value is a row all the same', () => {
  expect(read('time,value\n2026-10-01,unavailable\n').map((row) => row[2])).toEqual([null]);
});

test.each(['', 'a,b\n1,2\n', 'time,b\n1,2\n', '\n\n'])(
  '%j has no header that says time and value',
  (text) => {
    expect(() => read(text)).toThrow(BadHeader);
  },
);

test.each([
  ['too few fields', '2026-10-01'],
  ['too many fields', '2026-10-01,1,2'],
  ['no time', 'yesterday,1'],
  ['a time before anything was measured', '1989-12-31T23:59:59Z,1'],
  ['a time to come', `${NOW + FUTURE_MS + 1},1`],
])('a line with %s stops it, with its number', (_name, line) => {
  expect(() => read(`time,value\n2026-10-01,1\n${line}\n`)).toThrow(new BadRecord(3));
});

test.each([
  ['2026-10-01T10:00:00Z', '2026-10-01T10:00:00.000Z'],
  ['2026-10-01 10:00:00.123456', '2026-10-01T10:00:00.123Z'],
  ['2026-10-01 10:00:00+00:00', '2026-10-01T10:00:00.000Z'],
  ['2026-10-01T10:00:00,5+02:00', '2026-10-01T08:00:00.500Z'],
  ['2026-10-01T10:00-0530', '2026-10-01T15:30:00.000Z'],
  ['2026-10-01', '2026-10-01T00:00:00.000Z'],
  ['1790848800.75', '2026-10-01T10:00:00.750Z'],
  ['1790848800750', '2026-10-01T10:00:00.750Z'],
])('the time %s is %s', (text, iso) => {
  expect(readTime(text)).toBe(Date.parse(iso));
});

test.each([
  '',
  '2026-02-30',
  '2026-13-01',
  '2026-10-01T24:00',
  '2026-10-01T10:00+15:00',
  '01.10.2026',
  '17908488007500000',
  '12',
  '-1790848800',
  'NaN',
])('%j is no time', (text) => {
  expect(readTime(text)).toBeNull();
});

test('every moment that is written as ISO is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST_MS, max: NOW }), (t) => readTime(new Date(t).toISOString()) === t),
  );
});

test.each([
  ['21.5', 21.5],
  [' -0.5e1 ', -5],
  ['.5', 0.5],
  ['on', 1],
  ['OFF', 0],
  ['True', 1],
  ['unknown', null],
  ['', null],
  ['0x10', null],
  ['1e999', null],
  ['Infinity', null],
  ['1,5', null],
  ['9'.repeat(65), null],
])('the value %j is %s', (text, value) => {
  expect(readValue(text)).toBe(value);
});
