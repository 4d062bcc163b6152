import { describe, expect, it } from 'vitest';
import { ofType } from '../../test/builders.ts';
import { createWiredHub, type WiredHub } from '../../test/wiredHub.ts';
import { houseFrom, storedPart } from '../house/house.ts';
import { getRow, rowsOf } from '../house/table.ts';

const PARTS = ['smoke', 'gas'] as const;
const option = (key: string) => ({ uniq_id: `u_${key}`, dev_cla: key, stat_t: `node/${key}`, name: key });
const DEVICE = { ids: ['node'], name: 'Node', sa: 'Kitchen' };
const single = (key: string) => `homeassistant/binary_sensor/node/${key}/config`;
const DEVICE_TOPIC = 'homeassistant/device/node/config';
const deviceMessage = (keys: readonly string[] = PARTS) => ({
  dev: DEVICE,
  o: { name: 'node' },
  cmps: Object.fromEntries(keys.map((key) => [`part_${key}`, { p: 'binary_sensor', ...option(key) }])),
});
const MOVE = { migrate_discovery: true };

const saySingles = (hub: WiredHub) => {
  for (const key of PARTS) hub.hear(single(key), { dev: DEVICE, ...option(key) });
};
const sayDevice = (hub: WiredHub) => hub.hear(DEVICE_TOPIC, deviceMessage());
const clear = (hub: WiredHub, ...topics: string[]) => {
  for (const topic of topics) hub.hear(topic, '');
};
const mark = (hub: WiredHub, ...topics: string[]) => {
  for (const topic of topics) hub.hear(topic, MOVE);
};
const SINGLES = PARTS.map(single);

const markAll = (hub: WiredHub) => mark(hub, ...SINGLES);
const clearAll = (hub: WiredHub) => clear(hub, ...SINGLES);

/** What must outlast a migration: ids, the owner's words, what is known. */
const lasting = (hub: WiredHub) =>
  [...rowsOf(hub.house().devices.entities)]
    .map(([id, { ownName, ownQuantity }]) => [id, ownName, ownQuantity, hub.valueOf(id)])
    .sort();

function withOwnWords(hub: WiredHub, prefix = ''): WiredHub {
  hub.dispatch({
    type: 'deviceCorrected',
    deviceId: 'node',
    by: 'Ana',
    room: 'Attic',
    entities: {
      [`node.${prefix}smoke`]: { name: 'Over the stairs' },
      [`node.${prefix}gas`]: { quantity: 'heat' },
    },
  });
  for (const key of PARTS) hub.hear(`node/${key}`, 'OFF');
  hub.facts.length = 0;
  return hub;
}

describe('a device that changes its form', () => {
  it.each<[what: string, ...steps: ((hub: WiredHub) => void)[]]>([
    ['as Home Assistant asks for it', markAll, sayDevice, clearAll],
    ['without a mark', sayDevice, clearAll],
    ['clearing before it announces', markAll, clearAll, sayDevice],
    ['twice', markAll, sayDevice, clearAll, markAll, sayDevice, clearAll],
    ['in two goes', markAll, (hub) => hub.hear(DEVICE_TOPIC, deviceMessage(['smoke'])), clearAll, sayDevice],
  ])('from topics of their own to one message, %s, keeps its entities as they are', (_what, ...steps) => {
    const hub = createWiredHub();
    saySingles(hub);
    withOwnWords(hub);
    const before = lasting(hub);
    for (const step of steps) step(hub);
    expect(lasting(hub)).toEqual(before);
    expect(getRow(hub.house().devices.devices, 'node')?.roomId).toBe('attic');
    for (const type of ['entityRetired', 'deviceRemoved', 'entityAppeared'] as const)
      expect(ofType(hub.facts, type)).toEqual([]);
    for (const [, { discoveryTopic, moving }] of rowsOf(hub.house().devices.entities))
      expect([discoveryTopic, moving]).toEqual([DEVICE_TOPIC, undefined]);
  });

  it('and back again', () => {
    const hub = createWiredHub();
    sayDevice(hub);
    withOwnWords(hub, 'part_');
    const before = lasting(hub);
    mark(hub, DEVICE_TOPIC);
    saySingles(hub);
    clear(hub, DEVICE_TOPIC);
    expect(lasting(hub)).toEqual(before);
    clear(hub, ...SINGLES);
    expect(hub.house().devices.devices.size).toBe(0);
  });

  it('while the hub is away is the same device afterwards', () => {
    const hub = createWiredHub();
    saySingles(hub);
    withOwnWords(hub);
    markAll(hub);
    const stored = JSON.parse(JSON.stringify([...rowsOf(storedPart(hub.house()).entities)])) as [
      string,
      object,
    ][];
    expect(stored.map(([, row]) => 'moving' in row)).toEqual([true, true]);
    const again = createWiredHub(50, houseFrom(storedPart(hub.house())));
    clear(again, ...SINGLES);
    again.hear(DEVICE_TOPIC, deviceMessage(), true);
    expect(lasting(again).map(([id, name]) => [id, name])).toEqual([
      ['node.gas', null],
      ['node.smoke', 'Over the stairs'],
    ]);
  });

  it('a mark alone changes nothing, and what nobody announced is not marked', () => {
    const hub = createWiredHub();
    saySingles(hub);
    mark(hub, ...SINGLES, DEVICE_TOPIC, 'homeassistant/sensor/nobody/config');
    hub.hear('node/smoke', 'ON');
    expect(hub.valueOf('node.smoke')).toBe(true);
    expect(hub.inAll()).toBe(0);
  });
});

describe('another platform under the same key', () => {
  it('is another thing: the old one goes, the new one comes, and their pasts are not mixed', () => {
    const hub = createWiredHub();
    const say = (p: string, more: object) =>
      hub.hear(DEVICE_TOPIC, {
        dev: DEVICE,
        o: { name: 'n' },
        cmps: { x: { p, uniq_id: 'u', stat_t: 'n/x', ...more } },
      });
    say('binary_sensor', { dev_cla: 'smoke' });
    hub.hear('n/x', 'ON');
    expect(hub.house().alarms.voice).not.toBeNull();
    say('sensor', { hw_quantity: 'oxygen', unit_of_meas: '%' });
    expect([...rowsOf(hub.house().devices.entities)].map(([id]) => id)).toEqual(['node.x-2']);
    expect(ofType(hub.facts, 'entityRetired')).toEqual([{ type: 'entityRetired', entityId: 'node.x' }]);
    expect(hub.house().alarms.voice).toBeNull();
    hub.hear('n/x', '20.9');
    expect(hub.valueOf('node.x-2')).toBe(20.9);
    say('binary_sensor', { dev_cla: 'smoke' });
    expect([...rowsOf(hub.house().devices.entities)].map(([id]) => id)).toEqual(['node.x']);
  });
});

describe('half announced', () => {
  it('a device is put together from what it says, in any order, and only what it said is there', () => {
    const hub = createWiredHub();
    hub.hear(single('gas'), { dev: { ids: ['node'] }, ...option('gas') });
    expect(getRow(hub.house().devices.devices, 'node')).toMatchObject({ name: 'node', roomId: 'unplaced' });
    hub.hear(single('smoke'), { dev: DEVICE, ...option('smoke') });
    hub.hear(single('heat'), { dev: { ids: ['node'] }, uniq_id: 'h', dev_cla: 'heat' });
    expect(getRow(hub.house().devices.devices, 'node')).toMatchObject({ name: 'Node', roomId: 'kitchen' });
    expect([...rowsOf(hub.house().devices.entities)].map(([id]) => id).sort()).toEqual([
      'node.gas',
      'node.smoke',
    ]);
    expect(hub.inAll()).toBe(1);
  });
});
