import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('every setting has a default, and an empty one counts as not set', () => {
  const bare = readConfig({});
  expect(bare).toMatchObject({
    httpPort: 8080,
    httpsPort: 8443,
    mqttPort: 1883,
    mqttsPort: 8883,
    bind: null,
    speed: 1,
  });
  expect(readConfig({ HOMEWARD_HTTP_PORT: '', HOMEWARD_MQTT_URL: '' })).toEqual(bare);
});

test.each([
  ['HOMEWARD_HTTP_PORT', 'http'],
  ['HOMEWARD_MQTT_PORT', '70000'],
  ['HOMEWARD_LOG', 'loud'],
  ['HOMEWARD_TOPIC_RATE', '-1'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
});
