import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf, formOfCheckpoint, formOfRow, framed, GENESIS } from './form.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it('a row is hashed over exactly these bytes', () => {
  const form = formOfRow(GENESIS, {
    seq: bytesOf(1),
    mono: bytesOf(5),
    utc: bytesOf(1_793_491_200_005),
    type: bytesOf('commandSent'),
    who: bytesOf('Ana'),
    place: bytesOf('k.lamp'),
    why: null,
    json: bytesOf('{"x":"غ"}'),
    sealed: null,
  });
  const expected = Buffer.concat([
    Buffer.from('22:homeward-journal-row-1,32:'),
    Buffer.alloc(32),
    Buffer.from(',1:1,1:5,13:1793491200005,11:commandSent,3:Ana,6:k.lamp,-,10:{"x":"غ"},-,'),
  ]);
  expect(hex(form)).toBe(hex(expected));
});

it('a checkpoint is signed over exactly these bytes', () => {
  const hash = createHash('sha256').update('x').digest();
  const form = formOfCheckpoint({ no: 2, seq: 70, first: 11, hash, mono: 9, utc: 10 });
  const expected = Buffer.concat([
    Buffer.from('29:homeward-journal-checkpoint-1,1:2,2:70,2:11,32:'),
    hash,
    Buffer.from(',1:9,2:10,'),
  ]);
  expect(hex(form)).toBe(hex(expected));
});

it('no two lists of parts have the same form', () => {
  const part = fc.option(
    fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.constantFrom('', '-,', '1:', ',', '0:,').map(bytesOf)),
  );
  const plain = (parts: readonly (Uint8Array | null)[]) =>
    JSON.stringify(parts.map((each) => (each === null ? null : hex(each))));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), fc.array(part, { maxLength: 4 }), (a, b) => {
      expect(hex(framed(a)) === hex(framed(b))).toBe(plain(a) === plain(b));
    }),
    { numRuns: 3_000 },
  );
});
