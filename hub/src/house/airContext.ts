import type { AirContext } from '../air/context.ts';
import { doubtOf } from '../devices/health/doubt.ts';
import type { HealthState } from '../devices/health/state.ts';
import { type DevicesState, UNPLACED } from '../devices/state.ts';
import { getRow } from './table.ts';

/** What the air is told of the devices. */
export const airContext = (devices: DevicesState, health: HealthState): AirContext => {
  const deviceOf = (entityId: string) => getRow(devices.entities, entityId)?.deviceId ?? null;
  return {
    deviceOf,
    roomOf(entityId) {
      const deviceId = deviceOf(entityId);
      const device = deviceId === null ? undefined : getRow(devices.devices, deviceId);
      return device?.roomId ?? UNPLACED;
    },
    doubtOf: (entityId) => doubtOf(health, entityId),
    isLeftOut: (entityId) => (getRow(devices.entities, entityId)?.config.entityCategory ?? null) !== null,
  };
};
