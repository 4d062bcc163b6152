import { getRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import { liveOf } from '../heard.ts';
import type { Live } from '../rows.ts';
import type { DevicesState } from '../state.ts';
import { type HealthRow, type HealthState, NO_PULSE, type Pulse } from './state.ts';

/** All that a check may look at. */
export type Look = {
  readonly devices: DevicesState;
  readonly entity: Entity;
  readonly live: Live;
  readonly row: HealthRow;
  readonly pulse: Pulse;
  readonly startedAt: number;
  readonly now: Moment;
};

export const lookAt = (
  state: HealthState,
  devices: DevicesState,
  entity: Entity,
  row: HealthRow,
  now: Moment,
): Look => ({
  devices,
  entity,
  live: liveOf(devices, entity.id),
  row,
  pulse: getRow(state.pulses, entity.id) ?? NO_PULSE,
  startedAt: state.startedAt,
  now,
});
