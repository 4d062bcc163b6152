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
 * Zigbee2MQTT 2.14, `homeassistant: {enabled: true}`, availability on, base topic `zigbee2mqtt`. Each entity has a retained message of
 * its own under the IEEE address; all states of a device come in one JSON on `zigbee2mqtt/<friendly name>`, not retained.
 */

const BRIDGE_IEEE = '0x00124b0024c0ffee';
export const BASE = 'zigbee2mqtt';
/** The base topic in decimal character codes: how groups and the bridge are told apart on one broker. */
export const ENCODED_BASE = [...BASE].map((letter) => letter.charCodeAt(0)).join('');
export const BRIDGE_ID = `zigbee2mqtt_bridge_${BRIDGE_IEEE}`;
export const BRIDGE_NODE = `${ENCODED_BASE}_${BRIDGE_IEEE}`;

export const ORIGIN = { name: 'Zigbee2MQTT', sw: '2.14.1', url: 'https://www.zigbee2mqtt.io' } as const;

export type ZigbeeKind = {
  readonly ieee: string;
  /** Friendly name: also the topic. */
  readonly name: string;
  readonly vendor: string;
  readonly model: string;
  readonly modelId: string;
};

export const topicOf = ({ name }: Pick<ZigbeeKind, 'name'>): string => `${BASE}/${name}`;

const BRIDGE_STATE = { topic: `${BASE}/bridge/state`, value_template: '{{ value_json.state }}' } as const;

/** One entity of a device. `options`: what stands in the message besides what stands in all. */
export function zigbeeEntity(
  kind: ZigbeeKind,
  component: Component | 'climate',
  objectId: string,
  options: { readonly [key: string]: Json },
): Message {
  const own = topicOf(kind);
  const slug = kind.name.replace(/\s+/g, '_').toLowerCase();
  const suffix = objectId.startsWith(component) ? objectId.slice(component.length) : `_${objectId}`;
  return {
    topic: `homeassistant/${component}/${kind.ieee}/${objectId}/config`,
    retain: true,
    payload: {
      availability: [
        BRIDGE_STATE,
        { topic: `${own}/availability`, value_template: '{{ value_json.state }}' },
      ],
      availability_mode: 'all',
      ...options,
      default_entity_id: `${component}.${slug}${suffix}`,
      device: {
        identifiers: [`zigbee2mqtt_${kind.ieee}`],
        manufacturer: kind.vendor,
        model: kind.model,
        model_id: kind.modelId,
        name: kind.name,
        via_device: BRIDGE_ID,
      },
      object_id: `${slug}${suffix}`,
      origin: ORIGIN,
      unique_id: `${kind.ieee}_${objectId}_zigbee2mqtt`,
    },
  };
}

type Options = { readonly [key: string]: Json };

/** An entity that is told in the state of its device. */
export function zigbee(kind: ZigbeeKind) {
  const own = topicOf(kind);
  const add = (component: Component, objectId: string, options: Options, looks: Looks): Announced => ({
    announces: zigbeeEntity(kind, component, objectId, options),
    entity: entityOf(objectId, component, looks),
  });
  const property = (name: string) => `{{ value_json["${name}"] }}`;
  return {
    own,
    add,
    /** A number that is only told. */
    number: (objectId: string, options: Options, looks: Looks): Announced =>
      add('sensor', objectId, { state_topic: own, value_template: property(objectId), ...options }, looks),
    contact: (objectId: string, options: Options, looks: Looks): Announced =>
      add(
        'binary_sensor',
        objectId,
        {
          payload_on: true,
          payload_off: false,
          state_topic: own,
          value_template: property(objectId),
          ...options,
        },
        looks,
      ),
    battery: (value: number): Announced =>
      add(
        'sensor',
        'battery',
        {
          device_class: 'battery',
          enabled_by_default: true,
          entity_category: 'diagnostic',
          state_class: 'measurement',
          state_topic: own,
          unit_of_measurement: '%',
          value_template: property('battery'),
        },
        { name: 'Battery', quantity: 'battery', unit: '%', shows: { value } },
      ),
    linkQuality: (value: number): Announced =>
      add(
        'sensor',
        'linkquality',
        {
          enabled_by_default: false,
          entity_category: 'diagnostic',
          icon: 'mdi:signal',
          name: 'Linkquality',
          state_class: 'measurement',
          state_topic: own,
          unit_of_measurement: 'lqi',
          value_template: property('linkquality'),
        },
        { name: 'Linkquality', quantity: 'other', unit: 'lqi', shows: { value } },
      ),
    select: (objectId: string, name: string, options: readonly string[], value: string): Announced =>
      add(
        'select',
        objectId,
        {
          command_topic: `${own}/set/${objectId}`,
          entity_category: 'config',
          name,
          options,
          state_topic: own,
          value_template: property(objectId),
        },
        {
          name,
          quantity: 'other',
          control: { is: 'select', options: [...options] },
          shows: { value },
          commands: options.slice(0, 1).map((option) => ({
            asks: { set: option },
            sends: [{ topic: `${own}/set/${objectId}`, payload: option }],
            answers: [{ topic: own, payload: { [objectId]: option } }],
            after: { value: option },
          })),
        },
      ),
    update: (installed: number, latest: number): Announced =>
      add(
        'update',
        'update',
        {
          command_topic: `${BASE}/bridge/request/device/ota_update/update`,
          device_class: 'firmware',
          entity_category: 'config',
          entity_picture: 'https://github.com/Koenkk/zigbee2mqtt/raw/master/images/logo.png',
          name: null,
          payload_install: `{"id": "${kind.ieee}"}`,
          state_topic: own,
          value_template:
            '{"latest_version":"{{ value_json[\'update\'][\'latest_version\'] }}",' +
            '"installed_version":"{{ value_json[\'update\'][\'installed_version\'] }}",' +
            "\"update_percentage\":{{ value_json['update'].get('progress', 'null') }}," +
            "\"in_progress\":{{ (value_json['update']['state'] == 'updating')|lower }}}",
        },
        {
          quantity: 'version',
          control: { is: 'update' },
          shows: {
            value: latest > installed,
            attributes: {
              installedVersion: String(installed),
              latestVersion: String(latest),
              inProgress: false,
            },
          },
          commands: [
            {
              asks: { do: 'install' },
              sends: [
                {
                  topic: `${BASE}/bridge/request/device/ota_update/update`,
                  payload: `{"id": "${kind.ieee}"}`,
                },
              ],
              answers: [
                {
                  topic: own,
                  payload: {
                    update: {
                      installed_version: installed,
                      latest_version: latest,
                      progress: 3.5,
                      remaining: 812,
                      state: 'updating',
                    },
                  },
                },
              ],
              after: { value: latest > installed, attributes: { inProgress: true, percentage: 3.5 } },
            },
          ],
        },
      ),
  };
}

/** The device of these entities, with what it tells when it is asked for everything. */
export function zigbeeDevice(
  kind: ZigbeeKind,
  state: { readonly [key: string]: Json },
  parts: readonly Announced[],
  more: Partial<Pick<GoldenDevice, 'passedOver' | 'states' | 'availability'>> = {},
): GoldenDevice {
  return {
    system: 'zigbee2mqtt',
    identifier: `zigbee2mqtt_${kind.ieee}`,
    name: kind.name,
    manufacturer: kind.vendor,
    model: kind.model,
    announces: parts.map(({ announces }) => announces),
    availability: [{ topic: `${topicOf(kind)}/availability`, payload: { state: 'online' }, retain: true }],
    states: [{ topic: topicOf(kind), payload: state }],
    entities: parts.map(({ entity }) => entity),
    ...more,
  };
}
