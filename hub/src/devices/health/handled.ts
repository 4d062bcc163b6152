import { getRow, setRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import type { HealthCheck } from '../healthSchema.ts';
import type { DevicesState } from '../state.ts';
import { type Made, withFinding } from './findings.ts';
import { lookAt } from './look.ts';
import { type HealthRow, type HealthState, NO_FINDINGS, NO_PULSE, type Pulse } from './state.ts';
import { putLooked, settle } from './sweep.ts';
import { watchedOf } from './watched.ts';

/** What one fact did: the new state, and whose health, lost device or trouble may differ now. */
export type Handled = { readonly state: HealthState; readonly touched: readonly string[] };

const NOBODY: readonly string[] = [];

export const untouched = (state: HealthState): Handled => ({ state, touched: NOBODY });

/** A sensor that nobody knows anything of yet. */
export const newRow = (now: Moment, firstUse: number | null): HealthRow => ({
  knownSince: now.mono,
  firstUse,
  checkedAt: now.mono,
  findings: NO_FINDINGS,
  still: null,
  madeOn: null,
  lifeMonths: null,
  technology: null,
  tested: null,
  disabled: false,
  endsAt: null,
});

export const pulseOf = (state: HealthState, entityId: string): Pulse =>
  getRow(state.pulses, entityId) ?? NO_PULSE;

export const withRow = (state: HealthState, entityId: string, row: HealthRow): HealthState => ({
  ...state,
  health: setRow(state.health, entityId, row),
});

export const withPulse = (state: HealthState, entityId: string, pulse: Pulse): HealthState => ({
  ...state,
  pulses: setRow(state.pulses, entityId, pulse),
});

/** Runs the checks of one sensor and says whether any of them came out otherwise. */
export function resettle(state: HealthState, devices: DevicesState, entity: Entity, now: Moment): Handled {
  const row = getRow(state.health, entity.id);
  if (row === undefined) return untouched(state);
  const looked = settle(lookAt(state, devices, entity, row, now));
  const next = putLooked(state, entity, looked);
  return looked.row.findings === row.findings ? untouched(next) : { state: next, touched: [entity.id] };
}

/** One finding of every watched entity of a device. */
export function putOfDevice(
  state: HealthState,
  devices: DevicesState,
  deviceId: string,
  check: HealthCheck,
  madeFor: (entity: Entity, row: HealthRow) => Made | null,
  now: Moment,
): Handled {
  let next = state;
  const touched: string[] = [];
  for (const entity of watchedOf(devices, deviceId)) {
    const row = getRow(state.health, entity.id);
    if (row === undefined) continue;
    const findings = withFinding(row.findings, check, madeFor(entity, row), now);
    if (findings === row.findings) continue;
    next = withRow(next, entity.id, { ...row, findings });
    touched.push(entity.id);
  }
  return { state: next, touched };
}
