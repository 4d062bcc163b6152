import { esphome, esphomeDevice, type Node } from './esphome.ts';
import type { Announced, GoldenDevice } from './golden.ts';

const node: Node = {
  name: 'air-living-room',
  friendlyName: 'Air living room',
  mac: 'a0b7651c0a10',
  board: 'esp32dev',
  area: 'Living room',
};
const { entity, sensor, state, command } = esphome(node);

const parts: readonly Announced[] = [
  sensor(
    'CO2',
    { dev_cla: 'carbon_dioxide', unit_of_meas: 'ppm' },
    {
      quantity: 'carbon_dioxide',
      unit: 'ppm',
      shows: { value: 655 },
      tells: [
        { topic: state('sensor', 'CO2'), payload: '1204', value: 1_204 },
        // A sensor that does not answer any more is "nan".
        { topic: state('sensor', 'CO2'), payload: 'nan', value: 1_204 },
      ],
    },
  ),
  sensor(
    'Temperature',
    { dev_cla: 'temperature', unit_of_meas: '°C' },
    {
      quantity: 'temperature',
      unit: '°C',
      shows: { value: 21.3 },
    },
  ),
  sensor(
    'Humidity',
    { dev_cla: 'humidity', unit_of_meas: '%' },
    {
      quantity: 'humidity',
      unit: '%',
      shows: { value: 47.1 },
    },
  ),
  sensor(
    'PM <1.0µm',
    { dev_cla: 'pm1', unit_of_meas: 'µg/m³', ic: 'mdi:chemical-weapon' },
    {
      quantity: 'pm1',
      unit: 'µg/m³',
      shows: { value: 3 },
    },
  ),
  sensor(
    'PM <2.5µm',
    { dev_cla: 'pm25', unit_of_meas: 'µg/m³', ic: 'mdi:chemical-weapon' },
    {
      quantity: 'pm25',
      unit: 'µg/m³',
      shows: { value: 5 },
    },
  ),
  sensor(
    'PM <10.0µm',
    { dev_cla: 'pm10', unit_of_meas: 'µg/m³', ic: 'mdi:chemical-weapon' },
    {
      quantity: 'pm10',
      unit: 'µg/m³',
      shows: { value: 6 },
    },
  ),
  // Home Assistant has no class for it: unit and name tell.
  sensor(
    'Oxygen',
    { unit_of_meas: '%', ic: 'mdi:gas-cylinder', exp_aft: 120 },
    {
      quantity: 'oxygen',
      unit: '%',
      shows: { value: 20.9 },
    },
  ),
  sensor(
    'CO',
    { dev_cla: 'carbon_monoxide', unit_of_meas: 'ppm', exp_aft: 120 },
    {
      quantity: 'carbon_monoxide',
      unit: 'ppm',
      shows: { value: 0 },
    },
  ),
  sensor(
    'WiFi Signal',
    { dev_cla: 'signal_strength', unit_of_meas: 'dBm', ent_cat: 'diagnostic' },
    {
      quantity: 'signal_strength',
      unit: 'dBm',
      shows: { value: -58 },
    },
  ),
  entity(
    'sensor',
    'Uptime',
    'told',
    {
      dev_cla: 'duration',
      unit_of_meas: 's',
      stat_cla: 'total_increasing',
      ic: 'mdi:timer-outline',
      ent_cat: 'diagnostic',
    },
    { quantity: 'duration', unit: 's', shows: { value: 86_412 } },
  ),
  // A text sensor is a sensor without a unit.
  entity(
    'sensor',
    'ESPHome Version',
    'told',
    { ic: 'mdi:new-box', ent_cat: 'diagnostic' },
    {
      quantity: 'other',
      shows: { value: '2025.11.2 Nov 12 2025, 18:04:31' },
    },
  ),
  {
    // A status sensor tells what the availability topic tells.
    announces: esphome(node).message('binary_sensor', 'Status', {
      dev_cla: 'connectivity',
      pl_on: 'online',
      pl_off: 'offline',
      ent_cat: 'diagnostic',
      stat_t: `${node.name}/status`,
    }),
    entity: {
      key: 'status',
      component: 'binary_sensor',
      name: 'Status',
      quantity: 'connectivity',
      unit: null,
      control: null,
      shows: { value: true },
    },
  },
  entity(
    'button',
    'Restart',
    'commanded',
    { dev_cla: 'restart', ent_cat: 'config' },
    {
      quantity: 'button',
      control: { is: 'button' },
      commands: [
        {
          asks: { do: 'press' },
          sends: [{ topic: command('button', 'Restart'), payload: 'PRESS' }],
          answers: [],
          after: { value: null },
        },
      ],
    },
  ),
  entity(
    'number',
    'CO2 alert level',
    'both',
    { min: 600, max: 2_000, step: 50, mode: 'slider', unit_of_meas: 'ppm', ent_cat: 'config' },
    {
      // Whatever its unit: a level that is set is not a level that was measured.
      quantity: 'other',
      unit: 'ppm',
      control: { is: 'number', min: 600, max: 2_000, step: 50 },
      shows: { value: 1_000 },
      commands: [
        {
          asks: { set: 1_250 },
          sends: [{ topic: command('number', 'CO2 alert level'), payload: '1250' }],
          answers: [{ topic: state('number', 'CO2 alert level'), payload: '1250.000000', retain: true }],
          after: { value: 1_250 },
        },
      ],
    },
  ),
  entity(
    'select',
    'LED mode',
    'both',
    { ops: ['Traffic light', 'Off', 'Night'], ent_cat: 'config' },
    {
      quantity: 'other',
      control: { is: 'select', options: ['Traffic light', 'Off', 'Night'] },
      shows: { value: 'Traffic light' },
      commands: [
        {
          asks: { set: 'Off' },
          sends: [{ topic: command('select', 'LED mode'), payload: 'Off' }],
          answers: [{ topic: state('select', 'LED mode'), payload: 'Off', retain: true }],
          after: { value: 'Off' },
        },
      ],
    },
  ),
  entity(
    'text',
    'Display text',
    'both',
    { mode: 'text' },
    {
      quantity: 'other',
      control: { is: 'text', min: 0, max: 255, pattern: null, secret: false },
      shows: { value: 'Guten Morgen' },
      commands: [
        {
          asks: { set: 'صباح الخير' },
          sends: [{ topic: command('text', 'Display text'), payload: 'صباح الخير' }],
          answers: [{ topic: state('text', 'Display text'), payload: 'صباح الخير', retain: true }],
          after: { value: 'صباح الخير' },
        },
      ],
    },
  ),
  entity(
    'update',
    'Firmware',
    'both',
    { schema: 'json', pl_inst: 'INSTALL', ent_cat: 'config' },
    {
      quantity: 'version',
      control: { is: 'update' },
      shows: { value: true, attributes: { installedVersion: '2.1.0', latestVersion: '2.2.0' } },
      commands: [
        {
          asks: { do: 'install' },
          sends: [{ topic: command('update', 'Firmware'), payload: 'INSTALL' }],
          answers: [
            {
              topic: state('update', 'Firmware'),
              payload: { installed_version: '2.2.0', latest_version: '2.2.0', title: 'Air node' },
              retain: true,
            },
          ],
          after: { value: false, attributes: { installedVersion: '2.2.0' } },
        },
      ],
    },
  ),
  entity(
    'event',
    'Button',
    'told',
    { evt_typ: ['single', 'double', 'long'], dev_cla: 'button' },
    {
      quantity: 'button',
      tells: [
        { topic: state('event', 'Button'), payload: { event_type: 'double' }, value: 'double' },
        { topic: state('event', 'Button'), payload: { event_type: 'quadruple' }, value: 'double' },
      ],
    },
  ),
];

/** SCD41, PMS7003, oxygen and CO cells on an ESP32. */
export const AIR_NODE: GoldenDevice = esphomeDevice(node, parts, {
  [state('sensor', 'CO2')]: '655',
  [state('sensor', 'Temperature')]: '21.3',
  [state('sensor', 'Humidity')]: '47.1',
  [state('sensor', 'PM <1.0µm')]: '3',
  [state('sensor', 'PM <2.5µm')]: '5',
  [state('sensor', 'PM <10.0µm')]: '6',
  [state('sensor', 'Oxygen')]: '20.90',
  [state('sensor', 'CO')]: '0.0',
  [state('sensor', 'WiFi Signal')]: '-58',
  [state('sensor', 'Uptime')]: '86412',
  [state('sensor', 'ESPHome Version')]: '2025.11.2 Nov 12 2025, 18:04:31',
  [state('number', 'CO2 alert level')]: '1000.000000',
  [state('select', 'LED mode')]: 'Traffic light',
  [state('text', 'Display text')]: 'Guten Morgen',
  [state('update', 'Firmware')]: {
    installed_version: '2.1.0',
    latest_version: '2.2.0',
    title: 'Air node',
    release_url: 'https://example.org/air-node/2.2.0',
  },
});
