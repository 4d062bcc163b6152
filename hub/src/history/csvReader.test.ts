import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadRecord, createCsvReader, MAX_FIELDS, MAX_RECORD } from './csvReader.ts';

/** What is read when the text comes in these pieces. */
function read(pieces: readonly string[], separator: string | null = ','): [string[], number][] {
  const records: [string[], number][] = [];
  const reader = createCsvReader(separator, (fields, line) => void records.push([[...fields], line]));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return records;
}

test.each([
  ['a,b\n1,2\n', ['a,b', '1,2']],
  ['a,b\r\n1,2', ['a,b', '1,2']],
  ['a,b\n\n\n1,\n', ['a,b', '1,']],
  ['"a ""x""",b', ['a "x",b']],
])('%j is read as %j', (text, records) => {
  expect(read([text]).map(([fields]) => fields.join(','))).toEqual(records);
});

test('a quoted field may hold separators and line breaks; lines are counted as an editor counts them', () => {
  expect(read(['t,v\n"a,\nb",1\nc,2\n'])).toEqual([
    [['t', 'v'], 1],
    [['a,\nb', '1'], 2],
    [['c', '2'], 4],
  ]);
});

test.each([
  ['a;b', ['a', 'b']],
  ['a\tb,c\td', ['a', 'b,c', 'd']],
  ['alone', ['alone']],
])('the separator of %j is found out', (header, fields) => {
  expect(read([header], null)).toEqual([[fields, 1]]);
});

test.each([
  ['a\n"open', 2],
  ['"a"b,c', 1],
  [`a\nb\n${'x'.repeat(MAX_RECORD + 1)}`, 3],
  [','.repeat(MAX_FIELDS), 1],
  [`"${','.repeat(10)}"${',""'.repeat(MAX_FIELDS)}`, 1],
])('%.20j… is refused, with its line', (text, line) => {
  expect(() => read([text])).toThrow(new BadRecord(line));
});

test('a line without an end costs no more memory than the longest record', () => {
  const reader = createCsvReader(',', () => {});
  expect(() => {
    for (let piece = 0; piece < 10; piece++) reader.push('x'.repeat(MAX_RECORD / 4));
  }).toThrow(BadRecord);
});

const field = fc.string({ unit: fc.constantFrom('a', '7', ',', '"', '\n', ' ', 'ä', ';'), maxLength: 6 });

test('whatever is written is read back, in whatever pieces it comes', () => {
  const quote = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const records = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
  fc.assert(
    fc.property(records, fc.array(fc.nat(30), { maxLength: 20 }), fc.boolean(), (written, cuts, crlf) => {
      const text = written.map((fields) => fields.map(quote).join(',')).join(crlf ? '\r\n' : '\n');
      const pieces: string[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(text.slice(at, at + cut));
        at += cut;
      }
      pieces.push(text.slice(at));
      expect(read(pieces).map(([fields]) => fields)).toEqual(written);
    }),
    { numRuns: 500 },
  );
});
