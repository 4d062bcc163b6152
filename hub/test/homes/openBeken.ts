import type { Component } from '../../src/devices/schema.ts';
import { type Announced, entityOf, type GoldenDevice, type Json, type Looks } from './golden.ts';

/*
 * OpenBeken 1.18 after `scheduleHADiscovery`: the form in which Tasmota announced itself before release 12, with `~`, abbreviations and
 * payloads 1 and 0. The Bluetooth builds of Tasmota still publish such messages for what they hear.
 */

const CLIENT = 'obkD2F1A907';
const LONG_NAME = 'OpenBK7231N_D2F1A907';

type Options = { readonly [key: string]: Json };

function entity(
  component: Component,
  suffix: string,
  name: string,
  options: Options,
  looks: Looks,
): Announced {
  const id = `${LONG_NAME}_${suffix}`;
  return {
    announces: {
      topic: `homeassistant/${component}/${id}/config`,
      retain: true,
      payload: {
        dev: {
          ids: [LONG_NAME],
          name: CLIENT,
          sw: '1.18.90',
          mf: 'Beken Corporation',
          mdl: 'BK7231N',
          cu: 'http://192.168.1.61/index',
        },
        name,
        '~': CLIENT,
        avty_t: '~/connected',
        uniq_id: id,
        qos: 1,
        ...options,
      },
    },
    entity: entityOf(id, component, { name, ...looks }),
  };
}

const cmnd = (what: string) => `cmnd/${CLIENT}/${what}`;

const PARTS: readonly Announced[] = [
  entity(
    'switch',
    'relay_1',
    '1',
    { pl_on: '1', pl_off: '0', stat_t: '~/1/get', cmd_t: '~/1/set' },
    {
      quantity: 'switch',
      control: { is: 'switch' },
      shows: { value: false },
      commands: [
        {
          asks: { on: true },
          sends: [{ topic: `${CLIENT}/1/set`, payload: '1' }],
          answers: [{ topic: `${CLIENT}/1/get`, payload: '1' }],
          after: { value: true },
        },
      ],
    },
  ),
  entity(
    'light',
    'light',
    'Light',
    {
      pl_on: '1',
      pl_off: '0',
      on_cmd_type: 'first',
      stat_t: '~/led_enableAll/get',
      cmd_t: cmnd('led_enableAll'),
      bri_stat_t: '~/led_dimmer/get',
      bri_cmd_t: cmnd('led_dimmer'),
      bri_scl: 100,
      clr_temp_stat_t: '~/led_temperature/get',
      clr_temp_cmd_t: cmnd('led_temperature'),
      min_mirs: '154',
      max_mirs: '500',
    },
    {
      quantity: 'light',
      control: {
        is: 'light',
        brightness: true,
        colorTempK: { min: 2_000, max: 6_493.5 },
        color: false,
        effects: [],
      },
      shows: { value: true, attributes: { brightness: 80, colorTempK: 4_000 } },
      commands: [
        {
          asks: { on: true, brightness: 25 },
          sends: [
            { topic: cmnd('led_enableAll'), payload: '1' },
            { topic: cmnd('led_dimmer'), payload: '25' },
          ],
          answers: [
            { topic: `${CLIENT}/led_enableAll/get`, payload: '1' },
            { topic: `${CLIENT}/led_dimmer/get`, payload: '25' },
          ],
          after: { value: true, attributes: { brightness: 25 } },
        },
        {
          asks: { on: true, colorTempK: 2_500 },
          sends: [
            { topic: cmnd('led_enableAll'), payload: '1' },
            { topic: cmnd('led_temperature'), payload: '400' },
          ],
          answers: [{ topic: `${CLIENT}/led_temperature/get`, payload: '400' }],
          after: { value: true, attributes: { colorTempK: 2_500 } },
        },
      ],
    },
  ),
  entity(
    'sensor',
    'sensor_power',
    'Power',
    { dev_cla: 'power', unit_of_meas: 'W', stat_cla: 'measurement', stat_t: '~/power/get' },
    { quantity: 'power', unit: 'W', shows: { value: 11.52 } },
  ),
  entity(
    'sensor',
    'temperature_15',
    'Temperature',
    {
      dev_cla: 'temperature',
      unit_of_meas: '°C',
      stat_t: '~/15/get',
      stat_cla: 'measurement',
      val_tpl: "{{ '%0.2f'|format(float(value)*0.1) }}",
    },
    { quantity: 'temperature', unit: '°C', shows: { value: 23.7 } },
  ),
  entity(
    'sensor',
    'rssi',
    'RSSI',
    { dev_cla: 'signal_strength', unit_of_meas: 'dBm', entity_category: 'diagnostic', stat_t: '~/rssi' },
    { quantity: 'signal_strength', unit: 'dBm', shows: { value: -64 } },
  ),
];

export const BEKEN_LAMP: GoldenDevice = {
  system: 'openbeken',
  identifier: LONG_NAME,
  name: CLIENT,
  manufacturer: 'Beken Corporation',
  model: 'BK7231N',
  announces: PARTS.map(({ announces }) => announces),
  availability: [{ topic: `${CLIENT}/connected`, payload: 'online', retain: true }],
  states: [
    { topic: `${CLIENT}/1/get`, payload: '0' },
    { topic: `${CLIENT}/led_enableAll/get`, payload: '1' },
    { topic: `${CLIENT}/led_dimmer/get`, payload: '80' },
    { topic: `${CLIENT}/led_temperature/get`, payload: '250' },
    { topic: `${CLIENT}/power/get`, payload: '11.52' },
    { topic: `${CLIENT}/15/get`, payload: '237' },
    { topic: `${CLIENT}/rssi`, payload: '-64' },
  ],
  entities: PARTS.map(({ entity: each }) => each),
};

const ATC = 'tele/tasmota_ble/ATC5056c0';
const DEVICE = {
  identifiers: ['BLEATC5056c0'],
  name: 'ATC5056c0',
  manufacturer: 'tas',
  model: 'ATC',
  via_device: 'tasmota_265B84-7044',
} as const;

const atc = (key: string, deviceClass: string, unit: string, looks: Looks): Announced => ({
  announces: {
    topic: `homeassistant/sensor/ATC5056c0/${key}/config`,
    retain: true,
    payload: {
      availability: [],
      device: DEVICE,
      dev_cla: deviceClass,
      expire_after: 600,
      json_attr_t: ATC,
      name: `ATC5056c0_${key}`,
      state_topic: ATC,
      uniq_id: `ATC5056c0_${key}`,
      unit_of_meas: unit,
      val_tpl: `{{ value_json.${key} }}`,
    },
  },
  entity: entityOf(key, 'sensor', { name: `ATC5056c0_${key}`, ...looks }),
});

const ATC_PARTS: readonly Announced[] = [
  atc('Temperature', 'temperature', '°C', {
    quantity: 'temperature',
    unit: '°C',
    shows: { value: 19.8, attributes: { RSSI: -71 } },
  }),
  atc('Humidity', 'humidity', '%', { quantity: 'humidity', unit: '%', shows: { value: 52 } }),
];

/** A thermometer that a Tasmota with Bluetooth hears: an empty list of availabilities, and an expiry. */
export const TASMOTA_BLE: GoldenDevice = {
  system: 'tasmota',
  identifier: 'BLEATC5056c0',
  name: 'ATC5056c0',
  manufacturer: 'tas',
  model: 'ATC',
  announces: ATC_PARTS.map(({ announces }) => announces),
  availability: [],
  states: [
    {
      topic: ATC,
      payload: { Temperature: 19.8, Humidity: 52, DewPoint: 9.6, Btn: 0, Battery: 81, RSSI: -71 },
    },
  ],
  entities: ATC_PARTS.map(({ entity: each }) => each),
};
