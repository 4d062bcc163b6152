import type { Component } from '../../src/devices/schema.ts';
import {
  type Announced,
  entityOf,
  type GoldenDevice,
  type Json,
  type Looks,
  type Message,
} from './golden.ts';

/*
 * OpenMQTTGateway 1.8 with Bluetooth, gateway name OMG_ESP32_BLE, base topic `home/`. What its devices tell may come by any of several
 * gateways: their state topics begin with `+/+/`, as Home Assistant allows.
 */

const GATEWAY = 'OMG_ESP32_BLE';
const GATEWAY_MAC = '4C11AE8A3D9C';
const OWN = `home/${GATEWAY}`;

type Options = { readonly [key: string]: Json };

type Thing = {
  readonly mac: string;
  readonly brand: string;
  readonly name: string;
  readonly modelId: string;
};

const heardOn = ({ mac }: Thing) => `${OWN}/BTtoMQTT/${mac}`;

function bleEntity(
  thing: Thing,
  component: Component,
  property: string,
  options: Options,
  looks: Looks,
): Announced {
  const { mac, brand, name, modelId } = thing;
  return {
    announces: {
      topic: `homeassistant/${component}/${mac}-${property}/config`,
      retain: true,
      payload: {
        stat_t: `+/+/BTtoMQTT/${mac}`,
        ...options,
        name: `${modelId}-${property}`,
        uniq_id: `${mac}-${property}`,
        device: {
          ids: [mac],
          cns: [['mac', mac]],
          mf: brand,
          mdl: modelId,
          name: `${name}-${mac.slice(6)}`,
          via_device: GATEWAY,
        },
      },
    },
    entity: entityOf(`${mac}-${property}`, component, { name: `${modelId}-${property}`, ...looks }),
  };
}

const told = (property: string): Options => ({ val_tpl: `{{ value_json.${property} | is_defined }}` });
const measured = (property: string, deviceClass: string, unit: string): Options => ({
  dev_cla: deviceClass,
  unit_of_meas: unit,
  ...told(property),
  stat_cla: 'measurement',
});

function bleDevice(thing: Thing, state: Options, parts: readonly Announced[]): GoldenDevice {
  const { mac, brand, name, modelId } = thing;
  return {
    system: 'openmqttgateway',
    identifier: mac,
    name: `${name}-${mac.slice(6)}`,
    manufacturer: brand,
    model: modelId,
    announces: parts.map(({ announces }) => announces),
    availability: [],
    states: [{ topic: heardOn(thing), payload: { id: mac, rssi: -61, brand, model_id: modelId, ...state } }],
    entities: parts.map(({ entity }) => entity),
  };
}

function thermometer(mac: string, tempc: number, hum: number, batt: number): GoldenDevice {
  const thing: Thing = { mac, brand: 'Xiaomi/ATC', name: 'TH Sensor', modelId: 'LYWSD03MMC_ATC' };
  return bleDevice(thing, { batt, hum, tempc, tempf: tempc * 1.8 + 32, volt: 2.942 }, [
    bleEntity(thing, 'sensor', 'tempc', measured('tempc', 'temperature', '°C'), {
      quantity: 'temperature',
      unit: '°C',
      shows: { value: tempc },
      // Not every advertisement carries everything: what is not in it stays as it was.
      tells: [{ topic: heardOn(thing), payload: { id: mac, batt: 84 }, value: tempc }],
    }),
    bleEntity(thing, 'sensor', 'hum', measured('hum', 'humidity', '%'), {
      quantity: 'humidity',
      unit: '%',
      shows: { value: hum },
    }),
    bleEntity(thing, 'sensor', 'batt', measured('batt', 'battery', '%'), {
      quantity: 'battery',
      unit: '%',
      shows: { value: batt },
    }),
    bleEntity(thing, 'sensor', 'volt', measured('volt', 'voltage', 'V'), {
      quantity: 'voltage',
      unit: 'V',
      shows: { value: 2.942 },
    }),
  ]);
}

export const BLE_THERMOMETERS: readonly GoldenDevice[] = [
  thermometer('A4C138AABB01', 22.4, 48, 84),
  thermometer('A4C138AABB02', 4.1, 63.5, 71),
  thermometer('A4C138AABB03', 19.7, 55, 100),
  thermometer('A4C138AABB04', -11.3, 80.1, 34),
  thermometer('A4C138AABB05', 23, 41.2, 67),
  thermometer('A4C138AABB06', 20.8, 50, 92),
];

const DOOR: Thing = { mac: 'E8E07E112233', brand: 'Xiaomi', name: 'Mi Door Sensor', modelId: 'MCCGQ02HL' };

export const BLE_DOOR: GoldenDevice = bleDevice(DOOR, { batt: 90, open: false }, [
  bleEntity(
    DOOR,
    'binary_sensor',
    'open',
    { dev_cla: 'door', ...told('open'), pl_on: true, pl_off: false },
    {
      quantity: 'door',
      shows: { value: false },
      tells: [{ topic: heardOn(DOOR), payload: { id: DOOR.mac, open: true }, value: true }],
    },
  ),
  bleEntity(DOOR, 'sensor', 'batt', measured('batt', 'battery', '%'), {
    quantity: 'battery',
    unit: '%',
    shows: { value: 90 },
  }),
]);

const TAG: Thing = { mac: 'C0FFEE445566', brand: 'Generic', name: 'iTag', modelId: 'TRACKER' };

export const BLE_TRACKER: GoldenDevice = bleDevice(TAG, {}, [
  bleEntity(
    TAG,
    'device_tracker',
    'tracker',
    {
      val_tpl: "{% if value_json.get('rssi') -%}home{%- else -%}not_home{%- endif %}",
      source_type: 'bluetooth_le',
    },
    {
      quantity: 'presence',
      shows: { value: 'home' },
      tells: [{ topic: heardOn(TAG), payload: { id: TAG.mac, state: 'offline' }, value: 'not_home' }],
    },
  ),
]);

function gatewayEntity(
  component: Component,
  id: string,
  name: string,
  options: Options,
  looks: Looks,
): Announced {
  return {
    announces: {
      topic: `homeassistant/${component}/${GATEWAY_MAC}-${id}/config`,
      retain: true,
      payload: {
        ...options,
        avty_t: `${OWN}/LWT`,
        name,
        uniq_id: `${GATEWAY_MAC}-${id}`,
        pl_avail: 'online',
        pl_not_avail: 'offline',
        device: {
          name: GATEWAY,
          mdl: '["BT"]',
          mf: 'OMG_community',
          cu: 'http://192.168.1.47/',
          sw: 'v1.8.1',
          ids: [GATEWAY_MAC],
        },
      },
    },
    entity: entityOf(`${GATEWAY_MAC}-${id}`, component, { name, ...looks }),
  };
}

const SYS = `${OWN}/SYStoMQTT`;
const SYS_SET = `${OWN}/commands/MQTTtoSYS/config`;
const BT_SET = `${OWN}/commands/MQTTtoBT/config`;

const PARTS: readonly Announced[] = [
  gatewayEntity(
    'binary_sensor',
    'connectivity',
    'SYS: Connectivity',
    { stat_t: `${OWN}/LWT`, dev_cla: 'connectivity', pl_on: 'online', pl_off: 'offline' },
    { quantity: 'connectivity', shows: { value: true } },
  ),
  gatewayEntity(
    'sensor',
    'uptime',
    'SYS: Uptime',
    {
      stat_t: SYS,
      dev_cla: 'duration',
      unit_of_meas: 's',
      val_tpl: '{{ value_json.uptime }}',
      stat_cla: 'measurement',
    },
    { quantity: 'duration', unit: 's', shows: { value: 6_121 } },
  ),
  gatewayEntity(
    'sensor',
    'ip',
    'SYS: IP',
    { stat_t: SYS, val_tpl: '{{ value_json.ip }}' },
    { quantity: 'other', shows: { value: '192.168.1.47' } },
  ),
  gatewayEntity(
    'sensor',
    'tempc',
    'SYS: Internal temperature',
    {
      stat_t: SYS,
      dev_cla: 'temperature',
      unit_of_meas: '°C',
      val_tpl: '{{ value_json.tempc  | round(1)}}',
      stat_cla: 'measurement',
    },
    { quantity: 'temperature', unit: '°C', shows: { value: 53.3 } },
  ),
  gatewayEntity(
    'switch',
    'disc',
    'SYS: Auto discovery',
    {
      stat_t: SYS,
      val_tpl: '{{ value_json.disc }}',
      pl_on: '{"disc":true,"save":true}',
      pl_off: '{"disc":false,"save":true}',
      stat_on: true,
      stat_off: false,
      cmd_t: SYS_SET,
    },
    {
      quantity: 'switch',
      control: { is: 'switch' },
      shows: { value: true },
      commands: [
        {
          asks: { on: false },
          sends: [{ topic: SYS_SET, payload: { disc: false, save: true } }],
          answers: [{ topic: SYS, payload: { disc: false, ip: '192.168.1.47', tempc: 53.3, uptime: 6_200 } }],
          after: { value: false },
        },
      ],
    },
  ),
  gatewayEntity(
    'number',
    'interval',
    'BT: Interval between scans',
    {
      stat_t: `${OWN}/BTtoMQTT`,
      unit_of_meas: 's',
      val_tpl: '{{ value_json.interval/1000 }}',
      cmd_tpl: '{"interval":{{value*1000}},"save":true}',
      cmd_t: BT_SET,
    },
    {
      quantity: 'other',
      unit: 's',
      control: { is: 'number', min: 1, max: 100, step: 1 },
      shows: { value: 55 },
      commands: [
        {
          asks: { set: 30 },
          sends: [{ topic: BT_SET, payload: { interval: 30_000, save: true } }],
          answers: [{ topic: `${OWN}/BTtoMQTT`, payload: { interval: 30_000, intervalacts: 55_555 } }],
          after: { value: 30 },
        },
      ],
    },
  ),
  gatewayEntity(
    'button',
    'restart',
    'SYS: Restart gateway',
    {
      stat_t: `${OWN}/LWT`,
      dev_cla: 'restart',
      pl_prs: '{"cmd":"restart"}',
      cmd_t: SYS_SET,
    },
    {
      quantity: 'button',
      control: { is: 'button' },
      commands: [
        {
          asks: { do: 'press' },
          sends: [{ topic: SYS_SET, payload: { cmd: 'restart' } }],
          answers: [],
          after: { value: null },
        },
      ],
    },
  ),
];

const LWT: Message = { topic: `${OWN}/LWT`, payload: 'online', retain: true };

export const BLE_GATEWAY: GoldenDevice = {
  system: 'openmqttgateway',
  identifier: GATEWAY_MAC,
  name: GATEWAY,
  manufacturer: 'OMG_community',
  model: '["BT"]',
  announces: PARTS.map(({ announces }) => announces),
  availability: [LWT],
  states: [
    LWT,
    { topic: SYS, payload: { disc: true, ip: '192.168.1.47', tempc: 53.33, uptime: 6_121 } },
    { topic: `${OWN}/BTtoMQTT`, payload: { interval: 55_000, intervalacts: 55_555 } },
  ],
  entities: PARTS.map(({ entity }) => entity),
};
