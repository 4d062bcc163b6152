import { describe, expect, it } from 'vitest';
import { type Discovered, readDiscovery } from './discovery.ts';

type Announced = Extract<Discovered, { kind: 'announced' }>;

const read = (topic: string, payload: unknown): Discovered =>
  readDiscovery(topic, typeof payload === 'string' ? payload : JSON.stringify(payload));

function announced(topic: string, payload: unknown): Announced {
  const found = read(topic, payload);
  if (found.kind !== 'announced') throw new Error(JSON.stringify(found));
  return found;
}

function only(found: Announced) {
  const [entity] = found.entities;
  if (entity === undefined || found.entities.length !== 1)
    throw new Error(`${found.entities.length} entities`);
  return entity;
}

const DEVICE_TOPIC = 'homeassistant/device/hw_3f2a/config';

describe('the single form', () => {
  const single = (component: string, payload: object) =>
    announced(`homeassistant/${component}/node/thing/config`, payload);

  it('expands base topic and abbreviations (test vector 1)', () => {
    const found = single('switch', { '~': 'a/b', stat_t: '~/s', cmd_t: 'x/~', avty: [{ t: '~/up' }] });
    expect(only(found).config).toMatchObject({
      stateTopic: 'a/b/s',
      commandTopic: 'x/a/b',
      availability: [{ topic: 'a/b/up' }],
    });
  });

  it('is its own device when it names none', () => {
    const found = single('sensor', { stat_t: 's' });
    expect(found).toMatchObject({
      nodeId: 'node',
      objectId: 'thing',
      device: { identifiers: ['topic:node/thing'], name: null },
    });
    expect(only(found)).toMatchObject({ key: 'thing', uniqueId: null, name: 'Thing' });
    expect(announced('homeassistant/sensor/thing/config', { stat_t: 's' }).device.identifiers).toEqual([
      'topic:thing',
    ]);
  });

  it.each([
    ['sensor', {}, 'bad-option: state_topic'],
    ['switch', { stat_t: 's' }, 'bad-option: command_topic'],
    ['sensor', { stat_t: '$SYS/x' }, 'bad-option: state_topic'],
    ['sensor', { stat_t: 'a/#' }, 'bad-option: state_topic'],
    ['sensor', { stat_t: 5 }, 'bad-option: state_topic'],
    ['sensor', { stat_t: `${'x'.repeat(513)}` }, 'bad-option: state_topic'],
    ['sensor', { stat_t: 's', qos: 3 }, 'bad-option: qos'],
    ['sensor', { stat_t: 's', exp_aft: -1 }, 'bad-option: expire_after'],
    ['sensor', { stat_t: 's', avty_mode: 'some' }, 'bad-option: availability_mode'],
    [
      'sensor',
      { stat_t: 's', avty: [{ t: 'a' }], avty_t: 'b' },
      'bad-option: availability and availability_topic',
    ],
    ['sensor', { stat_t: 's', avty: [{}] }, 'bad-option: availability topic'],
    ['sensor', { stat_t: 's', dev: {} }, 'bad-option: device identifiers'],
    ['sensor', { stat_t: 's', dev: 'x' }, 'bad-option: device'],
    ['sensor', { stat_t: 's', dev: { cns: [['mac']] } }, 'bad-option: connections'],
    ['binary_sensor', { stat_t: 's', pl_on: { a: 1 } }, 'bad-option: payload_on'],
    ['siren', { cmd_t: 's', av_tones: [1, {}] }, 'bad-option: available_tones'],
    ['siren', { cmd_t: 's', sup_dur: 'perhaps' }, 'bad-option: support_duration'],
  ])('of a %s %j is refused: %s', (component, payload, reason) => {
    expect(read(`homeassistant/${component}/thing/config`, payload)).toEqual({ kind: 'refused', reason });
  });

  it('announces a siren for which no command comes out as a fault: it could not sound', () => {
    const mute = { cmd_t: 'c', cmd_tpl: '{{ tone }}' };
    expect(only(single('siren', mute)).fault).toBe('no-command-payload');
    expect(only(single('siren', { ...mute, av_tones: ['a'] })).fault).toBe('no-command-payload');
    expect(only(single('siren', { cmd_t: 'c', cmd_tpl: '{{ state }}' })).fault).toBe(null);
  });

  it('tries the first of many choices, not each of them', () => {
    const picky = { cmd_t: 'c', cmd_tpl: '{{ value if value != "b" }}' };
    expect(only(single('select', { ...picky, ops: ['a', 'b'] })).fault).toBe(null);
    expect(only(single('select', { ...picky, ops: ['b', 'a'] })).fault).toBe('no-command-payload');
  });

  it('announces an unsupported template or encoding as a fault of the entity', () => {
    const faults = [
      { val_tpl: '{% for a in b %}{% endfor %}' },
      { avty_t: 'up', avty_tpl: '{{ now() }}' },
      { e: '' },
      { e: 'latin-1' },
      { val_tpl: `{{ value }}${' '.repeat(1_000)}{{ value_json }}${'x'.repeat(100)}` },
    ].map((more) => only(single('sensor', { stat_t: 's', ...more })).fault);
    expect(faults).toEqual([
      'unsupported-template: statement "for"',
      'unsupported-template: function "now"',
      'unsupported-encoding: raw bytes',
      'unsupported-encoding: latin-1',
      'unsupported-template: longer than 1024 characters',
    ]);
  });

  it('assumes the state of a siren or switch that tells none', () => {
    expect(only(single('switch', { cmd_t: 'c' })).config).toMatchObject({
      stateTopic: null,
      optimistic: true,
    });
    expect(only(single('switch', { cmd_t: 'c', stat_t: 's' })).config.optimistic).toBe(false);
    expect(only(single('switch', { cmd_t: 'c', stat_t: 's', opt: true })).config.optimistic).toBe(true);
  });

  it('reads a siren with its tones', () => {
    const siren = only(
      single('siren', {
        cmd_t: 'c',
        av_tones: ['fire', 'chime'],
        sup_vol: false,
        stat_val_tpl: '{{ value }}',
        cmd_off_tpl: 'off',
      }),
    );
    expect(siren).toMatchObject({
      quantity: 'siren',
      config: {
        valueTemplate: '{{ value }}',
        settings: {
          availableTones: ['fire', 'chime'],
          supportsDuration: true,
          supportsVolume: false,
          commandOffTemplate: 'off',
        },
      },
    });
  });
});

describe('what other firmware announces', () => {
  it('is read from Zigbee2MQTT, whose payloads are booleans', () => {
    const found = announced('homeassistant/binary_sensor/0x00158d0001d2/contact/config', {
      availability: [
        { topic: 'zigbee2mqtt/bridge/state', value_template: '{{ value_json.state }}' },
        { topic: 'zigbee2mqtt/Front door/availability', value_template: '{{ value_json.state }}' },
      ],
      availability_mode: 'all',
      device: {
        identifiers: ['zigbee2mqtt_0x00158d0001d2'],
        manufacturer: 'Aqara',
        model: 'Door and window sensor',
        name: 'Front door',
        via_device: 'zigbee2mqtt_bridge',
      },
      device_class: 'door',
      object_id: 'front_door_contact',
      origin: { name: 'Zigbee2MQTT', sw: '2.1.0', url: 'https://www.zigbee2mqtt.io' },
      payload_off: true,
      payload_on: false,
      state_topic: 'zigbee2mqtt/Front door',
      unique_id: '0x00158d0001d2_contact_zigbee2mqtt',
      value_template: '{{ value_json.contact }}',
    });
    expect(found.device).toMatchObject({
      identifiers: ['zigbee2mqtt_0x00158d0001d2'],
      name: 'Front door',
      origin: 'Zigbee2MQTT',
    });
    expect(only(found)).toMatchObject({
      key: 'contact',
      name: 'Door',
      quantity: 'door',
      fault: null,
      config: {
        stateTopic: 'zigbee2mqtt/Front door',
        settings: { stateOn: 'False', stateOff: 'True' },
      },
    });
  });

  it('is read from ESPHome', () => {
    const found = announced('homeassistant/sensor/garage/co_level/config', {
      dev_cla: 'carbon_monoxide',
      unit_of_meas: 'ppm',
      stat_cla: 'measurement',
      name: 'CO level',
      stat_t: 'garage/sensor/co_level/state',
      avty_t: 'garage/status',
      uniq_id: 'ESPsensorco_level',
      dev: { ids: 'a0b1c2', name: 'garage', sw: 'esphome v2024.10.0', mdl: 'esp32dev', mf: 'espressif' },
    });
    expect(found.device).toMatchObject({ identifiers: ['a0b1c2'], swVersion: 'esphome v2024.10.0' });
    expect(only(found)).toMatchObject({
      key: 'co_level',
      name: 'CO level',
      config: { availability: [{ topic: 'garage/status' }], valueTemplate: null },
    });
  });

  it('is read from Tasmota', () => {
    const found = announced('homeassistant/switch/5C1B2D_RL_1/config', {
      name: 'Fan',
      stat_t: 'tele/fan/STATE',
      avty_t: 'tele/fan/LWT',
      pl_avail: 'Online',
      pl_not_avail: 'Offline',
      cmd_t: 'cmnd/fan/POWER',
      val_tpl: '{{value_json.POWER}}',
      pl_off: 'OFF',
      pl_on: 'ON',
      uniq_id: '5C1B2D_RL_1',
      dev: { ids: ['5C1B2D'] },
    });
    expect(only(found)).toMatchObject({
      key: '5C1B2D_RL_1',
      quantity: 'switch',
      fault: null,
      config: {
        commandTopic: 'cmnd/fan/POWER',
        availability: [{ payloadAvailable: 'Online', payloadNotAvailable: 'Offline' }],
      },
    });
  });
});

describe('what is no announcement for the hub', () => {
  it.each([
    ['homeassistant/sensor/node.1/config', '{}', { kind: 'refused', reason: 'illegal-topic' }],
    ['homeassistant/sensor/+/config', '{}', { kind: 'refused', reason: 'illegal-topic' }],
    ['homeassistant/sensor//config', '{}', { kind: 'refused', reason: 'illegal-topic' }],
    ['homeassistant/fan/x/config', '{}', { kind: 'ignored', reason: 'component: fan' }],
    ['homeassistant/__proto__/x/config', '{}', { kind: 'ignored', reason: 'component: __proto__' }],
    ['homeassistant/status', 'online', { kind: 'ignored', reason: 'not-a-discovery-topic' }],
    ['homeassistant/a/b/c/d/config', '{}', { kind: 'ignored', reason: 'not-a-discovery-topic' }],
    ['other/sensor/x/config', '{}', { kind: 'ignored', reason: 'not-a-discovery-topic' }],
    [
      'homeassistant/sensor/x/config',
      '',
      { kind: 'withdrawn', discoveryTopic: 'homeassistant/sensor/x/config' },
    ],
    [DEVICE_TOPIC, '', { kind: 'withdrawn', discoveryTopic: DEVICE_TOPIC }],
    [
      'homeassistant/sensor/x/config',
      '{"migr_discvry": true}',
      { kind: 'ignored', reason: 'migrate-discovery' },
    ],
    [DEVICE_TOPIC, '{"migrate_discovery": true}', { kind: 'ignored', reason: 'migrate-discovery' }],
    ['homeassistant/sensor/x/config', '{', { kind: 'refused', reason: 'not-json' }],
    ['homeassistant/sensor/x/config', '[]', { kind: 'refused', reason: 'not-an-object' }],
    ['homeassistant/sensor/x/config', 'null', { kind: 'refused', reason: 'not-an-object' }],
    [
      'homeassistant/sensor/x/config',
      '{"stat_t":"s","val_tpl":"{{ now() }}","en":false}',
      { kind: 'ignored', reason: 'not-enabled: unsupported-template: function "now"' },
    ],
    ['homeassistant/sensor/x/config', '['.repeat(60_000), { kind: 'refused', reason: 'too-deep' }],
    ['homeassistant/sensor/x/config', ' '.repeat(65_537), { kind: 'refused', reason: 'too-large' }],
    [
      'homeassistant/sensor/x/config',
      `{"name":"${'é'.repeat(40_000)}"}`,
      { kind: 'refused', reason: 'too-large' },
    ],
  ])('%s %.40s', (topic, payload, expected) => {
    expect(readDiscovery(topic, payload)).toEqual(expected);
  });

  it('stands under a prefix of its own choice', () => {
    expect(readDiscovery('a/b/sensor/x/config', '{"stat_t":"s"}', 'a/b').kind).toBe('announced');
  });
});
