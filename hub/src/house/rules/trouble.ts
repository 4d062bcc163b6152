import { pointOf } from '../../alarms/alarmRow.ts';
import type { AlarmCause } from '../../alarms/schema.ts';
import { BROKER } from '../../devices/health/broker.ts';
import type { Trouble } from '../../devices/health/state.ts';
import { isLife, watchedOf } from '../../devices/health/watched.ts';
import { entityIdsOf, UNPLACED } from '../../devices/state.ts';
import type { Fact } from '../facts.ts';
import type { House } from '../house.ts';
import { getRow, rowsOf } from '../table.ts';
import { isBrokerMissed, isUrgent } from './mute.ts';
import { NOTHING, type Rule } from './rule.ts';

/** What the detail of a trouble is measured in; all others are nothing. */
const UNITS: Partial<Readonly<Record<AlarmCause, string>>> = {
  battery: '%',
  'battery-volts': 'V',
  clock: 's',
  calibration: 'd',
  'self-test': 'd',
  'end-of-life': 'd',
};

/** What a device says when it says nothing: a drop-out of many explains it. */
const GONE: ReadonlySet<AlarmCause> = new Set<AlarmCause>(['silent', 'siren-mute']);

/** "A sensor that cannot be relied on is trouble: somebody has to look, and no siren sounds." */
export const troubleIsAlarm: Rule = (house, fact) => {
  if (fact.type === 'troubleEnded') return over(house, fact.entityId);
  if (fact.type !== 'troubleBegan') return NOTHING;
  const { entityId } = fact;
  const source = sourceOf(house, fact);
  if (source !== null) return [{ type: 'troubleExplained', entityId, source }];
  const began = met(house, entityId, fact, fact.detail);
  return isExplained(house, entityId) ? [began, spoken(entityId)] : [began];
};

/** What explains a trouble; null: nothing does, or it has to be told all the same. */
function sourceOf(house: House, { cause, source }: Extract<Fact, { type: 'troubleBegan' }>): string | null {
  if (cause === 'siren-mute' && isBrokerMissed(house)) return BROKER;
  return source !== null && GONE.has(cause) && !isUrgent(house, cause) ? source : null;
}

/** What a drop-out explains is explained no more once it is another trouble, or none: the drop-out may stand for long. */
const isExplained = (house: House, entityId: string): boolean =>
  getRow(house.alarms.rows, pointOf('trouble', entityId))?.state === 'suppressed';

export const spoken = (entityId: string): Fact => ({ type: 'suppressEnded', kind: 'trouble', entityId });

/** One that chatters is held back, and would be told though it is over. */
const over = (house: House, entityId: string): readonly Fact[] =>
  isExplained(house, entityId) && getRow(house.alarms.chatters, pointOf('trouble', entityId)) === undefined
    ? [ended(entityId), spoken(entityId)]
    : [ended(entityId)];

/** "One more that is lost may be the first on which a life depends." */
export const grownDropOutIsAlarm: Rule = (house, fact) => {
  if (fact.type !== 'dropOutGrew' || !hasLife(house, fact.deviceId)) return NOTHING;
  const { source } = fact;
  const row = getRow(house.alarms.rows, pointOf('trouble', source));
  const dropOut = getRow(house.health.dropOuts, source);
  if (dropOut === undefined || row?.isLifeSensor !== false) return NOTHING;
  const { cause, size } = dropOut;
  return [
    { ...MET, entityId: source, roomId: UNPLACED, level: 'warning', value: size, cause, sound: 'chime' },
  ];
};

/** "Many devices that are lost at once are one trouble of the house …" */
export const dropOutIsAlarm: Rule = (house, fact) => {
  if (fact.type === 'dropOutEnded') {
    // What it was taken for is a consequence of what it is: nobody has to see it any more.
    if (fact.becomes !== null)
      return [{ type: 'troubleExplained', entityId: fact.source, source: fact.becomes }];
    return [ended(fact.source), ...speakAgain(house, fact.source)];
  }
  if (fact.type !== 'dropOutBegan') return NOTHING;
  const { source, cause, deviceIds } = fact;
  const explained = deviceIds
    .flatMap((deviceId) => entityIdsOf(house.devices, deviceId))
    .filter((entityId) => isGone(house, entityId))
    .map((entityId): Fact => ({ type: 'troubleExplained', entityId, source }));
  return [
    {
      ...MET,
      entityId: source,
      roomId: UNPLACED,
      level: 'warning',
      value: deviceIds.length,
      cause,
      sound: 'chime',
      isLifeSensor: deviceIds.some((deviceId) => hasLife(house, deviceId)),
    },
    ...explained,
  ];
};

/** Whether a life may depend on anything of that device. */
const hasLife = (house: House, deviceId: string): boolean => watchedOf(house.devices, deviceId).some(isLife);

/** "… and each of them is a consequence of it (safety.md ALM-7)." */
export const dropOutExplainsTroubles: Rule = (house, fact) => {
  if (fact.type !== 'troubleExplained') return NOTHING;
  const { entityId, source } = fact;
  const trouble = getRow(house.health.troubles, entityId);
  const cause = getRow(house.alarms.rows, pointOf('trouble', source));
  const row = getRow(house.alarms.rows, pointOf('trouble', entityId));
  if (cause === undefined || row?.suppressedBy === cause.alarmId) return NOTHING;
  const suppressed: Fact = {
    type: 'suppressAsked',
    kind: 'trouble',
    entityId,
    roomId: roomOf(house, entityId),
    alarmId: cause.alarmId,
  };
  if (row !== undefined && entityId.startsWith('~')) {
    return [suppressed, ended(entityId), { type: 'suppressEnded', kind: 'trouble', entityId }];
  }
  if (trouble === undefined) return NOTHING;
  return row?.active === true ? [suppressed] : [suppressed, met(house, entityId, trouble, null)];
};

const isGone = (house: House, entityId: string): boolean => {
  const trouble = getRow(house.health.troubles, entityId);
  return trouble !== undefined && GONE.has(trouble.cause) && !isUrgent(house, trouble.cause);
};

/** Who is still gone when it is over has something else, and says so. */
function speakAgain(house: House, source: string): readonly Fact[] {
  const cause = getRow(house.alarms.rows, pointOf('trouble', source));
  const facts: Fact[] = [];
  for (const [, { kind, entityId, suppressedBy }] of rowsOf(house.alarms.rows)) {
    if (cause !== undefined && suppressedBy === cause.alarmId) {
      facts.push({ type: 'suppressEnded', kind, entityId });
    }
  }
  return facts;
}

export const MET = {
  type: 'conditionMet',
  kind: 'trouble',
  latching: false,
  late: false,
  limit: null,
  unit: null,
  isLifeSensor: true,
} as const;

export const ended = (entityId: string): Fact => ({ type: 'conditionEnded', kind: 'trouble', entityId });

function met(house: House, entityId: string, { cause, level }: Trouble, detail: number | null): Fact {
  const entity = getRow(house.devices.entities, entityId);
  return {
    ...MET,
    entityId,
    roomId: roomOf(house, entityId),
    level,
    value: detail ?? true,
    unit: unitOf(cause, detail),
    sound: level === 'warning' ? 'chime' : 'none',
    cause,
    isLifeSensor: entity !== undefined && isLife(entity),
    isUrgent: isUrgent(house, cause),
  };
}

function roomOf(house: House, entityId: string): string {
  const deviceId = getRow(house.devices.entities, entityId)?.deviceId ?? '';
  return getRow(house.devices.devices, deviceId)?.roomId ?? UNPLACED;
}

/** Of the radio: a field strength is below zero, a share of lost messages above. */
function unitOf(cause: AlarmCause, detail: number | null): string | null {
  if (detail === null) return null;
  if (cause === 'signal') return detail < 0 ? 'dBm' : '%';
  return UNITS[cause] ?? null;
}
