import { describe, expect, it } from 'vitest';
import { configOf, faultOf, listen, sent } from '../../../test/announcedConfig.ts';
import type { Command } from '../command.ts';
import { answers, assumedBy, commandTopicsOf, controlOf, inputsOf } from '../platform.ts';
import type { Known } from '../told.ts';

const WHITE = { min: 2_000, max: 6_536 };
const LIT: Known = { value: true, attributes: { brightness: 40, hue: 120, saturation: 100 } };

const JSON_RGB = {
  schema: 'json',
  brightness: true,
  supported_color_modes: ['rgb', 'color_temp'],
  effect: true,
  effect_list: ['rainbow'],
};
const Z2M = {
  schema: 'json',
  brightness: true,
  brightness_scale: 254,
  supported_color_modes: ['xy', 'color_temp'],
};

describe('a light of the schema json tells', () => {
  it.each<[object, string, unknown]>([
    [{ schema: 'json' }, '{"state":"ON"}', { value: true, attributes: {} }],
    [{ schema: 'json' }, '{"state":"OFF"}', { value: false, attributes: {} }],
    [{ schema: 'json' }, '{"state":null}', { value: null, attributes: {} }],
    [{ schema: 'json' }, '{"state":"on"}', 'drop unknown-state'],
    [{ schema: 'json' }, '{"brightness":9}', { attributes: {} }],
    [{ schema: 'json' }, 'ON', 'drop not-json'],
    [{ schema: 'json' }, '["ON"]', 'drop not-an-object'],
    [JSON_RGB, '{"state":"ON","brightness":255}', { value: true, attributes: { brightness: 100 } }],
    [JSON_RGB, '{"brightness":1}', { attributes: { brightness: 1 } }],
    [JSON_RGB, '{"brightness":"full"}', { attributes: {} }],
    [Z2M, '{"state":"ON","brightness":127}', { value: true, attributes: { brightness: 50 } }],
    [
      JSON_RGB,
      '{"color_mode":"rgb","color":{"r":255,"g":0,"b":0},"color_temp":153}',
      { attributes: { hue: 0, saturation: 100, colorTempK: null } },
    ],
    [
      JSON_RGB,
      '{"color_mode":"color_temp","color":{"r":255,"g":0,"b":0},"color_temp":250}',
      { attributes: { colorTempK: 4_000, hue: null, saturation: null } },
    ],
    [JSON_RGB, '{"color_temp":500}', { attributes: { colorTempK: 2_000, hue: null, saturation: null } }],
    [JSON_RGB, '{"color_temp":0}', { attributes: {} }],
    [
      { ...JSON_RGB, color_temp_kelvin: true },
      '{"color_temp":3000}',
      { attributes: { colorTempK: 3_000, hue: null, saturation: null } },
    ],
    [
      Z2M,
      '{"color_mode":"xy","color":{"x":0.64,"y":0.33}}',
      { attributes: { hue: expect.closeTo(0, 0), saturation: expect.closeTo(100, 0), colorTempK: null } },
    ],
    [
      Z2M,
      '{"color_mode":"xy","color":{"hue":120,"saturation":50,"x":0.3,"y":0.6}}',
      { attributes: { hue: 120, saturation: 50, colorTempK: null } },
    ],
    [JSON_RGB, '{"effect":"rainbow"}', { attributes: { effect: 'rainbow' } }],
    [JSON_RGB, '{"effect":"None"}', { attributes: { effect: null } }],
    [JSON_RGB, '{"effect":{"a":1}}', { attributes: {} }],
    [JSON_RGB, '{"color":{"r":1e400,"g":0,"b":0}}', { attributes: {} }],
    // What it never announced is not believed.
    [
      { schema: 'json' },
      '{"state":"ON","color":{"h":1,"s":2},"color_temp":200,"effect":"x"}',
      { value: true, attributes: {} },
    ],
  ])('%j: %s', (options, payload, expected) => {
    expect(listen('light', options)('s', payload)).toEqual(expected);
  });
});

describe('a light of the schema json is told', () => {
  it.each<[object, Command, unknown]>([
    [{ schema: 'json' }, { on: true }, ['c {"state":"ON"}']],
    [{ schema: 'json' }, { on: false }, ['c {"state":"OFF"}']],
    [{ schema: 'json' }, { on: true, brightness: 50 }, 'refused not-offered'],
    [{ schema: 'json' }, { on: true, colorTempK: 3_000 }, 'refused not-offered'],
    [{ schema: 'json' }, { on: true, hue: 1 }, 'refused not-offered'],
    [{ schema: 'json' }, { on: true, effect: 'rainbow' }, 'refused not-offered'],
    [{ schema: 'json' }, { do: 'open' }, 'refused not-offered'],
    [JSON_RGB, { on: true, brightness: 50 }, ['c {"state":"ON","brightness":128}']],
    [JSON_RGB, { on: true, brightness: 0.1 }, ['c {"state":"ON","brightness":1}']],
    [JSON_RGB, { on: true, brightness: 0 }, ['c {"state":"OFF"}']],
    [Z2M, { on: true, brightness: 100 }, ['c {"state":"ON","brightness":254}']],
    [JSON_RGB, { on: true, hue: 240, saturation: 100 }, ['c {"state":"ON","color":{"r":0,"g":0,"b":255}}']],
    // The one that was not asked for stays as it was told.
    [JSON_RGB, { on: true, hue: 0 }, ['c {"state":"ON","color":{"r":255,"g":0,"b":0}}']],
    [Z2M, { on: true, hue: 0, saturation: 100 }, ['c {"state":"ON","color":{"x":0.6401,"y":0.33}}']],
    [
      { schema: 'json', supported_color_modes: ['hs'] },
      { on: true, hue: 12.5, saturation: 80 },
      ['c {"state":"ON","color":{"h":12.5,"s":80}}'],
    ],
    [
      { schema: 'json', supported_color_modes: ['rgbw'] },
      { on: true, hue: 0, saturation: 0 },
      ['c {"state":"ON","color":{"r":255,"g":255,"b":255,"w":0}}'],
    ],
    [
      { schema: 'json', supported_color_modes: ['rgbww'] },
      { on: true, hue: 0, saturation: 0 },
      ['c {"state":"ON","color":{"r":255,"g":255,"b":255,"c":0,"w":0}}'],
    ],
    [JSON_RGB, { on: true, colorTempK: 4_000 }, ['c {"state":"ON","color_temp":250}']],
    // Never beyond what it announced.
    [JSON_RGB, { on: true, colorTempK: 20_000 }, ['c {"state":"ON","color_temp":153}']],
    [
      { ...JSON_RGB, color_temp_kelvin: true, min_kelvin: 2_700, max_kelvin: 5_000 },
      { on: true, colorTempK: 1_000 },
      ['c {"state":"ON","color_temp":2700}'],
    ],
    [JSON_RGB, { on: true, effect: 'rainbow' }, ['c {"state":"ON","effect":"rainbow"}']],
    [JSON_RGB, { on: true, effect: 'fire' }, 'refused not-offered'],
    [JSON_RGB, { on: false, transitionS: 3 }, ['c {"state":"OFF","transition":3}']],
    [{ ...JSON_RGB, transition: false }, { on: false, transitionS: 3 }, ['c {"state":"OFF"}']],
  ])('%j to %j', (options, command, expected) => {
    expect(sent('light', options, command, LIT)).toEqual(expected);
  });

  it('what it offers', () => {
    expect(controlOf(configOf('light', JSON_RGB))).toEqual({
      is: 'light',
      brightness: true,
      colorTempK: WHITE,
      color: true,
      effects: ['rainbow'],
    });
    const plain = { is: 'light', brightness: false, colorTempK: null, color: false, effects: [] };
    expect(controlOf(configOf('light', { schema: 'json' }))).toEqual(plain);
    expect(controlOf(configOf('light', { schema: 'json', supported_color_modes: ['onoff'] }))).toEqual(plain);
    expect(controlOf(configOf('light', { schema: 'json', supported_color_modes: ['brightness'] }))).toEqual({
      ...plain,
      brightness: true,
    });
    // Boards of before the modes.
    expect(controlOf(configOf('light', { schema: 'json', rgb: true, color_temp: true }))).toMatchObject({
      color: true,
      colorTempK: WHITE,
    });
    expect(controlOf(configOf('light', { ...Z2M, min_mireds: 200, max_mireds: 400 }))).toMatchObject({
      colorTempK: { min: 2_500, max: 5_000 },
    });
  });
});

const BASIC = {
  brightness_command_topic: 'bc',
  brightness_state_topic: 'bs',
  color_temp_command_topic: 'tc',
  color_temp_state_topic: 'ts',
  effect_command_topic: 'ec',
  effect_state_topic: 'es',
  effect_list: ['calm'],
  hs_command_topic: 'hc',
  hs_state_topic: 'hs',
};
const RGB = { rgb_command_topic: 'rc', rgb_state_topic: 'rs' };

describe('a light of the schema basic', () => {
  it.each<[object, string, string, unknown]>([
    [{}, 's', 'ON', { value: true }],
    [{}, 's', 'on', 'drop unknown-state'],
    [{}, 's', 'None', { value: null }],
    [{ payload_on: '1' }, 's', '1', { value: true }],
    [{ state_value_template: '{{ value_json.p }}' }, 's', '{"p":"OFF"}', { value: false }],
    [{ value_template: '{{ value_json.p }}' }, 's', '{"p":"OFF"}', { value: false }],
    [BASIC, 'bs', '51', { attributes: { brightness: 20 } }],
    [BASIC, 'bs', 'x', 'drop not-a-number'],
    [{ ...BASIC, brightness_scale: 100 }, 'bs', '51', { attributes: { brightness: 51 } }],
    [BASIC, 'ts', '400', { attributes: { colorTempK: 2_500, hue: null, saturation: null } }],
    [BASIC, 'es', 'calm', { attributes: { effect: 'calm' } }],
    [BASIC, 'hs', '120,50.5', { attributes: { hue: 120, saturation: 50.5, colorTempK: null } }],
    [BASIC, 'hs', '120', 'drop not-a-number'],
    [BASIC, 'hs', '120,50,1', { attributes: { hue: 120, saturation: 50, colorTempK: null } }],
    [BASIC, 'hs', '120,50,1,1', 'drop not-a-number'],
    [BASIC, 'hs', '120', 'drop not-a-number'],
    [
      { ...BASIC, hs_value_template: '{{ value_json.h }},{{ value_json.s }}' },
      'hs',
      '{"h":1,"s":2}',
      { attributes: { hue: 1, saturation: 2, colorTempK: null } },
    ],
    // A light without a brightness of its own tells it by its colour.
    [RGB, 'rs', '0,0,128', { attributes: { hue: 240, saturation: 100, colorTempK: null, brightness: 50 } }],
    [
      { ...RGB, brightness_state_topic: 'bs' },
      'rs',
      '0,0,128',
      { attributes: { hue: 240, saturation: 100, colorTempK: null } },
    ],
    [
      { xy_state_topic: 'x' },
      'x',
      '0.3127,0.329',
      { attributes: { hue: expect.any(Number), saturation: expect.closeTo(0, -1), colorTempK: null } },
    ],
  ])('%j on %s: %s', (options, topic, payload, expected) => {
    expect(listen('light', options)(topic, payload)).toEqual(expected);
  });

  it.each<[object, Command, unknown]>([
    [{}, { on: true }, ['c ON']],
    [{}, { on: false }, ['c OFF']],
    [{ payload_off: 'aus' }, { on: false }, ['c aus']],
    [BASIC, { on: true, brightness: 20 }, ['bc 51', 'c ON']],
    [{ ...BASIC, on_command_type: 'first' }, { on: true, brightness: 20 }, ['c ON', 'bc 51']],
    [{ ...BASIC, on_command_type: 'brightness' }, { on: true, brightness: 20 }, ['bc 51']],
    // As bright as it was.
    [{ ...BASIC, on_command_type: 'brightness' }, { on: true }, ['bc 102']],
    [
      { ...BASIC, brightness_command_template: '{"b": {{ value + 1 }} }' },
      { on: true, brightness: 20 },
      ['bc {"b": 52 }', 'c ON'],
    ],
    [BASIC, { on: true, colorTempK: 4_000 }, ['tc 250', 'c ON']],
    [{ ...BASIC, color_temp_kelvin: true }, { on: true, colorTempK: 4_000 }, ['tc 4000', 'c ON']],
    [BASIC, { on: true, effect: 'calm' }, ['ec calm', 'c ON']],
    [BASIC, { on: true, hue: 10, saturation: 20 }, ['hc 10,20', 'c ON']],
    [
      { ...BASIC, hs_command_template: '{{ hue }}°{{ sat }}' },
      { on: true, hue: 10, saturation: 20 },
      ['hc 10°20', 'c ON'],
    ],
    [
      BASIC,
      { on: true, hue: 10, saturation: 20, brightness: 20, effect: 'calm', transitionS: 4 },
      ['hc 10,20', 'bc 51', 'ec calm', 'c ON'],
    ],
    // Without a brightness of its own it is dimmed by its colour.
    [RGB, { on: true, hue: 0, saturation: 100, brightness: 50 }, ['rc 128,0,0', 'c ON']],
    [RGB, { on: true, brightness: 100 }, ['rc 0,255,0', 'c ON']],
    [RGB, { on: true, hue: 0, saturation: 100 }, ['rc 102,0,0', 'c ON']],
    [
      { ...RGB, brightness_command_topic: 'bc' },
      { on: true, hue: 0, saturation: 100 },
      ['rc 255,0,0', 'c ON'],
    ],
    [
      { ...RGB, rgb_command_template: '#{{ red }}/{{ green }}/{{ blue }}', brightness_command_topic: 'bc' },
      { on: true, hue: 0, saturation: 0 },
      ['rc #255/255/255', 'c ON'],
    ],
    [
      { rgbw_command_topic: 'rc' },
      { on: true, hue: 0, saturation: 0, brightness: 100 },
      ['rc 255,255,255,0', 'c ON'],
    ],
    [
      { rgbww_command_topic: 'rc' },
      { on: true, hue: 0, saturation: 0, brightness: 100 },
      ['rc 255,255,255,0,0', 'c ON'],
    ],
    [{ xy_command_topic: 'xc' }, { on: true, hue: 0, saturation: 100 }, ['xc 0.6401,0.33', 'c ON']],
    [{}, { on: true, brightness: 20 }, 'refused not-offered'],
  ])('%j told to %j', (options, command, expected) => {
    expect(sent('light', options, command, LIT)).toEqual(expected);
  });

  it('hears and commands all of its topics, and no others', () => {
    const config = configOf('light', BASIC);
    expect(inputsOf(config).map(({ topic }) => topic)).toEqual(['s', 'bs', 'ts', 'hs', 'es']);
    expect(commandTopicsOf(config)).toEqual(['c', 'bc', 'tc', 'ec', 'hc']);
  });
});

const TEMPLATE = {
  schema: 'template',
  command_on_template:
    'on{% if brightness is defined %},{{ brightness }}{% endif %}{% if red is defined %},#{{ red }}-{{ green }}-{{ blue }}{% endif %}{% if effect is defined %},{{ effect }}{% endif %}',
  command_off_template: 'off',
  state_template: "{{ value.split(',')[0] }}",
};
const READABLE = {
  ...TEMPLATE,
  state_template: '{{ value_json.s }}',
  brightness_template: '{{ value_json.b }}',
  color_temp_template: '{{ value_json.t }}',
  red_template: '{{ value_json.r }}',
  green_template: '{{ value_json.g }}',
  blue_template: '{{ value_json.l }}',
  effect_template: '{{ value_json.e }}',
  effect_list: ['calm'],
};

describe('a light of the schema template', () => {
  it.each<[string, unknown]>([
    ['{"s":"on"}', { value: true }],
    ['{"s":"off","b":51}', { value: false, attributes: { brightness: 20 } }],
    ['{"s":"None"}', { value: null }],
    ['{"s":"on","t":250}', { value: true, attributes: { colorTempK: 4_000, hue: null, saturation: null } }],
    [
      '{"s":"on","r":0,"g":0,"l":9}',
      { value: true, attributes: { colorTempK: null, hue: 240, saturation: 100 } },
    ],
    ['{"s":"on","r":null,"g":null,"l":null}', { value: true, attributes: { hue: null, saturation: null } }],
    ['{"s":"on","e":"calm"}', { value: true, attributes: { effect: 'calm' } }],
    ['{"s":"ON"}', 'drop unknown-state'],
  ])('tells %s', (payload, expected) => {
    expect(listen('light', READABLE)('s', payload)).toEqual(expected);
  });

  it.each<[Command, unknown]>([
    [{ on: true }, ['c on']],
    [{ on: false }, ['c off']],
    [{ on: true, brightness: 20 }, ['c on,51']],
    [{ on: true, hue: 240, saturation: 100 }, ['c on,#0-0-255']],
    [{ on: true, effect: 'calm' }, ['c on,calm']],
  ])('is told to %j', (command, expected) => {
    expect(sent('light', READABLE, command)).toEqual(expected);
  });

  it('is beyond us where its template is', () => {
    expect(faultOf('light', { command_topic: 'c', ...TEMPLATE })).toBe(
      'unsupported-template: method call "split"',
    );
  });

  it('never answers without a template for its state', () => {
    const config = configOf('light', { ...READABLE, state_template: null });
    expect(assumedBy(config, { on: true, brightness: 20 })).toEqual({
      value: true,
      attributes: { brightness: 20 },
    });
  });
});

describe('an answer', () => {
  const config = configOf('light', Z2M);
  it.each<[Command, Known, boolean]>([
    [{ on: true }, { value: true, attributes: {} }, true],
    [{ on: true }, { value: false, attributes: {} }, false],
    [{ on: true, brightness: 50 }, { value: true, attributes: { brightness: 51 } }, true],
    [{ on: true, brightness: 50 }, { value: true, attributes: { brightness: 60 } }, false],
    [{ on: true, brightness: 0 }, { value: false, attributes: { brightness: 60 } }, true],
    [{ on: true, hue: 10, saturation: 10 }, { value: true, attributes: { hue: 200 } }, true],
    [{ do: 'open' }, { value: true, attributes: {} }, false],
  ])('to %j by %j: %s', (command, known, expected) => {
    expect(answers(config, command, known)).toBe(expected);
  });

  it('is not waited for where none comes', () => {
    expect(assumedBy(config, { on: true })).toBeNull();
    const mute = configOf('light', { ...JSON_RGB, state_topic: null });
    expect(assumedBy(mute, { on: true, colorTempK: 9_000 })).toEqual({
      value: true,
      attributes: { colorTempK: 6_536, hue: null, saturation: null },
    });
    expect(assumedBy(mute, { on: true, hue: 1, saturation: 2 })).toEqual({
      value: true,
      attributes: { colorTempK: null, hue: 1, saturation: 2 },
    });
    expect(assumedBy(mute, { on: true, brightness: 0 })).toEqual({ value: false, attributes: {} });
  });
});

describe('a light that Home Assistant refuses', () => {
  it.each([
    [{ schema: 'xml' }, 'schema'],
    [{ schema: 'json', supported_color_modes: ['onoff', 'rgb'] }, 'supported_color_modes'],
    [{ schema: 'json', supported_color_modes: ['infrared'] }, 'supported_color_modes'],
    [{ schema: 'json', brightness_scale: 0 }, 'brightness_scale'],
    [{ schema: 'json', min_kelvin: 6_000, max_kelvin: 3_000 }, 'min_kelvin and max_kelvin'],
    [{ schema: 'json', max_mireds: 0 }, 'min_kelvin'],
    [{ schema: 'template', command_on_template: 'on' }, 'command_off_template'],
    [{ on_command_type: 'twice' }, 'on_command_type'],
    [{ rgb_command_topic: 'a/#' }, 'rgb_command_topic'],
  ])('is left out: %j', (options, option) => {
    expect(faultOf('light', { command_topic: 'c', ...options })).toBe(`refused bad-option: ${option}`);
  });
});
