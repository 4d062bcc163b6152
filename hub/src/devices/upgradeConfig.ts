import type { EntityConfig } from './entity.ts';
import { isRecord } from './json.ts';
import type { Settings } from './platforms/settings.ts';

/** What a configuration of version 0.1 held at its top, of every platform at once. */
const MOVED: readonly string[] = [
  'commandOffTemplate',
  'payloadOn',
  'payloadOff',
  'stateOn',
  'stateOff',
  'availableTones',
  'supportsDuration',
  'supportsVolume',
];

type Old = Readonly<Record<string, unknown>>;

function settingsFrom(component: unknown, old: Old): object {
  const { payloadOn, payloadOff, stateOn, stateOff } = old;
  const { commandOffTemplate, availableTones, supportsDuration, supportsVolume } = old;
  switch (component) {
    case 'sensor':
      return { component, tells: 'number', options: [] };
    case 'binary_sensor':
      return { component, stateOn, stateOff };
    case 'switch':
      return { component, payloadOn, payloadOff, stateOn, stateOff };
    default: {
      const onOff = { payloadOn, payloadOff, stateOn, stateOff };
      return { component, ...onOff, commandOffTemplate, availableTones, supportsDuration, supportsVolume };
    }
  }
}

/**
 * A configuration as it was stored, in today's form. Those of version 0.1 knew four platforms, and held what only one of them has
 * beside what all have. What is of today's form already comes back as it is.
 * @param stored what this hub once wrote: trusted
 */
export function upgradeConfig(stored: unknown): EntityConfig {
  if (!isRecord(stored) || isRecord(stored.settings)) return stored as EntityConfig;
  const rest = Object.fromEntries(Object.entries(stored).filter(([name]) => !MOVED.includes(name)));
  const settings = settingsFrom(stored.component, stored) as Settings;
  return { ...rest, attributesTopic: null, attributesTemplate: null, settings } as EntityConfig;
}
