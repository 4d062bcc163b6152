import { deleteRow, emptyTable, getRow, rowsOf, setRow, type Table } from '../house/table.ts';
import { earliest, type Millis, type Moment } from '../shared/time.ts';
import type { Device, Entity } from './entity.ts';
import type { BoardLog, CommandRow, CutRow, FloodRow, Live, RoomRow } from './rows.ts';
import type { Quantity } from './schema.ts';
import type { Bucket } from './topics/tokenBucket.ts';

export type DevicesState = {
  readonly devices: Table<Device>;
  readonly entities: Table<Entity>;
  readonly rooms: Table<RoomRow>;
  readonly boards: Table<BoardLog>;
  readonly commands: Table<CommandRow>;
  readonly live: Table<Live>;
  /** Devices that flood, by id. Volatile. */
  readonly floods: Table<FloodRow>;
  /** Sessions that were ended for a flood, by the device that logs in. Volatile. */
  readonly cuts: Table<CutRow>;
  /** Look-ups that follow from the tables above. */
  readonly entitiesOf: Table<readonly string[]>;
  readonly entitiesByTopic: Table<readonly string[]>;
  readonly deviceByIdentifier: Table<string>;
  readonly sirens: readonly string[];
  /** Entities that tell the charge of a battery, by device. */
  readonly batteries: Table<readonly string[]>;
  readonly gateways: readonly Device[];
  /** When one of its devices was heard last, by gateway; to the minute. Volatile. */
  readonly gatewaysHeard: Table<Moment>;
  /** How many devices that nobody knows may still come. Volatile; null: none has come yet. */
  readonly arrivals: Bucket | null;
  /** Discovery topics of devices that were removed: what the broker remembers of them brings nobody back. Volatile. */
  readonly ghosts: Table<true>;
  /** Whether the broker can be heard. Volatile. */
  readonly brokerUp: boolean;
  /** House time since when it is there, or away. Volatile. */
  readonly brokerSince: Millis;
  /** House time at which the first grace began of a broker that has not stayed for a whole one since; null: it has. Volatile. */
  readonly gracesFrom: Millis | null;
  /** Nobody counts as silent before this house time: after a start or a lost broker everybody gets time to speak. */
  readonly graceUntil: Millis;
  /** House seconds in a real one: 1 in a home. What is awaited from outside takes its time in real ones. Volatile. */
  readonly speed: number;
  /** Nothing is due before this house time; null: nothing is. */
  readonly wakeAt: Millis | null;
};

/** The durable part. */
export type StoredDevices = Pick<DevicesState, 'devices' | 'entities' | 'rooms' | 'boards' | 'commands'>;

export const UNPLACED = 'unplaced';

/** Takes up stored rows; nothing has been heard yet. `speed`: house seconds in a real one. */
export function devicesFrom(stored: StoredDevices, speed: number): DevicesState {
  let state: DevicesState = {
    ...stored,
    entities: emptyTable(),
    live: emptyTable(),
    floods: emptyTable(),
    cuts: emptyTable(),
    entitiesOf: emptyTable(),
    entitiesByTopic: emptyTable(),
    deviceByIdentifier: emptyTable(),
    sirens: [],
    batteries: emptyTable(),
    gateways: [],
    gatewaysHeard: emptyTable(),
    arrivals: null,
    ghosts: emptyTable(),
    brokerUp: false,
    brokerSince: 0,
    gracesFrom: null,
    graceUntil: 0,
    speed,
    wakeAt: null,
  };
  for (const [, device] of rowsOf(stored.devices)) state = putDevice(state, device);
  for (const [, entity] of rowsOf(stored.entities)) state = putEntity(state, entity);
  for (const [, command] of rowsOf(stored.commands))
    state = { ...state, wakeAt: earliest(state.wakeAt, command.dueAt) };
  return state;
}

/** What was heard is put anew with every reading. Written out: a spread of so many fields costs more than the rest of it. */
export const withLive = (state: DevicesState, live: Table<Live>, wakeAt: Millis | null): DevicesState => ({
  devices: state.devices,
  entities: state.entities,
  rooms: state.rooms,
  boards: state.boards,
  commands: state.commands,
  live,
  floods: state.floods,
  cuts: state.cuts,
  entitiesOf: state.entitiesOf,
  entitiesByTopic: state.entitiesByTopic,
  deviceByIdentifier: state.deviceByIdentifier,
  sirens: state.sirens,
  batteries: state.batteries,
  gateways: state.gateways,
  gatewaysHeard: state.gatewaysHeard,
  arrivals: state.arrivals,
  ghosts: state.ghosts,
  brokerUp: state.brokerUp,
  brokerSince: state.brokerSince,
  gracesFrom: state.gracesFrom,
  graceUntil: state.graceUntil,
  speed: state.speed,
  wakeAt,
});

export const quantityOf = (entity: Entity): Quantity => entity.ownQuantity ?? entity.quantity;

/**
 * What its values are of. A number that is set is nothing that was measured, whatever its class: a threshold of 300 ppm is no
 * carbon monoxide. It stays in the unit in which it is set.
 */
export const measuredBy = (entity: Entity): Quantity =>
  entity.config.component === 'number' ? 'other' : quantityOf(entity);

export function putDevice(state: DevicesState, device: Device): DevicesState {
  const gateways = withGateway(state.gateways, device);
  const next = { ...state, gateways, devices: setRow(state.devices, device.id, device) };
  // Only found devices are recognised by what they say of themselves: nobody may speak for a paired board.
  if (device.kind !== 'found' || device.identifier === null) return next;
  return { ...next, deviceByIdentifier: setRow(state.deviceByIdentifier, device.identifier, device.id) };
}

function withGateway(gateways: readonly Device[], device: Device): readonly Device[] {
  if (device.kind !== 'gateway') return gateways;
  return [...gateways.filter(({ id }) => id !== device.id), device];
}

export function putEntity(state: DevicesState, entity: Entity): DevicesState {
  const old = getRow(state.entities, entity.id);
  let { entitiesByTopic } = state;
  if (old !== undefined && old.discoveryTopic !== entity.discoveryTopic)
    entitiesByTopic = without(entitiesByTopic, old.discoveryTopic, entity.id);
  return {
    ...state,
    entities: setRow(state.entities, entity.id, entity),
    entitiesOf: withId(state.entitiesOf, entity.deviceId, entity.id),
    entitiesByTopic: withId(entitiesByTopic, entity.discoveryTopic, entity.id),
    sirens: withSiren(state.sirens, entity),
    batteries:
      quantityOf(entity) === 'battery'
        ? withId(state.batteries, entity.deviceId, entity.id)
        : without(state.batteries, entity.deviceId, entity.id),
  };
}

/** Whether a device runs on a battery: it tells of one. */
export const isOnBattery = (state: DevicesState, deviceId: string): boolean =>
  getRow(state.batteries, deviceId) !== undefined;

/** One that is announced again keeps its place. */
function withSiren(sirens: readonly string[], { id, config }: Entity): readonly string[] {
  if ((config.component === 'siren') === sirens.includes(id)) return sirens;
  return config.component === 'siren' ? [...sirens, id] : sirens.filter((other) => other !== id);
}

export function dropEntity(state: DevicesState, entity: Entity): DevicesState {
  return {
    ...state,
    entities: deleteRow(state.entities, entity.id),
    live: deleteRow(state.live, entity.id),
    commands: deleteRow(state.commands, entity.id),
    entitiesOf: without(state.entitiesOf, entity.deviceId, entity.id),
    entitiesByTopic: without(state.entitiesByTopic, entity.discoveryTopic, entity.id),
    sirens: state.sirens.filter((id) => id !== entity.id),
    batteries: without(state.batteries, entity.deviceId, entity.id),
  };
}

export function dropDevice(state: DevicesState, device: Device): DevicesState {
  const known =
    device.identifier !== null && getRow(state.deviceByIdentifier, device.identifier) === device.id;
  return {
    ...state,
    devices: deleteRow(state.devices, device.id),
    boards: deleteRow(state.boards, device.id),
    floods: deleteRow(state.floods, device.id),
    cuts: deleteRow(state.cuts, device.id),
    gateways: state.gateways.filter(({ id }) => id !== device.id),
    gatewaysHeard: deleteRow(state.gatewaysHeard, device.id),
    deviceByIdentifier: known
      ? deleteRow(state.deviceByIdentifier, device.identifier as string)
      : state.deviceByIdentifier,
  };
}

export const entityIdsOf = (state: DevicesState, deviceId: string): readonly string[] =>
  getRow(state.entitiesOf, deviceId) ?? [];

function withId(table: Table<readonly string[]>, key: string, id: string): Table<readonly string[]> {
  const ids = getRow(table, key) ?? [];
  return ids.includes(id) ? table : setRow(table, key, [...ids, id]);
}

function without(table: Table<readonly string[]>, key: string, id: string): Table<readonly string[]> {
  const before = getRow(table, key);
  if (before === undefined) return table;
  const ids = before.filter((other) => other !== id);
  if (ids.length === before.length) return table;
  return ids.length === 0 ? deleteRow(table, key) : setRow(table, key, ids);
}
