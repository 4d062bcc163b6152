import { describe, expect, it } from 'vitest';
import { readEntity } from './announcements/announcedEntity.ts';
import { type Discovered, readDiscovery } from './discovery.ts';
import type { EntityConfig } from './entity.ts';
import { createDecoder, encodeCommand } from './platform.ts';
import type { Component } from './schema.ts';

type Found = Extract<Discovered, { kind: 'announced' }>;

function announced(topic: string, payload: object): Found {
  const found = readDiscovery(topic, JSON.stringify(payload));
  if (found.kind !== 'announced') throw new Error(JSON.stringify(found));
  return found;
}

const DEVICE = 'homeassistant/device/x/config';
const ROOT = { dev: { ids: 'x' }, o: { name: 'n' }, stat_t: 's' };

function configOf(component: Component, options: object): EntityConfig {
  const entity = readEntity(component, 'x', { state_topic: 's', command_topic: 'c', ...options });
  if (!entity.ok) throw new Error(entity.reason);
  return entity.value.config;
}

function decode(component: Component, options: object, payload: string, retained = false): unknown {
  const decoder = createDecoder(configOf(component, options));
  if (!decoder.ok) throw new Error(decoder.reason);
  const decoded = decoder.value.decode('state', payload, retained);
  return decoded.kind === 'drop' ? decoded.reason : decoded;
}

/** The expected answers of ha-mqtt-discovery section 12, by their numbers. */
describe('the test vectors', () => {
  it('1: a base topic stands for the start or the end of a topic', () => {
    const payload = { '~': 'a/b', stat_t: '~/s', cmd_t: 'x/~', avty: [{ t: '~/up' }] };
    const [entity] = announced('homeassistant/switch/o/config', payload).entities;
    expect(entity?.config).toMatchObject({
      stateTopic: 'a/b/s',
      commandTopic: 'x/a/b',
      availability: [{ topic: 'a/b/up' }],
    });
  });

  it('2: a base topic at the root of the device form is taken, with a warning', () => {
    const found = announced(DEVICE, {
      ...ROOT,
      '~': 'a',
      cmps: { t: { p: 'sensor', uniq_id: 'u', stat_t: '~/t' } },
    });
    expect(found.entities.map(({ config }) => config.stateTopic)).toEqual(['a/t']);
    expect(found.warnings).toEqual(['base topic at the root: ~']);
  });

  it('3: a component with only its platform is removed, and no other', () => {
    const found = announced(DEVICE, {
      ...ROOT,
      cmps: { gone: { p: 'sensor' }, stays: { p: 'sensor', uniq_id: 'u' } },
    });
    expect(found.removedKeys).toEqual(['gone']);
    expect(found.entities.map(({ key }) => key)).toEqual(['stays']);
  });

  it('4: a component without unique_id spoils the whole message', () => {
    const cmps = { a: { p: 'sensor', uniq_id: 'u' }, b: { p: 'sensor', name: 'B' } };
    expect(readDiscovery(DEVICE, JSON.stringify({ ...ROOT, cmps }))).toEqual({
      kind: 'refused',
      reason: 'bad-option: unique_id of "b"',
    });
  });

  it('5: a state of an update with a null in a text is discarded', () => {
    expect(decode('update', {}, '{"installed_version":"1","latest_version":null}')).toBe('bad-update-key');
  });

  it('6: a retained event is ignored', () => {
    const options = { event_types: ['press'] };
    expect(decode('event', options, '{"event_type":"press"}', true)).toBe('retained-event');
    expect(decode('event', options, '{"event_type":"press"}')).toEqual({
      kind: 'event',
      event: 'press',
      attributes: {},
    });
  });

  it('7: a siren for ten seconds', () => {
    expect(encodeCommand(configOf('siren', {}), { on: true, durationS: 10 })).toEqual({
      ok: true,
      value: [{ topic: 'c', payload: '{"state":"ON","duration":10}' }],
    });
  });

  it('8: an alarm panel is announced to others, and not taken in: its state changes nothing here', () => {
    const topic = 'homeassistant/alarm_control_panel/x/config';
    expect(readDiscovery(topic, '{"stat_t":"s","cmd_t":"c"}')).toEqual({
      kind: 'ignored',
      reason: 'component: alarm_control_panel',
    });
  });

  it('9: "on" is not "ON"', () => {
    expect(decode('binary_sensor', {}, 'on')).toBe('unknown-state');
  });

  it('10: an object id with a dot is an illegal topic', () => {
    expect(readDiscovery('homeassistant/sensor/node.1/config', '{"stat_t":"s"}')).toMatchObject({
      kind: 'refused',
    });
  });
});
