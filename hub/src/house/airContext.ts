import type { AirContext } from '../air/context.ts';
import { liveOf } from '../devices/heard.ts';
import { type DevicesState, UNPLACED } from '../devices/state.ts';
import { getRow } from './table.ts';

/** What the air is told of the devices. */
export const airContext = (devices: DevicesState): AirContext => {
  const deviceOf = (entityId: string) => getRow(devices.entities, entityId)?.deviceId ?? null;
  return {
    deviceOf,
    roomOf(entityId) {
      const deviceId = deviceOf(entityId);
      const device = deviceId === null ? undefined : getRow(devices.devices, deviceId);
      return device?.roomId ?? UNPLACED;
    },
    doubtOf: (entityId) => liveOf(devices, entityId).doubt,
  };
};
