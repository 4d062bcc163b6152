import { esphome, esphomeDevice, type Node } from './esphome.ts';
import type { Announced, GoldenDevice } from './golden.ts';

const node: Node = {
  name: 'relay-cellar',
  friendlyName: 'Relay cellar',
  mac: 'a0b7651c0b20',
  board: 'esp32dev',
};
const { entity, message, sensor, state, command } = esphome(node);

const EFFECTS = ['Rainbow', 'Pulse', 'None'];

const lightState = (more: object) => ({
  effect: 'None',
  color_mode: 'rgb',
  state: 'ON',
  brightness: 255,
  color: { r: 255, g: 0, b: 0 },
  ...more,
});

const lights: readonly Announced[] = [
  entity(
    'light',
    'Strip',
    'both',
    {
      schema: 'json',
      clrm: true,
      supported_color_modes: ['rgb'],
      brightness: true,
      effect: true,
      fx_list: EFFECTS,
    },
    {
      quantity: 'light',
      control: {
        is: 'light',
        brightness: true,
        colorTempK: null,
        color: true,
        effects: EFFECTS,
      },
      shows: { value: true, attributes: { brightness: 100, hue: 0, saturation: 100 } },
      commands: [
        {
          asks: { on: true, hue: 240, saturation: 100 },
          sends: [
            { topic: command('light', 'Strip'), payload: { state: 'ON', color: { r: 0, g: 0, b: 255 } } },
          ],
          answers: [
            {
              topic: state('light', 'Strip'),
              payload: lightState({ color: { r: 0, g: 0, b: 255 } }),
              retain: true,
            },
          ],
          after: { value: true, attributes: { hue: 240, saturation: 100 } },
        },
        {
          asks: { on: true, brightness: 20 },
          sends: [{ topic: command('light', 'Strip'), payload: { state: 'ON', brightness: 51 } }],
          answers: [
            { topic: state('light', 'Strip'), payload: lightState({ brightness: 51 }), retain: true },
          ],
          after: { value: true, attributes: { brightness: 20 } },
        },
        {
          asks: { on: true, effect: 'Rainbow' },
          sends: [{ topic: command('light', 'Strip'), payload: { state: 'ON', effect: 'Rainbow' } }],
          answers: [
            { topic: state('light', 'Strip'), payload: lightState({ effect: 'Rainbow' }), retain: true },
          ],
          after: { value: true, attributes: { effect: 'Rainbow' } },
        },
        {
          asks: { on: false },
          sends: [{ topic: command('light', 'Strip'), payload: { state: 'OFF' } }],
          answers: [{ topic: state('light', 'Strip'), payload: lightState({ state: 'OFF' }), retain: true }],
          after: { value: false },
        },
      ],
    },
  ),
  entity(
    'light',
    'Ceiling',
    'both',
    { schema: 'json', clrm: true, supported_color_modes: ['color_temp'], brightness: true },
    {
      quantity: 'light',
      // Without a range of its own Home Assistant's holds: 153 to 500 mired.
      control: {
        is: 'light',
        brightness: true,
        colorTempK: { min: 2_000, max: 6_535.9 },
        color: false,
        effects: [],
      },
      shows: { value: false },
    },
  ),
  // On and off, and nothing else.
  entity(
    'light',
    'Status LED',
    'both',
    { schema: 'json', clrm: true, supported_color_modes: ['onoff'] },
    {
      quantity: 'light',
      control: { is: 'light', brightness: false, colorTempK: null, color: false, effects: [] },
      shows: { value: true },
    },
  ),
];

const position = { quantity: 'cover', shows: { value: true, attributes: { position: 70 } } } as const;
const BLIND = `${node.name}/cover/blind/position`;
const VALVE = `${node.name}/valve/water_main/position`;

const movers: readonly Announced[] = [
  entity(
    'cover',
    'Blind',
    'both',
    { dev_cla: 'blind', pos_t: `${BLIND}/state`, set_pos_t: `${BLIND}/command` },
    {
      ...position,
      control: { is: 'cover', moves: true, stops: true, position: true, tilt: false },
      commands: [
        {
          asks: { position: 25 },
          sends: [{ topic: `${BLIND}/command`, payload: '25' }],
          answers: [
            { topic: `${BLIND}/state`, payload: '25', retain: true },
            { topic: state('cover', 'Blind'), payload: 'open', retain: true },
          ],
          after: { value: true, attributes: { position: 25 } },
        },
        {
          asks: { do: 'close' },
          sends: [{ topic: command('cover', 'Blind'), payload: 'CLOSE' }],
          answers: [
            { topic: state('cover', 'Blind'), payload: 'closing', retain: true },
            { topic: `${BLIND}/state`, payload: '0', retain: true },
            { topic: state('cover', 'Blind'), payload: 'closed', retain: true },
          ],
          after: { value: false, attributes: { position: 0 } },
        },
        {
          asks: { do: 'stop' },
          sends: [{ topic: command('cover', 'Blind'), payload: 'STOP' }],
          answers: [{ topic: state('cover', 'Blind'), payload: 'closed', retain: true }],
          after: { value: false },
        },
      ],
    },
  ),
  // It does not know where it is: its state is assumed.
  entity(
    'cover',
    'Garage',
    'both',
    { dev_cla: 'garage', opt: true },
    {
      quantity: 'cover',
      control: { is: 'cover', moves: true, stops: true, position: false, tilt: false },
      shows: { value: false },
      commands: [
        {
          asks: { do: 'open' },
          sends: [{ topic: command('cover', 'Garage'), payload: 'OPEN' }],
          answers: [],
          after: { value: true },
        },
      ],
    },
  ),
  entity(
    'valve',
    'Water main',
    'both',
    { dev_cla: 'water', pos_t: `${VALVE}/state`, set_pos_t: `${VALVE}/command` },
    {
      quantity: 'valve',
      control: { is: 'valve', moves: true, stops: false, position: false, tilt: false },
      shows: { value: true },
      commands: [
        {
          asks: { do: 'close' },
          sends: [{ topic: command('valve', 'Water main'), payload: 'CLOSE' }],
          answers: [{ topic: state('valve', 'Water main'), payload: 'closed', retain: true }],
          after: { value: false },
        },
      ],
    },
  ),
  entity(
    'lock',
    'Cellar door',
    'both',
    {},
    {
      quantity: 'lock',
      control: { is: 'lock', opens: false },
      shows: { value: false },
      tells: [
        { topic: state('lock', 'Cellar door'), payload: 'UNLOCKED', value: true },
        { topic: state('lock', 'Cellar door'), payload: 'JAMMED', value: null, attributes: { jammed: true } },
        { topic: state('lock', 'Cellar door'), payload: 'LOCKED', value: false },
      ],
      commands: [
        {
          asks: { do: 'lock' },
          sends: [{ topic: command('lock', 'Cellar door'), payload: 'LOCK' }],
          answers: [
            { topic: state('lock', 'Cellar door'), payload: 'LOCKING', retain: true },
            { topic: state('lock', 'Cellar door'), payload: 'LOCKED', retain: true },
          ],
          after: { value: false },
        },
      ],
    },
  ),
];

const relays: readonly Announced[] = [
  entity(
    'switch',
    'Pump',
    'both',
    { ic: 'mdi:pump' },
    {
      quantity: 'switch',
      control: { is: 'switch' },
      shows: { value: false },
      commands: [
        {
          asks: { on: true },
          sends: [{ topic: command('switch', 'Pump'), payload: 'ON' }],
          answers: [{ topic: state('switch', 'Pump'), payload: 'ON', retain: true }],
          after: { value: true },
        },
      ],
    },
  ),
  entity(
    'switch',
    'Gate impulse',
    'both',
    { opt: true },
    {
      quantity: 'switch',
      control: { is: 'switch' },
      shows: { value: false },
      commands: [
        {
          asks: { on: true },
          sends: [{ topic: command('switch', 'Gate impulse'), payload: 'ON' }],
          answers: [],
          after: { value: true },
        },
      ],
    },
  ),
  entity(
    'binary_sensor',
    'Cellar window',
    'told',
    { dev_cla: 'window' },
    {
      quantity: 'window',
      shows: { value: false },
      tells: [{ topic: state('binary_sensor', 'Cellar window'), payload: 'ON', value: true }],
    },
  ),
  // Named as one of the air node is: its unique id is the same, it is another one all the same.
  sensor(
    'Temperature',
    { dev_cla: 'temperature', unit_of_meas: '°C' },
    {
      quantity: 'temperature',
      unit: '°C',
      shows: { value: 14.8 },
    },
  ),
];

export const RELAY_NODE: GoldenDevice = esphomeDevice(
  node,
  [...lights, ...movers, ...relays],
  {
    [state('light', 'Strip')]: lightState({}),
    [state('light', 'Ceiling')]: {
      color_mode: 'color_temp',
      state: 'OFF',
      brightness: 255,
      color: {},
      color_temp: 370,
    },
    [state('light', 'Status LED')]: { color_mode: 'onoff', state: 'ON', color: {} },
    [`${BLIND}/state`]: '70',
    [state('cover', 'Blind')]: 'open',
    [state('cover', 'Garage')]: 'closed',
    [`${VALVE}/state`]: '100',
    [state('valve', 'Water main')]: 'open',
    [state('lock', 'Cellar door')]: 'LOCKED',
    [state('switch', 'Pump')]: 'OFF',
    [state('switch', 'Gate impulse')]: 'OFF',
    [state('binary_sensor', 'Cellar window')]: 'OFF',
    [state('sensor', 'Temperature')]: '14.8',
  },
  [
    message('fan', 'Bath fan', {
      stat_t: state('fan', 'Bath fan'),
      cmd_t: command('fan', 'Bath fan'),
      pct_cmd_t: `${node.name}/fan/bath_fan/speed_level/command`,
      pct_stat_t: `${node.name}/fan/bath_fan/speed_level/state`,
      spd_rng_max: 3,
    }),
  ],
);
