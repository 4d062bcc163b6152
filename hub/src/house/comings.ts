import { COMING_QUANTITIES, type DeviceView, type EntityView } from '../devices/schema.ts';

type Devices = Readonly<Record<string, DeviceView>>;

/** Of what tells of somebody who comes, these tell of the device alone: whoever fits it must see them. */
const OF_THE_DEVICE: ReadonlySet<string> = new Set(['tamper', 'safety']);

const TELLING: ReadonlySet<string> = new Set(
  [...COMING_QUANTITIES, 'scan', 'picture'].filter((quantity) => !OF_THE_DEVICE.has(quantity)),
);

/** Where a person is, a tag that somebody held to a reader, a bell or button that somebody pressed. */
const TELLING_COMPONENTS: ReadonlySet<string> = new Set([
  'device_tracker',
  'tag',
  'event',
  'camera',
  'image',
]);

/** Whether what an entity says tells of people's comings and goings. */
const tells = ({ component, quantity }: EntityView): boolean =>
  TELLING.has(quantity) || TELLING_COMPONENTS.has(component);

/** What is left of such an entity: what it is, whether it can be heard, how it fares; never what it said, nor when. */
function withoutComings(entity: EntityView): EntityView {
  return tells(entity) ? { ...entity, value: null, attributes: {}, at: null } : entity;
}

/** A device of which nobody can read when somebody came or went. */
function deviceWithoutComings(device: DeviceView): DeviceView {
  const seen = Object.values(device.entities);
  if (!seen.some(tells)) return device;
  const entities = seen.map((entity) => [entity.id, withoutComings(entity)] as const);
  const heard = seen.filter((entity) => !tells(entity)).map(({ at }) => at ?? 0);
  // When a motion sensor was last heard is when somebody last moved.
  const lastHeardAt = heard.some((at) => at > 0) ? Math.max(...heard) : null;
  return { ...device, lastHeardAt, entities: Object.fromEntries(entities) };
}

export function devicesWithoutComings(devices: Devices): Devices {
  if (!Object.values(devices).some(({ entities }) => Object.values(entities).some(tells))) return devices;
  return Object.fromEntries(
    Object.entries(devices).map(([id, device]) => [id, deviceWithoutComings(device)]),
  );
}

type Change = Readonly<Record<string, unknown>>;

const isChange = (value: unknown): value is Change => typeof value === 'object' && value !== null;

/**
 * The change of a patch's devices without comings and goings.
 * @param now the devices as they are after that patch
 */
export function changeWithoutComings(devices: unknown, now: Devices): unknown {
  if (!isChange(devices)) return devices;
  return Object.fromEntries(
    Object.entries(devices).map(([id, change]) => {
      const device = Object.hasOwn(now, id) ? now[id] : undefined;
      return [id, isChange(change) && device !== undefined ? changeOf(change, device) : change];
    }),
  );
}

function changeOf(change: Change, device: DeviceView): Change {
  if (!Object.values(device.entities).some(tells) && !isChange(change.entities)) return change;
  const left = deviceWithoutComings(device);
  const { lastHeardAt } = left;
  if (!isChange(change.entities)) return 'lastHeardAt' in change ? { ...change, lastHeardAt } : change;
  const entities = Object.entries(change.entities).map(([id, each]) => {
    const entity = Object.hasOwn(left.entities, id) ? left.entities[id] : undefined;
    return [id, isChange(each) && entity !== undefined ? changeOfEntity(each, entity) : each];
  });
  // Told with every change of what hangs on it: when one becomes a motion sensor, what was heard of it until now is hidden too.
  return { ...change, lastHeardAt, entities: Object.fromEntries(entities) };
}

/** One that became something else is told whole: what was hidden of it may be seen now, or the other way round. */
function changeOfEntity(change: Change, left: EntityView): Change {
  if ('quantity' in change || 'component' in change) return left;
  if (!tells(left)) return change;
  const { value: _value, attributes: _attributes, at: _at, ...others } = change;
  return others;
}
