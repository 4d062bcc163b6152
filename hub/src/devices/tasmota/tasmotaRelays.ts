import type { Options } from '../abbreviations.ts';
import { hasOption, type TasmotaConfig } from './tasmotaConfig.ts';
import { answersOf, SENSORS, sensorTopics, stateOf, type TasmotaPart } from './tasmotaPart.ts';

/** Its own name, or none where it is the device itself. */
function nameOf({ fn, dn }: TasmotaConfig, index: number, otherwise: string): string | null {
  const name = fn[index] ?? otherwise;
  return index === 0 && name === dn ? null : name;
}

/** `POWER`, where there is one relay only, and `POWER1` otherwise. */
const powerTemplate = (index: number): string =>
  index === 0
    ? '{{ value_json.POWER1 | default(value_json.POWER) | is_defined }}'
    : `{{ value_json.POWER${index + 1} | is_defined }}`;

const power = (config: TasmotaConfig, index: number): Options => ({
  state_topic: answersOf(config),
  command_topic: `${config.topics.command}POWER${index + 1}`,
  payload_off: config.state[0],
  payload_on: config.state[1],
});

function relay(config: TasmotaConfig, index: number): TasmotaPart {
  return {
    component: 'switch',
    key: `relay_${index + 1}`,
    options: {
      ...power(config, index),
      name: nameOf(config, index, `Relay ${index + 1}`),
      value_template: powerTemplate(index),
    },
    echoes: [stateOf(config)],
  };
}

/** Colour, white and brightness of a lamp whose parts are linked, of one of two unlinked parts, or of one channel of many. */
function lightKind(config: TasmotaConfig, index: number): { type: number; dimmer: string } {
  const nth = index - config.rl.indexOf(2);
  if (hasOption(config, 68)) return { type: 1, dimmer: `Channel${nth + 1}` };
  if (config.lk === 1 || config.lt_st < 4) return { type: config.lt_st, dimmer: 'Dimmer' };
  if (nth === 0) return { type: 3, dimmer: 'Dimmer1' };
  return { type: config.lt_st === 4 ? 1 : 2, dimmer: 'Dimmer2' };
}

function channel(
  config: TasmotaConfig,
  name: string,
  word: string,
  template = `{{ value_json.${word} | is_defined }}`,
): Options {
  return {
    [`${name}_command_topic`]: `${config.topics.command}${word}`,
    [`${name}_state_topic`]: answersOf(config),
    [`${name}_value_template`]: template,
  };
}

/** It always tells both: white is on, or the colour is. A lamp without colour has no `White`. */
const WHITE_ON = '{% if value_json.White | default(1) > 0 %}{{ value_json.CT | is_defined }}{% endif %}';
const COLOR_ON =
  '{% if value_json.White | default(0) == 0 %}{{ value_json.HSBColor | is_defined }}{% endif %}';

function light(config: TasmotaConfig, index: number): TasmotaPart {
  const { type, dimmer } = lightKind(config, index);
  const isReduced = hasOption(config, 82);
  return {
    component: 'light',
    key: `light_${index + 1}`,
    options: {
      ...power(config, index),
      name: nameOf(config, index, `Light ${index + 1}`),
      state_value_template: powerTemplate(index),
      ...(type === 0 ? {} : { ...channel(config, 'brightness', dimmer), brightness_scale: 100 }),
      ...(type === 2 || type === 5
        ? {
            ...channel(config, 'color_temp', 'CT', WHITE_ON),
            min_mireds: isReduced ? 200 : 153,
            max_mireds: isReduced ? 380 : 500,
          }
        : {}),
      ...(type >= 3 ? channel(config, 'hs', 'HsbColor', COLOR_ON) : {}),
    },
    echoes: [stateOf(config)],
  };
}

/** Two relays that follow each other are one shutter. */
function shutter(config: TasmotaConfig, index: number): TasmotaPart {
  const nth = index + 1;
  const isInverted = ((config.sho[index] ?? 0) & 1) === 1;
  const [tiltMin = 0, tiltMax = 0, tiltDuration = 0] = config.sht[index] ?? [];
  const closed = isInverted ? 100 : 0;
  const [up, down] = isInverted ? ['<', '>'] : ['>', '<'];
  const own = `${SENSORS}.Shutter${nth}`;
  const told = answersOf(config);
  const tilts = tiltDuration !== 0 && tiltMin !== tiltMax;
  return {
    component: 'cover',
    key: `shutter_${nth}`,
    options: {
      name: `Shutter ${nth}`,
      device_class: 'shutter',
      command_topic: `${config.topics.command}Backlog`,
      payload_open: `ShutterOpen${nth}`,
      payload_close: `ShutterClose${nth}`,
      payload_stop: `ShutterStop${nth}`,
      state_topic: told,
      value_template:
        `{% if ${own}.Direction ${up} 0 %}opening{% elif ${own}.Direction ${down} 0 %}closing` +
        `{% elif ${own}.Position == ${closed} %}closed{% else %}open{% endif %}`,
      position_topic: told,
      position_template: `{{ ${own}.Position | is_defined }}`,
      set_position_topic: `${config.topics.command}ShutterPosition${nth}`,
      position_open: 100 - closed,
      position_closed: closed,
      ...(tilts
        ? {
            tilt_command_topic: `${config.topics.command}ShutterTilt${nth}`,
            tilt_status_topic: told,
            tilt_status_template: `{{ ${own}.Tilt | is_defined }}`,
            tilt_min: tiltMin,
            tilt_max: tiltMax,
          }
        : {}),
    },
    echoes: sensorTopics(config),
  };
}

/** What its relays are: switches, lights and shutters. */
export function* relayParts(config: TasmotaConfig): Generator<TasmotaPart> {
  const { rl } = config;
  let shutters = 0;
  for (let index = 0; index < rl.length; index += 1) {
    if (rl[index] === 1) yield relay(config, index);
    else if (rl[index] === 2) yield light(config, index);
    else if (rl[index] === 3 && rl[index + 1] === 3) {
      yield shutter(config, shutters);
      shutters += 1;
      index += 1;
    }
  }
}
