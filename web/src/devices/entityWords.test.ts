import { describe, expect, it } from 'vitest';
import { anEntity } from '../../test/unit/houses.ts';
import { entityName, entityWord, faultWord, saidWord } from './entityWords.ts';

const t = (key: string): string => `<${key}>`;

it.each([
  [null, 'carbon_monoxide', '<quantity.carbon_monoxide>'],
  ['Carbon monoxide', 'carbon_monoxide', '<quantity.carbon_monoxide>'],
  ['temperature', 'temperature', '<quantity.temperature>'],
  ['Water temperature', 'temperature', 'Water temperature'],
  ['Smoke', 'temperature', 'Smoke'],
] as const)('%s, which is %s, is called %s', (name, quantity, called) => {
  expect(entityName({ name, quantity }, t)).toBe(called);
});

describe('what yes and no mean', () => {
  it.each([
    ['lock', 'lock', 'unlocked', 'locked'],
    ['update', 'version', 'newer', 'newest'],
    ['cover', 'cover', 'open', 'closed'],
    ['valve', 'valve', 'open', 'closed'],
    ['binary_sensor', 'window', 'open', 'closed'],
    ['binary_sensor', 'smoke', 'found', 'clear'],
    ['binary_sensor', 'connectivity', 'connected', 'disconnected'],
    ['binary_sensor', 'battery', 'low', 'enough'],
    ['switch', 'switch', 'on', 'off'],
  ] as const)('of a %s of %s', (component, quantity, yes, no) => {
    const word = (value: boolean) => entityWord(anEntity({ component, quantity, value }));
    expect([word(true), word(false)]).toEqual([`yesNo.${yes}`, `yesNo.${no}`]);
  });

  it.each([
    ['device_tracker', 'home', 'yesNo.home'],
    ['device_tracker', 'not_home', 'yesNo.away'],
    ['device_tracker', 'School', null],
    ['device_tracker', 'constructor', null],
    ['sensor', 'home', null],
  ] as const)('a %s that says %s', (component, value, key) => {
    expect(saidWord(anEntity({ component, value }))).toBe(key);
  });
});

it.each([
  ['picture-by-address', 'devices.fault.picture-by-address'],
  ['unsupported-template: filter "foo"', 'devices.fault.unsupported-template'],
  ['something else', 'devices.fault.other'],
])('the fault "%s" has words', (fault, key) => {
  expect(faultWord(fault)).toBe(key);
});
