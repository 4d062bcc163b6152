import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterCovers, topicMatches } from '../io/topics.ts';
import { boardRights, checkGatewayTopics, gatewayRights, reservedBy, rightsOf } from './rights.ts';

const may = (filters: readonly string[], topic: string) =>
  filters.some((filter) => topicMatches(filter, topic));

describe('a board', () => {
  const { publish, subscribe } = boardRights('hall-12345');

  it.each<[topic: string, maySay: boolean, mayHear: boolean]>([
    ['homeward/hall-12345/state', true, true],
    ['homeward/hall-12345/siren/set', true, true],
    ['homeward/hall-123456/state', false, false],
    ['homeward/hall/state', false, false],
    ['homeward/hub/status', false, true],
    ['homeward/hub/beat', false, true],
    ['homeassistant/device/hall-12345/config', true, false],
    ['homeassistant/sensor/hall-12345/o2/config', true, false],
    ['homeassistant/sensor/other/hall-12345/config', false, false],
    ['homeassistant/status', false, true],
    ['zigbee2mqtt/x', false, false],
    ['$SYS/broker/uptime', false, false],
  ])('and %s: say %s, hear %s', (topic, maySay, mayHear) => {
    expect([may(publish, topic), may(subscribe, topic)]).toEqual([maySay, mayHear]);
  });
});

describe('the topics of a gateway', () => {
  it.each([
    ['zigbee2mqtt/#'],
    ['zigbee2mqtt/+/availability'],
    ['tele/tasmota_1/STATE'],
    ['a//b'],
    ['homeward2/#'],
    ['Homeward/x'],
    ['a/$SYS'],
  ])('may be %s', (filter) => {
    expect(checkGatewayTopics([filter])).toEqual({ ok: true, value: [filter] });
  });

  it.each([
    ['#'],
    ['+'],
    ['+/state'],
    ['/x'],
    [''],
    ['$SYS/#'],
    ['$share/group/#'],
    ['homeward/#'],
    ['homeward'],
    ['homeward/+/state'],
    ['homeassistant/#'],
    ['homeassistant/status'],
    ['a/#/b'],
    ['a#'],
    ['a/b#'],
    ['a/+b'],
    ['a/b+/c'],
    ['a\u0000b'],
    ['a/\nb'],
    ['a\u007f'],
  ])('may not be %j', (filter) => {
    expect(checkGatewayTopics([filter])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^topics: ./),
    });
    expect(checkGatewayTopics(['good/#', filter]).ok).toBe(false);
  });

  it('must be given, and are taken once each', () => {
    expect(checkGatewayTopics([]).ok).toBe(false);
    expect(checkGatewayTopics(['a', 'b', 'a'])).toEqual({ ok: true, value: ['a', 'b'] });
  });

  it('never reach a board, the hub or the broker’s own topics, whatever was asked for', () => {
    const level = fc.constantFrom('a', '+', '#', '$SYS', 'homeward', 'homeassistant', 'hub', '', 'x');
    const filter = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
    const forbidden = [
      'homeward/hub/status',
      'homeward/x/set',
      'homeward',
      'homeassistant/status',
      '$SYS/a',
      '/x',
      'homeward/a',
    ];
    fc.assert(
      fc.property(fc.array(filter, { minLength: 1, maxLength: 3 }), (filters) => {
        const checked = checkGatewayTopics(filters);
        if (!checked.ok) return;
        const { publish } = gatewayRights(checked.value);
        for (const topic of forbidden) expect(may(publish, topic), `${filters} ${topic}`).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('are what it may say and hear, besides announcing and hearing that the hub is back', () => {
    const { publish, subscribe } = gatewayRights(['z/#']);
    expect(
      ['z/a', 'homeassistant/sensor/a/config', 'homeassistant/sensor/a/b/config'].every((t) =>
        may(publish, t),
      ),
    ).toBe(true);
    expect(may(publish, 'homeassistant/status')).toBe(false);
    expect(['z/a', 'homeassistant/status'].every((topic) => may(subscribe, topic))).toBe(true);
    expect(may(subscribe, 'homeward/hub/status')).toBe(false);
  });

  // Otherwise its Home Assistant part does not start at all.
  it('let Zigbee2MQTT look through all announcements, as it does at its start', () => {
    const { subscribe } = gatewayRights(['zigbee2mqtt/#']);
    for (const filter of ['zigbee2mqtt/#', 'homeassistant/status', 'homeassistant/#']) {
      expect(subscribe.some((allowed) => filterCovers(allowed, filter))).toBe(true);
    }
  });

  it('let a Tasmota announce itself in its own form', () => {
    const { publish } = gatewayRights(['tele/plug/#', 'stat/plug/#', 'cmnd/plug/#']);
    for (const word of ['config', 'sensors']) {
      expect(may(publish, `tasmota/discovery/C8F09E112201/${word}`)).toBe(true);
    }
    expect(may(publish, 'tasmota/discovery/C8F09E112201/other')).toBe(false);
  });
});

it('a board keeps others off all that it may say; a gateway keeps nobody off', () => {
  const { publish } = boardRights('hall-12345');
  expect(reservedBy({ username: 'hall-12345', publish })).toEqual(publish);
  expect(reservedBy({ username: 'zigbee-12345', ...gatewayRights(['zigbee2mqtt/#']) })).toEqual([]);
});

it.each<[what: string, device: Parameters<typeof rightsOf>[0], rights: ReturnType<typeof rightsOf>]>([
  ['a board', { id: 'air-1', kind: 'board', topics: null }, boardRights('air-1')],
  ['a gateway', { id: 'z-1', kind: 'gateway', topics: ['z/#'] }, gatewayRights(['z/#'])],
  ['a gateway whose topics were lost', { id: 'z-1', kind: 'gateway', topics: [] }, null],
  ['a found device', { id: 'lamp', kind: 'found', topics: null }, null],
])('the rights of %s are those of today', (_what, device, rights) => {
  expect(rightsOf(device)).toEqual(rights);
});
