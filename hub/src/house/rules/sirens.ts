import { asksForSound, pointOf } from '../../alarms/alarmRow.ts';
import { isLoud, type Sound, type Tone } from '../../alarms/sounderPatterns.ts';
import { switching } from '../../devices/command.ts';
import { ANSWER_MS, answerSpanMs } from '../../devices/commands.ts';
import type { Entity } from '../../devices/entity.ts';
import { isAvailable, liveOf } from '../../devices/heard.ts';
import type { Fact } from '../facts.ts';
import type { House } from '../house.ts';
import { getRow } from '../table.ts';
import { NOTHING, type Rule } from './rule.ts';

/** "When the house sounds something else, its sirens are told; so are those that have no part in it any more." */
export const soundIsTold: Rule = (house, fact) => {
  if (fact.type !== 'soundChanged') return NOTHING;
  const { from, to } = fact;
  const now = to === null ? [] : hearersOf(house, to);
  const before = from === null ? [] : hearersOf(house, from);
  const by = (to ?? from)?.alarmId ?? HOUSE;
  return [
    ...before.filter((id) => !now.includes(id)).map((id) => soundOff(id, by)),
    ...(to === null ? [] : now.map((id) => soundOn(house, id, to))),
    ...now
      .filter((id) => isKnownGone(house, id))
      .map((entityId): Fact => ({ type: 'answerMissed', entityId })),
  ];
};

/** One that is assumed to obey is not when it was said to be gone: nobody would ever hear that it is mute. */
function isKnownGone({ devices }: House, sirenId: string): boolean {
  const entity = getRow(devices.entities, sirenId);
  const live = liveOf(devices, sirenId);
  if (entity === undefined || !devices.brokerUp || isAvailable(devices, entity, live)) return false;
  return live.lost || live.lastOnline === false;
}

/**
 * "A siren that comes, or comes back, while the house sounds is told to; so is every siren when the broker comes back. One that may have
 * missed the end is told to stop."
 */
export const lateSirenIsTold: Rule = (house, fact) => {
  const late = fact.type === 'brokerFound' ? house.devices.sirens : returnedSiren(house, fact);
  if (late.length === 0) return NOTHING;
  const { sound } = house.sounder;
  const hearers = sound === null ? [] : hearersOf(house, sound);
  return late.flatMap((id) => {
    if (sound !== null && hearers.includes(id)) return [soundOn(house, id, sound)];
    return mayHaveMissedOff(house, id) ? [soundOff(id, HOUSE)] : [];
  });
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
  if (fact.type !== 'reading' || fact.value !== false || fact.retained || !isToSound(house, fact.entityId))
    return NOTHING;
  return [{ type: 'sirenStopped', entityId: fact.entityId }];
};

/** "A siren that does not answer during a danger is noticed too." */
export const muteSirenIsNoticed: Rule = (house, fact) => {
  if (fact.type !== 'commandTimedOut' || switching(fact.command)?.on !== true) return NOTHING;
  return isToSound(house, fact.entityId) ? [{ type: 'sirenUnanswered', entityId: fact.entityId }] : NOTHING;
};

/**
 * "A siren that is gone while it is to sound is mute at once", whatever it said before: its silence alone would be told late in the grace
 * after a start, and never of one whose state nobody hears.
 */
export const lostSirenIsMute: Rule = (house, fact) => {
  const isGone = fact.type === 'entityLost' || (fact.type === 'availabilityHeard' && !fact.online);
  if (!isGone || !isToSound(house, fact.entityId)) return NOTHING;
  const entity = getRow(house.devices.entities, fact.entityId) as Entity;
  return isAvailable(house.devices, entity, liveOf(house.devices, fact.entityId))
    ? NOTHING
    : [{ type: 'answerMissed', entityId: fact.entityId }];
};

/** "A siren that missed its end is noticed": it does not answer to it, or says later that it sounds. */
export const missedEndIsNoticed: Rule = (house, fact) => {
  if (fact.type !== 'commandTimedOut' && fact.type !== 'reading') return NOTHING;
  if (fact.type === 'reading' ? fact.value !== true : switching(fact.command)?.on !== false) return NOTHING;
  return soundsOn(house, fact.entityId) ? [{ type: 'sirenSoundsOn', entityId: fact.entityId }] : NOTHING;
};

/** "It is told to stop until it says that it did." */
export const missedEndIsToldAgain: Rule = (house, fact) =>
  fact.type === 'endingsDue'
    ? fact.entityIds
        .filter((id) => soundsOn(house, id))
        .map((id) => ({ ...soundOff(id, HOUSE), again: true }))
    : NOTHING;

/** Whether a siren that has no part in what sounds may sound on. While its answer is not overdue it is not in question. */
function soundsOn(house: House, entityId: string): boolean {
  if (getRow(house.devices.entities, entityId)?.config.component !== 'siren') return false;
  const { sound } = house.sounder;
  if (sound !== null && hearersOf(house, sound).includes(entityId)) return false;
  const last = getRow(house.devices.commands, entityId);
  if (last === undefined || switching(last.command)?.on !== false) return false;
  // One that is assumed to have obeyed is believed when it says otherwise.
  return (
    last.phase === 'timedOut' || (last.phase === 'assumed' && liveOf(house.devices, entityId).value === true)
  );
}

/** "While the danger lasts sirens are told again": all of them, or those that stopped or do not answer. */
export const calledSirenIsTold: Rule = (house, fact) => {
  if (fact.type !== 'sirensCalled') return NOTHING;
  const { sound } = house.sounder;
  if (sound === null) return NOTHING;
  const called = fact.entityIds?.filter((id) => isToSound(house, id) && !isHeardSounding(house, id));
  return (called ?? hearersOf(house, sound)).map((id) => soundAgain(house, id, sound));
};

/** "Our own boards are told again before their lease ends. One that was not heard since it was told last is mute." */
export const leaseIsRenewed: Rule = (house, fact) => {
  const { sound } = house.sounder;
  if (fact.type !== 'leasesDue' || sound === null) return NOTHING;
  return hearersOf(house, sound)
    .filter((id) => isOnLease(house, getRow(house.devices.entities, id)))
    .flatMap((id): Fact[] => {
      const again = soundAgain(house, id, sound);
      return hasMissedAnswer(house, id, fact.since)
        ? [{ type: 'answerMissed', entityId: id }, again]
        : [again];
    });
};

/** In a fast house it is told again long before its answer can be there. */
function hasMissedAnswer(house: House, sirenId: string, since: number): boolean {
  if (getRow(house.devices.commands, sirenId)?.phase !== 'confirmed' || !house.devices.brokerUp) return false;
  const { heardAt } = liveOf(house.devices, sirenId);
  const slackMs = answerSpanMs(house.devices) - ANSWER_MS;
  return heardAt === null || heardAt.mono < since - slackMs;
}

/** "What only chimes does so once, on sirens that know a chime, while nothing louder sounds." */
export const warningChimes: Rule = (house, fact) => {
  if (fact.type !== 'alarmRaised' && fact.type !== 'alarmLevelChanged') return NOTHING;
  const { sound } = house.sounder;
  if (sound !== null && isLoud(sound.pattern)) return NOTHING;
  const row = getRow(house.alarms.rows, pointOf(fact.kind, fact.entityId));
  if (row?.sound !== 'chime' || row.kind === 'trouble' || !asksForSound(row)) return NOTHING;
  const command = { on: true, tone: 'chime', durationS: CHIME_S } as const;
  return house.devices.sirens
    .filter((id) => knows(getRow(house.devices.entities, id), 'chime') && canEndByItself(house, id))
    .map((entityId) => ({ type: 'commandAsked', entityId, command, by: fact.alarmId }));
};

/** How long a chime lasts, s: long enough for two strokes. */
const CHIME_S = 3;

/** In whose name the house itself does something. */
const HOUSE = 'house';

const isToSound = (house: House, entityId: string): boolean => {
  const { sound } = house.sounder;
  const isSiren = getRow(house.devices.entities, entityId)?.config.component === 'siren';
  return isSiren && sound !== null && isLoud(sound.pattern);
};

/** Whether its last word and its last command both say that it sounds. */
const isHeardSounding = (house: House, sirenId: string): boolean =>
  liveOf(house.devices, sirenId).value === true &&
  getRow(house.devices.commands, sirenId)?.phase !== 'timedOut';

/** Who sounds it: every siren; of a chirp only boards of our own that know it. */
const hearersOf = (house: House, { pattern }: Sound): readonly string[] =>
  isLoud(pattern)
    ? house.devices.sirens
    : house.devices.sirens.filter((id) => {
        const entity = getRow(house.devices.entities, id);
        return isOnLease(house, entity) && knows(entity, pattern.tone);
      });

const knows = (entity: Entity | undefined, tone: Tone): boolean =>
  entity?.config.settings.component === 'siren' && entity.config.settings.availableTones.includes(tone);

const canEndByItself = (house: House, id: string): boolean => {
  const settings = getRow(house.devices.entities, id)?.config.settings;
  return settings?.component === 'siren' && settings.supportsDuration;
};

/**
 * A board of our own that ends by itself is told for a while, and again before that is over (safety.md SIR-1). Any other siren begins its
 * tone anew at each command: it is told seldom, and for long.
 */
const isOnLease = (house: House, entity: Entity | undefined): boolean =>
  entity !== undefined &&
  getRow(house.devices.devices, entity.deviceId)?.kind === 'board' &&
  canEndByItself(house, entity.id);

const soundOff = (entityId: string, by: string): Asked => ({
  type: 'commandAsked',
  entityId,
  command: { on: false },
  by,
});

function soundOn(house: House, entityId: string, { pattern, alarmId }: Sound): Asked {
  const { tone, leaseS } = pattern;
  const isLeased = isOnLease(house, getRow(house.devices.entities, entityId));
  const command = isLeased ? { on: true, tone, durationS: leaseS } : { on: true, tone };
  return { type: 'commandAsked', entityId, command, by: alarmId };
}

type Asked = Extract<Fact, { type: 'commandAsked' }>;

const soundAgain = (house: House, entityId: string, sound: Sound): Asked => ({
  ...soundOn(house, entityId, sound),
  again: true,
});
