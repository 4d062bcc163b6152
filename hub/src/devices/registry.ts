import type { Fact } from '../house/facts.ts';
import type { Effect, Outcome } from '../house/outcome.ts';
import { getRow, rowsOf, setRow } from '../house/table.ts';
import { announceEntity, loseUnnamed } from './announcedEntities.ts';
import type { Device, DeviceDescription, Entity } from './entity.ts';
import { freeId, same } from './identity.ts';
import { type DevicesState, dropDevice, dropEntity, entityIdsOf, putDevice, UNPLACED } from './state.ts';

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
  const others = entitiesOfTopic(next, fact.discoveryTopic).filter(({ key }) => !isNamed(fact, key));
  const outcome = removeEntities(
    next,
    others.filter(({ key }) => fact.removedKeys.includes(key)),
    facts,
  );
  return loseUnnamed(
    outcome,
    others.filter(({ key }) => !fact.removedKeys.includes(key)),
  );
}

const isNamed = (fact: Announced, key: string): boolean => fact.entities.some((entity) => entity.key === key);

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
    gatewayId: null,
    topics: null,
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

/** The owner removes a device: it goes with all that belongs to it, and the session of a paired one ends. */
export function removeDevice(state: DevicesState, deviceId: string, by: string): Outcome<DevicesState> {
  const device = getRow(state.devices, deviceId);
  if (device === undefined) return { state };
  const entities = entityIdsOf(state, deviceId).flatMap((id) => getRow(state.entities, id) ?? []);
  let next = state;
  for (const entity of entities) next = dropEntity(next, entity);
  const effect: Effect = {
    do: 'forgetDevice',
    deviceId,
    endsSession: device.kind !== 'found',
    retainedTopics: [
      ...new Set(entities.map((entity) => entity.discoveryTopic)),
      ...(device.kind === 'board' ? [`homeward/${deviceId}/availability`] : []),
    ],
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
    gatewayId: null,
    topics: kind === 'gateway' ? (fact.topics ?? []) : null,
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
