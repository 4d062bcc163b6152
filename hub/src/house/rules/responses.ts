import { pointOf } from '../../alarms/alarmRow.ts';
import { UNPLACED } from '../../devices/state.ts';
import { getRow } from '../table.ts';
import { NOTHING, type Rule } from './rule.ts';

/** "A valve that does not answer when it has to shut is trouble." */
export const stuckValveIsTrouble: Rule = (house, fact) => {
  if (fact.type !== 'responseUnanswered') return NOTHING;
  const entity = getRow(house.devices.entities, fact.entityId);
  const device = entity && getRow(house.devices.devices, entity.deviceId);
  return [
    {
      type: 'conditionMet',
      kind: 'trouble',
      entityId: fact.entityId,
      roomId: device?.roomId ?? UNPLACED,
      level: 'warning',
      latching: false,
      value: true,
      unit: null,
      late: false,
      sound: 'chime',
      cause: 'unanswered',
      limit: null,
      isLifeSensor: true,
    },
  ];
};

/** "It is none any more when it answers, or is gone." */
export const answeringValveIsFine: Rule = (house, fact) => {
  if (fact.type !== 'commandConfirmed' && fact.type !== 'entityRetired') return NOTHING;
  const { entityId } = fact;
  const row = getRow(house.alarms.rows, pointOf('trouble', entityId));
  return row?.cause === 'unanswered' && row.active
    ? [{ type: 'conditionEnded', kind: 'trouble', entityId }]
    : NOTHING;
};
