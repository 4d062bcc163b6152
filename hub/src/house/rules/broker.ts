import { isAside, isDanger, pointOf } from '../../alarms/alarmRow.ts';
import { BROKER } from '../../devices/health/broker.ts';
import { isLife } from '../../devices/health/watched.ts';
import { UNPLACED } from '../../devices/state.ts';
import type { Fact } from '../facts.ts';
import type { House } from '../house.ts';
import { eachRow, getRow, someRow } from '../table.ts';
import { isUrgent } from './mute.ts';
import { NOTHING, type Rule } from './rule.ts';
import { ended, MET, spoken } from './trouble.ts';

/**
 * "A broker that is away is one trouble of the house: nobody is heard, and no siren can be told." It sounds nothing, for it would reach no
 * siren. Sirens that did not answer meanwhile are explained by it, and asked anew when it is back.
 */
export const missedBrokerIsAlarm: Rule = (house, fact) => {
  if (fact.type === 'brokerFound') return excused(house);
  if (fact.type === 'brokerStayed') return isMissed(house) ? [ended(BROKER)] : NOTHING;
  if (fact.type !== 'brokerMissed') return NOTHING;
  const met: Fact = {
    ...MET,
    entityId: BROKER,
    roomId: UNPLACED,
    level: 'warning',
    value: true,
    cause: 'broker',
    sound: 'none',
    isLifeSensor: someRow(house.devices.entities, isLife),
    isUrgent: isUrgent(house, 'broker'),
  };
  return isPutAside(house) ? [met] : [met, ...mutedSince(house, fact.since)];
};

/** "In a danger nobody waits until it is said that no siren can be told." */
export const brokerIsNeededInDanger: Rule = ({ alarms, devices }, fact) => {
  const isNews =
    fact.type === 'brokerLost' ||
    fact.type === 'houseResumed' ||
    (fact.type === 'alarmMoved' && fact.row !== null && isDanger(fact.row));
  return isNews && alarms.voice !== null && !devices.brokerUp ? [{ type: 'brokerNeeded' }] : NOTHING;
};

const isPutAside = ({ alarms }: House): boolean => {
  const broker = getRow(alarms.rows, pointOf('trouble', BROKER));
  return broker !== undefined && isAside(broker);
};

/** Sirens that did not answer, and were told as mute, since then. */
function mutedSince({ alarms }: House, since: number): readonly Fact[] {
  const facts: Fact[] = [];
  eachRow(alarms.rows, ({ cause, active, entityId, since: { mono } }) => {
    if (cause === 'siren-mute' && active && mono >= since)
      facts.push({ type: 'troubleExplained', entityId, source: BROKER });
  });
  return facts;
}

const isMissed = ({ alarms }: House): boolean =>
  getRow(alarms.rows, pointOf('trouble', BROKER))?.active === true;

/** What it explained goes at each return, before it does: a siren that does not answer now is mute, whether the broker stays or not. */
function excused({ alarms }: House): readonly Fact[] {
  const broker = getRow(alarms.rows, pointOf('trouble', BROKER));
  if (broker === undefined) return NOTHING;
  const facts: Fact[] = [];
  eachRow(alarms.rows, ({ suppressedBy, entityId }) => {
    if (suppressedBy === broker.alarmId)
      facts.push(ended(entityId), spoken(entityId), { type: 'muteExcused', entityId });
  });
  return facts;
}
