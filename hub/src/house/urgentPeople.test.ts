import { expect, it } from 'vitest';
import { createWorld, home } from '../../test/shellWorld.ts';
import type { PeopleFact } from '../people/facts.ts';
import { SHARED_COMMIT_MS } from './committer.ts';
import type { Fact } from './facts.ts';

/**
 * When the row of each deed of people is on disk: what gives somebody power in this house, or takes it, before whoever did it is
 * answered; the rest with what else comes in those milliseconds. A new fact does not compile before somebody said which it is.
 */
const WRITTEN: Readonly<Record<PeopleFact['type'], 'at once' | 'shared'>> = {
  hubClaimed: 'at once',
  personInvited: 'at once',
  invitationRevoked: 'at once',
  personJoined: 'at once',
  personChanged: 'at once',
  personRemoved: 'at once',
  passwordChanged: 'at once',
  pinChanged: 'at once',
  pinUsed: 'at once',
  passMade: 'at once',
  passUsed: 'at once',
  passRevoked: 'at once',
  secondFactorAdded: 'at once',
  secondFactorRemoved: 'at once',
  recoveryCodesDrawn: 'at once',
  passkeyAdded: 'at once',
  passkeysRemoved: 'at once',
  sessionRevoked: 'at once',
  consentGiven: 'at once',
  consentWithdrawn: 'at once',
  // They come with every login, or take nothing from anybody.
  personLoggedIn: 'shared',
  personLoggedOut: 'shared',
  sessionConfirmed: 'shared',
  recoveryCodeUsed: 'shared',
  personRenamed: 'shared',
  passErased: 'shared',
  // Whoever is refused can cause them without end: none of them may keep the disk busy.
  loginRefused: 'shared',
  claimRefused: 'shared',
  triesRefused: 'shared',
  invitationRefused: 'shared',
  passwordRefused: 'shared',
  secondFactorRefused: 'shared',
  pinRefused: 'shared',
  passRefused: 'shared',
  rightRefused: 'shared',
  requestRefused: 'shared',
  confirmationAsked: 'shared',
};

it.each(Object.entries(WRITTEN))('%s is written %s', (type, when) => {
  const { shell, commits, passTo } = createWorld(home);
  shell.dispatch({ type } as Fact);
  expect(commits).toHaveLength(when === 'at once' ? 1 : 0);
  passTo(SHARED_COMMIT_MS);
  expect(commits).toHaveLength(1);
});
