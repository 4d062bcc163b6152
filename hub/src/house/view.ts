import { isPlausible } from '../air/plausible.ts';
import { viewAir } from '../air/view.ts';
import { type AlarmLevel, compareLevels, type Room } from '../alarms/schema.ts';
import { isRestarting } from '../devices/boards/boards.ts';
import { isSecret } from '../devices/commands.ts';
import type { Device, Entity } from '../devices/entity.ts';
import { viewHealth } from '../devices/health/view.ts';
import { faultOf } from '../devices/health/watched.ts';
import { isAvailable, isSafety, isSupervised, liveOf } from '../devices/heard.ts';
import { isFull } from '../devices/places.ts';
import { controlOf } from '../devices/platform.ts';
import { type DeviceView, type EntityView, LIFE_QUANTITIES } from '../devices/schema.ts';
import { entityIdsOf, measuredBy, quantityOf, UNPLACED } from '../devices/state.ts';
import { unitOf } from '../devices/unit.ts';
import type { Moment } from '../shared/time.ts';
import type { House } from './house.ts';
import { getRow } from './table.ts';

export const roomOf = (house: House, id: string): Room => {
  const room = getRow(house.devices.rooms, id);
  return room === undefined ? { id: UNPLACED, name: '' } : { id: room.id, name: room.name };
};

/** How the app sees one device with all that it measures. `dropped`: messages of it that could not be read. */
export function viewDevice(house: House, device: Device, now: Moment, dropped: number): DeviceView {
  const entities: Record<string, EntityView> = {};
  for (const id of entityIdsOf(house.devices, device.id)) {
    const entity = getRow(house.devices.entities, id);
    if (entity !== undefined) entities[id] = viewEntity(house, entity);
  }
  const views = Object.values(entities);
  const spoke = getRow(house.devices.gatewaysHeard, device.id);
  const heard = [...views.map((view) => view.at), spoke?.utc ?? null].filter((at) => at !== null);
  return {
    id: device.id,
    name: device.ownName ?? device.name,
    kind: device.kind,
    roomId: device.roomId,
    manufacturer: device.manufacturer,
    model: device.model,
    swVersion: device.swVersion,
    health: views.length === 0 && spoke !== undefined ? 'ok' : healthOf(house, views),
    lastHeardAt: heard.length === 0 ? null : Math.max(...heard),
    flooding: getRow(house.devices.floods, device.id) !== undefined,
    full: device.kind === 'gateway' && isFull(house.devices, device.id),
    gatewayId: device.gatewayId,
    restarting: isRestarting(house.devices, device.id, now.mono),
    droppedMessages: dropped,
    entities,
  };
}

function viewEntity(house: House, entity: Entity): EntityView {
  const live = liveOf(house.devices, entity.id);
  const available = faultOf(entity) === null && isAvailable(house.devices, entity, live);
  const command = getRow(house.devices.commands, entity.id);
  return {
    id: entity.id,
    name: entity.ownName ?? entity.name,
    component: entity.config.component,
    quantity: quantityOf(entity),
    // "Detected" has none, whatever its gas is measured in.
    unit: entity.config.component === 'binary_sensor' ? null : unitOf(measuredBy(entity), entity.config.unit),
    value: isSecret(entity) ? null : live.value,
    attributes: live.attributes,
    control: controlOf(entity.config),
    at: live.heardAt?.utc ?? null,
    available,
    reportEveryMs: entity.config.component === 'sensor' ? live.everyMs : null,
    // What nobody relies on blinds nobody; but see `isOutOfUse`.
    safety: isSafety(entity) && getRow(house.health.health, entity.id)?.disabled !== true,
    supervised: isSupervised(entity),
    level: shownLevel(house, entity.id),
    fault: faultOf(entity),
    health: viewHealth(house.health, house.devices, entity),
    air: viewAir(house.air, entity.id, quantityOf(entity)),
    command: command?.phase ?? 'none',
  };
}

function healthOf(house: House, entities: readonly EntityView[]): DeviceView['health'] {
  if (entities.some((entity) => entity.fault !== null)) return 'fault';
  const lost = entities.filter((entity) => liveOf(house.devices, entity.id).lost);
  if (lost.length > 0) return 'lost';
  const heard = entities.some((entity) => entity.value !== null || entity.available);
  return heard ? 'ok' : 'waiting';
}

const SHOWN: Readonly<Record<AlarmLevel, EntityView['level']>> = {
  advisory: 'check',
  warning: 'warning',
  alarm: 'alarm',
  critical: 'alarm',
};

/** The worst level that this sensor's value crosses now. */
function shownLevel(house: House, entityId: string): EntityView['level'] {
  const told = Object.values(getRow(house.air.rows, entityId)?.told ?? {});
  const worst = told.sort(compareLevels).at(-1);
  return worst === undefined ? 'safe' : SHOWN[worst];
}

/** Whether a life would depend on it, and a person took it out of use: nobody would notice if it were dead. */
export const isOutOfUse = ({ component, quantity, health }: EntityView): boolean =>
  health?.findings.disabled !== undefined && (component === 'siren' || LIFE_QUANTITIES.has(quantity));

/** Whether a life-safety sensor tells us nothing, or what cannot be: then nobody can say that the room is safe. */
export const isBlind = ({ safety, available, quantity, value }: EntityView): boolean =>
  safety && (!available || value === null || typeof value === 'string' || !isPlausible(quantity, value));
