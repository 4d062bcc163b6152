import type { GoldenDevice } from './golden.ts';
import { BASE, ENCODED_BASE, ORIGIN, type ZigbeeKind, zigbee, zigbeeDevice } from './zigbee.ts';

const PLUG: ZigbeeKind = {
  ieee: '0xa4c138aabbccdd09',
  name: 'Plug washing machine',
  vendor: 'Tuya',
  model: 'Smart plug (with power monitoring)',
  modelId: 'TS011F_plug_1',
};
const plug = zigbee(PLUG);
const plugState = {
  child_lock: 'UNLOCK',
  current: 0.21,
  energy: 12.34,
  linkquality: 152,
  power: 47,
  power_outage_memory: 'restore',
  state: 'ON',
  update: { installed_version: 77, latest_version: 77, state: 'idle' },
  voltage: 231,
} as const;
const meter = (name: string, unit: string, stateClass = 'measurement') =>
  ({
    device_class: name,
    enabled_by_default: true,
    state_class: stateClass,
    unit_of_measurement: unit,
  }) as const;

export const POWER_PLUG: GoldenDevice = zigbeeDevice(PLUG, plugState, [
  plug.add(
    'switch',
    'switch',
    {
      command_topic: `${plug.own}/set`,
      name: null,
      payload_off: 'OFF',
      payload_on: 'ON',
      state_topic: plug.own,
      value_template: '{{ value_json["state"] }}',
    },
    {
      quantity: 'switch',
      control: { is: 'switch' },
      shows: { value: true },
      commands: [
        {
          asks: { on: false },
          sends: [{ topic: `${plug.own}/set`, payload: 'OFF' }],
          answers: [{ topic: plug.own, payload: { ...plugState, power: 0, current: 0, state: 'OFF' } }],
          after: { value: false },
        },
      ],
    },
  ),
  plug.number('power', meter('power', 'W'), {
    name: 'Power',
    quantity: 'power',
    unit: 'W',
    shows: { value: 47 },
  }),
  plug.number('current', meter('current', 'A'), {
    name: 'Current',
    quantity: 'current',
    unit: 'A',
    shows: { value: 0.21 },
  }),
  plug.number('voltage', meter('voltage', 'V'), {
    name: 'Voltage',
    quantity: 'voltage',
    unit: 'V',
    shows: { value: 231 },
  }),
  plug.number('energy', meter('energy', 'kWh', 'total_increasing'), {
    name: 'Energy',
    quantity: 'energy',
    unit: 'kWh',
    shows: { value: 12.34 },
  }),
  plug.add(
    'switch',
    'switch_child_lock',
    {
      command_topic: `${plug.own}/set/child_lock`,
      entity_category: 'config',
      icon: 'mdi:account-lock',
      name: 'Child lock',
      payload_off: 'UNLOCK',
      payload_on: 'LOCK',
      state_topic: plug.own,
      value_template: '{{ value_json["child_lock"] }}',
    },
    { name: 'Child lock', quantity: 'switch', control: { is: 'switch' }, shows: { value: false } },
  ),
  plug.select('power_outage_memory', 'Power outage memory', ['on', 'off', 'restore'], 'restore'),
  plug.update(77, 77),
  plug.linkQuality(152),
]);

const HUE: ZigbeeKind = {
  ieee: '0x0017880109f8e70a',
  name: 'Lamp living room',
  vendor: 'Philips',
  model: 'Hue white and color ambiance E26/E27',
  modelId: '9290022166',
};
const hue = zigbee(HUE);
const hueState = {
  brightness: 254,
  color: { x: 0.4575, y: 0.4099 },
  color_mode: 'color_temp',
  color_temp: 400,
  linkquality: 148,
  power_on_behavior: 'on',
  state: 'ON',
  update: { installed_version: 16_785_422, latest_version: 16_785_422, state: 'idle' },
};
const HUE_EFFECTS = ['blink', 'breathe', 'okay', 'channel_change', 'candle', 'colorloop', 'stop_effect'];

export const COLOUR_LIGHT: GoldenDevice = zigbeeDevice(HUE, hueState, [
  hue.add(
    'light',
    'light',
    {
      brightness: true,
      brightness_scale: 254,
      command_topic: `${hue.own}/set`,
      effect: true,
      effect_list: HUE_EFFECTS,
      max_mireds: 500,
      min_mireds: 153,
      name: null,
      schema: 'json',
      state_topic: hue.own,
      supported_color_modes: ['xy', 'color_temp'],
    },
    {
      quantity: 'light',
      control: {
        is: 'light',
        brightness: true,
        colorTempK: { min: 2_000, max: 6_535.9 },
        color: true,
        effects: HUE_EFFECTS,
      },
      shows: { value: true, attributes: { brightness: 100, colorTempK: 2_500 } },
      commands: [
        {
          asks: { on: false },
          sends: [{ topic: `${hue.own}/set`, payload: { state: 'OFF' } }],
          answers: [{ topic: hue.own, payload: { ...hueState, state: 'OFF' } }],
          after: { value: false },
        },
        {
          asks: { on: true, brightness: 50, transitionS: 2 },
          sends: [{ topic: `${hue.own}/set`, payload: { state: 'ON', brightness: 127, transition: 2 } }],
          answers: [{ topic: hue.own, payload: { ...hueState, brightness: 127 } }],
          after: { value: true, attributes: { brightness: 50 } },
        },
        {
          asks: { on: true, colorTempK: 4_000 },
          sends: [{ topic: `${hue.own}/set`, payload: { state: 'ON', color_temp: 250 } }],
          answers: [{ topic: hue.own, payload: { ...hueState, color_temp: 250 } }],
          after: { value: true, attributes: { colorTempK: 4_000 } },
        },
        {
          asks: { on: true, hue: 240, saturation: 100 },
          sends: [{ topic: `${hue.own}/set`, payload: { state: 'ON', color: { x: 0.136, y: 0.04 } } }],
          answers: [
            {
              topic: hue.own,
              payload: { ...hueState, color: { x: 0.136, y: 0.04 }, color_mode: 'xy', color_temp: 500 },
            },
          ],
          after: { value: true },
        },
        {
          asks: { on: true, effect: 'candle' },
          sends: [{ topic: `${hue.own}/set`, payload: { state: 'ON', effect: 'candle' } }],
          answers: [{ topic: hue.own, payload: hueState }],
          after: { value: true },
        },
      ],
    },
  ),
  // It may be set and is never told: without a state topic.
  hue.add(
    'select',
    'effect',
    {
      command_topic: `${hue.own}/set/effect`,
      enabled_by_default: false,
      icon: 'mdi:palette',
      name: 'Effect',
      options: HUE_EFFECTS,
    },
    {
      name: 'Effect',
      quantity: 'other',
      control: { is: 'select', options: HUE_EFFECTS },
      commands: [
        {
          asks: { set: 'blink' },
          sends: [{ topic: `${hue.own}/set/effect`, payload: 'blink' }],
          answers: [],
          after: { value: 'blink' },
        },
      ],
    },
  ),
  hue.select('power_on_behavior', 'Power-on behavior', ['off', 'on', 'toggle', 'previous'], 'on'),
  hue.update(16_785_422, 16_785_422),
  hue.linkQuality(148),
]);

const WHITE: ZigbeeKind = {
  ieee: '0x000b57fffe9a8b0b',
  name: 'Lamp kitchen',
  vendor: 'IKEA',
  model: 'TRADFRI bulb E26/E27, white spectrum, globe, opal, 980 lm',
  modelId: 'LED1545G12',
};
const white = zigbee(WHITE);
const whiteState = {
  brightness: 127,
  color_mode: 'color_temp',
  color_temp: 250,
  linkquality: 91,
  state: 'OFF',
};

export const WHITE_LIGHT: GoldenDevice = zigbeeDevice(WHITE, whiteState, [
  white.add(
    'light',
    'light',
    {
      brightness: true,
      brightness_scale: 254,
      command_topic: `${white.own}/set`,
      max_mireds: 454,
      min_mireds: 250,
      name: null,
      schema: 'json',
      state_topic: white.own,
      supported_color_modes: ['color_temp'],
    },
    {
      quantity: 'light',
      control: {
        is: 'light',
        brightness: true,
        colorTempK: { min: 2_202.6, max: 4_000 },
        color: false,
        effects: [],
      },
      shows: { value: false },
      commands: [
        {
          asks: { on: true },
          sends: [{ topic: `${white.own}/set`, payload: { state: 'ON' } }],
          answers: [{ topic: white.own, payload: { ...whiteState, state: 'ON' } }],
          after: { value: true, attributes: { brightness: 50, colorTempK: 4_000 } },
        },
      ],
    },
  ),
  white.linkQuality(91),
]);

const GROUP_NODE = `${ENCODED_BASE}_1`;
const groupTopic = `${BASE}/All lamps`;

/** A group of lamps: known by a number on this broker, without an address of its own. */
export const LIGHT_GROUP: GoldenDevice = {
  system: 'zigbee2mqtt',
  identifier: `zigbee2mqtt_${GROUP_NODE}`,
  name: 'All lamps',
  manufacturer: 'Zigbee2MQTT',
  model: 'Group',
  announces: [
    {
      topic: `homeassistant/light/${GROUP_NODE}/light/config`,
      retain: true,
      payload: {
        availability: [
          { topic: `${BASE}/bridge/state`, value_template: '{{ value_json.state }}' },
          { topic: `${groupTopic}/availability`, value_template: '{{ value_json.state }}' },
        ],
        availability_mode: 'all',
        brightness: true,
        brightness_scale: 254,
        command_topic: `${groupTopic}/set`,
        default_entity_id: 'light.all_lamps',
        device: {
          identifiers: [`zigbee2mqtt_${GROUP_NODE}`],
          manufacturer: 'Zigbee2MQTT',
          model: 'Group',
          name: 'All lamps',
          sw_version: 'Zigbee2MQTT 2.14.1',
          via_device: 'zigbee2mqtt_bridge_0x00124b0024c0ffee',
        },
        group: [`${HUE.ieee}_light_zigbee2mqtt`, `${WHITE.ieee}_light_zigbee2mqtt`],
        max_mireds: 454,
        min_mireds: 250,
        name: null,
        object_id: 'all_lamps',
        origin: ORIGIN,
        schema: 'json',
        state_topic: groupTopic,
        supported_color_modes: ['color_temp'],
        unique_id: '1_light_zigbee2mqtt',
      },
    },
  ],
  availability: [{ topic: `${groupTopic}/availability`, payload: { state: 'online' }, retain: true }],
  states: [{ topic: groupTopic, payload: { brightness: 254, color_temp: 400, state: 'ON' } }],
  entities: [
    {
      key: 'light',
      component: 'light',
      name: null,
      quantity: 'light',
      unit: null,
      control: {
        is: 'light',
        brightness: true,
        colorTempK: { min: 2_202.6, max: 4_000 },
        color: false,
        effects: [],
      },
      shows: { value: true, attributes: { brightness: 100 } },
    },
  ],
};
