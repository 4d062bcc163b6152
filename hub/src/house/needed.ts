import { isDangerAt } from '../alarms/alarms.ts';
import { changesQuantity } from '../devices/corrections.ts';
import { MAX_DEVICES } from '../devices/places.ts';
import { entityIdsOf } from '../devices/state.ts';
import type { Fact } from './facts.ts';
import type { House } from './house.ts';
import { asGasAllows, isGasAt, isInterlocked } from './interlock.ts';
import { getRow, rowsOf, someRow } from './table.ts';

/**
 * Whether a device may not go now: it alarms, or it is a siren while there is danger, or something of that kind speaks through it.
 * With its alarm the sirens would fall silent, though nothing says that the danger is over.
 */
export function isDeviceNeeded(house: House, deviceId: string): boolean {
  if (house.alarms.voice === null && !isInterlocked(house.alarms)) return false;
  if (entityIdsOf(house.devices, deviceId).some((id) => isEntityNeeded(house, id))) return true;
  if (getRow(house.devices.devices, deviceId)?.kind !== 'gateway') return false;
  for (const [id, { gatewayId }] of rowsOf(house.devices.devices))
    if (gatewayId === deviceId && isDeviceNeeded(house, id)) return true;
  return false;
}

const isEntityNeeded = (house: House, entityId: string): boolean =>
  (house.alarms.voice !== null && getRow(house.devices.entities, entityId)?.config.component === 'siren') ||
  isDangerous(house, entityId);

/** Whether the sirens sound, or nothing may be switched, for what that entity says. */
export const isDangerous = (house: House, entityId: string): boolean =>
  isDangerAt(house.alarms, entityId) || isGasAt(house.alarms, entityId);

/** Whether anything but its own trouble is the matter at that entity now. */
export const isAlarming = (house: House, entityId: string): boolean =>
  someRow(house.alarms.rows, (row) => row.entityId === entityId && row.active && row.kind !== 'trouble');

type Corrected = Extract<Fact, { type: 'deviceCorrected' }>;

/**
 * The fact as it may be taken in: a correction leaves what alarms as it is, but for its name; in a full house no device makes way for
 * a new one that has an alarm, whatever its state.
 */
export function asMayBe(house: House, fact: Fact): Fact {
  if (fact.type === 'commandAsked') return asGasAllows(house, fact);
  if (fact.type === 'deviceCorrected' && fact.entities !== undefined) return withoutDangers(house, fact);
  if (
    fact.type === 'deviceAnnounced' &&
    house.devices.devices.size >= MAX_DEVICES &&
    house.alarms.rows.size > 0
  )
    return { ...fact, stays: devicesWithAlarm(house) };
  return fact;
}

const devicesWithAlarm = (house: House): readonly string[] =>
  [...rowsOf(house.alarms.rows)].flatMap(
    ([, { entityId }]) => getRow(house.devices.entities, entityId)?.deviceId ?? [],
  );

function withoutDangers(house: House, fact: Corrected): Corrected {
  const kept = Object.entries(fact.entities ?? {}).map(([id, said]) => {
    const entity = getRow(house.devices.entities, id);
    if (entity === undefined || !isDangerous(house, id) || !changesQuantity(entity, said))
      return [id, said] as const;
    const { quantity: _, ...others } = said;
    return [id, others] as const;
  });
  return { ...fact, entities: Object.fromEntries(kept) };
}
