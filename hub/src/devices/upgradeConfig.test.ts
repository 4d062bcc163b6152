import { expect, it } from 'vitest';
import { CONFIG_OF_0_1 } from '../../test/storedForm.ts';
import { readEntity } from './announcements/announcedEntity.ts';
import type { EntityConfig } from './entity.ts';
import type { PlatformName } from './platforms/table.ts';
import { upgradeConfig } from './upgradeConfig.ts';

/** As version 0.1 stored them. */
const OLD = {
  ...CONFIG_OF_0_1,
  stateTopic: 's',
  valueTemplate: null,
};

function announced(component: PlatformName, options: object): EntityConfig {
  const entity = readEntity(component, 'x', { state_topic: 's', ...options });
  if (!entity.ok) throw new Error(entity.reason);
  return entity.value.config;
}

it.each<[PlatformName, object, options: object]>([
  ['sensor', { unit: 'ppm', expireAfterMs: 60_000 }, { unit_of_measurement: 'ppm', expire_after: 60 }],
  ['binary_sensor', { payloadOn: '1', stateOn: '1', offDelayMs: 2_000 }, { payload_on: '1', off_delay: 2 }],
  [
    'switch',
    { commandTopic: 'c', payloadOn: 'go', stateOn: 'gone' },
    { command_topic: 'c', payload_on: 'go', state_on: 'gone' },
  ],
  [
    'siren',
    { commandTopic: 'c', commandOffTemplate: 'off', availableTones: ['fire'], supportsVolume: true },
    {
      command_topic: 'c',
      command_off_template: 'off',
      available_tones: ['fire'],
      support_duration: false,
    },
  ],
])('a stored %s of version 0.1 becomes what it would be announced as today', (component, old, options) => {
  expect(upgradeConfig(JSON.parse(JSON.stringify({ component, ...OLD, ...old })))).toEqual(
    announced(component, options),
  );
});

it('a configuration of today stays as it is', () => {
  const config = announced('switch', { command_topic: 'c' });
  expect(upgradeConfig(config)).toBe(config);
});
