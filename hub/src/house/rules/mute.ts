import { type AlarmRow, isAside, isDanger, pointOf, pointOfRow } from '../../alarms/alarmRow.ts';
import { type AlarmCause, LIFE_SAFETY } from '../../alarms/schema.ts';
import { isLoud } from '../../alarms/sounderPatterns.ts';
import { BROKER } from '../../devices/health/broker.ts';
import type { Fact } from '../facts.ts';
import type { House } from '../house.ts';
import { eachRow, getRow } from '../table.ts';
import { NOTHING, type Rule } from './rule.ts';

/** Trouble that keeps a danger from being heard. */
const MUTING: ReadonlySet<AlarmCause> = new Set<AlarmCause>(['siren-mute', 'broker']);

/** Whether a trouble of that cause is a matter of life now. Source: safety.md F-25. */
export const isUrgent = ({ alarms }: House, cause: AlarmCause): boolean =>
  alarms.voice !== null && MUTING.has(cause);

/** Whether people are told that the broker is away, and it is so now. What was put aside explains nothing: it tells nobody. */
export function isBrokerMissed({ alarms, devices }: House): boolean {
  const broker = getRow(alarms.rows, pointOf('trouble', BROKER));
  return !devices.brokerUp && broker?.active === true && !isAside(broker);
}

/**
 * "What keeps a danger from being heard is as urgent as the danger, whichever came first; and no more so once the danger is over." Told
 * at the first danger and at the end of the last; those between bring back only what a person put aside before they came.
 */
export const muteIsUrgentInDanger: Rule = ({ alarms }, fact) => {
  if (fact.type !== 'alarmMoved' || !LIFE_SAFETY.has(fact.kind)) return NOTHING;
  const { voice } = alarms;
  const isOfVoice = voice === null || voice.alarmId === fact.alarmId;
  const isNewDanger = fact.event === 'raised' && fact.row !== null && isDanger(fact.row);
  if (!isOfVoice && !isNewDanger) return NOTHING;
  const facts: Fact[] = [];
  eachRow(alarms.rows, (row) => {
    if (!row.active || !MUTING.has(row.cause) || isEnding(alarms, row)) return;
    const comesBack = isNewDanger && (row.shelf !== null || row.service !== null);
    const isOther = isOfVoice && row.isUrgent !== (voice !== null);
    if (!comesBack && !isOther) return;
    facts.push(saidAgain(row, voice !== null, comesBack));
    if (voice !== null && isHidden(alarms, row))
      facts.push({ type: 'suppressEnded', kind: row.kind, entityId: row.entityId });
  });
  return facts;
};

/** It is over already, and only its end is held back: to say that it is urgent, or no more, would take the end away. */
const isEnding = ({ chatters }: House['alarms'], row: AlarmRow): boolean =>
  (getRow(chatters, pointOfRow(row))?.clearsAt ?? null) !== null;

/** "Who puts the broker aside while there is danger has not put aside the sirens that are mute." */
export const brokerAsideExplainsNothing: Rule = ({ alarms }, fact) => {
  if (fact.type !== 'alarmMoved' || fact.entityId !== BROKER || alarms.voice === null) return NOTHING;
  const broker = fact.row;
  if (broker === null || !isAside(broker)) return NOTHING;
  const facts: Fact[] = [];
  eachRow(alarms.rows, ({ suppressedBy, kind, entityId }) => {
    if (suppressedBy === broker.alarmId) facts.push({ type: 'suppressEnded', kind, entityId });
  });
  return facts;
};

/** "A siren out of use is mute only while it is to sound": then it is told all the same. */
export const unusedSirenIsExcused: Rule = ({ devices, health, sounder }, fact) => {
  const isAsked =
    fact.type === 'soundChanged' || (fact.type === 'upkeepChanged' && fact.upkeep.disabled === true);
  if (!isAsked || (sounder.sound !== null && isLoud(sounder.sound.pattern))) return NOTHING;
  return devices.sirens
    .filter((id) => getRow(health.health, id)?.findings.disabled !== undefined)
    .filter((id) => getRow(health.troubles, id)?.cause === 'siren-mute')
    .map((entityId): Fact => ({ type: 'muteExcused', entityId }));
};

/** One that a drop-out explains speaks for itself from now on; for those that the broker explains it speaks, as urgently. */
const isHidden = ({ rows }: House['alarms'], { state, suppressedBy }: AlarmRow): boolean =>
  state === 'suppressed' && suppressedBy !== getRow(rows, pointOf('trouble', BROKER))?.alarmId;

function saidAgain(row: AlarmRow, isUrgentNow: boolean, comesBack: boolean): Fact {
  const { kind, entityId, roomId, level, latching, value, unit, late, sound, cause, limit, isLifeSensor } =
    row;
  return {
    type: 'conditionMet',
    ...{ kind, entityId, roomId, level, latching, unit, late, sound, cause, limit, isLifeSensor },
    value: value ?? true,
    isUrgent: isUrgentNow,
    comesBack,
  };
}
