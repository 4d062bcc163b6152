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
    environment: {},
  });
  expect(readConfig({ HOMEWARD_HTTP_PORT: '', HOMEWARD_MQTT_URL: '' })).toEqual(bare);
});

const A_PORT = 'a whole number from 0 to 65535';
test.each([
  ['HOMEWARD_HTTP_PORT', 'http', A_PORT],
  ['HOMEWARD_HTTPS_PORT', '-1', A_PORT],
  ['HOMEWARD_HTTPS_PORT', '80.5', A_PORT],
  ['HOMEWARD_MQTT_PORT', '70000', A_PORT],
  ['HOMEWARD_MQTTS_PORT', ' ', A_PORT],
  ['HOMEWARD_LOG', 'loud', 'one of fatal, error, warn, info, debug, trace, silent'],
  ['HOMEWARD_TOPIC_RATE', '0', 'a number above 0, up to 1000000'],
  ['HOMEWARD_DEMO_SPEED', 'fast', 'a number from 1 to 1000'],
])('%s=%s is refused in plain words', (name, value, what) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} must be ${what}, not "${value}".`);
});

test.each(['0', '65535', '1883'])('%s is a port', (value) => {
  expect(readConfig({ HOMEWARD_MQTT_PORT: value }).mqttPort).toBe(Number(value));
});

test('a certificate of one’s own is two files, or none', () => {
  expect(readConfig({}).tlsFiles).toBeNull();
  const both = { HOMEWARD_TLS_CERT: 'house.crt', HOMEWARD_TLS_KEY: 'house.key' };
  expect(readConfig(both).tlsFiles).toEqual({ certFile: 'house.crt', keyFile: 'house.key' });
  for (const [name, file] of Object.entries(both)) {
    expect(() => readConfig({ [name]: file })).toThrow('belong together: set both, or none');
  }
});
