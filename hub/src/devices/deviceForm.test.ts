import { describe, expect, it } from 'vitest';
import { type Discovered, readDiscovery } from './discovery.ts';

type Announced = Extract<Discovered, { kind: 'announced' }>;

const DEVICE_TOPIC = 'homeassistant/device/hw_3f2a/config';
const NODE = {
  dev: {
    ids: ['hub_3f2a'],
    name: 'Hall node',
    mf: 'Example',
    mdl: 'N1',
    sw: '1.4.0',
    sa: 'Hall',
    cns: [['mac', 'AA:BB']],
  },
  o: { name: 'our-hub', sw: '1.4.0', url: 'https://example.org/support' },
  avty: [
    { t: 'hub/nodes/3f2a/status' },
    { t: 'hub/status', val_tpl: '{{ value_json.state }}', pl_avail: 'up' },
  ],
  avty_mode: 'all',
  stat_t: 'hub/nodes/3f2a/state',
  qos: 1,
};
const CO = {
  p: 'sensor',
  uniq_id: '3f2a_co',
  dev_cla: 'carbon_monoxide',
  unit_of_meas: 'ppm',
  val_tpl: '{{ value_json.co }}',
  exp_aft: 180,
};
const device = (cmps: unknown, more: object = {}) =>
  readDiscovery(DEVICE_TOPIC, JSON.stringify({ ...NODE, cmps, ...more }));

function withComponents(cmps: unknown, more: object = {}): Announced {
  const found = device(cmps, more);
  if (found.kind !== 'announced') throw new Error(JSON.stringify(found));
  return found;
}

describe('the device form', () => {
  it('announces a device with all its entities, shared options merged', () => {
    const found = withComponents({
      co: CO,
      co_alarm: {
        p: 'binary_sensor',
        uniq_id: 'a',
        dev_cla: 'carbon_monoxide',
        name: null,
        stat_t: 'own',
        qos: 0,
        off_dly: 5,
      },
      o2: {
        p: 'sensor',
        uniq_id: 'b',
        unit_of_meas: '%',
        hw_quantity: 'oxygen',
        name: 'Oxygen',
        val_tpl: '{{ value_json.o2 }}',
      },
    });
    expect(found).toMatchObject({
      discoveryTopic: DEVICE_TOPIC,
      nodeId: null,
      objectId: 'hw_3f2a',
      removedKeys: [],
      warnings: [],
    });
    expect(found.device).toEqual({
      identifiers: ['hub_3f2a', 'mac:aa:bb'],
      name: 'Hall node',
      manufacturer: 'Example',
      model: 'N1',
      swVersion: '1.4.0',
      suggestedArea: 'Hall',
      origin: 'our-hub',
    });
    const [co, alarm, o2] = found.entities;
    expect(co).toEqual({
      key: 'co',
      uniqueId: '3f2a_co',
      name: 'Carbon monoxide',
      quantity: 'carbon_monoxide',
      fault: null,
      config: {
        component: 'sensor',
        stateTopic: 'hub/nodes/3f2a/state',
        valueTemplate: '{{ value_json.co }}',
        commandTopic: null,
        commandTemplate: null,
        optimistic: false,
        attributesTopic: null,
        attributesTemplate: null,
        settings: { component: 'sensor', tells: 'number', options: [] },
        availability: [
          {
            topic: 'hub/nodes/3f2a/status',
            payloadAvailable: 'online',
            payloadNotAvailable: 'offline',
            template: null,
          },
          {
            topic: 'hub/status',
            payloadAvailable: 'up',
            payloadNotAvailable: 'offline',
            template: '{{ value_json.state }}',
          },
        ],
        availabilityMode: 'all',
        expireAfterMs: 180_000,
        offDelayMs: null,
        qos: 1,
        text: true,
        deviceClass: 'carbon_monoxide',
        unit: 'ppm',
        entityCategory: null,
      },
    });
    expect(alarm).toMatchObject({
      name: null,
      quantity: 'carbon_monoxide',
      config: { stateTopic: 'own', qos: 0, offDelayMs: 5_000 },
    });
    expect(o2).toMatchObject({ name: 'Oxygen', quantity: 'oxygen', config: { unit: '%' } });
  });

  it('takes a base topic at the root for a default, with a warning (test vector 2)', () => {
    const found = withComponents(
      {
        a: { p: 'sensor', uniq_id: 'a', stat_t: '~/a' },
        b: { '~': 'own', p: 'sensor', uniq_id: 'b', stat_t: '~/b' },
        c: { p: 'sensor', uniq_id: 'c' },
      },
      { '~': 'base', stat_t: '~/state' },
    );
    expect(found.warnings).toEqual(['base topic at the root: ~']);
    expect(found.entities.map(({ config }) => config.stateTopic)).toEqual(['base/a', 'own/b', 'base/state']);
  });

  it('removes only the component that has nothing but its platform (test vector 3)', () => {
    const found = withComponents({ co: CO, old: { p: 'sensor' }, 'odd key': { platform: 'light' } });
    expect(found.entities.map(({ key }) => key)).toEqual(['co']);
    expect(found.removedKeys).toEqual(['old', expect.stringMatching(/^odd_key-[0-9a-f]{8}$/)]);
  });

  it('is refused whole for a component without unique id or platform (test vector 4)', () => {
    expect(device({ co: CO, x: { p: 'sensor', stat_t: 'a' } })).toEqual({
      kind: 'refused',
      reason: 'bad-option: unique_id of "x"',
    });
    expect(device({ co: CO, x: { uniq_id: 'a' } })).toEqual({
      kind: 'refused',
      reason: 'bad-option: platform of "x"',
    });
    expect(device({ co: CO, x: null })).toEqual({ kind: 'refused', reason: 'bad-option: platform of "x"' });
  });

  it('is refused for a root key outside the closed list, or without device, origin or components', () => {
    expect(device({ co: CO }, { unit_of_meas: 'x' })).toEqual({
      kind: 'refused',
      reason: 'bad-option: extra key "unit_of_measurement"',
    });
    expect(device({ co: CO }, { dev: undefined })).toEqual({ kind: 'refused', reason: 'bad-option: device' });
    expect(device({ co: CO }, { dev: { name: 'x' } })).toEqual({
      kind: 'refused',
      reason: 'bad-option: device identifiers',
    });
    expect(device({ co: CO }, { o: {} })).toEqual({ kind: 'refused', reason: 'bad-option: origin name' });
    expect(device(undefined)).toEqual({ kind: 'refused', reason: 'bad-option: components' });
    expect(device({ co: CO }, { message_expiry_interval: 5 }).kind).toBe('announced');
  });

  it('leaves out what Home Assistant would leave out, and what the hub does not take in, with a warning', () => {
    const found = withComponents({
      co: CO,
      fan: { p: 'fan', cmd_t: 'x' },
      cfg: { ...CO, ent_cat: 'config' },
      wild: { ...CO, stat_t: 'a/+/b' },
      number: { ...CO, p: 'number', cmd_t: 'x', min: 9, max: 1 },
    });
    expect(found.entities.map(({ key }) => key)).toEqual(['co']);
    expect(found.warnings).toEqual([
      'component fan: fan',
      'bad-option: entity_category: cfg',
      'bad-option: state_topic: wild',
      'bad-option: min and max: number',
    ]);
  });

  it('keeps a component that says its own availability from inheriting the other way of it', () => {
    const found = withComponents({ co: { ...CO, avty_t: 'own/up' } });
    expect(found.entities[0]?.config.availability).toEqual([
      { topic: 'own/up', payloadAvailable: 'online', payloadNotAvailable: 'offline', template: null },
    ]);
  });

  it('does not let a component replace the device or the origin', () => {
    const found = withComponents({ co: { ...CO, dev: { ids: 'other' }, o: { name: 'other' } } });
    expect(found.device).toMatchObject({ identifiers: ['hub_3f2a', 'mac:aa:bb'], origin: 'our-hub' });
  });

  it('takes 64 components and refuses 65', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, { ...CO, uniq_id: `u${n}` }]));
    expect(withComponents(many(64)).entities).toHaveLength(64);
    expect(device(many(65))).toEqual({ kind: 'refused', reason: 'bad-option: more than 64 components' });
  });

  it('tells two keys apart that would be one in an address', () => {
    const keys = withComponents({
      'a b': CO,
      'a.b': { ...CO, uniq_id: 'x' },
      a_b: { ...CO, uniq_id: 'y' },
    }).entities.map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(withComponents({ 'a b': CO }).entities[0]?.key).toBe(keys[0]);
  });
});
