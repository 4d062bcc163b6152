import type { Fact } from '../house/facts.ts';
import type { Effect, Outcome } from '../house/outcome.ts';
import { deleteRow, emptyTable, getRow, rowsOf, setRow } from '../house/table.ts';
import type { Moment } from '../shared/time.ts';
import { announceEntity, entityBefore, isElsewhere, loseUnnamed } from './announcements/announcedEntities.ts';
import { describe } from './description.ts';
import type { Device, Entity } from './entity.ts';
import { gatewayFor, releaseDevices } from './gateways.ts';
import { same } from './identity.ts';
import { isShareTaken, MAX_DEVICES, whoMakesWay } from './places.ts';
import { mayMove } from './renamedNode.ts';
import { type DevicesState, dropDevice, dropEntity, entityIdsOf, putDevice, UNPLACED } from './state.ts';
import { type BucketSize, takeToken } from './topics/tokenBucket.ts';

/**
 * Devices that nobody knows and that may come at once; then one a second. A whole house may move in, but who invents names
 * without end fills neither the disk nor the journal.
 */
export const ARRIVALS: BucketSize = { burst: MAX_DEVICES, perSecond: 1 };

/** Discovery topics of removed devices that are remembered; then all are forgotten: by then the broker has forgotten them too. */
const MAX_GHOSTS = 10_000;

type Announced = Extract<Fact, { type: 'deviceAnnounced' }>;
type Refused = Extract<Fact, { type: 'announcementRefused' }>;

/** A discovery message: the device and its entities are there, or are as they say now. */
export function announce(state: DevicesState, fact: Announced, now: Moment): Outcome<DevicesState> {
  if (fact.retained === true && isGhost(state, fact.discoveryTopic)) return { state };
  const known = findDevice(state, fact);
  const knownId = known?.id ?? null;
  if (takesAway(state, fact, known, now)) return refusal(state, fact, knownId, 'announced-elsewhere');
  const gatewayId = fact.pairedId === null ? gatewayOf(state, fact, known) : null;
  if (gatewayId === undefined) return refusal(state, fact, knownId, 'another-gateway');
  const admitted = known === undefined ? admit(state, fact, gatewayId, now) : { state };
  if (typeof admitted === 'string') return refusal(state, fact, gatewayId, admitted);
  const next = withoutGhost(admitted.state, fact.discoveryTopic);
  return following(admitted, takeIn(next, fact, known, gatewayId));
}

const following = (
  { facts = [], effects = [] }: Outcome<DevicesState>,
  taken: Outcome<DevicesState>,
): Outcome<DevicesState> => ({
  state: taken.state,
  facts: [...facts, ...(taken.facts ?? [])],
  effects: [...effects, ...(taken.effects ?? [])],
});

/** Whether it names what stands on another topic. A board has all its topics to itself; without gateways nobody can be told apart. */
const takesAway = (state: DevicesState, fact: Announced, known: Device | undefined, now: Moment): boolean =>
  known !== undefined &&
  fact.pairedId === null &&
  state.gateways.length > 0 &&
  fact.entities.some(
    (said) =>
      isElsewhere(state, known.id, fact.discoveryTopic, said) && !mayMove(state, fact, known, said, now),
  );

function gatewayOf(
  state: DevicesState,
  fact: Announced,
  known: Device | undefined,
): string | null | undefined {
  // On a broker without paired gateways there is nothing to tell them apart by.
  if (state.gateways.length === 0) return known?.gatewayId ?? null;
  const candidates = fact.entities.map((said) => ({
    config: said.config,
    before: known && entityBefore(state, known.id, fact.discoveryTopic, said)?.config,
  }));
  return gatewayFor(state.gateways, known?.gatewayId ?? null, candidates);
}

/** A device that nobody knows yet: the house with room for it and one arrival less, or why it may not come. */
function admit(
  state: DevicesState,
  { retained, stays = [] }: Announced,
  gatewayId: string | null,
  now: Moment,
): Outcome<DevicesState> | Refused['reason'] {
  if (isShareTaken(state, gatewayId)) return 'too-many-of-gateway';
  const leaver = state.devices.size < MAX_DEVICES ? null : whoMakesWay(state, stays, now);
  if (state.devices.size >= MAX_DEVICES && leaver === null) return 'too-many-devices';
  // What the broker remembers is no news, and bounded there.
  const arrivals = retained === true ? state.arrivals : takeToken(state.arrivals, ARRIVALS, now.mono);
  if (arrivals === null && retained !== true) return 'too-many-new-devices';
  const left = leaver === null ? { state } : removeDevice(state, leaver.id, null, now);
  return { ...left, state: { ...left.state, arrivals } };
}

function refusal(
  state: DevicesState,
  { discoveryTopic }: Announced,
  deviceId: string | null,
  reason: Refused['reason'],
): Outcome<DevicesState> {
  return {
    state,
    facts: [{ type: 'announcementRefused', discoveryTopic, deviceId, reason }],
  };
}

function takeIn(
  state: DevicesState,
  fact: Announced,
  known: Device | undefined,
  gatewayId: string | null,
): Outcome<DevicesState> {
  const described = describe(state, fact, known);
  const device = broughtBy(described.device, gatewayId, fact.retained === true);
  let next = described.state;
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

/** One that was left behind is so no more when a gateway brings it again, or when it is announced by itself. */
function broughtBy(device: Device, gatewayId: string | null, isMemory: boolean): Device {
  const { leftAt, ...others } = device;
  const isLeft = leftAt !== undefined && gatewayId === null && isMemory;
  return isLeft || (leftAt === undefined && device.gatewayId === gatewayId)
    ? device
    : { ...others, gatewayId };
}

const isGhost = (state: DevicesState, topic: string): boolean => getRow(state.ghosts, topic) !== undefined;

const withoutGhost = (state: DevicesState, topic: string): DevicesState =>
  isGhost(state, topic) ? { ...state, ghosts: deleteRow(state.ghosts, topic) } : state;

const isNamed = (fact: Announced, key: string): boolean => fact.entities.some((entity) => entity.key === key);

function findDevice(state: DevicesState, fact: Announced): Device | undefined {
  if (fact.pairedId !== null) return getRow(state.devices, fact.pairedId);
  for (const identifier of fact.device.identifiers) {
    const id = getRow(state.deviceByIdentifier, identifier);
    if (id !== undefined) return getRow(state.devices, id);
  }
  return undefined;
}

const entitiesOfTopic = (state: DevicesState, topic: string): Entity[] =>
  (getRow(state.entitiesByTopic, topic) ?? []).flatMap((id) => getRow(state.entities, id) ?? []);

/** An empty payload: everything of that topic is gone, and a found device with nothing left is too. */
export function withdraw(state: DevicesState, discoveryTopic: string): Outcome<DevicesState> {
  const gone = entitiesOfTopic(state, discoveryTopic).filter((entity) => entity.moving !== true);
  return removeEntities(withoutGhost(state, discoveryTopic), gone, []);
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

/** A device goes with all that belongs to it, and the session of a paired one ends. `by`: null when it makes way for another. */
export function removeDevice(
  state: DevicesState,
  deviceId: string,
  by: string | null,
  now: Moment,
): Outcome<DevicesState> {
  const device = getRow(state.devices, deviceId);
  if (device === undefined) return { state };
  const entities = entityIdsOf(state, deviceId).flatMap((id) => getRow(state.entities, id) ?? []);
  let next = withGhosts(state, entities);
  for (const entity of entities) next = dropEntity(next, entity);
  if (device.kind === 'gateway') {
    const all = [...rowsOf(state.devices)].map(([, each]) => each);
    next = releaseDevices(next, deviceId, all, now.utc);
  }
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

function withGhosts(state: DevicesState, entities: readonly Entity[]): DevicesState {
  let ghosts = state.ghosts.size < MAX_GHOSTS ? state.ghosts : emptyTable<true>();
  for (const { discoveryTopic } of entities) ghosts = setRow(ghosts, discoveryTopic, true);
  return { ...state, ghosts };
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
