import { expect, it } from 'vitest';
import { announced, availableAt, SENSOR } from '../../../test/builders.ts';
import type { EntityConfig } from '../entity.ts';
import { foreignTopic } from './ownTopics.ts';

const about = (config: Partial<EntityConfig>) =>
  announced('x', { config: { ...SENSOR, stateTopic: null, ...config } });
const PAIRED = true;
const FOUND = false;

it.each<[topic: string, owner: string, isPaired: boolean, mayHear: boolean, mayCommand: boolean]>([
  ['homeward/hall/state', 'hall', PAIRED, true, true],
  ['homeward/hall/a/b/set', 'hall', PAIRED, true, true],
  ['homeward/hall', 'hall', PAIRED, false, false],
  ['homeward/hall2/state', 'hall', PAIRED, false, false],
  ['homeward/door/command', 'hall', PAIRED, false, false],
  ['homeward/hub/status', 'hall', PAIRED, true, false],
  ['homeward/hub/beat', 'hall', PAIRED, false, false],
  ['zigbee2mqtt/lock/set', 'hall', PAIRED, false, false],
  ['homeassistant/status', 'hall', PAIRED, false, false],
  ['zigbee2mqtt/lamp/set', 'lamp', FOUND, true, true],
  ['homeward/door/command', 'lamp', FOUND, false, false],
  ['homeward/lamp/set', 'lamp', FOUND, true, true],
  ['homeward/hub/status', 'lamp', FOUND, true, false],
  ['homeward/hub/status', 'hub', FOUND, true, false],
  ['homeward/hub/beat', 'hub', FOUND, false, false],
  ['homeassistant/switch/x/config', 'lamp', FOUND, false, false],
  ['$SYS/broker', 'lamp', FOUND, false, false],
  ['', 'lamp', FOUND, true, true],
])('%s spoken of by %s (paired: %s): hear %s, command %s', (topic, owner, isPaired, mayHear, mayCommand) => {
  expect(foreignTopic(about({ stateTopic: topic }), owner, isPaired) === null).toBe(mayHear);
  expect(foreignTopic(about({ availability: [availableAt(topic)] }), owner, isPaired) === null).toBe(mayHear);
  expect(foreignTopic(about({ commandTopic: topic }), owner, isPaired) === null).toBe(mayCommand);
});

it('names the topic that is foreign', () => {
  expect(
    foreignTopic(about({ stateTopic: 'homeward/a/state', commandTopic: 'homeward/b/set' }), 'a', PAIRED),
  ).toBe('homeward/b/set');
});
