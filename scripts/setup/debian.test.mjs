import { expect, it } from 'vitest';
import { installLine, missingPackages, testPackages } from './debian.mjs';

it('finds no fault with what every Debian has, and misses what none has', () => {
  expect(missingPackages(['dpkg', 'no-such-package-anywhere'])).toEqual(['no-such-package-anywhere']);
});

it('says one line that can be copied into a shell', () => {
  expect(installLine(['chromium', 'g++'], true)).toBe(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium g++',
  );
  expect(installLine(['make'], false)).toBe(
    'apt-get update && apt-get install -y --no-install-recommends make',
  );
});

it('knows what the tests start', () => {
  expect(testPackages()).toEqual(expect.arrayContaining(['mosquitto', 'chromium', 'g++', 'python3']));
});
