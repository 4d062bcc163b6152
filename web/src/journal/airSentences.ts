import { CalibrationRefusal } from '../hub/contract.ts';
import { measureText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { countIn, type Fields, fieldsIn, numberIn, wordIn } from './field.ts';
import { partPhrase, whoOf } from './known.ts';
import type { Sentence, Sentences } from './sentence.ts';

const oxygen = (fact: Fields, name: string): string => measureText(numberIn(fact, name) ?? 0, '%', 'oxygen');

const PROFILES = ['EN', 'US'] as const;

const airChange = (patch: Fields): readonly Phrase[] => {
  const profile = wordIn(patch, 'profile', PROFILES);
  const limits = countIn(patch, 'own') ?? 0;
  return [
    ...(profile === null
      ? []
      : [{ key: 'journal.change.profile', with: { name: { key: `air.limits.profile.${profile}.name` } } }]),
    ...(patch.sensitivePeople === true ? [{ key: 'journal.change.sensitive' }] : []),
    ...(patch.sensitivePeople === false ? [{ key: 'journal.change.notSensitive' }] : []),
    ...(limits === 0 ? [] : [{ key: 'journal.change.limits', n: limits }]),
  ];
};

const calibrationRefused: Sentence = (row, known) => {
  const reason = wordIn(row.fact, 'reason', CalibrationRefusal.options) ?? 'other';
  const gaps = { who: whoOf(row), what: partPhrase(row.where, known) };
  return [
    { key: 'journal.fact.calibrationRefused', with: gaps },
    { key: `air.calibration.refused.${reason}` },
  ];
};

export const airSentences = {
  calibrated: (row, known) => [
    {
      key: row.fact.isWorn === true ? 'journal.fact.calibratedWorn' : 'journal.fact.calibrated',
      with: { who: whoOf(row), what: partPhrase(row.where, known) },
    },
  ],
  calibrationRefused,
  baselineMoved: (row, known) => [
    {
      key: 'journal.fact.baselineMoved',
      with: {
        what: partPhrase(row.where, known),
        from: oxygen(row.fact, 'from'),
        to: oxygen(row.fact, 'to'),
      },
    },
  ],
  airSettingsChanged: (row) => [
    { key: 'journal.fact.airSettingsChanged', with: { who: whoOf(row) } },
    ...airChange(fieldsIn(row.fact, 'patch')),
  ],
} satisfies Sentences;
