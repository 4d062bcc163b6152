import { baseTopicOf, expandBaseTopic, expandNames, type Options } from './abbreviations.ts';
import { readDevice } from './announcements/announcedDevice.ts';
import { readEntity } from './announcements/announcedEntity.ts';
import { BadOption, readLabel } from './announcements/announcedOption.ts';
import type { DeviceDescription, EntityAnnouncement } from './entity.ts';
import { entityKeyOf } from './entityKey.ts';
import { isRecord } from './json.ts';
import { Component } from './schema.ts';

/** Most components that one device message may carry. Zigbee devices announce about 20; a gateway announces each of its devices apart. */
const MAX_COMPONENTS = 64;

/** Options of the root that a component inherits unless it sets them itself. Source: ha-mqtt-discovery section 2, rule 4. */
const SHARED = [
  'availability_mode',
  'availability_template',
  'command_topic',
  'state_topic',
  'encoding',
  'qos',
  'payload_available',
  'payload_not_available',
  'message_expiry_interval',
] as const;

/** The two ways to say availability; a component that uses one does not inherit the other. */
const AVAILABILITY = ['availability', 'availability_topic'] as const;

/** The root is a closed list: any other key rejects the whole message. `~` we accept and note. Source: section 2, rules 2 and 3. */
const ROOT_KEYS: ReadonlySet<string> = new Set([
  'device',
  'origin',
  'components',
  '~',
  ...SHARED,
  ...AVAILABILITY,
]);

/** Components that are no entities there, and need no `unique_id`. Source: ha-mqtt-discovery section 1. */
const NO_ENTITIES: ReadonlySet<string> = new Set(['device_automation', 'tag']);

/** What the components of one message add up to. */
type Gathered = {
  readonly entities: Map<string, EntityAnnouncement>;
  readonly removedKeys: Set<string>;
  readonly warnings: string[];
};

const shown = (text: string): string => text.slice(0, 64).replace(/[^\x20-\x7e]/g, '?');

const inherits = (own: Options, key: string): boolean => !Object.hasOwn(own, key);

/** The options of a component with those of the root that it does not set itself. */
function merged(root: Options, own: Options): Options {
  const options: Record<string, unknown> = { __proto__: null, ...own };
  const keys: string[] = SHARED.filter((key) => inherits(own, key));
  if (AVAILABILITY.every((key) => inherits(own, key))) keys.push(...AVAILABILITY);
  for (const key of keys) {
    if (Object.hasOwn(root, key)) options[key] = root[key];
  }
  return options;
}

function addComponent(
  root: Options,
  base: string | null,
  key: string,
  value: unknown,
  gathered: Gathered,
): void {
  const own = isRecord(value) ? expandNames(value) : null;
  const platform = own?.platform;
  if (own === null || typeof platform !== 'string') throw new BadOption(`platform of "${shown(key)}"`);
  const safeKey = entityKeyOf(key);
  if (Object.keys(own).length === 1) {
    gathered.removedKeys.add(safeKey);
    return;
  }
  const component = Component.safeParse(platform);
  if (!component.success) {
    gathered.warnings.push(`component ${shown(platform)}: ${shown(key)}`);
    return;
  }
  // Home Assistant rejects the whole message: without it the entity would be a stranger at every start.
  const isEntity = !NO_ENTITIES.has(component.data);
  if (isEntity && (own.unique_id ?? '') === '') throw new BadOption(`unique_id of "${shown(key)}"`);
  const options = expandBaseTopic({ ...merged(root, own), device: root.device }, baseTopicOf(own) ?? base);
  const entity = readEntity(component.data, key, options);
  if (!entity.ok) gathered.warnings.push(`${entity.reason}: ${shown(key)}`);
  else if (gathered.entities.has(safeKey)) gathered.warnings.push(`same-key: ${shown(key)}`);
  else gathered.entities.set(safeKey, entity.value);
}

/**
 * A device with all its entities, names expanded. Throws `BadOption` for what makes Home Assistant reject the whole message; an
 * entity that it would leave out is left out here, with a warning.
 */
export function readDeviceForm(named: Options): {
  device: DeviceDescription;
  entities: EntityAnnouncement[];
  removedKeys: string[];
  warnings: string[];
} {
  const extra = Object.keys(named).find((key) => !ROOT_KEYS.has(key));
  if (extra !== undefined) throw new BadOption(`extra key "${shown(extra)}"`);
  const { device, origin, components } = named;
  if (!isRecord(device)) throw new BadOption('device');
  if (!isRecord(origin) || readLabel(origin, 'name') === null) throw new BadOption('origin name');
  if (!isRecord(components)) throw new BadOption('components');
  const entries = Object.entries(components);
  if (entries.length > MAX_COMPONENTS) throw new BadOption(`more than ${MAX_COMPONENTS} components`);
  const base = baseTopicOf(named);
  const root = expandBaseTopic(named, base);
  const gathered: Gathered = { entities: new Map(), removedKeys: new Set(), warnings: [] };
  if (Object.hasOwn(named, '~')) gathered.warnings.push('base topic at the root: ~');
  for (const [key, value] of entries) addComponent(root, base, key, value, gathered);
  return {
    device: readDevice(device, origin, null),
    entities: [...gathered.entities.values()],
    removedKeys: [...gathered.removedKeys].filter((key) => !gathered.entities.has(key)),
    warnings: gathered.warnings,
  };
}
