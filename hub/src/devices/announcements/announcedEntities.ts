import type { Fact } from '../../house/facts.ts';
import type { Outcome } from '../../house/outcome.ts';
import { getRow } from '../../house/table.ts';
import type { Entity, EntityAnnouncement } from '../entity.ts';
import { forgetHeard, liveOf, lose } from '../heard.ts';
import { freeId, same } from '../identity.ts';
import { type DevicesState, dropEntity, entityIdsOf, putEntity, quantityOf } from '../state.ts';

/** Entities that one device may have. More are left out: a home's board has a dozen. */
export const MAX_ENTITIES = 64;

/**
 * Sirens that one house has. More are left out: an alarm is sent to all of them at once, and a list without end would keep the word
 * from those that can sound. A large home has one a room.
 */
export const MAX_SIRENS = 64;

/** One entity of a discovery message: it is there, or is as it says now. */
export function announceEntity(
  state: DevicesState,
  deviceId: string,
  discoveryTopic: string,
  said: EntityAnnouncement,
): Outcome<DevicesState> {
  const { old, replaced } = findEntity(state, deviceId, discoveryTopic, said);
  const reason = old === undefined ? surplusOf(state, deviceId, said, replaced) : null;
  if (reason !== null) {
    return { state, facts: [{ type: 'announcementRefused', discoveryTopic, deviceId, reason }] };
  }
  if (replaced !== undefined) return replace(state, replaced, said);
  const base = `${deviceId}.${said.key}`;
  const id = old?.id ?? freeId(base, (taken) => getRow(state.entities, taken) !== undefined);
  const entity = entityFrom(id, deviceId, discoveryTopic, withShared(state, deviceId, said), old);
  if (old !== undefined && same(old, entity)) return { state };
  const next = putEntity(state, entity);
  if (old === undefined) return { state: next, facts: [{ type: 'entityAppeared', entityId: entity.id }] };
  if (quantityOf(old) === quantityOf(entity)) return { state: next };
  return { state: forgetHeard(next, entity.id), facts: [{ type: 'entityRetired', entityId: entity.id }] };
}

/** What tells whether a device is online is the same for all that it has, and kept once. */
function withShared(state: DevicesState, deviceId: string, said: EntityAnnouncement): EntityAnnouncement {
  const first = getRow(state.entities, entityIdsOf(state, deviceId)[0] ?? '');
  const { availability } = said.config;
  if (first === undefined || !same(first.config.availability, availability)) return said;
  return { ...said, config: { ...said.config, availability: first.config.availability } };
}

/** Of what there are too many for a new entity to be taken in; null: of nothing. */
function surplusOf(
  state: DevicesState,
  deviceId: string,
  { config }: EntityAnnouncement,
  replaced: Entity | undefined,
): 'too-many-entities' | 'too-many-sirens' | null {
  if (config.component === 'siren' && state.sirens.length >= MAX_SIRENS) return 'too-many-sirens';
  const isFull = replaced === undefined && entityIdsOf(state, deviceId).length >= MAX_ENTITIES;
  return isFull ? 'too-many-entities' : null;
}

const entityFrom = (
  id: string,
  deviceId: string,
  discoveryTopic: string,
  said: EntityAnnouncement,
  old?: Entity,
): Entity => ({
  id,
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
});

/** Another platform under the same key is another thing: it gets an id of its own, so that no history mixes the two. */
function replace(state: DevicesState, old: Entity, said: EntityAnnouncement): Outcome<DevicesState> {
  const { deviceId, discoveryTopic } = old;
  const isTaken = (id: string) => getRow(state.entities, id) !== undefined;
  const id = freeId(`${deviceId}.${said.key}`, isTaken);
  const next = putEntity(dropEntity(state, old), entityFrom(id, deviceId, discoveryTopic, said));
  return {
    state: next,
    facts: [
      { type: 'entityRetired', entityId: old.id },
      { type: 'entityAppeared', entityId: id },
    ],
  };
}

/** The entity of the device that this announcement changes, or takes the place of. */
export function entityBefore(
  state: DevicesState,
  deviceId: string,
  discoveryTopic: string,
  said: EntityAnnouncement,
): Entity | undefined {
  const { old, replaced } = findEntity(state, deviceId, discoveryTopic, said);
  return old ?? replaced;
}

type Found = { readonly old: Entity | undefined; readonly replaced: Entity | undefined };

/**
 * The same entity: told on the same topic under the same key, or with the same unique id (it moved); its platform is part of
 * what it is.
 */
function findEntity(
  state: DevicesState,
  deviceId: string,
  discoveryTopic: string,
  { key, uniqueId, config }: EntityAnnouncement,
): Found {
  const entities = entityIdsOf(state, deviceId).flatMap((id) => getRow(state.entities, id) ?? []);
  const isHere = (entity: Entity) => entity.discoveryTopic === discoveryTopic && entity.key === key;
  const same = entities.filter((entity) => entity.config.component === config.component);
  const old = same.find(isHere) ?? same.find((entity) => uniqueId !== null && entity.uniqueId === uniqueId);
  return { old, replaced: old === undefined ? entities.find(isHere) : undefined };
}

/**
 * Whether this would take the entity from the topic that it is announced on: for that it must have been left (`leaveTopic`) or
 * cleared. Otherwise whoever knows a unique id could have the entity, and clear it on a topic of his own.
 */
export function isElsewhere(
  state: DevicesState,
  deviceId: string,
  discoveryTopic: string,
  said: EntityAnnouncement,
): boolean {
  const before = entityBefore(state, deviceId, discoveryTopic, said);
  return before !== undefined && before.discoveryTopic !== discoveryTopic && before.moving !== true;
}

/** What this topic announced is about to be announced elsewhere: it outlasts the clearing of the topic. */
export function leaveTopic(state: DevicesState, discoveryTopic: string): DevicesState {
  let next = state;
  for (const id of getRow(state.entitiesByTopic, discoveryTopic) ?? []) {
    const entity = getRow(state.entities, id);
    if (entity !== undefined) next = putEntity(next, { ...entity, moving: true });
  }
  return next;
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
