import { expect, it } from 'vitest';
import { noisyBy } from './entry.ts';
import { KEPT, type KeptType } from './kept.ts';

/** What people do that is always written: an owner does it, or it can be done once for each thing that somebody else gave. */
const ALWAYS_WRITTEN: readonly KeptType[] = [
  'hubClaimed',
  'invitationRevoked',
  'passErased',
  'passUsed',
  'personChanged',
  'personInvited',
  'personJoined',
  'personRemoved',
  // Tried 30 times an hour at most: people/pinCheckRoutes.ts.
  'pinUsed',
];

it('nothing that a person can do without end pushes older rows out of the journal', () => {
  const types = (Object.keys(KEPT) as KeptType[]).filter((type) => KEPT[type].area === 'people');
  expect(types.filter((type) => noisyBy(type) === null).sort()).toEqual([...ALWAYS_WRITTEN].sort());
});
