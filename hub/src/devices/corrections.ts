import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import type { Entity } from './entity.ts';
import { forgetHeard } from './heard.ts';
import { placeIn } from './rooms.ts';
import { type DevicesState, putDevice, putEntity, quantityOf } from './state.ts';

type Corrected = Extract<Fact, { type: 'deviceCorrected' }>;

/** The owner's word on one entity. */
type Said = NonNullable<Corrected['entities']>[string];

/** The owner's word on a device: its name, its room, what its entities are called and measure. */
export function correct(state: DevicesState, fact: Corrected): Outcome<DevicesState> {
  const device = getRow(state.devices, fact.deviceId);
  if (device === undefined) return { state };
  const place = fact.room === undefined ? null : placeIn(state, fact.room);
  let next = putDevice(place?.state ?? state, {
    ...device,
    ...(fact.name === undefined ? {} : { ownName: fact.name }),
    ...(place === null ? {} : { roomId: place.roomId, roomIsOwn: true }),
  });
  const facts: Fact[] = [];
  for (const [entityId, said] of Object.entries(fact.entities ?? {})) {
    const entity = getRow(next.entities, entityId);
    if (entity?.deviceId !== device.id) continue;
    const corrected = correctEntity(entity, said);
    next = putEntity(next, corrected);
    if (quantityOf(corrected) === quantityOf(entity)) continue;
    next = forgetHeard(next, entityId);
    facts.push({ type: 'entityRetired', entityId });
  }
  return { state: next, facts };
}

/** Whether its entity measures something else from then on. */
export const changesQuantity = (entity: Entity, said: Said): boolean =>
  quantityOf(correctEntity(entity, said)) !== quantityOf(entity);

const correctEntity = (entity: Entity, said: Said): Entity => ({
  ...entity,
  ...(said.name === undefined ? {} : { ownName: said.name }),
  ...(said.quantity === undefined ? {} : { ownQuantity: said.quantity }),
});
