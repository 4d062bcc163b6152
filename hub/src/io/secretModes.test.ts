import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tightenSecrets } from './secretModes.ts';

let data = '';
let secrets = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'homeward-modes-'));
  secrets = join(data, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
});
afterEach(() => rmSync(data, { recursive: true }));

const put = (name: string, mode: number): string => {
  const file = join(secrets, name);
  writeFileSync(file, 'x');
  chmodSync(file, mode);
  return file;
};
const modeOf = (path: string) => statSync(path).mode & 0o777;

test.each([0o644, 0o640, 0o604, 0o666, 0o601])(
  'a secret that others could touch (%o) is theirs no more, and told',
  (mode) => {
    const file = put('pepper', mode);
    expect(tightenSecrets(data)).toEqual([file]);
    expect(modeOf(file)).toBe(0o600);
    expect(tightenSecrets(data)).toEqual([]);
  },
);

test('what is as it should be, and certificates, which are for everybody, are left alone', () => {
  const [key, certificate] = [put('ca.key', 0o600), put('ca.crt', 0o644)];
  expect(tightenSecrets(data)).toEqual([]);
  expect([modeOf(key), modeOf(certificate)]).toEqual([0o600, 0o644]);
});

test('the folder itself is closed to others', () => {
  chmodSync(secrets, 0o755);
  expect(tightenSecrets(data)).toEqual([]);
  expect(modeOf(secrets)).toBe(0o700);
});
