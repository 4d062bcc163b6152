import type { DeviceView, EntityView, HouseSnapshot, RoomView } from '@homeward/hub/api';
import { isSounding, LIFE_SAFETY } from '../hub/contract.ts';
import type { IconName } from '../ui/icons.ts';
import type { StateName } from '../ui/states.ts';
import { isFresh, isMute, isOutOfUse } from './freshness.ts';

export type RoomGroup = { readonly room: RoomView; readonly devices: readonly DeviceView[] };

const entitiesOf = (device: DeviceView): readonly EntityView[] => Object.values(device.entities);

/** Sensors of this device that life depends on and that cannot be heard. */
export const lostSafety = (device: DeviceView): readonly EntityView[] =>
  entitiesOf(device).filter((entity) => entity.safety && !isFresh(entity));

export const isUnanswered = (device: DeviceView): boolean =>
  entitiesOf(device).some((entity) => entity.command === 'timedOut');

/** One press of its test button is the only way to know that it still works. */
export const isMuteDevice = (device: DeviceView): boolean => entitiesOf(device).some(isMute);

export const isOutOfUseDevice = (device: DeviceView): boolean => entitiesOf(device).some(isOutOfUse);

/** What sign a device carries; safe: none is needed. */
export const deviceState = (device: DeviceView): StateName => {
  if (device.health === 'fault' || isUnanswered(device) || device.restarting || device.flooding)
    return 'trouble';
  if (lostSafety(device).length > 0) return 'blind';
  if (device.health === 'lost' || device.full) return 'trouble';
  return isMuteDevice(device) || isOutOfUseDevice(device) ? 'check' : 'safe';
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name);

/** Devices by room; what stands in none comes last. */
export const devicesByRoom = (house: HouseSnapshot, devices: readonly DeviceView[]): readonly RoomGroup[] => {
  const groups = new Map<string, DeviceView[]>();
  for (const device of devices.toSorted(byName)) {
    const roomId = Object.hasOwn(house.rooms, device.roomId) ? device.roomId : 'unplaced';
    groups.set(roomId, [...(groups.get(roomId) ?? []), device]);
  }
  return [...groups]
    .map(([id, devices]) => ({
      room: house.rooms[id] ?? { id, name: '', verdict: 'safe' as const },
      devices,
    }))
    .toSorted((a, b) => Number(a.room.name === '') - Number(b.room.name === '') || byName(a.room, b.room));
};

/** Drawings by what an entity is, the most telling first. */
const DRAWN: readonly (readonly [IconName, (entity: EntityView) => boolean])[] = [
  ['siren', ({ component }) => component === 'siren'],
  ['camera', ({ component }) => component === 'camera' || component === 'image'],
  ['lock', ({ component, quantity }) => component === 'lock' || quantity === 'lock'],
  ['window', ({ quantity }) => quantity === 'window'],
  ['door', ({ quantity }) => quantity === 'door' || quantity === 'garage_door' || quantity === 'opening'],
  ['motion', ({ quantity }) => quantity === 'motion' || quantity === 'occupancy' || quantity === 'presence'],
  ['cover', ({ component }) => component === 'cover'],
  ['valve', ({ component }) => component === 'valve'],
  ['smoke', ({ quantity }) => quantity === 'smoke' || quantity === 'heat'],
  ['drop', ({ quantity }) => quantity === 'moisture'],
  ['lamp', ({ component }) => component === 'light'],
  ['plug', ({ component }) => component === 'switch'],
  ['air', ({ quantity }) => AIR.has(quantity)],
  ['press', ({ component }) => component === 'event' || component === 'device_automation'],
];
const AIR: ReadonlySet<string> = new Set([
  'temperature',
  'humidity',
  'carbon_dioxide',
  'carbon_monoxide',
  'oxygen',
  'pm25',
  'voc_index',
]);

/** The drawing that stands for a device: of what it does, not of who made it. */
export const deviceIcon = (device: DeviceView): IconName => {
  if (device.kind === 'gateway') return 'gateway';
  const entities = entitiesOf(device);
  const [icon] = DRAWN.find(([, is]) => entities.some(is)) ?? ['board'];
  return device.kind === 'board' && icon === 'air' ? 'board' : icon;
};

/** While gas is in the air nothing electric is to be touched from here. Source: safety.md, gas. */
export const isGasAlarm = (house: HouseSnapshot): boolean =>
  Object.values(house.alarms).some((alarm) => alarm.kind === 'gas' && alarm.active);

/** While this holds the hub lets no siren be stopped: people may still be inside. Source: safety.md ALM-4. */
export const isSirenNeeded = (house: HouseSnapshot): boolean =>
  Object.values(house.alarms).some(
    (alarm) => alarm.active && isSounding(alarm.level) && LIFE_SAFETY.has(alarm.kind),
  );
