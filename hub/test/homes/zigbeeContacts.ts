import type { GoldenDevice } from './golden.ts';
import { type ZigbeeKind, zigbee, zigbeeDevice } from './zigbee.ts';

const DOOR: ZigbeeKind = {
  ieee: '0x00158d0003c5d605',
  name: 'Front door',
  vendor: 'Aqara',
  model: 'Door and window sensor',
  modelId: 'MCCGQ11LM',
};
const door = zigbee(DOOR);

export const CONTACT: GoldenDevice = zigbeeDevice(
  DOOR,
  { battery: 91, contact: true, device_temperature: 24, linkquality: 77, voltage: 3_015 },
  [
    // "Contact" is a closed door: on and off are the other way round.
    door.contact(
      'contact',
      { device_class: 'door', payload_on: false, payload_off: true },
      {
        name: 'Door',
        quantity: 'door',
        shows: { value: false },
        tells: [{ topic: door.own, payload: { contact: false }, value: true }],
      },
    ),
    door.number(
      'device_temperature',
      {
        device_class: 'temperature',
        enabled_by_default: true,
        entity_category: 'diagnostic',
        state_class: 'measurement',
        unit_of_measurement: '°C',
      },
      { name: 'Temperature', quantity: 'temperature', unit: '°C', shows: { value: 24 } },
    ),
    door.battery(91),
    door.linkQuality(77),
  ],
);

const MOTION: ZigbeeKind = {
  ieee: '0x0017880103d4e506',
  name: 'Motion hall',
  vendor: 'Philips',
  model: 'Hue motion sensor',
  modelId: '9290012607',
};
const motion = zigbee(MOTION);

export const MOTION_SENSOR: GoldenDevice = zigbeeDevice(
  MOTION,
  {
    battery: 100,
    illuminance: 38,
    led_indication: false,
    linkquality: 105,
    motion_sensitivity: 'medium',
    occupancy: false,
    occupancy_timeout: 0,
    temperature: 20.9,
    update: { installed_version: 1_107_326_256, latest_version: 1_107_326_256, state: 'idle' },
  },
  [
    motion.contact(
      'occupancy',
      { device_class: 'occupancy' },
      {
        name: 'Occupancy',
        quantity: 'occupancy',
        shows: { value: false },
        tells: [{ topic: motion.own, payload: { occupancy: true }, value: true }],
      },
    ),
    motion.number(
      'illuminance',
      {
        device_class: 'illuminance',
        enabled_by_default: true,
        state_class: 'measurement',
        unit_of_measurement: 'lx',
      },
      { name: 'Illuminance', quantity: 'illuminance', unit: 'lx', shows: { value: 38 } },
    ),
    motion.number(
      'temperature',
      {
        device_class: 'temperature',
        enabled_by_default: true,
        state_class: 'measurement',
        unit_of_measurement: '°C',
      },
      { name: 'Temperature', quantity: 'temperature', unit: '°C', shows: { value: 20.9 } },
    ),
    motion.select('motion_sensitivity', 'Motion sensitivity', ['low', 'medium', 'high'], 'medium'),
    motion.add(
      'number',
      'occupancy_timeout',
      {
        command_topic: `${motion.own}/set/occupancy_timeout`,
        entity_category: 'config',
        icon: 'mdi:timer',
        max: 65_535,
        min: 0,
        name: 'Occupancy timeout',
        state_topic: motion.own,
        unit_of_measurement: 's',
        value_template: '{{ value_json["occupancy_timeout"] }}',
      },
      {
        name: 'Occupancy timeout',
        quantity: 'other',
        unit: 's',
        control: { is: 'number', min: 0, max: 65_535, step: 1 },
        shows: { value: 0 },
        commands: [
          {
            asks: { set: 90 },
            sends: [{ topic: `${motion.own}/set/occupancy_timeout`, payload: '90' }],
            answers: [{ topic: motion.own, payload: { occupancy_timeout: 90 } }],
            after: { value: 90 },
          },
        ],
      },
    ),
    motion.add(
      'switch',
      'switch_led_indication',
      {
        command_topic: `${motion.own}/set/led_indication`,
        entity_category: 'config',
        icon: 'mdi:led-on',
        name: 'LED indication',
        payload_off: 'false',
        payload_on: 'true',
        state_topic: motion.own,
        value_template: '{% if value_json["led_indication"] %}true{% else %}false{% endif %}',
      },
      {
        name: 'LED indication',
        quantity: 'switch',
        control: { is: 'switch' },
        shows: { value: false },
        commands: [
          {
            asks: { on: true },
            sends: [{ topic: `${motion.own}/set/led_indication`, payload: 'true' }],
            answers: [{ topic: motion.own, payload: { led_indication: true } }],
            after: { value: true },
          },
        ],
      },
    ),
    motion.update(1_107_326_256, 1_107_326_256),
    motion.battery(100),
    motion.linkQuality(105),
  ],
);

const LEAK: ZigbeeKind = {
  ieee: '0x00158d0003c5d607',
  name: 'Leak washing machine',
  vendor: 'Aqara',
  model: 'Water leak sensor',
  modelId: 'SJCGQ11LM',
};
const leak = zigbee(LEAK);

export const LEAK_SENSOR: GoldenDevice = zigbeeDevice(
  LEAK,
  { battery: 100, linkquality: 54, water_leak: false },
  [
    leak.contact(
      'water_leak',
      { device_class: 'moisture' },
      {
        name: 'Moisture',
        quantity: 'moisture',
        shows: { value: false },
      },
    ),
    leak.battery(100),
    leak.linkQuality(54),
  ],
);

const REMOTE: ZigbeeKind = {
  ieee: '0x90fd9ffffe1a2b08',
  name: 'Remote sofa',
  vendor: 'IKEA',
  model: 'TRADFRI on/off switch',
  modelId: 'E1743',
};
const remote = zigbee(REMOTE);

/** Without the old action sensor: each action is announced when it happens first, as a trigger. */
export const BUTTON_REMOTE: GoldenDevice = zigbeeDevice(
  REMOTE,
  {
    battery: 74,
    linkquality: 66,
    update: { installed_version: 587_753_009, latest_version: 587_765_297, state: 'available' },
  },
  [
    ...['on', 'off', 'brightness_move_up'].map((action) => ({
      announces: {
        topic: `homeassistant/device_automation/${REMOTE.ieee}/action_${action}/config`,
        retain: true,
        payload: {
          automation_type: 'trigger',
          device: {
            identifiers: [`zigbee2mqtt_${REMOTE.ieee}`],
            manufacturer: REMOTE.vendor,
            model: REMOTE.model,
            model_id: REMOTE.modelId,
            name: REMOTE.name,
            via_device: 'zigbee2mqtt_bridge_0x00124b0024c0ffee',
          },
          origin: { name: 'Zigbee2MQTT', sw: '2.14.1', url: 'https://www.zigbee2mqtt.io' },
          payload: action,
          subtype: action,
          topic: `${remote.own}/action`,
          type: 'action',
        },
      },
      entity: {
        key: `action_${action}`,
        component: 'device_automation' as const,
        name: `Action ${action.replaceAll('_', ' ')}`,
        quantity: 'button' as const,
        unit: null,
        control: null,
        shows: { value: null },
        tells: [{ topic: `${remote.own}/action`, payload: action, value: action }],
      },
    })),
    remote.update(587_753_009, 587_765_297),
    remote.battery(74),
    remote.linkQuality(66),
  ],
);
