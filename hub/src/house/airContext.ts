import type { AirContext } from '../air/context.ts';
import { doubtOf } from '../devices/health/doubt.ts';
import type { HealthState } from '../devices/health/state.ts';
import type { Doubt } from '../devices/healthSchema.ts';
import { type DevicesState, UNPLACED } from '../devices/state.ts';
import { getRow } from './table.ts';

/** What the air is told of the devices, for one fact: it is made at every reading, and four functions would be ten times as large. */
export class FactContext implements AirContext {
  readonly devices: DevicesState;
  readonly health: HealthState;

  constructor(devices: DevicesState, health: HealthState) {
    this.devices = devices;
    this.health = health;
  }

  deviceOf(entityId: string): string | null {
    return getRow(this.devices.entities, entityId)?.deviceId ?? null;
  }

  roomOf(entityId: string): string {
    const deviceId = this.deviceOf(entityId);
    const device = deviceId === null ? undefined : getRow(this.devices.devices, deviceId);
    return device?.roomId ?? UNPLACED;
  }

  doubtOf(entityId: string): Doubt | null {
    return doubtOf(this.health, entityId);
  }

  isLeftOut(entityId: string): boolean {
    return (getRow(this.devices.entities, entityId)?.config.entityCategory ?? null) !== null;
  }
}

/** The same as functions of their own, for who takes some of them along. */
export function airContext(devices: DevicesState, health: HealthState): AirContext {
  const context = new FactContext(devices, health);
  return {
    deviceOf: (entityId) => context.deviceOf(entityId),
    roomOf: (entityId) => context.roomOf(entityId),
    doubtOf: (entityId) => context.doubtOf(entityId),
    isLeftOut: (entityId) => context.isLeftOut(entityId),
  };
}
