import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPasswords, openPepper } from './passwords.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-passwords-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a password is hashed as OWASP says, and only with the right pepper it matches', async () => {
  const passwords = createPasswords(Buffer.alloc(32, 1));
  const hashed = await passwords.hash('correct horse');
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches(hashed, 'correct horse')).toBe(true);
  expect(await passwords.matches(hashed, 'correct hors')).toBe(false);
  expect(await createPasswords(Buffer.alloc(32, 2)).matches(hashed, 'correct horse')).toBe(false);
});

test('the same characters match however the keyboard made them', async () => {
  const passwords = createPasswords(Buffer.alloc(32, 1));
  expect(await passwords.matches(await passwords.hash('caf\u00e9-house'), 'cafe\u0301-house')).toBe(true);
});

test('a person whom nobody knows takes as long as a wrong password', async () => {
  const passwords = createPasswords(Buffer.alloc(32, 1));
  const hashed = await passwords.hash('correct horse');
  // Work done in this process, not time: what else runs on the machine does not count.
  const work = async (hash: string | null) => {
    const before = process.cpuUsage();
    for (let i = 0; i < 40; i++) expect(await passwords.matches(hash, 'wrong')).toBe(false);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  await work(hashed);
  const ratio = (await work(null)) / (await work(hashed));
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});

test('hashing leaves the main thread alone: it goes on turning meanwhile', async () => {
  const passwords = createPasswords(Buffer.alloc(32, 1));
  let pending = true;
  let turns = 0;
  const turn = () => {
    turns += 1;
    if (pending) setImmediate(turn);
  };
  setImmediate(turn);
  await Promise.all(Array.from({ length: 10 }, () => passwords.hash('correct horse')));
  pending = false;
  // Ten hashes on the main thread would leave it some ten turns.
  expect(turns).toBeGreaterThan(200);
});

test('more than can wait are refused, and those before are answered', async () => {
  const passwords = createPasswords(Buffer.alloc(32, 1));
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => passwords.hash('correct horse')));
  const refused = all.filter((one) => one.status === 'rejected');
  expect(refused).toHaveLength(6);
  expect(refused[0]?.reason).toMatchObject({ code: 'too-many-tries' });
});

test('what is keyed tells nothing without the pepper', () => {
  const keyed = createPasswords(Buffer.alloc(32, 1)).keyed('anna');
  expect(keyed).toBe(createPasswords(Buffer.alloc(32, 1)).keyed('anna'));
  expect(keyed).not.toBe(createPasswords(Buffer.alloc(32, 2)).keyed('anna'));
});

test('the pepper is made once, for this user alone', () => {
  const pepper = openPepper(folder, true);
  expect(pepper).toHaveLength(32);
  expect(openPepper(folder, true)).toEqual(pepper);
  expect(openPepper(folder, false)).toEqual(pepper);
  expect(statSync(join(folder, 'secrets', 'pepper')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
});

test('a pepper that is missing or damaged is never made anew behind the back of those who have passwords', () => {
  expect(() => openPepper(join(folder, 'elsewhere'), false)).toThrow('is missing');
  const file = join(folder, 'secrets', 'pepper');
  writeFileSync(file, readFileSync(file).subarray(0, 31));
  expect(() => openPepper(folder, true)).toThrow('is damaged');
});
