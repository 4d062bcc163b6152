import type { DeviceView, EntityView } from '@homeward/hub/api';
import { agePhrase } from '../text/ages.ts';
import type { Phrase } from '../text/say.ts';
import type { StateName } from '../ui/states.ts';
import { deviceState, isMuteDevice, isOutOfUseDevice, isUnanswered, lostSafety } from './groups.ts';

/** Which devices are shown. */
export type HealthFilter = 'all' | 'needs' | 'silent' | 'well';
export const HEALTH_FILTERS: readonly HealthFilter[] = ['all', 'needs', 'silent', 'well'];

/** What is to be done about a device, in the order in which it matters. */
const needsOf = (device: DeviceView): readonly Phrase[] => {
  if (isUnanswered(device)) return [{ key: 'devices.health.unanswered' }];
  if (device.restarting) return [{ key: 'devices.health.restarting' }];
  if (device.flooding) return [{ key: 'devices.health.flooding' }];
  if (device.full) return [{ key: 'devices.health.full' }];
  const lost = new Set(lostSafety(device).map((entity) => entity.quantity));
  if (lost.size > 0)
    return [
      {
        key: 'devices.health.blind',
        n: lost.size,
        with: { quantities: [...lost].map((quantity) => ({ key: `quantity.${quantity}` })) },
      },
    ];
  if (device.health === 'lost') return [{ key: 'devices.health.power' }];
  if (isOutOfUseDevice(device)) return [{ key: 'air.todo.disabled' }];
  return isMuteDevice(device) ? [{ key: 'home.step.test', n: 1 }] : [];
};

/** How many of its things cannot be read, when others can; 0: none, or all. */
const unreadable = (device: DeviceView): number => {
  const entities = Object.values(device.entities);
  const faulty = entities.filter(({ fault }) => fault !== null).length;
  return faulty < entities.length ? faulty : 0;
};

const healthOf = (device: DeviceView, now: number): readonly Phrase[] => {
  const { health, lastHeardAt } = device;
  const heard = { age: agePhrase(lastHeardAt, now) };
  const parts = health === 'fault' ? unreadable(device) : 0;
  if (parts > 0)
    return [
      { key: 'devices.health.ok', with: heard },
      { key: 'devices.health.part', n: parts },
    ];
  if (health === 'waiting' || health === 'fault') return [{ key: `devices.health.${health}` }];
  return [{ key: `devices.health.${health}`, with: heard }];
};

const isLow = ({ quantity, value }: EntityView): boolean =>
  quantity === 'battery' && (value === true || (typeof value === 'number' && value <= LOW_BATTERY));
/** From here on a battery is spoken of. %. Zigbee's usual warning stands between 10 and 20. */
const LOW_BATTERY = 15;

/** What the row of a device says. `full`: also what is to be done. */
export const rowPhrases = (device: DeviceView, now: number, full: boolean): readonly Phrase[] => [
  ...healthOf(device, now),
  ...(full ? needsOf(device) : []),
  ...(Object.values(device.entities).some(isLow) ? [{ key: 'devices.health.battery' }] : []),
];

/** How the devices of a house stand. */
export type Standing = { readonly device: DeviceView; readonly state: StateName };
export const standings = (devices: readonly DeviceView[]): readonly Standing[] =>
  devices.map((device) => ({ device, state: deviceState(device) }));

/** What is worse comes first. */
const URGENCY: Readonly<Record<StateName, number>> = {
  alarm: 0,
  warning: 1,
  blind: 2,
  trouble: 3,
  check: 4,
  safe: 5,
};

export const byUrgency = (a: Standing, b: Standing): number =>
  URGENCY[a.state] - URGENCY[b.state] || a.device.name.localeCompare(b.device.name);

export const passes = ({ device, state }: Standing, filter: HealthFilter): boolean => {
  if (filter === 'needs') return state !== 'safe';
  if (filter === 'silent') return device.health === 'lost' || device.health === 'waiting';
  return filter === 'all' || (device.health === 'ok' && state === 'safe');
};
