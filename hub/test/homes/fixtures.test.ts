import { describe, expect, test } from 'vitest';
import { expandNames } from '../../src/devices/abbreviations.ts';
import { readDiscoveryTopic } from '../../src/devices/discoveryTopic.ts';
import { entityKeyOf } from '../../src/devices/entityKey.ts';
import { isRecord } from '../../src/devices/json.ts';
import { topicMatches } from '../../src/io/topics.ts';
import { type GoldenDevice, type GoldenEntity, type Message, wireText } from './golden.ts';
import { devicesOf, FLAT, HOUSE } from './houses.ts';

const ALL = devicesOf(HOUSE);
const isNative = (device: GoldenDevice) => device.announces[0]?.topic.startsWith('tasmota/discovery/');
const eachEntity: [string, GoldenEntity][] = ALL.flatMap((device) =>
  device.entities.map((entity): [string, GoldenEntity] => [`${device.name}: ${entity.key}`, entity]),
);

test('there are messages of all systems, and many', () => {
  const messages = ALL.flatMap(({ announces }) => announces);
  expect(messages.length).toBeGreaterThan(120);
  expect(new Set(ALL.map(({ system }) => system)).size).toBe(5);
  expect(ALL.length).toBeGreaterThanOrEqual(35);
  expect(new Set(eachEntity.map(([, { component }]) => component)).size).toBeGreaterThanOrEqual(15);
});

test('no topic announces two things, and no two devices are one', () => {
  const topics = ALL.flatMap(({ announces }) => announces.map(({ topic }) => topic));
  expect(new Set(topics).size).toBe(topics.length);
  const identifiers = ALL.map(({ identifier }) => identifier);
  expect(new Set(identifiers).size).toBe(identifiers.length);
});

test.each(ALL.filter((device) => !isNative(device)))(
  '$name: each message names the device and its entity as Home Assistant demands it',
  (device) => {
    expect(device.announces).toHaveLength(device.entities.length);
    for (const [at, message] of device.announces.entries()) {
      const place = readDiscoveryTopic(message.topic, 'homeassistant');
      const entity = device.entities[at];
      expect(place).toMatchObject({
        ok: true,
        value: { component: entity?.component, objectId: entity?.key },
      });
      const options = isRecord(message.payload) ? expandNames(message.payload) : {};
      const described = options.device as { identifiers: string | string[]; name: string };
      expect([described.identifiers].flat()).toContain(device.identifier);
      expect(described.name).toBe(device.name);
      if (entity?.component !== 'device_automation') expect(typeof options.unique_id).toBe('string');
      expect(message.retain).toBe(true);
    }
  },
);

test.each(ALL.filter(isNative))(
  '$name: both of its messages are there and name the same device',
  (device) => {
    expect(device.announces.map(({ topic }) => topic)).toEqual(
      ['config', 'sensors'].map((word) => `tasmota/discovery/${device.identifier}/${word}`),
    );
    const keys = device.entities.map(({ key, component }) => `${component} ${entityKeyOf(key)}`);
    expect(new Set(keys).size).toBe(keys.length);
  },
);

describe.each([FLAT, HOUSE])('$name', ({ gateways }) => {
  test.each(gateways)('$name needs no topic that it is not given', ({ topics, devices }) => {
    const rights = [...topics, 'homeassistant/+/+/config', 'homeassistant/+/+/+/config'];
    const may = ({ topic }: Message) => rights.some((filter) => topicMatches(filter, topic));
    for (const { announces, passedOver = [], availability, states, entities } of devices) {
      const commands = entities.flatMap((entity) => entity.commands ?? []);
      const said = [
        ...announces,
        ...passedOver,
        ...availability,
        ...states,
        ...entities.flatMap(({ tells = [] }) => tells),
        ...commands.flatMap(({ sends, answers }) => [...sends, ...answers]),
      ];
      expect(said.filter((message) => !may(message)).map(({ topic }) => topic)).toEqual([]);
    }
  });
});

test('payloads are texts or JSON objects below what a gateway may send', () => {
  for (const { announces, states } of ALL) {
    for (const message of [...announces, ...states]) expect(wireText(message).length).toBeLessThan(4_096);
  }
});
