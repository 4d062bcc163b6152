import { describe, expect, it } from 'vitest';
import { ofType } from '../../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../../test/wiredHub.ts';
import { getRow } from '../../house/table.ts';
import { CROWDED_TOPIC, MAX_HEARING } from './crowdedTopics.ts';

const topicOf = (component: string, id: string) => `homeassistant/${component}/node/${id}/config`;
const part = (key: string, more: object = {}) => ({
  dev: { ids: ['node'] },
  uniq_id: key,
  stat_t: 'z2m/node',
  val_tpl: `{{ value_json.${key} }}`,
  ...more,
});
const announce = (hub: WiredHub, component: string, key: string, more: object = {}) =>
  hub.hear(topicOf(component, key), part(key, more));

describe('who is announced after its topic has spoken', () => {
  it('is told what the broker had remembered, as something remembered', () => {
    const hub = createWiredHub();
    announce(hub, 'binary_sensor', 'smoke');
    hub.hear('z2m/node', { smoke: 'OFF', door: 'ON', temp: 21 }, true);
    announce(hub, 'binary_sensor', 'door');
    announce(hub, 'sensor', 'temp');
    expect([hub.valueOf('node.door'), hub.valueOf('node.temp')]).toEqual([true, null]);
    expect(ofType(hub.facts, 'reading').every(({ retained }) => retained)).toBe(true);
  });

  it('is told what the topic said last, if that was remembered before', () => {
    const hub = createWiredHub();
    announce(hub, 'binary_sensor', 'smoke');
    hub.hear('z2m/node', { smoke: 'OFF', door: 'ON' }, true);
    hub.hear('z2m/node', { smoke: 'OFF', door: 'OFF' });
    announce(hub, 'binary_sensor', 'door');
    expect(hub.valueOf('node.door')).toBe(false);
  });

  it('is told nothing that was said once and is not remembered', () => {
    const hub = createWiredHub();
    announce(hub, 'binary_sensor', 'smoke');
    hub.hear('z2m/node', { smoke: 'OFF', door: 'ON' });
    announce(hub, 'binary_sensor', 'door');
    expect(hub.valueOf('node.door')).toBeNull();
  });

  it('is told no key that was pressed before, nor is that a fault', () => {
    const hub = createWiredHub();
    announce(hub, 'binary_sensor', 'smoke');
    hub.hear('z2m/node', { smoke: 'OFF', event_type: 'press' }, true);
    announce(hub, 'event', 'key', { event_types: ['press'], val_tpl: undefined });
    expect(ofType(hub.facts, 'eventHeard')).toEqual([]);
    expect(hub.drops).toEqual([]);
  });

  it('does not change what others know: a motion that is over does not come back with a new name', () => {
    const hub = createWiredHub();
    announce(hub, 'binary_sensor', 'motion', { off_delay: 10 });
    announce(hub, 'binary_sensor', 'door');
    hub.hear('z2m/node', { motion: 'ON', door: 'OFF' }, true);
    hub.hear('z2m/node', { motion: 'ON', door: 'OFF' });
    hub.passTo(11_000);
    hub.dispatch({ type: 'clockReached' });
    expect(hub.valueOf('node.motion')).toBe(false);
    announce(hub, 'binary_sensor', 'motion', { off_delay: 10, name: 'Hall' });
    hub.breathe();
    expect(hub.valueOf('node.motion')).toBe(false);
  });

  it('costs no memory for large words', () => {
    const hub = createWiredHub();
    announce(hub, 'binary_sensor', 'smoke');
    hub.hear('z2m/node', { door: 'ON', more: 'x'.repeat(5_000) }, true);
    announce(hub, 'binary_sensor', 'door');
    expect(hub.valueOf('node.door')).toBeNull();
  });
});

describe('a topic that everybody wants to hear', () => {
  const device = (n: number, topic: string) => ({
    dev: { ids: [`d${n}`] },
    o: { name: 'x' },
    cmps: Object.fromEntries(
      Array.from({ length: 64 }, (_, nth) => [
        `k${nth}`,
        { p: 'sensor', uniq_id: `u${n}_${nth}`, stat_t: topic, val_tpl: `{{ value_json.k${nth} }}` },
      ]),
    ),
  });
  const fill = (hub: WiredHub, topic: (n: number) => string, devices = 5) => {
    for (let n = 0; n < devices; n++) hub.hear(`homeassistant/device/d${n}/config`, device(n, topic(n)));
  };
  const faultOf = (hub: WiredHub, id: string) => getRow(hub.house().devices.entities, id)?.fault;

  it.each([
    ['a topic', () => 'all/states', 'all/states'],
    ['patterns that end alike', (n: number) => `${n % 2 === 0 ? '+' : 'home'}/+/ble/all`, 'home/gw/ble/all'],
  ])('is read for so many and no more: %s', (_what, topic, said) => {
    const hub = createWiredHub();
    fill(hub, topic);
    expect(faultOf(hub, 'd3.k63')).toBeNull();
    expect(faultOf(hub, 'd4.k0')).toBe(CROWDED_TOPIC);
    hub.hear(said, { k0: 7 });
    expect(ofType(hub.facts, 'reading').filter(({ value }) => value === 7)).toHaveLength(4);
    expect(hub.valueOf('d4.k0')).toBeNull();
    expect(MAX_HEARING).toBe(256);
  });

  it('keeps those who hear it, whatever is announced anew', () => {
    const hub = createWiredHub();
    fill(hub, () => 'all/states');
    hub.passTo(10_000);
    hub.hear('homeassistant/device/d0/config', { ...device(0, 'all/states'), sw: '2' });
    expect(faultOf(hub, 'd0.k0')).toBeNull();
  });

  it('takes in who is announced again when there is room', () => {
    const hub = createWiredHub();
    fill(hub, () => 'all/states');
    hub.hear('homeassistant/device/d0/config', '');
    hub.passTo(10_000);
    hub.hear('homeassistant/device/d4/config', device(4, 'all/states'));
    expect(faultOf(hub, 'd4.k0')).toBeNull();
    hub.hear('all/states', { k0: 7 });
    expect(hub.valueOf('d4.k0')).toBe(7);
  });

  it('may be that of a bridge by which two thousand devices are known to be online', () => {
    const hub = createWiredHub();
    for (let n = 0; n < 1_000; n++)
      hub.hear(topicOf('sensor', `d${n}`), {
        ...part('x', { stat_t: `z2m/d${n}`, avty_t: 'z2m/bridge/state', uniq_id: `d${n}` }),
        dev: { ids: [`d${n}`] },
      });
    hub.hear('z2m/bridge/state', 'online', true);
    expect(ofType(hub.facts, 'availabilityHeard')).toHaveLength(1_000);
  });
});
