import { AlarmLevel, ResponseId } from '../hub/contract.ts';
import { nameText } from '../text/numbers.ts';
import type { Filling, Phrase } from '../text/say.ts';
import { countIn, type Fields, fieldsIn, textIn, wordIn } from './field.ts';
import { partPhrase, whoOf } from './known.ts';
import type { Sentence, Sentences } from './sentence.ts';

const responseName = (where: string | null): Filling => {
  const id = ResponseId.options.find((one) => one === where);
  return id === undefined ? nameText(where ?? '?') : { key: `responses.name.${id}` };
};

const responseChange = (patch: Fields): readonly Phrase[] => {
  const level = wordIn(patch, 'fromLevel', AlarmLevel.options);
  const counts = (['kinds', 'entities'] as const).map((name) => ({
    name,
    n: countIn(patch, name === 'kinds' ? 'kinds' : 'entityIds'),
  }));
  return [
    ...(patch.enabled === true ? [{ key: 'journal.change.enabled' }] : []),
    ...(patch.enabled === false ? [{ key: 'journal.change.disabled' }] : []),
    ...(level === null
      ? []
      : [{ key: 'journal.change.level', with: { level: { key: `alarmLife.level.${level}` } } }]),
    ...counts.flatMap(({ name, n }) => (n === null ? [] : [{ key: `journal.change.${name}`, n }])),
  ];
};

const response =
  (key: string): Sentence =>
  (row) => [{ key: `journal.fact.${key}`, with: { name: responseName(row.where), who: whoOf(row) } }];

export const responseSentences = {
  responseChanged: (row, known) => [
    ...response('responseChanged')(row, known),
    ...responseChange(fieldsIn(row.fact, 'patch')),
  ],
  responseRan: (row, known) =>
    response(row.fact.withheld === true ? 'responseWithheld' : 'responseRan')(row, known),
  responseEnded: response('responseEnded'),
  responseUnanswered: (row, known) => [
    {
      key: 'journal.fact.responseUnanswered',
      with: { name: responseName(row.where), what: partPhrase(textIn(row.fact, 'entityId'), known) },
    },
  ],
} satisfies Sentences;
