import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createClaimCode, isInTime } from './claim.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-claim-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'claim-code');

test('the code is 60 bits in letters that nobody mistakes, the same until it is withdrawn', () => {
  const claim = createClaimCode(folder);
  const code = claim.read();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect([claim.read(), createClaimCode(folder).read()]).toEqual([code, code]);
  claim.withdraw();
  expect(existsSync(file)).toBe(false);
  expect(claim.matches(code)).toBe(false);
  expect(claim.read()).not.toBe(code);
});

test('it matches however it is typed, and nothing else does', () => {
  writeFileSync(file, '01AB-CDEF-GHJK\n');
  const claim = createClaimCode(folder);
  for (const typed of ['01AB-CDEF-GHJK', '01abcdefghjk', ' oiab cdef ghjk ', 'OLAB–CDEF–GHJK']) {
    expect([typed, claim.matches(typed)]).toEqual([typed, true]);
  }
  for (const typed of ['', '01AB-CDEF-GHJM', '01AB-CDEF-GHJ', '01AB-CDEF-GHJKK', '----']) {
    expect([typed, claim.matches(typed)]).toEqual([typed, false]);
  }
});

test('an emptied file matches nothing and is made anew', () => {
  writeFileSync(file, '');
  const claim = createClaimCode(folder);
  expect(claim.matches('')).toBe(false);
  expect(claim.matches(claim.read())).toBe(true);
});

test.each([
  ['192.168.1.20', 0, true],
  ['192.168.1.20', 15 * 60_000 - 1, true],
  ['192.168.1.20', 15 * 60_000, false],
  ['fd00::7', 3_600_000, false],
  ['127.0.0.1', 3_600_000, true],
  ['::1', 86_400_000, true],
  ['', 3_600_000, false],
])(
  'STRIDE E: setup takeover: from %s, %d ms after the start, a claim comes in time: %s',
  (origin, upMs, expected) => {
    expect(isInTime(origin, upMs)).toBe(expected);
  },
);
