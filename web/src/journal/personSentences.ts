import { PROBLEMS, type ProblemCode, Right, Role } from '../hub/contract.ts';
import { nameText } from '../text/numbers.ts';
import type { Filling, Phrase } from '../text/say.ts';
import { type Fields, numberIn, wordIn } from './field.ts';
import { nameIn, personIn, whoOf } from './known.ts';
import type { Sentence, Sentences } from './sentence.ts';

/** What somebody is in this house, inside a sentence. */
const roleIn = (fact: Fields): Filling => {
  const role = wordIn(fact, 'role', Role.options);
  return role === null ? nameIn(fact, 'role') : { key: `journal.role.${role}` };
};

/** What they wanted to do, inside a sentence. */
const rightIn = (fact: Fields): Filling => {
  const right = wordIn(fact, 'right', Right.options);
  return right === null ? nameIn(fact, 'right') : { key: `people.right.${right}` };
};

/** A row that stands for several times. */
export const times = (fact: Fields): readonly Phrase[] => {
  const n = numberIn(fact, 'times') ?? 1;
  return n > 1 ? [{ key: 'journal.change.times', n }] : [];
};

export const origin = (where: string | null): Filling =>
  where === null ? { key: 'journal.nowhere' } : nameText(where);

/** A sentence of which only who it was is to be known. */
const of =
  (key: string): Sentence =>
  (row) => [{ key: `journal.fact.${key}`, with: { who: whoOf(row) } }];

/** Why somebody was refused, as they were told. */
const refusalOf = (why: string | null): readonly Phrase[] =>
  (Object.keys(PROBLEMS) as ProblemCode[])
    .filter((code) => code === why)
    .map((code) => ({ key: `problem.${code}` }));

export const personSentences = {
  hubClaimed: of('hubClaimed'),
  personLoggedIn: of('personLoggedIn'),
  personLoggedOut: of('personLoggedOut'),
  sessionConfirmed: of('sessionConfirmed'),
  passwordRefused: of('passwordRefused'),
  passwordChanged: of('passwordChanged'),
  confirmationAsked: (row) => [
    { key: 'journal.fact.confirmationAsked', with: { who: whoOf(row), right: rightIn(row.fact) } },
    ...times(row.fact),
  ],
  loginRefused: (row) => [{ key: 'journal.fact.loginRefused', with: { where: origin(row.where) } }],
  rightRefused: (row) => [
    {
      key: 'journal.fact.rightRefused',
      with: { who: whoOf(row), role: roleIn(row.fact), right: rightIn(row.fact) },
    },
    ...times(row.fact),
  ],
  requestRefused: (row) => [
    { key: 'journal.fact.requestRefused', with: { who: whoOf(row) } },
    ...refusalOf(row.why),
  ],
  personInvited: (row) => [
    {
      key: 'journal.fact.personInvited',
      with: { who: whoOf(row), name: nameIn(row.fact, 'name'), role: roleIn(row.fact) },
    },
  ],
  invitationRevoked: of('invitationRevoked'),
  invitationRefused: (row) => [{ key: 'journal.fact.invitationRefused', with: { where: origin(row.where) } }],
  personJoined: (row) => [
    { key: 'journal.fact.personJoined', with: { who: nameIn(row.fact, 'name'), role: roleIn(row.fact) } },
  ],
  personChanged: (row, known) => [
    {
      key: 'journal.fact.personChanged',
      with: { who: whoOf(row), name: personIn(row.fact, 'personId', known), role: roleIn(row.fact) },
    },
  ],
  personRemoved: (row) => [
    { key: 'journal.fact.personRemoved', with: { who: whoOf(row), name: nameIn(row.fact, 'name') } },
  ],
  pinChanged: of('pinChanged'),
  pinUsed: of('pinUsed'),
  pinRefused: of('pinRefused'),
  sessionRevoked: (row, known) => [
    {
      key: 'journal.fact.sessionRevoked',
      n: numberIn(row.fact, 'sessions') ?? 1,
      with: { who: whoOf(row), name: personIn(row.fact, 'personId', known) },
    },
  ],
} satisfies Sentences;
