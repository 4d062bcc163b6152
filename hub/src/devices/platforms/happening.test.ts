import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen } from '../../../test/announcedConfig.ts';
import { controlOf, inputsOf } from '../platform.ts';

const event = (name: string, attributes: object = {}) => ({ kind: 'event', event: name, attributes });
const BELL = { event_types: ['ring', 'hold'] };

describe('an event', () => {
  it.each<[object, string, unknown]>([
    [BELL, '{"event_type":"ring"}', event('ring')],
    [BELL, '{"event_type":"hold","seconds":3,"who":{"a":1},"event_types":[]}', event('hold', { seconds: 3 })],
    [BELL, '{"event_type":"knock"}', 'drop unknown-event'],
    [BELL, '{"seconds":3}', 'drop no-event-type'],
    [BELL, '{"event_type":{}}', 'drop no-event-type'],
    [BELL, 'ring', 'drop not-json'],
    [BELL, '["ring"]', 'drop not-an-object'],
    [BELL, '{"event_type":"ring","__proto__":{}}', 'drop odd-key'],
    [{ ...BELL, value_template: '{"event_type":"{{ value }}"}' }, 'ring', event('ring')],
  ])('%j told %s', (options, payload, expected) => {
    expect(listen('event', options)('s', payload)).toEqual(expected);
  });

  it('that the broker remembers is past', () => {
    expect(listen('event', BELL)('s', '{"event_type":"ring"}', true)).toBe('drop retained-event');
  });

  it('needs its types and its topic', () => {
    expect(faultOf('event', { state_topic: 's' })).toBe('refused bad-option: event_types');
    expect(faultOf('event', BELL)).toBe('refused bad-option: state_topic');
    expect(controlOf(configOf('event', BELL))).toBeNull();
  });
});

const KEY = {
  device: { identifiers: ['x'] },
  automation_type: 'trigger',
  topic: 't',
  type: 'button_short_press',
  subtype: 'button_1',
};

describe('a trigger of a device', () => {
  it.each<[object, string, unknown]>([
    [KEY, 'anything', event('button_short_press button_1')],
    [{ ...KEY, payload: 'single' }, 'single', event('button_short_press button_1')],
    [{ ...KEY, type: 'action', subtype: 'on', payload: 'on' }, 'on', event('on')],
    // Others share the topic: nothing is wrong, and nothing happened here.
    [{ ...KEY, payload: 'single' }, 'double', {}],
    [
      { ...KEY, payload: 1, value_template: '{{ value_json.k }}' },
      '{"k":1}',
      event('button_short_press button_1'),
    ],
    [{ ...KEY, value_template: '{{ value_json.k }}' }, '{}', 'drop empty'],
  ])('%j told %s', (options, payload, expected) => {
    expect(listen('device_automation', options)('t', payload)).toEqual(expected);
  });

  it('that the broker remembers is past', () => {
    expect(listen('device_automation', KEY)('t', 'x', true)).toBe('drop retained-event');
  });

  it.each([
    [{ ...KEY, device: undefined }, 'device'],
    [{ ...KEY, automation_type: 'action' }, 'automation_type'],
    [{ ...KEY, topic: undefined }, 'topic'],
    [{ ...KEY, type: null }, 'type'],
    [{ ...KEY, subtype: null }, 'subtype'],
  ])('is left out without its parts: %j', (options, option) => {
    expect(faultOf('device_automation', options)).toBe(`refused bad-option: ${option}`);
  });
});

describe('a scanner of tags', () => {
  it.each<[object, string, unknown]>([
    [{}, ' 04-A1-FF ', event('04-A1-FF')],
    [{ value_template: '{{ value_json.PN532.UID }}' }, '{"PN532":{"UID":"04A1"}}', event('04A1')],
    [{}, '', 'drop empty'],
    [{}, 'x'.repeat(256), 'drop text-too-long'],
  ])('%j told %j', (options, payload, expected) => {
    expect(listen('tag', { ...options, topic: 't' })('t', payload)).toEqual(expected);
  });

  it('forgets what the broker remembers', () => {
    expect(listen('tag', { topic: 't' })('t', '04A1', true)).toBe('drop retained-event');
    expect(faultOf('tag', {})).toBe('refused bad-option: topic');
  });
});

describe('a tracker', () => {
  it.each<[object, string, unknown]>([
    [{}, 'home', { value: 'home' }],
    [{}, 'not_home', { value: 'not_home' }],
    [{ payload_home: 'here' }, 'here', { value: 'home' }],
    [{ payload_not_home: 'away' }, 'away', { value: 'not_home' }],
    [{}, 'office', { value: 'office' }],
    [{}, 'None', { value: null }],
    [{ payload_reset: 'reset' }, 'reset', { value: null }],
    [{}, 'x'.repeat(256), 'drop text-too-long'],
  ])('%j told %j', (options, payload, expected) => {
    expect(listen('device_tracker', options)('s', payload)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    [
      '{"in_zones":["zone.home","zone.street"],"latitude":50.1,"longitude":8.6}',
      { value: 'home', attributes: {} },
    ],
    ['{"in_zones":["Office"],"battery":80}', { value: 'Office', attributes: { battery: 80 } }],
    ['{"in_zones":[]}', { value: 'not_home', attributes: {} }],
    ['{"latitude":50.1,"longitude":8.6,"gps_accuracy":3}', { attributes: {} }],
    ['50.1,8.6', 'drop not-json'],
  ])('without a state says by zones where it is, never by coordinates: %s', (payload, expected) => {
    const options = { state_topic: null, json_attributes_topic: 'a' };
    expect(inputsOf(configOf('device_tracker', options))).toEqual([{ topic: 'a', part: 'zones+attributes' }]);
    expect(listen('device_tracker', options)('a', payload)).toEqual(expected);
  });

  it('needs one of the two', () => {
    expect(faultOf('device_tracker', {})).toBe('refused bad-option: state_topic');
  });
});
