import type { AlarmTransition, JournalRow } from '@homeward/hub/api';
import { eventPhrase } from '../alarms/episodes.ts';
import { alarmTitle } from '../alarms/why.ts';
import { AlarmCause, AlarmEvent, AlarmKind, AlarmLevel } from '../hub/contract.ts';
import { findEntity } from '../hub/house.ts';
import { measureText, nameText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import { fieldsIn, numberIn, textIn, wordIn } from './field.ts';
import type { Known } from './known.ts';
import type { Sentences } from './sentence.ts';

const RUNGS = ['everybody', 'again', 'second-channel', 'contacts', 'loop'] as const;

/** What an alarm is called, and where it is, as far as that is still known. */
const titleOf = ({ fact }: JournalRow, { house }: Known): Phrase => {
  const kind = wordIn(fact, 'kind', AlarmKind.options);
  const entityId = textIn(fact, 'entityId');
  if (kind === null || entityId === null) return { key: 'journal.gone' };
  const [source = ''] = entityId.slice(1).split('.');
  const cause = AlarmCause.options.find((one) => one === source) ?? 'limit';
  const roomId = findEntity(house, entityId)?.device.roomId ?? textIn(fact, 'roomId');
  const room = roomId === null ? undefined : house?.rooms[roomId];
  if (room === undefined && !entityId.startsWith('~')) return { key: `kind.${kind}` };
  const place = room === undefined || room.name === '' ? '' : nameText(room.name);
  return alarmTitle({ kind, cause, entityId, room: { id: roomId ?? '', name: place } }, house);
};

const about = (row: JournalRow, known: Known, event: Phrase): readonly Phrase[] => [
  { key: 'journal.fact.alarm', with: { what: titleOf(row, known), event } },
  ...measuredIn(row, known),
];

const measuredIn = ({ fact }: JournalRow, { house }: Known): readonly Phrase[] => {
  const value = numberIn(fact, 'value');
  if (value === null) return [];
  const entity = findEntity(house, textIn(fact, 'entityId') ?? '')?.entity;
  const text = measureText(value, entity?.unit ?? null, entity?.quantity ?? 'other');
  return [{ key: 'journal.fact.measured', with: { value: text } }];
};

/** In the words of the alarm's own steps. */
const step = (row: JournalRow, event: AlarmEvent): Phrase => {
  const level = wordIn(row.fact, 'level', AlarmLevel.options) ?? 'alarm';
  const by = row.who === null ? null : nameText(row.who);
  const given: Pick<AlarmTransition, 'event' | 'level' | 'by'> = { event, level, by };
  return eventPhrase(given);
};

const stepSentence =
  (event: AlarmEvent) =>
  (row: JournalRow, known: Known): readonly Phrase[] =>
    about(row, known, step(row, event));

export const alarmSentences = {
  alarmRaised: stepSentence('raised'),
  alarmLevelChanged: stepSentence('level-changed'),
  alarmCleared: stepSentence('cleared'),
  alarmAcknowledged: stepSentence('acknowledged'),
  alarmReturned: (row, known) =>
    about(row, known, {
      key: row.who === null ? 'journal.fact.alarmReturned' : 'journal.fact.alarmIsNormal',
    }),
  alarmMoved: (row, known) => about(row, known, step(row, eventOf(row))),
  alarmReminded: (row, known) =>
    about(row, known, {
      key:
        row.fact.outOfService === true ? 'journal.fact.alarmRemindedService' : 'journal.fact.alarmReminded',
    }),
  escalationDue: (row, known) =>
    about(row, known, { key: `journal.rung.${wordIn(row.fact, 'rung', RUNGS) ?? 'everybody'}` }),
  chatterBegan: stepSentence('chatter-began'),
  chatterEnded: stepSentence('chatter-ended'),
  soundChanged: ({ fact }) => {
    const kind = wordIn(fieldsIn(fact, 'to'), 'kind', AlarmKind.options);
    if (kind === null) return [{ key: 'journal.fact.soundEnded' }];
    return [{ key: 'journal.fact.soundBegan', with: { kind: { key: `kindIn.${kind}` } } }];
  },
  alarmFloodBegan: () => [{ key: 'journal.fact.alarmFloodBegan' }],
  alarmFloodEnded: () => [{ key: 'journal.fact.alarmFloodEnded' }],
} satisfies Sentences;

const eventOf = ({ why }: JournalRow): AlarmEvent =>
  AlarmEvent.options.find((one) => one === why) ?? 'changed';
