import { expect, test } from 'vitest';
import { base32, codeOf, STEP_MS, stepOf, stepOfCode, totpAddress } from './totp.ts';

/** The secret of the examples in RFC 4226, appendix D, and RFC 6238, appendix B. */
const SECRET = Buffer.from('12345678901234567890');

test.each([
  [0, '755224'],
  [1, '287082'],
  [2, '359152'],
  [3, '969429'],
  [4, '338314'],
  [5, '254676'],
  [6, '287922'],
  [7, '162583'],
  [8, '399871'],
  [9, '520489'],
])('RFC 4226 appendix D: count %i', (count, code) => {
  expect(codeOf(SECRET, count)).toBe(code);
});

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238 appendix B: %i s', (seconds, code) => {
  expect(codeOf(SECRET, stepOf(seconds * 1_000), 8)).toBe(code);
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648 §10: base 32 of "%s"', (text, coded) => {
  expect(base32(Buffer.from(text))).toBe(coded);
});

const NOW = 1_800_000_000_000;
const STEP = stepOf(NOW);

test.each([
  [-2, null],
  [-1, STEP - 1],
  [0, STEP],
  [1, STEP + 1],
  [2, null],
])('a code that is %i steps away', (away, step) => {
  expect(stepOfCode(SECRET, codeOf(SECRET, STEP + away), NOW, -1)).toBe(step);
});

test('a code counts once, and none that came before it counts afterwards', () => {
  const code = (away: number) => codeOf(SECRET, STEP + away);
  expect(stepOfCode(SECRET, code(0), NOW, STEP)).toBe(null);
  expect(stepOfCode(SECRET, code(-1), NOW, STEP)).toBe(null);
  expect(stepOfCode(SECRET, code(1), NOW, STEP)).toBe(STEP + 1);
});

test('a code counts no second time when the clock is set back, by up to a day', () => {
  const day = 2_880;
  for (const ahead of [2, 20, day]) {
    expect([ahead, stepOfCode(SECRET, codeOf(SECRET, STEP), NOW, STEP + ahead)]).toEqual([ahead, null]);
  }
  expect(stepOfCode(SECRET, codeOf(SECRET, STEP), NOW, STEP + day + 1)).toBe(STEP);
});

test('a code that was used while the clock ran ten years ahead shuts nobody out when it is right again', () => {
  const ahead = stepOf(NOW + 10 * 365 * 86_400_000);
  expect(stepOfCode(SECRET, codeOf(SECRET, STEP), NOW, ahead)).toBe(STEP);
});

test('at 1970 there is no step before the first', () => {
  expect(stepOfCode(SECRET, codeOf(SECRET, 0), 0, -1)).toBe(0);
  expect(stepOfCode(SECRET, codeOf(SECRET, 1), STEP_MS - 1, -1)).toBe(1);
});

test.each(['', '1', '12345', '1234567', ' 755224', '755224 ', '٧٥٥٢٢٤', 'abcdef', '𝟕𝟓𝟓'])(
  '"%s" is no code',
  (typed) => {
    expect(stepOfCode(SECRET, typed, 0, -1)).toBe(null);
  },
);

test('the address is what authenticator apps read, whatever the name', () => {
  expect(totpAddress(SECRET, 'منى & Co:?', 'Homeward')).toBe(
    'otpauth://totp/Homeward:%D9%85%D9%86%D9%89%20%26%20Co%3A%3F?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
      '&issuer=Homeward&algorithm=SHA1&digits=6&period=30',
  );
});
