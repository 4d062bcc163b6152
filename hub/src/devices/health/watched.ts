import { getRow } from '../../house/table.ts';
import type { Device, Entity } from '../entity.ts';
import { isSafety } from '../heard.ts';
import type { Quantity } from '../schema.ts';
import { type DevicesState, entityIdsOf, measuredBy, quantityOf } from '../state.ts';
import { conversionFor } from '../unit.ts';

/** What is watched over: what tells of the air, of danger, or of somebody who comes. Not what meters, sets or diagnoses. */
const WATCHED: ReadonlySet<Quantity> = new Set<Quantity>([
  'oxygen',
  'carbon_monoxide',
  'carbon_dioxide',
  'lel_methane',
  'lel_lpg',
  'gas',
  'smoke',
  'heat',
  'moisture',
  'temperature',
  'humidity',
  'pressure',
  'pm1',
  'pm25',
  'pm4',
  'pm10',
  'nitrogen_dioxide',
  'ozone',
  'hydrogen_sulfide',
  'formaldehyde',
  'radon',
  'voc',
  'voc_index',
  'nox_index',
  'motion',
  'occupancy',
  'presence',
  'door',
  'window',
  'garage_door',
  'opening',
  'lock',
  'vibration',
  'tamper',
  'safety',
]);

export const isSiren = ({ config }: Entity): boolean => config.component === 'siren';

/** Whether its health is kept. */
export const isWatched = (entity: Entity): boolean =>
  entity.config.entityCategory === null &&
  (isSiren(entity) ||
    ((entity.config.component === 'sensor' || entity.config.component === 'binary_sensor') &&
      WATCHED.has(quantityOf(entity))));

/** Whether its failure is of priority 2: a life may depend on it. Source: safety.md §3.2. */
export const isLife = (entity: Entity): boolean => isSafety(entity) || isSiren(entity);

/** Why an entity cannot be read: as it was announced, or in a unit that means nothing to us. Null: it can. */
export const faultOf = (entity: Entity): string | null =>
  entity.fault ?? (conversionFor(measuredBy(entity), entity.config.unit) === null ? 'unknown-unit' : null);

export const deviceOf = (devices: DevicesState, entity: Entity): Device | undefined =>
  getRow(devices.devices, entity.deviceId);

/** The watched entities of a device, those first on which a life may depend. */
export function watchedOf(devices: DevicesState, deviceId: string): readonly Entity[] {
  const watched: Entity[] = [];
  for (const id of entityIdsOf(devices, deviceId)) {
    const entity = getRow(devices.entities, id);
    if (entity !== undefined && isWatched(entity)) watched.push(entity);
  }
  return watched.sort((a, b) => Number(isLife(b)) - Number(isLife(a)));
}
