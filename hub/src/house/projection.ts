import type { Alarm } from '../alarms/schema.ts';
import type { DeviceView, EntityView } from '../devices/schema.ts';
import type { Moment } from '../shared/time.ts';
import { EMPTY_STORE, type House, houseFrom } from './house.ts';
import { mergePatchOf } from './mergePatch.ts';
import type { HousePatch, HouseSnapshot, RoomView, Verdict } from './schema.ts';
import { changedRows, getRow, rowsOf } from './table.ts';
import { isBlind, isOutOfUse, roomOf, viewDevice } from './view.ts';
import { verdictOfAlarm, viewAlarm, viewFlood } from './viewAlarm.ts';

/** Worst wins. Source: UI.md "States". */
const ORDER: readonly Verdict[] = ['safe', 'check', 'blind', 'warning', 'alarm'];
const worse = (a: Verdict, b: Verdict): Verdict => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

/** What the projection reads besides the house. */
export type ProjectionPorts = {
  readonly read: () => House;
  readonly now: () => Moment;
  /** Messages of a device that could not be read since the start. */
  readonly dropped: (deviceId: string) => number;
};

/**
 * The house as the app sees it, kept from look to look: only devices that changed are drawn anew. Every `flush` that
 * finds a change numbers it, so that a client knows when it missed one.
 */
export function createProjection({ read, now, dropped }: ProjectionPorts) {
  let seen: House = houseFrom(EMPTY_STORE);
  let seq = 0;
  let snapshot: HouseSnapshot = draw(seen, {}, { seq, now: 0 });

  let touched: readonly string[] = [];

  function flush(): HousePatch | null {
    const house = read();
    const at = now();
    if (house === seen && touched.length === 0) return null;
    const dirty = new Set([...touched, ...dirtyDevices(seen, house)]);
    touched = [];
    const devices = redrawDevices(dirty, house, snapshot.devices, (device) =>
      viewDevice(house, device, at, dropped(device.id)),
    );
    const before = snapshot;
    const after = draw(house, devices, { seq: before.seq, now: before.now });
    seen = house;
    const change = mergePatchOf(before, after);
    if (change === undefined) return null;
    seq += 1;
    snapshot = { ...after, seq, now: at.utc };
    return { seq, now: at.utc, change: change as Record<string, unknown> };
  }

  return {
    /** What changed since the last flush, numbered; null: nothing that can be seen. */
    flush,
    /** Something of a device changed that the house knows nothing of: its dropped messages. */
    touch(deviceId: string): void {
      if (!touched.includes(deviceId)) touched = [...touched, deviceId];
    },
    /** The house as of the last flush. */
    snapshot: (): HouseSnapshot => ({ ...snapshot, now: now().utc }),
  };
}

export type Projection = ReturnType<typeof createProjection>;

type Draw = (device: Parameters<typeof viewDevice>[1]) => DeviceView;

function redrawDevices(
  dirty: ReadonlySet<string>,
  after: House,
  old: HouseSnapshot['devices'],
  view: Draw,
): HouseSnapshot['devices'] {
  if (dirty.size === 0) return old;
  const devices = { ...old };
  for (const id of dirty) {
    const device = getRow(after.devices.devices, id);
    if (device !== undefined) devices[id] = view(device);
    else delete devices[id];
  }
  return devices;
}

/** Devices of which anything differs. An entity's id begins with its device's id. */
function dirtyDevices(before: House, after: House): Set<string> {
  const dirty = new Set<string>();
  const [a, b] = [before.devices, after.devices];
  const isAllNew = a.brokerUp !== b.brokerUp || before.air.limits !== after.air.limits;
  if (isAllNew) for (const [id] of rowsOf(b.devices)) dirty.add(id);
  for (const [id] of changedRows(a.devices, b.devices)) dirty.add(id);
  for (const [id] of changedRows(a.boards, b.boards)) dirty.add(id);
  for (const [id] of changedRows(a.floods, b.floods)) dirty.add(id);
  for (const [id] of changedRows(a.gatewaysHeard, b.gatewaysHeard)) dirty.add(id);
  for (const id of changedEntities(before, after)) addOwner(dirty, before, after, id);
  return dirty;
}

/** Entities of which anything differs. */
function* changedEntities(before: House, after: House): Generator<string> {
  for (const table of ['entities', 'live', 'commands'] as const)
    for (const [id] of changedRows<unknown>(before.devices[table], after.devices[table])) yield id;
  for (const table of ['health', 'pulses'] as const)
    for (const [id] of changedRows<unknown>(before.health[table], after.health[table])) yield id;
  for (const table of ['rows', 'means', 'exposures'] as const) {
    for (const [id] of changedRows<unknown>(before.air[table], after.air[table])) yield id;
  }
}

function addOwner(dirty: Set<string>, before: House, after: House, entityId: string): void {
  const entity = getRow(after.devices.entities, entityId) ?? getRow(before.devices.entities, entityId);
  if (entity !== undefined) dirty.add(entity.deviceId);
}

function draw(
  house: House,
  devices: HouseSnapshot['devices'],
  stand: { seq: number; now: number },
): HouseSnapshot {
  const alarms: Record<string, Alarm> = {};
  for (const [, row] of rowsOf(house.alarms.rows)) alarms[row.alarmId] = viewAlarm(house, row);
  const rooms = drawRooms(house, devices, Object.values(alarms));
  return {
    ...stand,
    verdict: verdictOf(house, devices, rooms, Object.values(alarms)),
    brokerConnected: house.devices.brokerUp,
    rooms,
    devices,
    alarms,
    flood: viewFlood(house),
    intrusion: null,
    doors: {},
    occupancy: null,
  };
}

function drawRooms(
  house: House,
  devices: HouseSnapshot['devices'],
  alarms: readonly Alarm[],
): Record<string, RoomView> {
  const rooms: Record<string, RoomView> = {};
  for (const device of Object.values(devices)) {
    const room = rooms[device.roomId] ?? { ...roomOf(house, device.roomId), verdict: 'safe' };
    rooms[device.roomId] = { ...room, verdict: worse(room.verdict, verdictOfDevice(device)) };
  }
  for (const alarm of alarms) {
    const room = rooms[alarm.room.id] ?? { ...alarm.room, verdict: 'safe' };
    rooms[alarm.room.id] = { ...room, verdict: worse(room.verdict, verdictOfAlarm(alarm)) };
  }
  return rooms;
}

const drawn = new WeakMap<DeviceView, Verdict>();

/** What a device makes of its room's verdict, remembered for as long as the device does not change. */
function verdictOfDevice(device: DeviceView): Verdict {
  const known = drawn.get(device);
  if (known !== undefined) return known;
  let verdict: Verdict = device.health === 'fault' || device.restarting ? 'check' : 'safe';
  for (const entity of Object.values(device.entities)) verdict = worse(verdict, verdictOfEntity(entity));
  drawn.set(device, verdict);
  return verdict;
}

function verdictOfEntity(entity: EntityView): Verdict {
  if (isBlind(entity)) return worse(entity.level, 'blind');
  // Nobody would notice if it were dead: that is no "safe".
  if ((entity.safety && !entity.supervised) || isOutOfUse(entity)) return worse(entity.level, 'check');
  // A siren that cannot be reached blinds nobody, but somebody has to look at it.
  const isMute = entity.component === 'siren' && (!entity.available || entity.command === 'timedOut');
  return isMute ? worse(entity.level, 'check') : entity.level;
}

/** A house in which no life-safety sensor can be heard is blind: nobody can say that it is safe. */
function verdictOf(
  house: House,
  devices: HouseSnapshot['devices'],
  rooms: Record<string, RoomView>,
  alarms: readonly Alarm[],
): Verdict {
  let verdict: Verdict = 'safe';
  for (const room of Object.values(rooms)) verdict = worse(verdict, room.verdict);
  for (const alarm of alarms) verdict = worse(verdict, verdictOfAlarm(alarm));
  const watched = Object.values(devices).some((device) => hasSafety(device));
  return house.devices.brokerUp && watched ? verdict : worse(verdict, 'blind');
}

const hasSafety = (device: DeviceView): boolean =>
  Object.values(device.entities).some((entity) => entity.safety);
