import { type AlarmKind, isSounding, LIFE_SAFETY } from '../../alarms/schema.ts';
import { switching } from '../../devices/command.ts';
import { liveOf } from '../../devices/heard.ts';
import type { Fact } from '../facts.ts';
import type { House } from '../house.ts';
import { getRow } from '../table.ts';
import { NOTHING, type Rule } from './rule.ts';

/** "Each new life-safety alarm publishes one command to every siren, sounding or not." */
export const newDangerSoundsSirens: Rule = (house, fact) => {
  const isNew = fact.type === 'alarmRaised' || (fact.type === 'alarmLevelChanged' && !isSounding(fact.from));
  if (!isNew || !isSounding(fact.level) || !LIFE_SAFETY.has(fact.kind)) return NOTHING;
  // A lower danger never changes the voice of a higher one.
  const kind = house.alarms.voice?.kind ?? fact.kind;
  return house.devices.sirens.map((entityId) => soundOn(entityId, kind, fact.alarmId));
};

/**
 * "A siren that comes, or comes back, during a life-safety alarm is told to sound; so is every siren when the broker comes
 * back. One that may have missed the end of a danger is told to stop."
 */
export const lateSirenIsTold: Rule = (house, fact) => {
  const late = fact.type === 'brokerFound' ? house.devices.sirens : returnedSiren(house, fact);
  if (late.length === 0) return NOTHING;
  const danger = house.alarms.voice;
  if (danger !== null) return late.map((id) => soundOn(id, danger.kind, danger.alarmId));
  return late.filter((id) => mayHaveMissedOff(house, id)).map((id) => soundOff(id, HOUSE));
};

const mayHaveMissedOff = (house: House, sirenId: string): boolean => {
  const last = getRow(house.devices.commands, sirenId);
  return last !== undefined && switching(last.command)?.on === false && last.phase !== 'confirmed';
};

/** Any "online" counts, not only one after a loss: a siren that restarts with the hub, or fast, was never missed. */
const returnedSiren = (house: House, fact: Fact): readonly string[] => {
  if (fact.type !== 'entityAppeared' && fact.type !== 'availabilityHeard') return [];
  const entity = getRow(house.devices.entities, fact.entityId);
  if (entity?.config.component !== 'siren') return [];
  // One that announces its availability is told when it is online, not before.
  const comes = fact.type === 'availabilityHeard' ? fact.online : entity.config.availability.length === 0;
  return comes ? [fact.entityId] : [];
};

/** "A siren that stops during a danger is noticed." What the broker remembers of it may be older than the danger. */
export const stoppedSirenIsNoticed: Rule = (house, fact) => {
  if (house.alarms.voice === null || fact.type !== 'reading') return NOTHING;
  if (fact.value !== false || fact.retained || !isSiren(house, fact.entityId)) return NOTHING;
  return [{ type: 'sirenStopped', entityId: fact.entityId }];
};

/** "While the danger lasts sirens are told again": all of them, or those that stopped and did not start since. */
export const calledSirenIsTold: Rule = (house, fact) => {
  const danger = house.alarms.voice;
  if (fact.type !== 'sirensCalled' || danger === null) return NOTHING;
  const called =
    fact.entityIds?.filter((id) => isSiren(house, id) && liveOf(house.devices, id).value === false) ??
    house.devices.sirens;
  return called.map((id) => soundOn(id, danger.kind, danger.alarmId));
};

const isSiren = (house: House, entityId: string): boolean =>
  getRow(house.devices.entities, entityId)?.config.component === 'siren';

/** "When the last life-safety condition has ended, the sirens are told to stop." */
export const endOfDangerSilencesSirens: Rule = (house, fact) => {
  const mayEnd =
    (fact.type === 'alarmCleared' && isSounding(fact.level)) ||
    (fact.type === 'alarmLevelChanged' && isSounding(fact.from));
  if (!mayEnd || !LIFE_SAFETY.has(fact.kind) || house.alarms.voice !== null) return NOTHING;
  return house.devices.sirens.map((entityId) => soundOff(entityId, fact.alarmId));
};

/** Tone by kind: T3 for fire, T4 for CO (safety.md §1.5). A siren that does not know the tone uses its own. */
const TONES: Partial<Record<AlarmKind, string>> = {
  smoke: 'fire_t3',
  heat: 'fire_t3',
  co: 'co_t4',
  gas: 'gas',
  'oxygen-low': 'gas',
  'oxygen-high': 'gas',
};

/** In whose name the house itself does something. */
const HOUSE = 'house';

const soundOff = (entityId: string, by: string): Fact => ({
  type: 'commandAsked',
  entityId,
  command: { on: false },
  by,
});

function soundOn(entityId: string, kind: AlarmKind, by: string): Fact {
  const tone = TONES[kind];
  return {
    type: 'commandAsked',
    entityId,
    command: tone === undefined ? { on: true } : { on: true, tone },
    by,
  };
}
