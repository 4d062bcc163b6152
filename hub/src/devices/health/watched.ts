import { getRow } from '../../house/table.ts';
import type { Device, Entity } from '../entity.ts';
import { isSafety } from '../heard.ts';
import { AIR_QUANTITIES, COMING_QUANTITIES, type Quantity } from '../schema.ts';
import { type DevicesState, entityIdsOf, measuredBy, quantityOf } from '../state.ts';
import { conversionFor } from '../unit.ts';

/** What is watched over: what tells of the air, of danger, or of somebody who comes. Not what meters, sets or diagnoses. */
const WATCHED: ReadonlySet<Quantity> = new Set<Quantity>([...AIR_QUANTITIES, ...COMING_QUANTITIES]);

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
