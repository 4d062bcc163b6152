import { describe, expect, it } from 'vitest';
import {
  announced,
  at,
  CONTACT,
  carbonMonoxide,
  deviceAnnounced,
  emptyHouse,
  houseWith,
  lamp,
  ofType,
  oxygen,
  play,
  reading,
  SENSOR,
  siren,
  smoke,
  smokeReading,
} from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import type { House } from '../house/house.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { MAX_ENTITIES } from './announcements/announcedEntities.ts';
import { reduceDevices } from './devices.ts';
import type { EntityAnnouncement } from './entity.ts';
import { MAX_DEVICES } from './places.ts';
import { devicesFrom, entityIdsOf } from './state.ts';

const deviceOf = ({ devices }: House, id: string) => getRow(devices.devices, id);
const entityOf = ({ devices }: House, id: string) => getRow(devices.entities, id);
const deviceIds = ({ devices }: House) => [...rowsOf(devices.devices)].map(([id]) => id).sort();
const entityIds = ({ devices }: House) => [...rowsOf(devices.entities)].map(([id]) => id).sort();

const paired = (deviceId: string, kind: 'board' | 'gateway' = 'board'): Fact => ({
  type: 'devicePaired',
  deviceId,
  name: 'Hall board',
  kind,
});
/** What a paired board says of itself, on a topic that bears its name. */
const byBoard = (
  id: string,
  entities: EntityAnnouncement[],
  said: Parameters<typeof deviceAnnounced>[2] = {},
) => deviceAnnounced(id, entities, { ...said, pairedId: id });

describe('a new device', () => {
  it('appears with its entities, in the room that it suggests', () => {
    const { house, facts } = play(emptyHouse(), [
      [
        0,
        deviceAnnounced('node', [oxygen(), lamp()], { device: { name: 'Node', suggestedArea: 'Kitchen' } }),
      ],
    ]);
    expect(ofType(facts, 'deviceAppeared')).toEqual([
      { type: 'deviceAppeared', deviceId: 'node', name: 'Node' },
    ]);
    expect(deviceOf(house, 'node')).toMatchObject({ kind: 'found', name: 'Node', roomId: 'kitchen' });
    expect(entityIds(house)).toEqual(['node.lamp', 'node.o2']);
  });

  it('that says the same again changes nothing: the state is the very same', () => {
    const said = deviceAnnounced('node', [oxygen(), smoke()], {
      device: { name: 'N', suggestedArea: 'Hall' },
    });
    const { house } = play(emptyHouse(), [[0, said]]);
    const again = reduceDevices(house.devices, structuredClone(said), at(1));
    expect(again.state).toBe(house.devices);
    expect(again.facts ?? []).toEqual([]);
  });

  it('without a name is called by its identifier, and keeps what a later message leaves out', () => {
    const { house } = play(emptyHouse(), [
      [
        0,
        deviceAnnounced('0x00', [], {
          device: { model: 'M', manufacturer: 'F', swVersion: '1', origin: 'z' },
        }),
      ],
      [1, deviceAnnounced('0x00', [])],
    ]);
    expect(deviceOf(house, '0x00')).toMatchObject({
      name: '0x00',
      model: 'M',
      manufacturer: 'F',
      origin: 'z',
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../..', 'a/b#+', '', '   ', 'غرفة'])(
    'called %j gets an id that is safe in an address and as a key',
    (identifier) => {
      const { house } = play(emptyHouse(), [[0, deviceAnnounced(identifier, [oxygen()])]]);
      const [id = ''] = deviceIds(house);
      expect(id).toMatch(/^[a-zA-Z0-9_][a-zA-Z0-9_.-]*$/);
      expect(id in {}).toBe(false);
      expect(entityIdsOf(house.devices, id)).toEqual([`${id}.o2`]);
    },
  );

  it('is another one when its id would be, but its identifier is not', () => {
    const { house } = play(emptyHouse(), [
      [0, deviceAnnounced('a b', [oxygen()])],
      [1, deviceAnnounced('a/b', [oxygen()])],
    ]);
    expect(deviceIds(house)).toEqual(['a-b', 'a-b-2']);
  });

  it('is the same when it tells its known identifier among others', () => {
    const { house } = play(emptyHouse(), [
      [0, deviceAnnounced('a', [oxygen()])],
      [1, deviceAnnounced('b', [lamp()], { device: { identifiers: ['mac:1', 'a'] } })],
    ]);
    expect(entityIds(house)).toEqual(['a.lamp', 'a.o2']);
  });
});

describe('an entity', () => {
  it('keeps its id and the owner’s words when it moves from the single form to the device form', () => {
    const single = 'homeassistant/sensor/node/o2/config';
    const before = announced('o2', { uniqueId: 'u1', config: SENSOR });
    const own: Fact = {
      type: 'deviceCorrected',
      deviceId: 'node',
      by: 'Ana',
      entities: { 'node.o2': { name: 'By the stove' } },
    };
    const { house, facts } = play(emptyHouse(), [
      [0, deviceAnnounced('node', [before], { discoveryTopic: single })],
      [1, own],
      [2, deviceAnnounced('node', [{ ...before, key: 'oxygen_1' }])],
      [3, { type: 'announcementWithdrawn', discoveryTopic: single }],
    ]);
    expect(entityIds(house)).toEqual(['node.o2']);
    expect(entityOf(house, 'node.o2')).toMatchObject({ ownName: 'By the stove', key: 'oxygen_1' });
    expect(ofType(facts, 'entityRetired')).toEqual([]);
  });

  it('is another one when the unique id is the same on another platform', () => {
    const { house } = play(emptyHouse(), [
      [0, deviceAnnounced('node', [announced('a', { uniqueId: 'u' })])],
      [1, deviceAnnounced('node', [announced('b', { uniqueId: 'u', config: CONTACT })])],
    ]);
    expect(entityIds(house)).toEqual(['node.a', 'node.b']);
  });

  it('that two keys swap keeps to its key', () => {
    const both = (a: string, b: string) =>
      deviceAnnounced('n', [announced('a', { uniqueId: a }), announced('b', { uniqueId: b })]);
    const { house } = play(emptyHouse(), [
      [0, both('1', '2')],
      [1, both('2', '1')],
    ]);
    expect(entityOf(house, 'n.a')).toMatchObject({ key: 'a', uniqueId: '2' });
    expect(entityOf(house, 'n.b')).toMatchObject({ key: 'b', uniqueId: '1' });
  });

  it('that an announcement no longer names stays: a room that lost a sensor must be blind, not safe', () => {
    const before = houseWith({ node: [oxygen(), smoke()] });
    expect(entityIds(play(before, [[1, deviceAnnounced('node', [oxygen()])]]).house)).toEqual([
      'node.o2',
      'node.smoke',
    ]);
  });

  it('goes when the announcement removes its key, and all that was concluded from it ends', () => {
    const { house, facts } = play(houseWith({ node: [oxygen(), smoke()] }), [
      [1, smokeReading('node.smoke', true)],
      [2, deviceAnnounced('node', [], { removedKeys: ['smoke', 'unheard-of'] })],
    ]);
    expect(entityIds(house)).toEqual(['node.o2']);
    expect(ofType(facts, 'entityRetired')).toEqual([{ type: 'entityRetired', entityId: 'node.smoke' }]);
    expect(ofType(facts, 'alarmCleared')).toHaveLength(1);
    expect(getRow(house.devices.live, 'node.smoke')).toBeUndefined();
    expect(house.air.rows.size).toBe(0);
  });

  it('of another topic cannot be removed by a key of the same name', () => {
    const other = deviceAnnounced('node', [], {
      discoveryTopic: 'homeassistant/device/x/config',
      removedKeys: ['o2'],
    });
    expect(entityIds(play(houseWith({ node: [oxygen()] }), [[1, other]]).house)).toEqual(['node.o2']);
  });

  it('that measures something else from now on begins anew', () => {
    const { house, facts } = play(houseWith({ node: [oxygen('gas')] }), [
      [1, reading('node.gas', 17)],
      [2, reading('node.gas', 17)],
      [3, deviceAnnounced('node', [carbonMonoxide('gas')])],
    ]);
    expect(ofType(facts, 'entityRetired')).toHaveLength(1);
    expect(ofType(facts, 'limitCleared')).toHaveLength(1);
    expect(getRow(house.devices.live, 'node.gas')).toMatchObject({
      value: null,
      heardAt: null,
      silentAt: null,
    });
  });

  it('that becomes a contact of the same gas leaves no number’s limit behind', () => {
    const contact = announced('co', { quantity: 'carbon_monoxide', config: CONTACT });
    const { house } = play(houseWith({ node: [carbonMonoxide()] }), [
      [1, reading('node.co', 400, { quantity: 'carbon_monoxide' })],
      [2, deviceAnnounced('node', [contact])],
    ]);
    expect(house.air.rows.size).toBe(0);
    expect([...rowsOf(house.alarms.rows)].map(([, row]) => row.active)).toEqual([false]);
  });

  it('beyond the 64th of a device is left out, and the others still are as they say', () => {
    const many = Array.from({ length: MAX_ENTITIES + 1 }, (_, n) => announced(`e${n}`));
    const { house } = play(emptyHouse(), [
      [0, deviceAnnounced('node', many)],
      [1, deviceAnnounced('node', [announced('late'), announced('e0', { name: 'changed' })])],
    ]);
    expect(entityIdsOf(house.devices, 'node')).toHaveLength(64);
    expect(entityOf(house, 'node.e64')).toBeUndefined();
    expect(entityOf(house, 'node.e0')).toMatchObject({ name: 'changed' });
  });
});

describe('a withdrawn announcement', () => {
  it('takes a found device that has nothing left with it', () => {
    const { house, facts } = play(houseWith({ node: [siren(), oxygen()], other: [siren()] }), [
      [1, { type: 'announcementWithdrawn', discoveryTopic: 'homeassistant/device/node/config' }],
    ]);
    expect(deviceIds(house)).toEqual(['other']);
    expect(house.devices.sirens).toEqual(['other.siren']);
    expect(ofType(facts, 'deviceRemoved')).toMatchObject([{ deviceId: 'node', by: null }]);
  });

  it('leaves a paired board, which then is seen as never heard', () => {
    const { house } = play(emptyHouse(), [
      [0, paired('hall')],
      [1, byBoard('hall', [smoke()])],
      [2, { type: 'announcementWithdrawn', discoveryTopic: 'homeassistant/device/hall/config' }],
    ]);
    expect(deviceIds(house)).toEqual(['hall']);
    expect(entityIds(house)).toEqual([]);
  });

  it('of a topic that announced nothing changes nothing', () => {
    const { devices } = houseWith({ node: [oxygen()] });
    expect(reduceDevices(devices, { type: 'announcementWithdrawn', discoveryTopic: 'x' }, at(1)).state).toBe(
      devices,
    );
  });
});

describe('a paired board', () => {
  it('bears the name that the owner gave, whatever it calls itself', () => {
    const { house } = play(emptyHouse(), [
      [0, paired('hall')],
      [1, byBoard('hall', [smoke()], { device: { name: 'esp32' } })],
    ]);
    expect(deviceOf(house, 'hall')).toMatchObject({ kind: 'board', name: 'esp32', ownName: 'Hall board' });
    expect(entityIds(house)).toEqual(['hall.smoke']);
  });

  it('never merges with a device that borrows its identifiers', () => {
    const { house } = play(emptyHouse(), [
      [0, paired('hall')],
      [1, byBoard('hall', [smoke()], { device: { identifiers: ['mac:1'] } })],
      [2, deviceAnnounced('mac:1', [smoke('fake')])],
      [3, deviceAnnounced('hall', [smoke('fake2')])],
    ]);
    expect(entityIdsOf(house.devices, 'hall')).toEqual(['hall.smoke']);
    expect(deviceIds(house)).toEqual(['hall', 'hall-2', 'mac-1']);
  });

  it('nor with another paired board that says the same of itself', () => {
    const { house } = play(emptyHouse(), [
      [0, paired('a')],
      [0, paired('b')],
      [1, byBoard('a', [oxygen()], { device: { identifiers: ['x'] } })],
      [2, byBoard('b', [oxygen()], { device: { identifiers: ['x'] } })],
    ]);
    expect(entityIds(house)).toEqual(['a.o2', 'b.o2']);
  });
});

it('takes in 2,000 devices and no more; those that are there may still change', () => {
  let state = emptyHouse().devices;
  const tell = (n: number, name: string | null = null) => {
    state = reduceDevices(
      state,
      deviceAnnounced(`d${n}`, [], { device: { name, suggestedArea: `r${n % 5}` } }),
      at(n),
    ).state;
  };
  for (let n = 0; n <= MAX_DEVICES; n++) tell(n);
  expect(state.devices.size).toBe(2_000);
  expect(getRow(state.devices, 'd2000')).toBeUndefined();
  tell(7, 'renamed');
  expect(getRow(state.devices, 'd7')).toMatchObject({ name: 'renamed' });
});

describe('removing a device', () => {
  const asked = (deviceId: string): Fact => ({ type: 'deviceRemoveAsked', deviceId, by: 'Ana' });

  it('takes all that belongs to it along, ends its alarms and clears what it left at the broker', () => {
    const topic = 'homeassistant/sensor/node/x/config';
    const { house, facts, effects } = play(houseWith({ node: [smoke(), lamp()], other: [siren()] }), [
      [1, deviceAnnounced('node', [oxygen('x')], { discoveryTopic: topic })],
      [2, smokeReading('node.smoke', true)],
      [3, { type: 'commandAsked', entityId: 'node.lamp', command: { on: true }, by: 'Ana' }],
      [4, asked('node')],
    ]);
    expect(deviceIds(house)).toEqual(['other']);
    expect(entityIds(house)).toEqual(['other.siren']);
    expect(house.devices.commands.size).toBe(1);
    expect(house.air.rows.size).toBe(0);
    expect(ofType(facts, 'alarmCleared')).toHaveLength(1);
    expect(ofType(facts, 'deviceRemoved')).toMatchObject([{ deviceId: 'node', by: 'Ana' }]);
    expect(effects.filter((effect) => effect.do === 'forgetDevice')).toEqual([
      {
        do: 'forgetDevice',
        deviceId: 'node',
        endsSession: false,
        retainedTopics: ['homeassistant/device/node/config', topic],
      },
    ]);
  });

  it.each([
    ['board', ['homeward/hall/availability']],
    ['gateway', []],
  ] as const)('ends the session of a paired %s, and clears that it was online', (kind, retainedTopics) => {
    const { effects } = play(emptyHouse(), [
      [0, { type: 'devicePaired', deviceId: 'hall', name: 'Hall', kind }],
      [1, asked('hall')],
    ]);
    expect(effects).toEqual([{ do: 'forgetDevice', deviceId: 'hall', endsSession: true, retainedTopics }]);
  });

  it('that is not there changes nothing', () => {
    const { devices } = houseWith({});
    expect(reduceDevices(devices, asked('x'), at(1))).toEqual({ state: devices });
  });

  it('lets it come back as a new one', () => {
    const { facts } = play(houseWith({ node: [oxygen()] }), [
      [1, asked('node')],
      [2, deviceAnnounced('node', [oxygen()])],
    ]);
    expect(ofType(facts, 'deviceAppeared')).toHaveLength(1);
  });
});

it('finds everybody again after a restart', () => {
  const { devices } = play(houseWith({ node: [oxygen(), siren()], x: [smoke()] }), [
    [1, paired('hall')],
  ]).house;
  const taken = devicesFrom(devices, 1);
  for (const look of ['entitiesOf', 'entitiesByTopic', 'deviceByIdentifier'] as const) {
    // In no promised order.
    const found = ({ [look]: table }: typeof devices) =>
      new Map([...rowsOf<string | readonly string[]>(table)].map(([key, ids]) => [key, [...ids].sort()]));
    expect(found(taken)).toEqual(found(devices));
  }
  expect(taken.sirens).toEqual(devices.sirens);
  expect(taken.live.size).toBe(0);
});
