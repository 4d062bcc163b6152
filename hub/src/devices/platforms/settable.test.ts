import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen, sent } from '../../../test/announcedConfig.ts';
import type { Command } from '../command.ts';
import { answers, assumedBy, controlOf } from '../platform.ts';

const known = (value: number | string | boolean | null) => ({ value, attributes: {} });

describe('a number', () => {
  it.each<[object, string, unknown]>([
    [{}, '42', { value: 42 }],
    [{}, '42.5', { value: 42.5 }],
    [{}, 'None', { value: null }],
    [{ payload_reset: 'reset' }, 'reset', { value: null }],
    [{}, '101', 'drop out-of-range'],
    [{}, '0', 'drop out-of-range'],
    [{ min: -20, max: 120 }, '-20', { value: -20 }],
    [{}, 'much', 'drop not-a-number'],
    [{}, '', 'drop empty'],
  ])('%j told %j', (options, payload, expected) => {
    expect(listen('number', options)('s', payload)).toEqual(expected);
  });

  it.each<[object, Command, unknown]>([
    [{}, { set: 42 }, ['c 42']],
    [{}, { set: 1 }, ['c 1']],
    [{}, { set: 0.5 }, 'refused not-offered'],
    [{}, { set: '42' }, 'refused not-offered'],
    [{}, { set: Number.NaN }, 'refused not-offered'],
    [{ min: 0, step: 0.5 }, { set: 0.5 }, ['c 0.5']],
    // A template calculates with it.
    [{ command_template: '{"v": {{ value * 2 }} }' }, { set: 21 }, ['c {"v": 42 }']],
    [{ command_template: '{{ value | tojson }}' }, { set: 21 }, ['c 21']],
  ])('%j asked for %j', (options, command, expected) => {
    expect(sent('number', options, command)).toEqual(expected);
  });

  it('offers its range and is answered within half a step', () => {
    const config = configOf('number', { min: 0, max: 10, step: 0.5, unit_of_measurement: '°C' });
    expect(controlOf(config)).toEqual({ is: 'number', min: 0, max: 10, step: 0.5 });
    expect(config.unit).toBe('°C');
    expect(answers(config, { set: 4 }, known(4.2))).toBe(true);
    expect(answers(config, { set: 4 }, known(4.3))).toBe(false);
    expect(answers(config, { set: 4 }, known('4'))).toBe(false);
    expect(assumedBy(config, { set: 4 })).toBeNull();
    expect(assumedBy({ ...config, optimistic: true }, { set: 4 })).toEqual({ value: 4 });
  });

  it.each([
    [{ min: 5, max: 5 }, 'min and max'],
    [{ step: 0 }, 'step'],
    [{ max: 'much' }, 'max'],
    [{ max: [1] }, 'max'],
  ])('with %j is left out', (options, option) => {
    expect(faultOf('number', { command_topic: 'c', ...options })).toBe(`refused bad-option: ${option}`);
  });
});

const MODES = { options: ['eco', 'boost', 'quo"te'] };

describe('a select', () => {
  it.each<[string, unknown]>([
    ['eco', { value: 'eco' }],
    ['Eco', 'drop not-an-option'],
    ['none', { value: null }],
    ['None', { value: null }],
  ])('told %j', (payload, expected) => {
    expect(listen('select', MODES)('s', payload)).toEqual(expected);
  });

  it.each<[object, Command, unknown]>([
    [MODES, { set: 'boost' }, ['c boost']],
    [MODES, { set: 'turbo' }, 'refused not-offered'],
    [MODES, { set: 1 }, 'refused not-offered'],
    [MODES, { on: true }, 'refused not-offered'],
    [
      { ...MODES, command_template: "{{ {'mode': value} | tojson }}" },
      { set: 'quo"te' },
      ['c {"mode": "quo\\"te"}'],
    ],
  ])('%j asked for %j', (options, command, expected) => {
    expect(sent('select', options, command)).toEqual(expected);
  });

  it('needs options, and is answered by the one that was asked for', () => {
    expect(faultOf('select', { command_topic: 'c' })).toBe('refused bad-option: options');
    const config = configOf('select', MODES);
    expect(controlOf(config)).toEqual({ is: 'select', options: MODES.options });
    expect(answers(config, { set: 'eco' }, known('eco'))).toBe(true);
    expect(answers(config, { set: 'eco' }, known('boost'))).toBe(false);
    expect(assumedBy(configOf('select', { ...MODES, state_topic: null }), { set: 'eco' })).toEqual({
      value: 'eco',
    });
  });
});

const PASSWORD = { mode: 'password' };

describe('a text', () => {
  it.each<[object, string, unknown]>([
    [{}, 'hello', { value: 'hello' }],
    [{}, '', { value: '' }],
    [{}, 'x'.repeat(256), 'drop text-too-long'],
    // Neither kept nor shown.
    [PASSWORD, 'hunter2', { value: null }],
  ])('%j told %j', (options, payload, expected) => {
    expect(listen('text', options)('s', payload)).toEqual(expected);
  });

  it.each<[object, Command, unknown]>([
    [{}, { set: 'a "b"' }, ['c a "b"']],
    [{}, { set: '' }, ['c ']],
    [{ min: 2, max: 4 }, { set: 'a' }, 'refused not-offered'],
    [{ min: 2, max: 4 }, { set: 'abcde' }, 'refused not-offered'],
    [{}, { set: 7 }, 'refused not-offered'],
    [{ command_template: '{{ {"t": value} | tojson }}' }, { set: 'a "b"' }, ['c {"t": "a \\"b\\""}']],
    [PASSWORD, { set: 'hunter2' }, ['c hunter2']],
  ])('%j asked for %j', (options, command, expected) => {
    expect(sent('text', options, command)).toEqual(expected);
  });

  it('keeps a hostile pattern without compiling it', () => {
    const pattern = `^${'(a+)+'.repeat(20)}$(`;
    expect(controlOf(configOf('text', { pattern, max: 50 }))).toEqual({
      is: 'text',
      min: 0,
      max: 50,
      pattern,
      secret: false,
    });
    expect(sent('text', { pattern }, { set: 'anything' })).toEqual(['c anything']);
  });

  it('is answered by the same text; a password by nothing', () => {
    expect(answers(configOf('text', {}), { set: 'a' }, known('a'))).toBe(true);
    expect(answers(configOf('text', {}), { set: 'a' }, known('b'))).toBe(false);
    expect(answers(configOf('text', PASSWORD), { set: 'a' }, known(null))).toBe(false);
    expect(assumedBy(configOf('text', PASSWORD), { set: 'a' })).toEqual({});
    expect(assumedBy(configOf('text', {}), { set: 'a' })).toBeNull();
    expect(assumedBy(configOf('text', { optimistic: true }), { set: 'a' })).toEqual({ value: 'a' });
  });

  it.each([
    [{ min: 5, max: 5 }, 'min and max'],
    [{ max: 256 }, 'min and max'],
    [{ min: -1 }, 'min and max'],
    [{ max: 1.5 }, 'min and max'],
    [{ mode: 'secret' }, 'mode'],
  ])('with %j is left out', (options, option) => {
    expect(faultOf('text', { command_topic: 'c', ...options })).toBe(`refused bad-option: ${option}`);
  });
});

describe('a button', () => {
  it.each<[object, Command, unknown]>([
    [{}, { do: 'press' }, ['c PRESS']],
    [{ payload_press: 'go' }, { do: 'press' }, ['c go']],
    // Zigbee2MQTT's own restart.
    [{ payload_press: '' }, { do: 'press' }, ['c ']],
    [{ command_template: '{"a":"{{ value }}"}' }, { do: 'press' }, ['c {"a":"PRESS"}']],
    [{}, { do: 'install' }, 'refused not-offered'],
  ])('%j asked to %j', (options, command, expected) => {
    expect(sent('button', options, command)).toEqual(expected);
  });

  it('never answers', () => {
    const config = configOf('button', {});
    expect(config.stateTopic).toBeNull();
    expect(assumedBy(config, { do: 'press' })).toEqual({});
    expect(answers(config, { do: 'press' }, known(true))).toBe(false);
    expect(faultOf('button', {})).toBe('refused bad-option: command_topic');
    expect(faultOf('button', { command_topic: 'c', command_template: '{{ None }}' })).toBe(
      'no-command-payload',
    );
  });
});
