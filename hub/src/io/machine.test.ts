import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freeBytesAt, isClockSynchronised, isOpenToOthers, nodeMajor } from './machine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [0o700, false],
  [0o500, false],
  [0o710, true],
  [0o750, true],
  [0o701, true],
  [0o755, true],
])('a folder of mode %o is open to others: %s', (mode, is) => {
  chmodSync(folder, mode);
  expect(isOpenToOthers(folder)).toBe(is);
});

it('holds it against a folder that it cannot be looked at', () => {
  expect(isOpenToOthers(join(folder, 'nothing'))).toBe(true);
});

it('knows how much room there is, or that it does not know', () => {
  expect(freeBytesAt(folder)).toBeGreaterThan(0);
  expect(freeBytesAt(join(folder, 'nothing'))).toBeNull();
});

it('believes the time keeper, and says nothing where there is none', () => {
  const keeper = join(folder, 'timesync');
  expect(isClockSynchronised(keeper)).toBeNull();
  mkdirSync(keeper);
  expect(isClockSynchronised(keeper)).toBe(false);
  writeFileSync(join(keeper, 'synchronized'), '');
  expect(isClockSynchronised(keeper)).toBe(true);
});

it('knows the version that runs it', () => {
  expect(process.version.startsWith(`v${nodeMajor()}.`)).toBe(true);
});
