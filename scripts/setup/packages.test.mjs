import { expect, it } from 'vitest';
import { arePackagesCurrent } from './packages.mjs';

const lock = (packages) => ({ packages });
const wanted = lock({
  '': { version: '0.1.0' },
  hub: { version: '0.1.0' },
  'node_modules/@homeward/hub': { resolved: 'hub', link: true },
  'node_modules/zod': { version: '4.6.7' },
  'hub/node_modules/express': { version: '5.3.0' },
  'node_modules/argon2-for-another-machine': { version: '2.2.1', optional: true },
});
const installed = {
  'node_modules/zod': { version: '4.6.7' },
  'hub/node_modules/express': { version: '5.3.0' },
};

it('needs nothing when every package of the lock is there, binaries for other machines apart', () => {
  expect(arePackagesCurrent(wanted, lock(installed))).toBe(true);
});

it('needs an install when npm never finished one', () => {
  expect(arePackagesCurrent(wanted, null)).toBe(false);
});

it('needs an install when a package is missing', () => {
  expect(arePackagesCurrent(wanted, lock({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(false);
});

it('needs an install when a version changed', () => {
  expect(arePackagesCurrent(wanted, lock({ ...installed, 'node_modules/zod': { version: '4.6.6' } }))).toBe(
    false,
  );
});

it("needs an install when a workspace's own package changed", () => {
  expect(
    arePackagesCurrent(wanted, lock({ ...installed, 'hub/node_modules/express': { version: '4.0.0' } })),
  ).toBe(false);
});
