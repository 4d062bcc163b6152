import type { Incident, IncidentRow } from '@homeward/hub/api';
import { valueText } from '../alarms/episodes.ts';
import { findEntity } from '../hub/house.ts';
import { spanPhrase } from '../text/ages.ts';
import { nameText } from '../text/numbers.ts';
import type { Filling, Phrase } from '../text/say.ts';
import { fieldsIn } from './field.ts';
import type { Known } from './known.ts';

/** What comes sooner than this came at once. ms */
const AT_ONCE_MS = 1_000;

/** When the alarm was raised, by the time of the house; null: that row is not there any more. */
export const raisedAt = ({ rows, alarm }: Pick<Incident, 'rows' | 'alarm'>): number | null =>
  rows.find(({ type, fact }) => type === 'alarmRaised' && fact.alarmId === alarm.id)?.houseMs ?? null;

const afterPhrase = (ms: number): Phrase =>
  ms < AT_ONCE_MS
    ? { key: 'incident.head.atOnce' }
    : { key: 'incident.head.after', with: { span: spanPhrase(ms) } };

/** A siren that was told to sound. One that is no longer here is known by its tone. */
const isSounded = ({ type, fact, where }: IncidentRow, { house }: Known): boolean => {
  const command = fieldsIn(fact, 'command');
  if (type !== 'commandSent' || command.on !== true) return false;
  const entity = findEntity(house, where ?? '')?.entity;
  return entity === undefined ? 'tone' in command : entity.component === 'siren';
};

const soundPhrases = (incident: Incident, known: Known): readonly Phrase[] => {
  const begin = raisedAt(incident);
  const sounded = incident.rows.filter((row) => isSounded(row, known));
  const first = sounded.find(({ who }) => who === incident.alarm.id);
  if (first !== undefined && begin !== null)
    return [{ key: 'incident.head.sounded', with: { after: afterPhrase(first.houseMs - begin) } }];
  // one that sounded already, for another alarm, needed not be told
  return sounded.length === 0 && begin !== null && !incident.moreRows
    ? [{ key: 'incident.head.silent' }]
    : [];
};

const answerPhrase = (incident: Incident): Phrase => {
  const { alarm, rows } = incident;
  const step = alarm.transitions.find(({ event }) => event === 'acknowledged');
  if (step === undefined) return { key: 'incident.head.unanswered' };
  const row = rows.find(({ type, fact }) => type === 'alarmAcknowledged' && fact.alarmId === alarm.id);
  const begin = raisedAt(incident);
  const ms = row === undefined || begin === null ? step.at - alarm.since : row.houseMs - begin;
  const name: Filling = step.by === null ? { key: 'alarmLife.somebody' } : nameText(step.by);
  return { key: 'incident.head.answered', with: { name, after: afterPhrase(ms) } };
};

/** How long it lasted, by the time of the house where that is known. */
const spanOf = ({ alarm, rows }: Incident, now: number): number => {
  const begin = raisedAt({ alarm, rows });
  const end = rows.findLast(({ type, fact }) => type === 'alarmReturned' && fact.alarmId === alarm.id);
  if (begin !== null && end !== undefined) return end.houseMs - begin;
  return (alarm.endedAt ?? now) - alarm.since;
};

/** The whole in a few sentences. */
export const headPhrases = (
  incident: Incident,
  known: Known,
  now: number,
  timeText: (at: number) => string,
): readonly Phrase[] => {
  const { alarm, told, isCut, from, to } = incident;
  const raised = alarm.transitions.find(({ event }) => event === 'raised');
  const value = raised === undefined ? null : valueText(raised, alarm, known.house);
  const span = spanPhrase(spanOf(incident, now));
  return [
    { key: 'incident.head.began', with: { time: timeText(alarm.since) } },
    { key: alarm.endedAt === null ? 'incident.head.holds' : 'incident.head.lasted', with: { span } },
    { key: 'incident.head.peak', with: { level: { key: `alarmLife.level.${alarm.peak}` } } },
    ...(value === null ? [] : [{ key: 'incident.head.measured', with: { value } }]),
    ...soundPhrases(incident, known),
    answerPhrase(incident),
    told.length === 0 ? { key: 'incident.head.toldNobody' } : { key: 'incident.head.told', n: told.length },
    ...(isCut ? [{ key: 'incident.head.cut' }] : []),
    { key: 'incident.head.around', with: { from: timeText(from), to: timeText(to) } },
  ];
};
