import { RELAY_NODE } from './esphomeActors.ts';
import { AIR_NODE } from './esphomeAir.ts';
import type { GoldenDevice } from './golden.ts';
import { BEKEN_LAMP, TASMOTA_BLE } from './openBeken.ts';
import { BLE_DOOR, BLE_GATEWAY, BLE_THERMOMETERS, BLE_TRACKER } from './openMqttGateway.ts';
import {
  DUAL_RELAY,
  ENERGY_PLUG,
  SENSOR_NODE,
  SLEEPING_SENSOR,
  TASMOTA_LIGHT,
  TASMOTA_SHUTTER,
} from './tasmotaDevices.ts';
import { BRIDGE } from './zigbeeBridge.ts';
import { BUTTON_REMOTE, CONTACT, LEAK_SENSOR, MOTION_SENSOR } from './zigbeeContacts.ts';
import { COLOUR_LIGHT, LIGHT_GROUP, POWER_PLUG, WHITE_LIGHT } from './zigbeeLights.ts';
import { BLIND_COVER, CURTAIN_COVER, DOOR_LOCK, RADIATOR, WARNING_SIREN } from './zigbeeMovers.ts';
import { AIR_MONITOR, CO_ALARM, GAS_ALARM, SMOKE_DETECTOR, WEATHER_SENSOR } from './zigbeeSensors.ts';

/** One program or board that logs in at the broker, with the devices it speaks for. */
export type GatewayPlan = {
  /** What the owner calls it when pairing it. */
  readonly name: string;
  /** Topic filters it is given, besides discovery. */
  readonly topics: readonly string[];
  readonly devices: readonly GoldenDevice[];
};

/** A home: what has to be paired for all of it to be there. */
export type HomePlan = { readonly name: string; readonly gateways: readonly GatewayPlan[] };

const tasmota = (device: GoldenDevice, topic: string): GatewayPlan => ({
  name: device.name,
  topics: [`tele/${topic}/#`, `stat/${topic}/#`, `cmnd/${topic}/#`, 'tasmota/discovery/#'],
  devices: [device],
});

/** Two rooms: one air node of ESPHome and a stick with Zigbee2MQTT. */
export const FLAT: HomePlan = {
  name: 'flat',
  gateways: [
    { name: 'Air living room', topics: ['air-living-room/#'], devices: [AIR_NODE] },
    {
      name: 'Zigbee2MQTT',
      topics: ['zigbee2mqtt/#'],
      devices: [BRIDGE, SMOKE_DETECTOR, CONTACT, COLOUR_LIGHT, POWER_PLUG, BUTTON_REMOTE],
    },
  ],
};

/** All that grew over the years. */
export const HOUSE: HomePlan = {
  name: 'house',
  gateways: [
    { name: 'Air living room', topics: ['air-living-room/#'], devices: [AIR_NODE] },
    { name: 'Relay cellar', topics: ['relay-cellar/#'], devices: [RELAY_NODE] },
    {
      name: 'Zigbee2MQTT',
      topics: ['zigbee2mqtt/#'],
      devices: [
        BRIDGE,
        SMOKE_DETECTOR,
        CO_ALARM,
        GAS_ALARM,
        AIR_MONITOR,
        WEATHER_SENSOR,
        CONTACT,
        MOTION_SENSOR,
        LEAK_SENSOR,
        BUTTON_REMOTE,
        POWER_PLUG,
        COLOUR_LIGHT,
        WHITE_LIGHT,
        LIGHT_GROUP,
        BLIND_COVER,
        CURTAIN_COVER,
        DOOR_LOCK,
        WARNING_SIREN,
        RADIATOR,
      ],
    },
    tasmota(ENERGY_PLUG, 'plug_tv'),
    tasmota(SENSOR_NODE, 'sensors_attic'),
    tasmota(TASMOTA_LIGHT, 'lamp_study'),
    tasmota(TASMOTA_SHUTTER, 'blind_study'),
    tasmota(DUAL_RELAY, 'lights_garden'),
    tasmota(SLEEPING_SENSOR, 'freezer'),
    { name: 'Tasmota BLE', topics: ['tele/tasmota_ble/#'], devices: [TASMOTA_BLE] },
    {
      name: 'OpenMQTTGateway',
      topics: ['home/OMG_ESP32_BLE/#'],
      devices: [BLE_GATEWAY, ...BLE_THERMOMETERS, BLE_DOOR, BLE_TRACKER],
    },
    {
      name: 'OpenBeken lamp',
      topics: ['obkD2F1A907/#', 'cmnd/obkD2F1A907/#'],
      devices: [BEKEN_LAMP],
    },
  ],
};

export const devicesOf = ({ gateways }: HomePlan): readonly GoldenDevice[] =>
  gateways.flatMap(({ devices }) => devices);
