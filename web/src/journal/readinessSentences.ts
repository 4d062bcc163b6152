import type { Phrase } from '../text/say.ts';
import { countIn, type Fields } from './field.ts';
import { whoOf } from './known.ts';
import type { Sentence, Sentences } from './sentence.ts';

const QUESTIONS = ['ups'] as const;

const sirens =
  (key: string): Sentence =>
  (row) => [
    { key: `journal.fact.${key}`, n: countIn(row.fact, 'entityIds') ?? 1, with: { who: whoOf(row) } },
  ];

const counted = (fact: Fields, name: string, key: string): readonly Phrase[] => {
  const n = countIn(fact, name) ?? 0;
  return n === 0 ? [] : [{ key: `journal.fact.${key}`, n }];
};

/** What was tried out, and what people said of the house. */
export const readinessSentences = {
  sirenTestBegan: sirens('sirenTestBegan'),
  sirenTestEnded: ({ fact }) => [
    { key: 'journal.fact.sirenTestEnded' },
    ...counted(fact, 'answered', 'sirensAnswered'),
    ...counted(fact, 'unknown', 'sirensUnknown'),
    ...counted(fact, 'mute', 'sirensMute'),
  ],
  sirensHeard: sirens('sirensHeard'),
  questionAnswered: (row) => {
    const question = QUESTIONS.find((one) => one === row.why);
    return [
      {
        key: row.fact.answer === true ? 'journal.fact.questionYes' : 'journal.fact.questionNo',
        with: {
          who: whoOf(row),
          question: { key: question === undefined ? 'journal.gone' : `journal.question.${question}` },
        },
      },
    ];
  },
} satisfies Sentences;
