import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import type { DevicesState } from '../state.ts';
import type { Made } from './findings.ts';
import { type Handled, putOfDevice, untouched } from './handled.ts';
import {
  BATTERY_EMPTY,
  BATTERY_LOW,
  BATTERY_MARGIN,
  CLOCK_OFF_MS,
  LOSS_MUCH_PERCENT,
  LOSS_SOME_PERCENT,
  SIGNAL_MARGIN_DBM,
  SIGNAL_WEAK_DBM,
} from './limits.ts';
import type { Finding, HealthRow, HealthState } from './state.ts';
import { isLife } from './watched.ts';

type Of<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** A limit that lets go a little later than it takes hold. */
const below = (value: number, limit: number, held: boolean, margin: number): boolean =>
  value <= limit + (held ? margin : 0);

function batteryOf(value: number | boolean, entity: Entity, old: Finding | undefined): Made | null {
  const empty: Made = { state: 'fault', priority: isLife(entity) ? 2 : 3 };
  const low: Made = { state: 'suspect', priority: 3 };
  // A contact says only "low".
  if (typeof value === 'boolean') return value ? low : null;
  const detail = Math.round(value);
  if (below(value, BATTERY_EMPTY, old?.state === 'fault', BATTERY_MARGIN)) return { ...empty, detail };
  return below(value, BATTERY_LOW, old !== undefined, BATTERY_MARGIN) ? { ...low, detail } : null;
}

/** What a device tells of its battery and its radio is of all that it measures. */
export function takeDiagnosis(
  state: HealthState,
  devices: DevicesState,
  { entityId, quantity, value, unit, retained }: Of<'reading'>,
  now: Moment,
): Handled {
  const deviceId = getRow(devices.entities, entityId)?.deviceId;
  if (deviceId === undefined || value === null || typeof value === 'string') return untouched(state);
  if (quantity === 'battery') {
    const made = (entity: Entity, row: HealthRow) => batteryOf(value, entity, row.findings.battery);
    return putOfDevice(state, devices, deviceId, 'battery', made, now);
  }
  const isDbm = quantity === 'signal_strength' && unit === 'dBm' && typeof value === 'number';
  if (!isDbm || retained) return untouched(state);
  const made = (_: Entity, { findings }: HealthRow) => signalOf(value, findings.signal);
  return putOfDevice(state, devices, deviceId, 'signal', made, now);
}

/** A negative detail is dBm, a positive one % lost. While messages are lost the field strength says nothing more. */
function signalOf(dbm: number, old: Finding | undefined): Made | null {
  if (old?.detail != null && old.detail > 0) return old;
  const isWeak = dbm < SIGNAL_WEAK_DBM + (old === undefined ? 0 : SIGNAL_MARGIN_DBM);
  if (!isWeak) return null;
  // The figure at which it began: it swings with each message.
  return old ?? { state: 'suspect', priority: 4, detail: Math.round(dbm) };
}

export function takeLoss(
  state: HealthState,
  devices: DevicesState,
  { deviceId, percent }: Of<'boardLossHeard'>,
  now: Moment,
): Handled {
  const made = (_: Entity, { findings }: HealthRow): Made | null => {
    const old = findings.signal;
    if (percent <= LOSS_SOME_PERCENT) return old?.detail != null && old.detail > 0 ? null : (old ?? null);
    return { state: 'suspect', priority: percent > LOSS_MUCH_PERCENT ? 3 : 4, detail: Math.round(percent) };
  };
  return putOfDevice(state, devices, deviceId, 'signal', made, now);
}

/** A clock that is wrong: what the board itself dates is dated wrongly. Nothing here goes by it. */
export function takeClock(
  state: HealthState,
  devices: DevicesState,
  { deviceId, utc }: Of<'boardClockHeard'>,
  now: Moment,
): Handled {
  const off = utc - now.utc;
  const detail = Math.round(off / 1_000);
  const made: Made | null = Math.abs(off) > CLOCK_OFF_MS ? { state: 'suspect', priority: 4, detail } : null;
  return putOfDevice(state, devices, deviceId, 'clock', () => made, now);
}
