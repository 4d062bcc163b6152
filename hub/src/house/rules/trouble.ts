import type { AlarmCause } from '../../alarms/schema.ts';
import { isLife } from '../../devices/health/watched.ts';
import { UNPLACED } from '../../devices/state.ts';
import type { Fact } from '../facts.ts';
import { getRow } from '../table.ts';
import { NOTHING, type Rule } from './rule.ts';

/** What the detail of a trouble is measured in; all others are a count of days or nothing. */
const UNITS: Partial<Readonly<Record<AlarmCause, string>>> = {
  battery: '%',
  clock: 's',
  calibration: 'd',
  'end-of-life': 'd',
};

/** "A sensor that cannot be relied on is trouble: somebody has to look, and no siren sounds." */
export const troubleIsAlarm: Rule = (house, fact) => {
  if (fact.type === 'troubleEnded') return [ended(fact.entityId)];
  if (fact.type !== 'troubleBegan') return NOTHING;
  const { entityId, cause, level, detail } = fact;
  const entity = getRow(house.devices.entities, entityId);
  return [
    {
      ...MET,
      entityId,
      roomId: getRow(house.devices.devices, fact.deviceId)?.roomId ?? UNPLACED,
      level,
      value: detail ?? true,
      unit: unitOf(cause, detail),
      sound: level === 'warning' ? 'chime' : 'none',
      cause,
      isLifeSensor: entity !== undefined && isLife(entity),
    },
  ];
};

/** "Many devices that are lost at once are one trouble of the house." */
export const dropOutIsAlarm: Rule = (_, fact) => {
  if (fact.type === 'dropOutEnded') return [ended(fact.source)];
  if (fact.type !== 'dropOutBegan') return NOTHING;
  const { source, cause, deviceIds } = fact;
  return [
    {
      ...MET,
      entityId: source,
      roomId: UNPLACED,
      level: 'warning',
      value: deviceIds.length,
      unit: null,
      sound: 'chime',
      cause,
      isLifeSensor: true,
    },
  ];
};

const MET = { type: 'conditionMet', kind: 'trouble', latching: false, late: false, limit: null } as const;

const ended = (entityId: string): Fact => ({ type: 'conditionEnded', kind: 'trouble', entityId });

/** Of the radio: a field strength is below zero, a share of lost messages above. */
function unitOf(cause: AlarmCause, detail: number | null): string | null {
  if (detail === null) return null;
  if (cause === 'signal') return detail < 0 ? 'dBm' : '%';
  return UNITS[cause] ?? null;
}
