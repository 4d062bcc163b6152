import type { Fact } from '../../house/facts.ts';
import { getRow } from '../../house/table.ts';
import type { Moment } from '../../shared/time.ts';
import type { Entity } from '../entity.ts';
import { type DevicesState, isOnBattery } from '../state.ts';
import type { Made } from './findings.ts';
import { type Handled, putOfDevice, untouched, withRow } from './handled.ts';
import { BATTERY_LOW_SHARE, BATTERY_VOLTS, BATTERY_VOLTS_MARGIN, BATTERY_VOLTS_STEP } from './limits.ts';
import type { HealthRow, HealthState } from './state.ts';
import { watchedOf } from './watched.ts';

const VOLTS_IN: ReadonlyMap<string | null, number> = new Map<string | null, number>([
  ['V', 1],
  ['mV', 1e-3],
]);

/**
 * Whether its voltage is that of a battery: its name says so, or it tells of the device in mV, as Zigbee2MQTT tells a battery's. What a
 * board has of its mains adapter, and what a meter measures, is in V.
 */
const isOfBattery = ({ config, key, name, uniqueId }: Entity): boolean =>
  /batter/i.test([key, name, uniqueId].join(' ')) ||
  (config.entityCategory === 'diagnostic' && config.unit === 'mV');

/** Voltage under which its battery is low, V: as its owner said, else a share of the most that it told; null: nobody knows. */
export const lowVoltsOf = ({
  lowVolts,
  fullVolts,
}: Pick<HealthRow, 'lowVolts' | 'fullVolts'>): number | null =>
  lowVolts ?? (fullVolts === undefined ? null : Math.round(100 * BATTERY_LOW_SHARE * fullVolts) / 100);

/**
 * The voltage of a battery. Only where nothing else is told of it: who tells percent, or "low", knows what battery it is, and we do not.
 * Source: safety.md §3.2 "V < limit".
 */
export function takeVolts(
  before: HealthState,
  devices: DevicesState,
  { entityId, value, unit, retained }: Extract<Fact, { type: 'reading' }>,
  now: Moment,
): Handled {
  const entity = getRow(devices.entities, entityId);
  const factor = VOLTS_IN.get(unit);
  if (entity === undefined || factor === undefined || typeof value !== 'number' || retained)
    return untouched(before);
  const volts = value * factor;
  const isOne = volts >= BATTERY_VOLTS.min && volts <= BATTERY_VOLTS.max;
  if (!isOne || !isOfBattery(entity) || isOnBattery(devices, entity.deviceId)) return untouched(before);
  const state = withFull(before, devices, entity.deviceId, volts);
  const made = (_: Entity, row: HealthRow) => voltsMade(row, volts);
  return putOfDevice(state, devices, entity.deviceId, 'battery-volts', made, now);
}

/** The most that it told is written down: in steps, so that a new battery costs a few writes. */
function withFull(before: HealthState, devices: DevicesState, deviceId: string, volts: number): HealthState {
  let state = before;
  for (const { id } of watchedOf(devices, deviceId)) {
    const row = getRow(state.health, id);
    if (row === undefined || volts < (row.fullVolts ?? 0) + BATTERY_VOLTS_STEP) continue;
    state = withRow(state, id, { ...row, fullVolts: volts });
  }
  return state;
}

function voltsMade(row: HealthRow, volts: number): Made | null {
  const limit = lowVoltsOf(row);
  const isHeld = row.findings['battery-volts'] !== undefined;
  if (limit === null || volts >= limit * (isHeld ? 1 + BATTERY_VOLTS_MARGIN : 1)) return null;
  return { state: 'suspect', priority: 3, detail: Math.round(10 * volts) / 10 };
}
