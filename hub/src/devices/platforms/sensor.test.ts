import { describe, expect, it } from 'vitest';
import { listen } from '../../../test/announcedConfig.ts';

const ENUM = { device_class: 'enum', options: ['low', 'high', 'None'] };

describe('a sensor', () => {
  it.each<[object, string, unknown]>([
    // A unit, a class of numbers, a statistics class or a precision: only a number counts.
    [{ unit_of_measurement: 'ppm' }, 'much', 'drop not-a-number'],
    [{ device_class: 'carbon_monoxide' }, 'much', 'drop not-a-number'],
    [{ state_class: 'measurement' }, 'much', 'drop not-a-number'],
    [{ suggested_display_precision: 0 }, 'much', 'drop not-a-number'],
    [{ hw_quantity: 'oxygen' }, 'much', 'drop not-a-number'],
    // The name tells the quantity: it measures.
    [{ name: 'VOC index' }, 'much', 'drop not-a-number'],
    // Nothing of the kind: both count.
    [{}, 'idle', { value: 'idle' }],
    [{}, '21.5', { value: 21.5 }],
    [{}, '1e400', { value: '1e400' }],
    [{}, 'None', { value: null }],
    [{}, 'x'.repeat(255), { value: 'x'.repeat(255) }],
    [{}, 'x'.repeat(256), 'drop text-too-long'],
    [ENUM, 'low', { value: 'low' }],
    [ENUM, 'Low', 'drop not-an-option'],
    [ENUM, 'unknown', { value: null }],
    [ENUM, 'None', { value: 'None' }],
    [{ device_class: 'enum' }, '7', { value: '7' }],
    [{ device_class: 'date' }, '2026-11-22', { value: '2026-11-22' }],
    [{ device_class: 'date' }, '2026-13-22', 'drop not-a-time'],
    [{ device_class: 'date' }, '2026-11-22T10:00:00Z', 'drop not-a-time'],
    [{ device_class: 'date' }, 'tomorrow', 'drop not-a-time'],
    [{ device_class: 'timestamp' }, '2026-11-22T10:00:00+01:00', { value: '2026-11-22T10:00:00+01:00' }],
    [{ device_class: 'timestamp' }, '2026-11-22 10:00', { value: '2026-11-22 10:00' }],
    [{ device_class: 'timestamp' }, '2026-11-22T25:00:00Z', 'drop not-a-time'],
    [{ device_class: 'timestamp' }, '1763800000', 'drop not-a-time'],
    [{ device_class: 'timestamp' }, 'unknown', { value: null }],
    [{ device_class: 'uptime' }, '2026-11-22T10:00:00.123Z', { value: '2026-11-22T10:00:00.123Z' }],
  ])('%j told %j', (options, payload, expected) => {
    expect(listen('sensor', options)('s', payload)).toEqual(expected);
  });

  it('tells its attributes beside', () => {
    const hear = listen('sensor', {
      json_attributes_topic: 'a',
      json_attributes_template: '{{ value_json.x | tojson }}',
    });
    expect(hear('a', '{"x":{"mode":"eco","latitude":50}}')).toEqual({ attributes: { mode: 'eco' } });
    expect(hear('a', '{"x":[1]}')).toBe('drop not-an-object');
    expect(hear('s', 'idle')).toEqual({ value: 'idle' });
  });
});
