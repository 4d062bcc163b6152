import type { Quantity } from '../../src/devices/schema.ts';
import { entityOf, type GoldenDevice, type GoldenEntity } from './golden.ts';
import { cmnd, stat, stateOf, type TasmotaKind, tasmotaDevice, tele } from './tasmota.ts';

const sensor = (key: string, quantity: Quantity, unit: string | null, value: number): GoldenEntity =>
  entityOf(key, 'sensor', { name: key.replace(/_/g, ' '), quantity, unit, shows: { value } });

function relay(
  kind: TasmotaKind,
  index: number,
  name: string | null,
  word: string,
  value: boolean,
): GoldenEntity {
  return entityOf(`relay_${index}`, 'switch', {
    name,
    quantity: 'switch',
    control: { is: 'switch' },
    shows: { value },
    tells: [
      // What it tells when it is asked, or every five minutes, is as good as what it tells when it is switched.
      { topic: tele(kind, 'STATE'), payload: stateOf({ [word]: value ? 'OFF' : 'ON' }), value: !value },
      { topic: stat(kind, 'RESULT'), payload: { [word]: value ? 'ON' : 'OFF' }, value },
      // Answers to other commands come on the same topic.
      { topic: stat(kind, 'RESULT'), payload: { TelePeriod: 300 }, value },
    ],
    commands: [
      {
        asks: { on: !value },
        sends: [{ topic: cmnd(kind, `POWER${index}`), payload: value ? 'OFF' : 'ON' }],
        answers: [
          { topic: stat(kind, 'RESULT'), payload: { [word]: value ? 'OFF' : 'ON' } },
          { topic: stat(kind, word), payload: value ? 'OFF' : 'ON' },
        ],
        after: { value: !value },
      },
    ],
  });
}

const PLUG: TasmotaKind = {
  topic: 'plug_tv',
  deviceName: 'Plug TV',
  mac: 'C8F09E112201',
  module: 'NOUS A1T',
  relays: [1],
};
const energy = {
  TotalStartTime: '2025-01-01T00:00:00',
  Total: 123.456,
  Yesterday: 1.234,
  Today: 0.567,
  Power: 47,
  ApparentPower: 52,
  ReactivePower: 22,
  Factor: 0.9,
  Voltage: 231,
  Current: 0.226,
};

export const ENERGY_PLUG: GoldenDevice = tasmotaDevice(PLUG, { POWER: 'ON' }, { ENERGY: energy }, [
  relay(PLUG, 1, null, 'POWER', true),
  sensor('ENERGY_Total', 'energy', 'kWh', 123.456),
  sensor('ENERGY_Yesterday', 'energy', 'kWh', 1.234),
  sensor('ENERGY_Today', 'energy', 'kWh', 0.567),
  {
    ...sensor('ENERGY_Power', 'power', 'W', 47),
    tells: [
      { topic: tele(PLUG, 'SENSOR'), payload: { ENERGY: { ...energy, Power: 0 } }, value: 0 },
      { topic: stat(PLUG, 'STATUS10'), payload: { StatusSNS: { ENERGY: energy } }, value: 47 },
    ],
  },
  sensor('ENERGY_ApparentPower', 'other', 'VA', 52),
  sensor('ENERGY_ReactivePower', 'other', 'var', 22),
  sensor('ENERGY_Factor', 'other', null, 0.9),
  sensor('ENERGY_Voltage', 'voltage', 'V', 231),
  sensor('ENERGY_Current', 'current', 'A', 0.226),
]);

const NODE: TasmotaKind = {
  topic: 'sensors_attic',
  deviceName: 'Sensors attic',
  mac: 'C8F09E112202',
  module: 'ESP32-DevKit',
  switches: [1, 13],
  switchNames: ['Attic window'],
};

/** BME280, MH-Z19B, PMS5003, a reed contact and a motion sensor. */
export const SENSOR_NODE: GoldenDevice = tasmotaDevice(
  NODE,
  {},
  {
    'Attic window': 'OFF',
    Switch2: 'OFF',
    BME280: { Temperature: 68.9, Humidity: 41.7, DewPoint: 45.1, Pressure: 1_004.2 },
    MHZ19B: { Model: 'B', CarbonDioxide: 734, Temperature: 70 },
    PMS5003: { CF1: 2, 'CF2.5': 4, CF10: 5, PM1: 2, 'PM2.5': 4, PM10: 5, 'PB0.3': 501 },
    PressureUnit: 'hPa',
    TempUnit: 'F',
  },
  [
    // Its unit is the owner's; ours is °C.
    sensor('BME280_Temperature', 'temperature', '°C', 20.5),
    sensor('BME280_Humidity', 'humidity', '%', 41.7),
    sensor('BME280_DewPoint', 'temperature', '°C', 7.277_777_78),
    sensor('BME280_Pressure', 'pressure', 'hPa', 1_004.2),
    sensor('MHZ19B_CarbonDioxide', 'carbon_dioxide', 'ppm', 734),
    sensor('MHZ19B_Temperature', 'temperature', '°C', 21.111),
    sensor('PMS5003_PM1', 'pm1', 'µg/m³', 2),
    sensor('PMS5003_PM2.5', 'pm25', 'µg/m³', 4),
    sensor('PMS5003_PM10', 'pm10', 'µg/m³', 5),
    entityOf('switch_1', 'binary_sensor', {
      name: 'Attic window',
      quantity: 'other',
      shows: { value: false },
      tells: [
        { topic: stat(NODE, 'RESULT'), payload: { 'Attic window': { Action: 'ON' } }, value: true },
        { topic: tele(NODE, 'SENSOR'), payload: { 'Attic window': 'OFF', Switch2: 'OFF' }, value: false },
      ],
    }),
    // Says when it sees somebody and never that it sees nobody: it goes off by itself.
    entityOf('switch_2', 'binary_sensor', {
      name: 'Switch 2',
      quantity: 'other',
      tells: [{ topic: stat(NODE, 'RESULT'), payload: { Switch2: { Action: 'ON' } }, value: true }],
    }),
  ],
);

const LAMP: TasmotaKind = {
  topic: 'lamp_study',
  deviceName: 'Lamp study',
  mac: 'C8F09E112203',
  module: 'BRI E27 6,5W',
  relays: [2],
  lightType: 5,
};
const lamp = (more: object) => ({
  POWER: 'ON',
  Dimmer: 60,
  Color: '9900000000',
  HSBColor: '0,100,60',
  White: 0,
  CT: 250,
  Channel: [60, 0, 0, 0, 0],
  Scheme: 0,
  Fade: 'OFF',
  Speed: 1,
  LedTable: 'ON',
  ...more,
});

export const TASMOTA_LIGHT: GoldenDevice = tasmotaDevice(LAMP, lamp({}), {}, [
  entityOf('light_1', 'light', {
    quantity: 'light',
    control: {
      is: 'light',
      brightness: true,
      colorTempK: { min: 2_000, max: 6_535.9 },
      color: true,
      effects: [],
    },
    shows: { value: true, attributes: { brightness: 60, hue: 0, saturation: 100 } },
    commands: [
      {
        asks: { on: true, brightness: 30 },
        sends: [
          { topic: cmnd(LAMP, 'Dimmer'), payload: '30' },
          { topic: cmnd(LAMP, 'POWER1'), payload: 'ON' },
        ],
        answers: [{ topic: stat(LAMP, 'RESULT'), payload: lamp({ Dimmer: 30, HSBColor: '0,100,30' }) }],
        after: { value: true, attributes: { brightness: 30 } },
      },
      {
        asks: { on: true, hue: 120, saturation: 50 },
        sends: [
          { topic: cmnd(LAMP, 'HsbColor'), payload: '120,50' },
          { topic: cmnd(LAMP, 'POWER1'), payload: 'ON' },
        ],
        answers: [{ topic: stat(LAMP, 'RESULT'), payload: lamp({ HSBColor: '120,50,60' }) }],
        after: { value: true, attributes: { hue: 120, saturation: 50 } },
      },
      {
        asks: { on: true, colorTempK: 2_500 },
        sends: [
          { topic: cmnd(LAMP, 'CT'), payload: '400' },
          { topic: cmnd(LAMP, 'POWER1'), payload: 'ON' },
        ],
        answers: [{ topic: stat(LAMP, 'RESULT'), payload: lamp({ CT: 400, White: 60 }) }],
        after: { value: true, attributes: { colorTempK: 2_500 } },
      },
      {
        asks: { on: false },
        sends: [{ topic: cmnd(LAMP, 'POWER1'), payload: 'OFF' }],
        answers: [{ topic: stat(LAMP, 'RESULT'), payload: { POWER: 'OFF' } }],
        after: { value: false },
      },
    ],
  }),
]);

const BLIND: TasmotaKind = {
  topic: 'blind_study',
  deviceName: 'Blind study',
  mac: 'C8F09E112204',
  module: 'Shelly 2.5',
  relays: [3, 3],
  shutters: [0],
};
const shutter = (position: number, direction = 0) => ({
  Shutter1: { Position: position, Direction: direction, Target: position, Tilt: 0 },
});
const moves = (word: string, position: number) => ({
  sends: [{ topic: cmnd(BLIND, 'Backlog'), payload: word }],
  answers: [{ topic: stat(BLIND, 'RESULT'), payload: shutter(position) }],
});

export const TASMOTA_SHUTTER: GoldenDevice = tasmotaDevice(
  BLIND,
  { POWER1: 'OFF', POWER2: 'OFF' },
  shutter(100),
  [
    entityOf('shutter_1', 'cover', {
      name: 'Shutter 1',
      quantity: 'cover',
      control: { is: 'cover', moves: true, stops: true, position: true, tilt: false },
      shows: { value: true, attributes: { position: 100 } },
      tells: [
        {
          topic: stat(BLIND, 'RESULT'),
          payload: shutter(70, -1),
          value: true,
          attributes: { position: 70, moving: 'closing' },
        },
        {
          topic: stat(BLIND, 'RESULT'),
          payload: { POWER2: 'OFF' },
          value: true,
          attributes: { position: 70 },
        },
      ],
      commands: [
        {
          asks: { do: 'close' },
          ...moves('ShutterClose1', 0),
          after: { value: false, attributes: { position: 0 } },
        },
        {
          asks: { do: 'open' },
          ...moves('ShutterOpen1', 100),
          after: { value: true, attributes: { position: 100 } },
        },
        {
          asks: { position: 40 },
          sends: [{ topic: cmnd(BLIND, 'ShutterPosition1'), payload: '40' }],
          answers: [{ topic: stat(BLIND, 'RESULT'), payload: shutter(40) }],
          after: { value: true, attributes: { position: 40 } },
        },
      ],
    }),
  ],
);

const DUAL: TasmotaKind = {
  topic: 'lights_garden',
  deviceName: 'Garden',
  mac: 'C8F09E112205',
  module: 'Sonoff Dual R3',
  relays: [1, 1],
  friendlyNames: ['Terrace', 'Path'],
  buttons: [1],
};

/** Two relays and a button that only reports. */
export const DUAL_RELAY: GoldenDevice = tasmotaDevice(DUAL, { POWER1: 'OFF', POWER2: 'ON' }, {}, [
  relay(DUAL, 1, 'Terrace', 'POWER1', false),
  relay(DUAL, 2, 'Path', 'POWER2', true),
  entityOf('button_1', 'event', {
    name: 'Button 1',
    quantity: 'button',
    tells: [
      { topic: stat(DUAL, 'RESULT'), payload: { Button1: { Action: 'DOUBLE' } }, value: 'DOUBLE' },
      { topic: stat(DUAL, 'RESULT'), payload: { POWER1: 'OFF' }, value: 'DOUBLE' },
    ],
  }),
]);

const SLEEPER: TasmotaKind = {
  topic: 'freezer',
  deviceName: 'Freezer',
  mac: 'C8F09E112206',
  module: 'ESP8266-12E',
  sleeps: true,
};

/** Sleeps for minutes and is "Offline" after: its availability says nothing. */
export const SLEEPING_SENSOR: GoldenDevice = tasmotaDevice(
  SLEEPER,
  { BatteryPercentage: 78 },
  { DS18B20: { Id: '01144A0CB2AA', Temperature: -18.4 }, TempUnit: 'C' },
  [
    sensor('DS18B20_Temperature', 'temperature', '°C', -18.4),
    { ...sensor('battery', 'battery', '%', 78), name: 'Battery' },
  ],
);
