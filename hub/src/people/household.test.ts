import { expect, test } from 'vitest';
import { isLastOwner, wrongWith } from './household.ts';
import { LONGEST_GUEST_MS, LONGEST_INSTALLER_MS } from './limits.ts';
import type { Role } from './schema.ts';

const NOW = 1_800_000_000_000;

test.each<[Role, number | null, string | null]>([
  ['owner', null, null],
  ['owner', 1, 'does not end'],
  ['adult', null, null],
  ['adult', LONGEST_INSTALLER_MS, 'does not end'],
  ['child', 1, 'does not end'],
  ['panel', null, null],
  ['panel', 1, 'does not end'],
  ['installer', null, 'for a while only'],
  ['installer', 0, 'over already'],
  ['installer', -1, 'over already'],
  ['installer', 1, null],
  ['installer', LONGEST_INSTALLER_MS, null],
  ['installer', LONGEST_INSTALLER_MS + 1, 'too long'],
  ['guest', null, null],
  ['guest', 1, null],
  ['guest', LONGEST_GUEST_MS, null],
  ['guest', LONGEST_GUEST_MS + 1, 'too long'],
])('access as %s, ending in %s ms: %s', (role, inMs, wrong) => {
  const said = wrongWith({ role, untilUtc: inMs === null ? null : NOW + inMs }, NOW);
  if (wrong === null) expect(said).toBe(null);
  else expect(said).toContain(wrong);
});

test('the last owner is the only one there is, and nobody else', () => {
  const anna = { id: 'anna', role: 'owner' } as const;
  const ben = { id: 'ben', role: 'adult' } as const;
  expect([isLastOwner([anna, ben], 'anna'), isLastOwner([anna, ben], 'ben')]).toEqual([true, false]);
  expect(isLastOwner([anna, { id: 'omar', role: 'owner' }], 'anna')).toBe(false);
  expect(isLastOwner([], 'anna')).toBe(false);
});
