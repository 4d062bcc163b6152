import type { Fact } from '../house/facts.ts';
import type { Effect, Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow } from '../house/table.ts';
import type { Device, DeviceDescription, Entity, EntityAnnouncement } from './entity.ts';
import { forgetHeard } from './heard.ts';
import {
  type DevicesState,
  dropDevice,
  dropEntity,
  entityIdsOf,
  putDevice,
  putEntity,
  quantityOf,
  UNPLACED,
} from './state.ts';

/** Entities that one device may have. More are left out: a home's board has a dozen. */
export const MAX_ENTITIES = 64;
/** Devices that one hub takes in. Source: the limit that history and memory are measured for. */
export const MAX_DEVICES = 2_000;

type Announced = Extract<Fact, { type: 'deviceAnnounced' }>;

/** A discovery message: the device and its entities are there, or are as they say now. */
export function announce(state: DevicesState, fact: Announced): Outcome<DevicesState> {
  const known = findDevice(state, fact);
  if (known === undefined && state.devices.size >= MAX_DEVICES) return { state };
  const area = placeIn(state, known?.roomIsOwn ? '' : (fact.device.suggestedArea ?? ''));
  const device = describe(known ?? newDevice(state, fact.device), fact.device, area.roomId);
  let next = area.state;
  if (known === undefined || !same(known, device)) next = putDevice(next, device);
  const facts: Fact[] = [];
  if (known === undefined) facts.push({ type: 'deviceAppeared', deviceId: device.id, name: device.name });
  for (const announced of fact.entities) {
    const outcome = announceEntity(next, device.id, fact.discoveryTopic, announced);
    next = outcome.state;
    facts.push(...(outcome.facts ?? []));
  }
  const removed = entitiesOfTopic(next, fact.discoveryTopic).filter((e) => fact.removedKeys.includes(e.key));
  return removeEntities(next, removed, facts);
}

function findDevice(state: DevicesState, fact: Announced): Device | undefined {
  if (fact.pairedId !== null) return getRow(state.devices, fact.pairedId);
  for (const identifier of fact.device.identifiers) {
    const id = getRow(state.deviceByIdentifier, identifier);
    if (id !== undefined) return getRow(state.devices, id);
  }
  return undefined;
}

function newDevice(state: DevicesState, said: DeviceDescription): Device {
  const identifier = said.identifiers[0] ?? 'device';
  return {
    id: freeId(identifier, (id) => getRow(state.devices, id) !== undefined),
    kind: 'found',
    name: identifier,
    ownName: null,
    roomId: UNPLACED,
    roomIsOwn: false,
    manufacturer: null,
    model: null,
    swVersion: null,
    identifier,
    origin: null,
  };
}

function describe(device: Device, said: DeviceDescription, areaId: string): Device {
  return {
    ...device,
    name: said.name ?? device.name,
    identifier: device.identifier ?? said.identifiers[0] ?? null,
    manufacturer: said.manufacturer ?? device.manufacturer,
    model: said.model ?? device.model,
    swVersion: said.swVersion ?? device.swVersion,
    origin: said.origin ?? device.origin,
    roomId: device.roomIsOwn || areaId === UNPLACED ? device.roomId : areaId,
  };
}

function announceEntity(
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
  if (old === undefined || tellsTheSame(old, entity)) return { state: next };
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

const entitiesOfTopic = (state: DevicesState, topic: string): Entity[] =>
  (getRow(state.entitiesByTopic, topic) ?? []).flatMap((id) => getRow(state.entities, id) ?? []);

/** An empty payload: everything of that topic is gone, and a found device with nothing left is too. */
export function withdraw(state: DevicesState, discoveryTopic: string): Outcome<DevicesState> {
  return removeEntities(state, entitiesOfTopic(state, discoveryTopic), []);
}

function removeEntities(
  state: DevicesState,
  entities: readonly Entity[],
  facts: readonly Fact[],
): Outcome<DevicesState> {
  let next = state;
  const all: Fact[] = [...facts];
  for (const entity of entities) {
    next = dropEntity(next, entity);
    all.push({ type: 'entityRetired', entityId: entity.id });
    const device = getRow(next.devices, entity.deviceId);
    if (device?.kind === 'found' && entityIdsOf(next, device.id).length === 0) {
      next = dropDevice(next, device);
      all.push({ type: 'deviceRemoved', deviceId: device.id, name: device.ownName ?? device.name, by: null });
    }
  }
  return { state: next, facts: all };
}

/** The owner removes a device: it goes with all that belongs to it, and its session ends. */
export function removeDevice(state: DevicesState, deviceId: string, by: string): Outcome<DevicesState> {
  const device = getRow(state.devices, deviceId);
  if (device === undefined) return { state };
  const entities = entityIdsOf(state, deviceId).flatMap((id) => getRow(state.entities, id) ?? []);
  let next = state;
  for (const entity of entities) next = dropEntity(next, entity);
  const effect: Effect = {
    do: 'forgetDevice',
    deviceId,
    retainedTopics: [...new Set(entities.map((entity) => entity.discoveryTopic))],
  };
  return {
    state: dropDevice(next, device),
    facts: [
      ...entities.map((entity): Fact => ({ type: 'entityRetired', entityId: entity.id })),
      { type: 'deviceRemoved', deviceId, name: device.ownName ?? device.name, by },
    ],
    effects: [effect],
  };
}

export function pair(
  state: DevicesState,
  fact: Extract<Fact, { type: 'devicePaired' }>,
): Outcome<DevicesState> {
  const { deviceId: id, kind, name } = fact;
  const device: Device = {
    id,
    kind,
    name,
    ownName: name,
    roomId: UNPLACED,
    roomIsOwn: false,
    manufacturer: null,
    model: null,
    swVersion: null,
    identifier: null,
    origin: null,
  };
  return { state: putDevice(state, device) };
}

/** The room of that name, made when there is none; no name: unplaced. */
export function placeIn(state: DevicesState, name: string): { state: DevicesState; roomId: string } {
  const wanted = name.trim().slice(0, 64);
  if (wanted === '') return { state, roomId: UNPLACED };
  for (const [, room] of rowsOf(state.rooms)) {
    if (room.name.toLowerCase() === wanted.toLowerCase()) return { state, roomId: room.id };
  }
  const id = freeId(
    wanted.toLowerCase(),
    (taken) => taken === UNPLACED || getRow(state.rooms, taken) !== undefined,
  );
  return { state: { ...state, rooms: setRow(state.rooms, id, { id, name: wanted }) }, roomId: id };
}

/** An id that is safe in an address, a topic and as a key (`constructor` is not), made from words and not taken yet. */
function freeId(words: string, isTaken: (id: string) => boolean): string {
  const plain = words
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9_.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 120);
  const base = plain === '' ? 'thing' : plain;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(id) && !(id in Object.prototype)) return id;
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
