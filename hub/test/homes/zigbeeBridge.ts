import type { Component } from '../../src/devices/schema.ts';
import {
  type Announced,
  entityOf,
  type GoldenDevice,
  type Json,
  type Looks,
  type Message,
} from './golden.ts';
import { BASE, BRIDGE_ID, BRIDGE_NODE, ORIGIN } from './zigbee.ts';

const own = `${BASE}/bridge`;
const INFO = `${own}/info`;

const STATE: Message = { topic: `${own}/state`, payload: { state: 'online' }, retain: true };

function bridgeEntity(
  component: Component,
  objectId: string,
  options: { readonly [key: string]: Json },
  looks: Looks,
  isSupervised = true,
): Announced {
  const supervision = isSupervised
    ? {
        availability: [{ topic: `${own}/state`, value_template: '{{ value_json.state }}' }],
        availability_mode: 'all',
      }
    : {};
  return {
    announces: {
      topic: `homeassistant/${component}/${BRIDGE_NODE}/${objectId}/config`,
      retain: true,
      payload: {
        ...supervision,
        ...options,
        default_entity_id: `${component}.zigbee2mqtt_bridge_${objectId}`,
        device: {
          hw_version: 'zStack3x0 20230507',
          identifiers: [BRIDGE_ID],
          manufacturer: 'Zigbee2MQTT',
          model: 'Bridge',
          name: 'Zigbee2MQTT Bridge',
          sw_version: '2.14.1',
        },
        object_id: `zigbee2mqtt_bridge_${objectId}`,
        origin: ORIGIN,
        unique_id: `bridge_0x00124b0024c0ffee_${objectId}_zigbee2mqtt`,
      },
    },
    entity: entityOf(objectId, component, looks),
  };
}

const info = (more: { readonly [key: string]: Json } = {}): Message => ({
  topic: INFO,
  retain: true,
  payload: {
    commit: 'abcdef0',
    coordinator: { ieee_address: '0x00124b0024c0ffee', meta: { revision: 20_230_507 }, type: 'zStack3x0' },
    log_level: 'info',
    network: { channel: 11, extended_pan_id: '0xdddddddddddddddd', pan_id: 6_754 },
    permit_join: false,
    restart_required: false,
    version: '2.14.1',
    ...more,
  },
});

const LEVELS = ['error', 'warning', 'info', 'debug'];

const PARTS: readonly Announced[] = [
  bridgeEntity(
    'binary_sensor',
    'connection_state',
    {
      device_class: 'connectivity',
      entity_category: 'diagnostic',
      name: 'Connection state',
      payload_off: 'offline',
      payload_on: 'online',
      state_topic: `${own}/state`,
      value_template: '{{ value_json.state }}',
    },
    { name: 'Connection state', quantity: 'connectivity', shows: { value: true } },
    false,
  ),
  bridgeEntity(
    'binary_sensor',
    'restart_required',
    {
      device_class: 'problem',
      enabled_by_default: false,
      entity_category: 'diagnostic',
      name: 'Restart required',
      payload_off: false,
      payload_on: true,
      state_topic: INFO,
      value_template: '{{ value_json.restart_required }}',
    },
    { name: 'Restart required', quantity: 'problem', shows: { value: false } },
  ),
  bridgeEntity(
    'button',
    'restart',
    { command_topic: `${own}/request/restart`, device_class: 'restart', name: 'Restart', payload_press: '' },
    {
      name: 'Restart',
      quantity: 'button',
      control: { is: 'button' },
      commands: [
        {
          asks: { do: 'press' },
          sends: [{ topic: `${own}/request/restart`, payload: '' }],
          answers: [],
          after: { value: null },
        },
      ],
    },
  ),
  bridgeEntity(
    'select',
    'log_level',
    {
      command_template: '{"options": {"advanced": {"log_level": "{{ value }}" } } }',
      command_topic: `${own}/request/options`,
      entity_category: 'config',
      name: 'Log level',
      options: LEVELS,
      state_topic: INFO,
      value_template: '{{ value_json.log_level | lower }}',
    },
    {
      name: 'Log level',
      quantity: 'other',
      control: { is: 'select', options: LEVELS },
      shows: { value: 'info' },
      commands: [
        {
          asks: { set: 'debug' },
          sends: [
            { topic: `${own}/request/options`, payload: { options: { advanced: { log_level: 'debug' } } } },
          ],
          answers: [info({ log_level: 'debug' })],
          after: { value: 'debug' },
        },
      ],
    },
  ),
  bridgeEntity(
    'sensor',
    'version',
    {
      entity_category: 'diagnostic',
      icon: 'mdi:zigbee',
      name: 'Version',
      state_topic: INFO,
      value_template: '{{ value_json.version }}',
    },
    { name: 'Version', quantity: 'other', shows: { value: '2.14.1' } },
  ),
  bridgeEntity(
    'sensor',
    'coordinator_version',
    {
      enabled_by_default: false,
      entity_category: 'diagnostic',
      icon: 'mdi:chip',
      name: 'Coordinator version',
      state_topic: INFO,
      value_template: '{{ value_json.coordinator.meta.revision }}',
    },
    { name: 'Coordinator version', quantity: 'other', shows: { value: 20_230_507 } },
  ),
  bridgeEntity(
    'switch',
    'permit_join',
    {
      command_topic: `${own}/request/permit_join`,
      icon: 'mdi:human-greeting-proximity',
      name: 'Permit join',
      payload_off: '{"time": 0}',
      payload_on: '{"time": 254}',
      state_off: 'false',
      state_on: 'true',
      state_topic: INFO,
      value_template: '{{ value_json.permit_join | lower }}',
    },
    {
      name: 'Permit join',
      quantity: 'switch',
      control: { is: 'switch' },
      shows: { value: false },
      commands: [
        {
          asks: { on: true },
          sends: [{ topic: `${own}/request/permit_join`, payload: { time: 254 } }],
          answers: [info({ permit_join: true })],
          after: { value: true },
        },
      ],
    },
  ),
];

/** A clock is no part of the templates that we take. It is announced as switched off: nobody misses it. */
const NETWORK_MAP = bridgeEntity(
  'sensor',
  'network_map',
  {
    enabled_by_default: false,
    entity_category: 'diagnostic',
    json_attributes_template: '{{ value_json.data.value | tojson }}',
    json_attributes_topic: `${own}/response/networkmap`,
    name: 'Network map',
    state_topic: `${own}/response/networkmap`,
    value_template: "{{ now().strftime('%Y-%m-%d %H:%M:%S') }}",
  },
  { name: 'Network map', quantity: 'other' },
).announces;

/** Zigbee2MQTT itself. */
export const BRIDGE: GoldenDevice = {
  system: 'zigbee2mqtt',
  identifier: BRIDGE_ID,
  name: 'Zigbee2MQTT Bridge',
  manufacturer: 'Zigbee2MQTT',
  model: 'Bridge',
  announces: PARTS.map(({ announces }) => announces),
  passedOver: [NETWORK_MAP],
  availability: [STATE],
  states: [info()],
  entities: PARTS.map(({ entity }) => entity),
};
