import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox } from './secretBox.ts';

const PEPPER = randomBytes(32);
const box = createSecretBox(PEPPER, 'second factor');
const SECRET = Buffer.from('twenty bytes of chance');

test('what was sealed for somebody opens for them, and looks different each time', () => {
  const [one, other] = [box.seal('anna', SECRET), box.seal('anna', SECRET)];
  expect(one).not.toBe(other);
  for (const sealed of [one, other]) expect(Buffer.from(box.open('anna', sealed) ?? [])).toEqual(SECRET);
});

test('it opens for nobody else, with no other pepper, and for no other purpose', () => {
  const sealed = box.seal('anna', SECRET);
  expect(box.open('ben', sealed)).toBe(null);
  expect(createSecretBox(randomBytes(32), 'second factor').open('anna', sealed)).toBe(null);
  expect(createSecretBox(PEPPER, 'another').open('anna', sealed)).toBe(null);
});

test('any bit that was changed is found, and so is what is too short', () => {
  const sealed = Buffer.from(box.seal('anna', SECRET), 'base64url');
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect([at, box.open('anna', changed.toString('base64url'))]).toEqual([at, null]);
  }
  for (const length of [0, 1, 27, 28]) {
    expect(box.open('anna', sealed.subarray(0, length).toString('base64url'))).toBe(null);
  }
});
