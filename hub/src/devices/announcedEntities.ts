import type { Fact } from '../house/facts.ts';
import type { Outcome } from '../house/outcome.ts';
import { getRow } from '../house/table.ts';
import type { Entity, EntityAnnouncement } from './entity.ts';
import { forgetHeard, liveOf, lose } from './heard.ts';
import { freeId, same } from './identity.ts';
import { type DevicesState, entityIdsOf, putEntity, quantityOf } from './state.ts';

/** Entities that one device may have. More are left out: a home's board has a dozen. */
export const MAX_ENTITIES = 64;

/** One entity of a discovery message: it is there, or is as it says now. */
export function announceEntity(
  state: DevicesState,
  deviceId: string,
  discoveryTopic: string,
  said: EntityAnnouncement,
): Outcome<DevicesState> {
  const old = findEntity(state, deviceId, discoveryTopic, said);
  if (old === undefined && entityIdsOf(state, deviceId).length >= MAX_ENTITIES) return { state };
  const entity: Entity = {
    id: old?.id ?? freeId(`${deviceId}.${said.key}`, (id) => getRow(state.entities, id) !== undefined),
    deviceId,
    key: said.key,
    uniqueId: said.uniqueId,
    name: said.name,
    ownName: old?.ownName ?? null,
    quantity: said.quantity,
    ownQuantity: old?.ownQuantity ?? null,
    discoveryTopic,
    fault: said.fault,
    config: said.config,
  };
  if (old !== undefined && same(old, entity)) return { state };
  const next = putEntity(state, entity);
  if (old === undefined) return { state: next, facts: [{ type: 'entityAppeared', entityId: entity.id }] };
  if (tellsTheSame(old, entity)) return { state: next };
  return { state: forgetHeard(next, entity.id), facts: [{ type: 'entityRetired', entityId: entity.id }] };
}

/** Whether values of before and now are of one kind: a number and a contact of one gas are not. */
const tellsTheSame = (a: Entity, b: Entity): boolean =>
  quantityOf(a) === quantityOf(b) && a.config.component === b.config.component;

/** The same entity: told on the same topic under the same key, or with the same unique id and platform (it moved). */
function findEntity(
  state: DevicesState,
  deviceId: string,
  discoveryTopic: string,
  said: EntityAnnouncement,
): Entity | undefined {
  for (const id of entityIdsOf(state, deviceId)) {
    const entity = getRow(state.entities, id);
    if (entity === undefined) continue;
    const sameKey = entity.discoveryTopic === discoveryTopic && entity.key === said.key;
    const moved =
      said.uniqueId !== null &&
      entity.uniqueId === said.uniqueId &&
      entity.config.component === said.config.component;
    if (sameKey || moved) return entity;
  }
  return undefined;
}

/** What the device names no longer is not heard any more: its room turns blind until it speaks or is removed. */
export function loseUnnamed(
  outcome: Outcome<DevicesState>,
  unnamed: readonly Entity[],
): Outcome<DevicesState> {
  let { state } = outcome;
  const facts: Fact[] = [...(outcome.facts ?? [])];
  for (const entity of unnamed) {
    const lost = lose(state, entity, liveOf(state, entity.id));
    state = lost.state;
    facts.push(...(lost.facts ?? []));
  }
  return { ...outcome, state, facts };
}
