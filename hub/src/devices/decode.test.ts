import { describe, expect, it } from 'vitest';
import { readEntity } from './announcements/announcedEntity.ts';
import { decodeAvailability } from './decode.ts';
import type { AvailabilityTopic } from './entity.ts';
import { createDecoder } from './platform.ts';
import type { PlatformName } from './platforms/table.ts';
import type { Decoded } from './told.ts';

function decode(component: PlatformName, options: object, payload: Uint8Array | string): Decoded {
  const entity = readEntity(component, 'x', { state_topic: 's', command_topic: 'c', ...options });
  if (!entity.ok) throw new Error(entity.reason);
  const decoder = createDecoder(entity.value.config);
  if (!decoder.ok) throw new Error(decoder.reason);
  return decoder.value.decode('state', payload, false);
}

/** The value, or the reason of the drop. */
function outcome(...args: Parameters<typeof decode>): unknown {
  const decoded = decode(...args);
  if (decoded.kind === 'drop') return `drop ${decoded.reason}`;
  return decoded.kind === 'told' ? decoded.told.value : decoded.kind;
}

const PERCENT = { unit_of_measurement: '%' };
const TEMPLATE = { ...PERCENT, value_template: '{{ value_json.o2 }}' };

describe('a sensor without a template', () => {
  it.each([
    ['20.9', 20.9],
    [' -3\n', -3],
    ['+1.5e3', 1500],
    ['.5', 0.5],
    ['5.', 5],
    ['0', 0],
    ['None', null],
    ['unknown', null],
    ['unavailable', null],
    ['', 'drop empty'],
    ['  ', 'drop empty'],
    ['NaN', 'drop not-a-number'],
    ['nan', 'drop not-a-number'],
    ['Infinity', 'drop not-a-number'],
    ['-inf', 'drop not-a-number'],
    ['1e400', 'drop not-finite'],
    ['-1e400', 'drop not-finite'],
    ['1e999999999', 'drop not-a-number'],
    ['0x1F', 'drop not-a-number'],
    ['0b11', 'drop not-a-number'],
    ['20,9', 'drop not-a-number'],
    ['1_000', 'drop not-a-number'],
    ['abc', 'drop not-a-number'],
    ['20.9 %', 'drop not-a-number'],
    ['true', 'drop not-a-number'],
    ['null', 'drop not-a-number'],
    ['[20.9]', 'drop not-a-number'],
    ['"20.9"', 'drop not-a-number'],
    ['9'.repeat(65), 'drop not-a-number'],
  ])('reads %j as %j', (payload, expected) => {
    expect(outcome('sensor', PERCENT, payload)).toBe(expected);
    expect(outcome('sensor', PERCENT, new TextEncoder().encode(payload))).toBe(expected);
  });
});

describe('a sensor with a template', () => {
  it.each([
    ['{"o2": 20.9}', 20.9],
    ['{"o2": "20.9"}', 20.9],
    ['{"o2": 0}', 0],
    ['{"o2": null}', null],
    ['{"o2": "unavailable"}', null],
    ['{"o2": true}', 'drop not-a-number'],
    ['{"o2": [20.9]}', 'drop not-a-number'],
    ['{"o2": {"a": 20.9}}', 'drop not-a-number'],
    ['{"o2": "NaN"}', 'drop not-a-number'],
    ['{"o2": 1e400}', 'drop not-a-number'],
    ['{"o2": ""}', 'drop empty'],
    ['{}', 'drop empty'],
    ['[]', 'drop empty'],
    ['20.9', 'drop empty'],
    ['{"__proto__": {"o2": 20.9}}', 'drop odd-key'],
    ['{"o2": 20.9', 'drop not-json'],
    ['', 'drop not-json'],
    ['{"o2": NaN}', 'drop not-json'],
  ])('reads %s as %j', (payload, expected) => {
    expect(outcome('sensor', TEMPLATE, payload)).toBe(expected);
  });

  it('ignores a message that lacks what is_defined asks for', () => {
    const template = '{{ value_json.o2 | is_defined }}';
    expect(decode('sensor', { ...PERCENT, value_template: template }, '{}')).toEqual({
      kind: 'told',
      told: {},
    });
  });

  it('reads text that is no JSON when the template does not ask for JSON', () => {
    expect(outcome('sensor', { ...PERCENT, value_template: '{{ value | float * 2 }}' }, '2.5')).toBe(5);
  });
});

describe('hostile payloads', () => {
  it('are dropped for size before anything else', () => {
    expect(outcome('sensor', PERCENT, new Uint8Array(65_537).fill(0xff))).toBe('drop too-large');
    expect(outcome('sensor', PERCENT, '1'.repeat(65_537))).toBe('drop too-large');
    expect(outcome('sensor', TEMPLATE, `{"o2":1,"x":"${'é'.repeat(40_000)}"}`)).toBe('drop too-large');
  });

  it('are dropped when they are not UTF-8', () => {
    expect(outcome('sensor', PERCENT, new Uint8Array([0x32, 0xff]))).toBe('drop not-utf8');
    expect(outcome('sensor', PERCENT, new Uint8Array([0xc0, 0xb2]))).toBe('drop not-utf8');
  });

  it('are dropped when nested deeper than 16, in no time', () => {
    const nested = (levels: number) => `{"o2":1,"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(outcome('sensor', TEMPLATE, nested(15))).toBe(1);
    expect(outcome('sensor', TEMPLATE, nested(16))).toBe('drop too-deep');
    expect(outcome('sensor', TEMPLATE, nested(30_000))).toBe('drop too-deep');
    expect(outcome('sensor', TEMPLATE, '['.repeat(100_000))).toBe('drop too-large');
    expect(outcome('siren', {}, nested(20))).toBe('drop too-deep');
    expect(outcome('sensor', TEMPLATE, `{"o2":1,"x":"${'[{'.repeat(50)}\\"${'['.repeat(50)}"}`)).toBe(1);
  });

  it('leave prototypes alone', () => {
    expect(
      outcome(
        'sensor',
        TEMPLATE,
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"o2":2}',
      ),
    ).toBe('drop odd-key');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('on and off', () => {
  it.each<[PlatformName, object, string, unknown]>([
    ['binary_sensor', {}, 'ON', true],
    ['binary_sensor', {}, 'OFF', false],
    ['binary_sensor', {}, 'on', 'drop unknown-state'],
    ['binary_sensor', {}, 'None', null],
    ['binary_sensor', {}, '', 'drop empty'],
    ['binary_sensor', { payload_on: 'unknown' }, 'unknown', true],
    [
      'binary_sensor',
      { value_template: '{{ value_json.c }}', payload_on: false, payload_off: true },
      '{"c":false}',
      true,
    ],
    [
      'binary_sensor',
      { value_template: '{{ value_json.c }}', payload_on: 1, payload_off: 0 },
      '{"c":0}',
      false,
    ],
    ['switch', { state_on: 'yes' }, 'yes', true],
    ['switch', { state_on: 'yes' }, 'ON', 'drop unknown-state'],
    ['switch', { payload_off: 'aus' }, 'aus', false],
    ['siren', {}, 'ON', true],
    ['siren', {}, 'None', null],
    ['siren', {}, '{"state":"OFF"}', false],
    ['siren', {}, '{"state":"ON","tone":"fire","duration":30,"volume_level":0.8}', true],
    ['siren', {}, '{"state":"None"}', null],
    ['siren', {}, '{"state":"ON","volume_level":7}', 'drop bad-attribute'],
    ['siren', {}, '{"tone":"fire"}', 'drop no-state'],
    ['siren', {}, '{"__proto__":{"state":"ON"}}', 'drop odd-key'],
    ['siren', {}, '{"state":"on"}', 'drop unknown-state'],
    ['siren', {}, '{"state":{}}', 'drop no-state'],
    ['siren', {}, '["ON"]', 'drop unknown-state'],
    ['siren', { state_value_template: '{{ value_json.s }}' }, '{"s":"ON"}', true],
  ])('%s %j reads %s as %j', (component, options, payload, expected) => {
    expect(outcome(component, options, payload)).toBe(expected);
  });
});

describe('a decoder', () => {
  it('is refused where the entity has a fault', () => {
    const refusals = [{ value_template: '{{ now() }}' }, { encoding: '' }].map((options) => {
      const entity = readEntity('sensor', 'x', { state_topic: 's', ...options });
      const decoder = entity.ok ? createDecoder(entity.value.config) : entity;
      return decoder.ok ? 'none' : decoder.reason;
    });
    expect(refusals).toEqual(['unsupported-template: function "now"', 'unsupported-encoding: raw bytes']);
  });
});

describe('availability', () => {
  const topic: AvailabilityTopic = {
    topic: 't',
    payloadAvailable: 'online',
    payloadNotAvailable: 'offline',
    template: null,
  };
  const json: AvailabilityTopic = { ...topic, template: '{{ value_json.state }}' };
  it.each<[AvailabilityTopic, string | Uint8Array, boolean | null]>([
    [topic, 'online', true],
    [topic, 'offline', false],
    [topic, 'Online', null],
    [topic, '', null],
    [topic, new TextEncoder().encode('offline'), false],
    [topic, new Uint8Array([0xff]), null],
    [json, '{"state":"online"}', true],
    [json, '{"state":"offline"}', false],
    [json, '{"state":1}', null],
    [json, 'offline', null],
    [{ ...topic, template: '{{ now() }}' }, 'online', null],
  ])('%j reads %s as %j', (each, payload, expected) => {
    expect(decodeAvailability(each, payload)).toBe(expected);
    expect(decodeAvailability(each, payload)).toBe(expected);
  });
});
