import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BRANDS, isBase, topicsOf, usualBase } from './brands.ts';

describe('the topics of a gateway', () => {
  it.each([
    ['zigbee', 'Attic', 'zigbee2mqtt', ['zigbee2mqtt/#']],
    ['esphome', 'Bedroom Air!', 'bedroom-air', ['bedroom-air/#']],
    ['tasmota', 'Küche', 'kuche', ['tele/kuche/#', 'stat/kuche/#', 'cmnd/kuche/#', 'tasmota/discovery/#']],
    ['esphome', 'Homeward', 'esphome-1', ['esphome-1/#']],
    ['other', 'OpenMQTTGateway', 'openmqttgateway', []],
  ] as const)('%s called %s uses %s', (brand, name, base, topics) => {
    expect(usualBase(brand, name, 1)).toBe(base);
    expect(topicsOf(brand, base)).toEqual(topics);
  });

  it('has a topic for a name without Latin letters, and another one for the next', () => {
    expect(usualBase('tasmota', 'غلاية', 1)).toBe('tasmota-1');
    expect(usualBase('tasmota', 'غلاية', 2)).toBe('tasmota-2');
  });

  it('suggests only what it takes itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BRANDS), fc.string({ unit: 'binary' }), (brand, name) => {
        expect(isBase(brand, usualBase(brand, name, 1))).toBe(true);
      }),
    );
  });

  it.each([
    ['zigbee', 'house/zigbee', true],
    ['zigbee', '', false],
    ['zigbee', '/zigbee', false],
    ['zigbee', 'zigbee/#', false],
    ['zigbee', '+/zigbee', false],
    ['zigbee', '$SYS', false],
    ['zigbee', 'homeassistant/x', false],
    ['esphome', 'homeward/x', false],
    ['esphome', 'a\nb', false],
    ['esphome', 'a"b', false],
    ['esphome', 'x'.repeat(65), false],
    ['tasmota', 'kettle_2', true],
    ['tasmota', 'a/b', false],
    ['tasmota', 'a b', false],
  ] as const)('%s with %j: %s', (brand, base, fine) => {
    expect(isBase(brand, base)).toBe(fine);
  });
});
