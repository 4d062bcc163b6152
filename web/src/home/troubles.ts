import type { Alarm, DeviceView, EntityView, HouseSnapshot } from '@homeward/hub/api';
import { byUrgency, isSetAside } from '../alarms/life.ts';
import { isFresh, isOutOfUse } from '../devices/freshness.ts';
import { isMuteDevice, isOutOfUseDevice } from '../devices/groups.ts';
import { findEntity } from '../hub/house.ts';
import { agePhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import { roomPhrase } from './places.ts';

/** Something that does not work or cannot be heard. Said as a banner while it is true. */
export type Trouble = {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly fact: Phrase;
  readonly consequence: Phrase;
};

/** A room in which a sensor that life depends on cannot be heard. */
export type BlindSpot = {
  readonly roomId: string;
  readonly roomName: string;
  readonly device: DeviceView;
  readonly lost: readonly EntityView[];
  /** When the first of them fell silent; null when one was never heard. */
  readonly lastAt: number | null;
};

const troubleOf = (device: DeviceView, now: number): Trouble | null => {
  const say = (word: string, gaps: Phrase['with'] = {}): Trouble => ({
    deviceId: device.id,
    deviceName: device.name,
    fact: { key: `home.trouble.${word}`, with: { device: device.name } },
    consequence: { key: `home.trouble.${word}What`, with: gaps },
  });
  const entities = Object.values(device.entities);
  if (device.health === 'fault') return say('fault');
  if (entities.some((entity) => entity.command === 'timedOut')) return say('unanswered');
  if (device.restarting) return say('restarting');
  const isBlindSpot = entities.some((entity) => entity.safety);
  if (device.health === 'lost' && !isBlindSpot)
    return say('lost', { age: agePhrase(device.lastHeardAt, now) });
  return null;
};

/** What an alarm of its own tells of is not said twice. */
export const troublesOf = (house: HouseSnapshot, now: number): readonly Trouble[] => {
  const told = new Set(
    Object.values(house.alarms).flatMap(({ kind, entityId }) =>
      kind === 'trouble' ? [findEntity(house, entityId)?.device.id] : [],
    ),
  );
  return Object.values(house.devices)
    .filter((device) => !told.has(device.id))
    .map((device) => troubleOf(device, now))
    .filter((trouble) => trouble !== null);
};

/** Many losses at once, as one trouble of the house. */
export const dropOutsOf = (house: HouseSnapshot): readonly Alarm[] =>
  Object.values(house.alarms)
    .filter((alarm) => alarm.entityId.startsWith('~') && alarm.active && !isSetAside(alarm))
    .toSorted(byUrgency);

/** Where we cannot tell, one entry a device. */
export const blindSpots = (house: HouseSnapshot): readonly BlindSpot[] =>
  Object.values(house.devices).flatMap((device) => {
    const lost = Object.values(device.entities).filter((entity) => entity.safety && !isFresh(entity));
    if (lost.length === 0) return [];
    const times = lost.map((entity) => entity.at);
    const lastAt = times.includes(null) ? null : Math.min(...times.map((at) => at ?? 0));
    const room = house.rooms[device.roomId];
    return [{ roomId: device.roomId, roomName: room?.name ?? '', device, lost, lastAt }];
  });

export const lostQuantities = (spot: BlindSpot): readonly Phrase[] =>
  [...new Set(spot.lost.map((entity) => entity.quantity))].map((quantity) => ({
    key: `quantity.${quantity}`,
  }));

export const blindFact = (spot: BlindSpot): Phrase =>
  spot.roomName === ''
    ? { key: 'home.banner.blindUnplaced' }
    : { key: 'home.banner.blind', with: { room: roomPhrase(spot.roomName) } };

export const blindConsequence = (spot: BlindSpot, now: number): Phrase =>
  spot.lastAt === null
    ? { key: 'home.banner.blindNever', with: { quantities: lostQuantities(spot) } }
    : {
        key: 'home.banner.blindWhat',
        with: { quantities: lostQuantities(spot), age: agePhrase(spot.lastAt, now) },
      };

/** Sensors that nobody would miss. `n` and the one name say it in the singular or in the plural. */
export type MuteSensors = { readonly first: DeviceView; readonly n: number };

const firstOf = (house: HouseSnapshot, is: (device: DeviceView) => boolean): MuteSensors | null => {
  const devices = Object.values(house.devices).filter(is);
  const [first] = devices;
  return first === undefined ? null : { first, n: devices.length };
};

export const muteSensors = (house: HouseSnapshot): MuteSensors | null => firstOf(house, isMuteDevice);

/** Sensors and sirens that a life would depend on, and that somebody took out of use. */
export const outOfUse = (house: HouseSnapshot): MuteSensors | null => firstOf(house, isOutOfUseDevice);

/** The sensors of those alone: a siren watches nothing. */
export const outOfUseSensors = (house: HouseSnapshot): MuteSensors | null =>
  firstOf(house, (device) =>
    Object.values(device.entities).some((entity) => isOutOfUse(entity) && entity.component !== 'siren'),
  );

export const outOfUseWhy = ({ first, n }: MuteSensors): readonly Phrase[] => [
  { key: 'home.why.outOfUse', n, with: { device: first.name } },
  { key: 'home.why.outOfUseWhat', n },
];

export const muteFact = ({ first, n }: MuteSensors): Phrase => ({
  key: 'home.why.mute',
  n,
  with: { device: first.name },
});
