import { expect, test } from 'vitest';
import { createMatcher, type ImportTarget } from './importMatch.ts';

const target = (id: string, more: Partial<ImportTarget> = {}): ImportTarget => ({
  id,
  uniqueId: null,
  key: id.split('.')[1] ?? '',
  deviceName: 'Kitchen air',
  name: null,
  unit: null,
  ...more,
});

const matcher = createMatcher([
  target('b1.co2', { uniqueId: '0x00158d_co2', name: 'Carbon dioxide' }),
  target('b1.temperature', { name: 'Temperature' }),
  target('b2.temperature', { name: 'Temperature', deviceName: 'Küche' }),
  target('plug.switch', { deviceName: 'Coffee machine' }),
  target('b3.only_here', { deviceName: 'Cellar' }),
]);

test.each([
  ['our own id', 'b1.co2', null, 'b1.co2'],
  ['the unique id', 'sensor.0x00158d_co2', null, 'b1.co2'],
  ['names of device and entity', 'sensor.kitchen_air_carbon_dioxide', null, 'b1.co2'],
  ['a name with an umlaut', 'sensor.kuche_temperature', null, 'b2.temperature'],
  ['the name of a device that is its entity', 'switch.coffee_machine', null, 'plug.switch'],
  ['the name as it is shown', 'sensor.x', 'Kitchen Air Temperature', 'b1.temperature'],
  ['a key that only one entity has', 'sensor.only_here', null, 'b3.only_here'],
])('a source is matched by %s', (_name, source, name, match) => {
  expect(matcher({ source, name, unit: null })).toBe(match);
});

test.each(['sensor.temperature', 'sensor.unheard_of', 'constructor', '', '.'])(
  'what nobody or more than one goes by is a match for none: %j',
  (source) => {
    expect(matcher({ source, name: null, unit: null })).toBeNull();
  },
);
