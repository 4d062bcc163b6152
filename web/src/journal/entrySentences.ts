import type { Phrase } from '../text/say.ts';
import { type Fields, numberIn } from './field.ts';
import { nameIn, personIn, whoOf } from './known.ts';
import { origin, times } from './personSentences.ts';
import type { Sentence, Sentences } from './sentence.ts';

/** Who did something to or for whom. */
const withPerson =
  (key: string): Sentence =>
  (row, known) => [
    {
      key: `journal.fact.${key}`,
      with: { who: whoOf(row), name: personIn(row.fact, 'personId', known) },
    },
  ];

/** Who did something with what is called so. */
const withName =
  (key: string): Sentence =>
  (row) => [{ key: `journal.fact.${key}`, with: { who: whoOf(row), name: nameIn(row.fact, 'name') } }];

const withWho =
  (key: string): Sentence =>
  (row) => [{ key: `journal.fact.${key}`, with: { who: whoOf(row) } }];

/** How many codes are left on the page. */
const left = (fact: Fields): readonly Phrase[] => {
  const n = numberIn(fact, 'left');
  return n === null ? [] : [{ key: 'journal.change.codesLeft', n }];
};

/** The ways into the house's data, and into the house for guests. */
export const entrySentences = {
  claimRefused: (row) => [{ key: 'journal.fact.claimRefused', with: { where: origin(row.where) } }],
  triesRefused: (row) => [
    { key: 'journal.fact.triesRefused', with: { where: origin(row.where) } },
    ...times(row.fact),
  ],
  personRenamed: withName('personRenamed'),
  secondFactorAdded: withWho('secondFactorAdded'),
  secondFactorRemoved: withPerson('secondFactorRemoved'),
  secondFactorRefused: withWho('secondFactorRefused'),
  recoveryCodesDrawn: withWho('recoveryCodesDrawn'),
  recoveryCodeUsed: (row) => [
    { key: 'journal.fact.recoveryCodeUsed', with: { who: whoOf(row) } },
    ...left(row.fact),
  ],
  passkeyAdded: withName('passkeyAdded'),
  passkeysRemoved: withPerson('passkeysRemoved'),
  passMade: withName('passMade'),
  passUsed: withName('passUsed'),
  passRefused: () => [{ key: 'journal.fact.passRefused' }],
  passRevoked: withName('passRevoked'),
  passErased: withName('passErased'),
  consentGiven: withPerson('consentGiven'),
  consentWithdrawn: withPerson('consentWithdrawn'),
} satisfies Sentences;
