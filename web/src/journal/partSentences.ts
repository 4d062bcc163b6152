import type { JournalRow } from '@homeward/hub/api';
import { AlarmCause, AlarmKind, PROBLEMS, type ProblemCode } from '../hub/contract.ts';
import { spanPhrase } from '../text/ages.ts';
import { nameText } from '../text/numbers.ts';
import type { Filling, Phrase } from '../text/say.ts';
import { commandPhrase } from './commands.ts';
import { countIn, type Fields, fieldsIn, numberIn, textIn, wordIn } from './field.ts';
import { type Known, nameIn, partPhrase, whoOf } from './known.ts';
import type { Sentence, Sentences } from './sentence.ts';

/** News that is older than this was late. ms */
const LATE_MS = 60_000;

const what = (row: JournalRow, known: Known): Filling => partPhrase(row.where, known);

/** A sentence about the part or the device where it happened. */
const about =
  (key: string): Sentence =>
  (row, known) => [{ key: `journal.fact.${key}`, with: { what: what(row, known), who: whoOf(row) } }];

const named =
  (key: string): Sentence =>
  (row) => [{ key: `journal.fact.${key}`, with: { what: nameIn(row.fact, 'name'), who: whoOf(row) } }];

/** Whether no person asked, but the house: for an alarm, by its id, or by itself. */
const isOfHouse = (who: string | null): boolean =>
  who === null || who === 'house' || AlarmKind.options.some((kind) => who.startsWith(`${kind}.`));

const asked =
  (key: string): Sentence =>
  (row, known) => [
    {
      key: `journal.fact.${key}${isOfHouse(row.who) ? 'OfHouse' : ''}`,
      with: { what: what(row, known), who: whoOf(row), command: commandPhrase(row, known) },
    },
  ];

const answered =
  (key: string): Sentence =>
  (row, known) => [
    { key: `journal.fact.${key}`, with: { what: what(row, known), command: commandPhrase(row, known) } },
  ];

const withheld: Sentence = (row, known) => {
  const code = wordIn(row.fact, 'reason', Object.keys(PROBLEMS) as ProblemCode[]);
  const sentences = asked('commandWithheld')(row, known);
  return code === null ? sentences : [...sentences, { key: `problem.${code}` }];
};

const corrected: Sentence = (row, known) => [
  ...about('deviceCorrected')(row, known),
  ...nameChange(row.fact),
  ...roomChange(row.fact),
  ...partsChange(row.fact),
];

const nameChange = (fact: Fields): readonly Phrase[] => {
  if (fact.name === null) return [{ key: 'journal.change.ownName' }];
  const name = textIn(fact, 'name');
  return name === null ? [] : [{ key: 'journal.change.name', with: { name: nameText(name) } }];
};

const roomChange = (fact: Fields): readonly Phrase[] => {
  if (fact.room === '') return [{ key: 'journal.change.noRoom' }];
  const name = textIn(fact, 'room');
  return name === null ? [] : [{ key: 'journal.change.room', with: { name: nameText(name) } }];
};

const partsChange = (fact: Fields): readonly Phrase[] => {
  const n = Object.keys(fieldsIn(fact, 'entities')).length;
  return n === 0 ? [] : [{ key: 'journal.change.parts', n }];
};

const upkeep: Sentence = (row, known) => {
  const { disabled, tested } = fieldsIn(row.fact, 'upkeep');
  if (disabled === true) return about('upkeepDisabled')(row, known);
  if (disabled === false) return about('upkeepEnabled')(row, known);
  return about(tested === true ? 'upkeepTested' : 'upkeepChanged')(row, known);
};

const causeIn = ({ fact }: JournalRow): readonly Phrase[] => {
  const cause = wordIn(fact, 'cause', AlarmCause.options);
  return cause === null ? [] : [{ key: `alarms.cause.${cause}` }];
};

/** What many losses at once are taken for. */
const DROP_OUTS = ['radio', 'power', 'drop-out', 'gateway'] as const;
const dropOut = ({ fact, where }: JournalRow): Phrase => {
  const found = wordIn(fact, 'cause', DROP_OUTS) ?? DROP_OUTS.find((one) => where?.slice(1).startsWith(one));
  return { key: `alarms.house.${found ?? 'drop-out'}` };
};

const late = ({ fact }: JournalRow): readonly Phrase[] => {
  const ageMs = numberIn(fact, 'ageMs') ?? 0;
  return ageMs > LATE_MS ? [{ key: 'journal.change.late', with: { span: spanPhrase(ageMs) } }] : [];
};

export const partSentences = {
  devicePaired: (row, known) => named(row.who === null ? 'devicePaired' : 'devicePairedBy')(row, known),
  deviceAppeared: named('deviceAppeared'),
  deviceCorrected: corrected,
  deviceRemoved: (row, known) => named(row.who === null ? 'deviceWithdrawn' : 'deviceRemoved')(row, known),
  floodBegan: about('floodBegan'),
  floodEnded: about('floodEnded'),
  sessionEnded: about('sessionEnded'),
  boardAlarmTaken: (row, known) => [
    ...about(row.fact.value === false ? 'boardAlarmOver' : 'boardAlarmTaken')(row, known),
    ...late(row),
  ],
  boardStarted: about('boardStarted'),
  entityLost: about('entityLost'),
  entityFound: about('entityFound'),
  entityRetired: about('entityRetired'),
  commandSent: asked('commandSent'),
  commandWithheld: withheld,
  commandConfirmed: answered('commandConfirmed'),
  commandTimedOut: answered('commandTimedOut'),
  upkeepChanged: upkeep,
  troubleBegan: (row, known) => [...about('troubleBegan')(row, known), ...causeIn(row)],
  troubleEnded: about('troubleEnded'),
  dropOutBegan: (row) => [
    {
      key: 'journal.fact.dropOutBegan',
      n: countIn(row.fact, 'deviceIds') ?? 1,
      with: { what: dropOut(row) },
    },
    ...causeIn(row),
  ],
  dropOutGrew: (row, known) => [
    {
      key: 'journal.fact.dropOutGrew',
      with: { what: dropOut(row), name: partPhrase(textIn(row.fact, 'deviceId'), known) },
    },
  ],
  dropOutEnded: (row) => [
    {
      key: textIn(row.fact, 'becomes') === null ? 'journal.fact.dropOutEnded' : 'journal.fact.dropOutBecame',
      with: { what: dropOut(row) },
    },
  ],
} satisfies Sentences;
