import { UNPLACED } from '../../devices/state.ts';
import { getRow } from '../table.ts';
import { NOTHING, type Rule } from './rule.ts';

/** "A crossed limit of the air is an alarm in the room of its sensor." */
export const crossedLimitIsAlarm: Rule = (house, fact) => {
  if (fact.type === 'limitCleared') return [{ ...fact, type: 'conditionEnded' }];
  if (fact.type !== 'limitCrossed') return NOTHING;
  const { type: _, ...condition } = fact;
  const entity = getRow(house.devices.entities, fact.entityId);
  const device = entity && getRow(house.devices.devices, entity.deviceId);
  const roomId = device?.roomId ?? UNPLACED;
  return [{ type: 'conditionMet', roomId, ...condition }];
};
