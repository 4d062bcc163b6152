import type { GoldenDevice } from './golden.ts';
import { type ZigbeeKind, zigbee, zigbeeDevice } from './zigbee.ts';

const SMOKE: ZigbeeKind = {
  ieee: '0x00158d0004a1b201',
  name: 'Rauchmelder Flur',
  vendor: 'HEIMAN',
  model: 'Smoke detector',
  modelId: 'HS1SA-E',
};
const smoke = zigbee(SMOKE);
const smokeState = { battery: 100, battery_low: false, linkquality: 120, smoke: false, tamper: false };

export const SMOKE_DETECTOR: GoldenDevice = zigbeeDevice(SMOKE, smokeState, [
  smoke.contact(
    'smoke',
    { device_class: 'smoke' },
    {
      name: 'Smoke',
      quantity: 'smoke',
      shows: { value: false },
      tells: [
        { topic: smoke.own, payload: { ...smokeState, smoke: true }, value: true },
        // A device that has not told it yet: not safe, not smoke.
        { topic: smoke.own, payload: { ...smokeState, smoke: null }, value: null },
        { topic: smoke.own, payload: smokeState, value: false },
      ],
    },
  ),
  smoke.contact(
    'battery_low',
    { device_class: 'battery', entity_category: 'diagnostic' },
    { name: 'Battery', quantity: 'battery', shows: { value: false } },
  ),
  smoke.contact(
    'tamper',
    { device_class: 'tamper' },
    {
      name: 'Tamper',
      quantity: 'tamper',
      shows: { value: false },
    },
  ),
  smoke.battery(100),
  smoke.linkQuality(120),
]);

const CO: ZigbeeKind = {
  ieee: '0x00158d0004a1b202',
  name: 'CO boiler room',
  vendor: 'HEIMAN',
  model: 'Smart carbon monoxide sensor',
  modelId: 'HS1CA-E',
};
const co = zigbee(CO);

export const CO_ALARM: GoldenDevice = zigbeeDevice(
  CO,
  { battery: 87, carbon_monoxide: false, linkquality: 61 },
  [
    co.contact(
      'carbon_monoxide',
      { device_class: 'carbon_monoxide' },
      {
        name: 'Carbon monoxide',
        quantity: 'carbon_monoxide',
        shows: { value: false },
      },
    ),
    co.battery(87),
    co.linkQuality(61),
  ],
);

const GAS: ZigbeeKind = {
  ieee: '0x00158d0004a1b203',
  name: 'Gas kitchen',
  vendor: 'HEIMAN',
  model: 'Combustible gas sensor',
  modelId: 'HS3CG',
};
const gas = zigbee(GAS);

export const GAS_ALARM: GoldenDevice = zigbeeDevice(GAS, { gas: false, linkquality: 140, tamper: false }, [
  gas.contact('gas', { device_class: 'gas' }, { name: 'Gas', quantity: 'gas', shows: { value: false } }),
  gas.contact(
    'tamper',
    { device_class: 'tamper' },
    {
      name: 'Tamper',
      quantity: 'tamper',
      shows: { value: false },
    },
  ),
  gas.linkQuality(140),
]);

const AIR: ZigbeeKind = {
  ieee: '0xa4c1380011223301',
  name: 'Air bedroom',
  vendor: 'Tuya',
  model: 'Smart air house keeper',
  modelId: 'TS0601_smart_air_house_keeper',
};
const air = zigbee(AIR);
const measured = { state_class: 'measurement', enabled_by_default: true } as const;

export const AIR_MONITOR: GoldenDevice = zigbeeDevice(
  AIR,
  { co2: 812, formaldehyd: 0.021, humidity: 46.5, linkquality: 96, pm25: 7, temperature: 22.4, voc: 0.3 },
  [
    air.number(
      'co2',
      { ...measured, device_class: 'carbon_dioxide', unit_of_measurement: 'ppm' },
      {
        name: 'Carbon dioxide',
        quantity: 'carbon_dioxide',
        unit: 'ppm',
        shows: { value: 812 },
        tells: [{ topic: air.own, payload: { co2: 1_460.5 }, value: 1_460.5 }],
      },
    ),
    air.number(
      'voc',
      { ...measured, device_class: 'volatile_organic_compounds_parts', unit_of_measurement: 'ppm' },
      { name: 'Volatile organic compounds parts', quantity: 'voc', unit: 'ppm', shows: { value: 0.3 } },
    ),
    air.number(
      'formaldehyd',
      { ...measured, name: 'Formaldehyd', unit_of_measurement: 'mg/m³' },
      {
        name: 'Formaldehyd',
        quantity: 'formaldehyde',
        unit: 'mg/m³',
        shows: { value: 0.021 },
      },
    ),
    air.number(
      'temperature',
      { ...measured, device_class: 'temperature', unit_of_measurement: '°C' },
      {
        name: 'Temperature',
        quantity: 'temperature',
        unit: '°C',
        shows: { value: 22.4 },
      },
    ),
    air.number(
      'humidity',
      { ...measured, device_class: 'humidity', unit_of_measurement: '%' },
      {
        name: 'Humidity',
        quantity: 'humidity',
        unit: '%',
        shows: { value: 46.5 },
      },
    ),
    air.number(
      'pm25',
      { ...measured, device_class: 'pm25', unit_of_measurement: 'µg/m³' },
      {
        name: 'Pm25',
        quantity: 'pm25',
        unit: 'µg/m³',
        shows: { value: 7 },
      },
    ),
    air.linkQuality(96),
  ],
);

const CLIMATE: ZigbeeKind = {
  ieee: '0x00158d0002f3a404',
  name: 'Weather/balcony',
  vendor: 'Aqara',
  model: 'Temperature and humidity sensor',
  modelId: 'WSDCGQ11LM',
};
const weather = zigbee(CLIMATE);

export const WEATHER_SENSOR: GoldenDevice = zigbeeDevice(
  CLIMATE,
  { battery: 97, humidity: 81.2, linkquality: 87, pressure: 1_009.4, temperature: -3.37, voltage: 2_995 },
  [
    weather.number(
      'temperature',
      { ...measured, device_class: 'temperature', unit_of_measurement: '°C' },
      {
        name: 'Temperature',
        quantity: 'temperature',
        unit: '°C',
        shows: { value: -3.37 },
      },
    ),
    weather.number(
      'humidity',
      { ...measured, device_class: 'humidity', unit_of_measurement: '%' },
      {
        name: 'Humidity',
        quantity: 'humidity',
        unit: '%',
        shows: { value: 81.2 },
      },
    ),
    weather.number(
      'pressure',
      { ...measured, device_class: 'atmospheric_pressure', unit_of_measurement: 'hPa' },
      { name: 'Atmospheric pressure', quantity: 'pressure', unit: 'hPa', shows: { value: 1_009.4 } },
    ),
    weather.number(
      'voltage',
      { ...measured, device_class: 'voltage', entity_category: 'diagnostic', unit_of_measurement: 'mV' },
      { name: 'Voltage', quantity: 'voltage', unit: 'mV', shows: { value: 2_995 } },
    ),
    weather.battery(97),
    weather.linkQuality(87),
  ],
);
