import type { Phrase } from '../text/say.ts';
import { countText } from '../text/sizes.ts';
import { type Fields, fieldsIn, numberIn } from './field.ts';
import { whoOf } from './known.ts';
import type { Sentence, Sentences } from './sentence.ts';

const plain =
  (key: string): Sentence =>
  () => [{ key: `journal.fact.${key}` }];

const of =
  (key: string): Sentence =>
  (row) => [{ key: `journal.fact.${key}`, with: { who: whoOf(row) } }];

const cut = (fact: Fields): readonly Phrase[] => {
  const [from, to] = [numberIn(fact, 'from'), numberIn(fact, 'to')];
  if (from === null || to === null || to < from) return [];
  return [{ key: 'journal.change.cut', with: { from: countText(from), to: countText(to) } }];
};

const sum = (fields: Fields): number =>
  Object.keys(fields).reduce((all, name) => all + (numberIn(fields, name) ?? 0), 0);

/** Of the house itself, and of the journal itself. */
export const houseSentences = {
  houseResumed: plain('houseResumed'),
  brokerFound: plain('brokerFound'),
  brokerLost: plain('brokerLost'),
  journalChained: plain('journalChained'),
  journalCut: (row) => [{ key: 'journal.fact.journalCut' }, ...cut(row.fact)],
  journalPlanted: (row) => [{ key: 'journal.fact.journalPlanted' }, ...cut(row.fact)],
  journalKeyMade: plain('journalKeyMade'),
  journalExported: of('journalExported'),
  sealKeyMade: (row, known) => plain(row.why === 'lost' ? 'sealKeyRemade' : 'sealKeyMade')(row, known),
  sealKeyLost: of('sealKeyLost'),
  sealedOpened: of('sealedOpened'),
  journalCounted: (row) => [{ key: 'journal.fact.journalCounted', n: sum(fieldsIn(row.fact, 'times')) }],
} satisfies Sentences;
