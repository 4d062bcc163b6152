import { describe, expect, it } from 'vitest';
import {
  announced,
  availability,
  availableAt,
  deviceAnnounced,
  houseWith,
  ofType,
  play,
  reading,
  SENSOR,
} from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import type { House } from '../house/house.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { isOnline, liveOf } from './heard.ts';
import { UNPLACED } from './state.ts';

type Corrected = Extract<Fact, { type: 'deviceCorrected' }>;
const correct = (said: Partial<Corrected>, deviceId = 'node'): Corrected => ({
  type: 'deviceCorrected',
  deviceId,
  by: 'Ana',
  ...said,
});
const home = houseWith({ node: [announced('x', { name: 'X' })], other: [announced('y')] });
const after = (...said: Partial<Corrected>[]) =>
  play(
    home,
    said.map((each, n) => [n, correct(each)] as const),
  ).house;
const device = ({ devices }: House) => getRow(devices.devices, 'node');
const entity = ({ devices }: House, id = 'node.x') => getRow(devices.entities, id);
const rooms = ({ devices }: House) => [...rowsOf(devices.rooms)].map(([, room]) => room);

describe('the owner', () => {
  it('names a device and takes the name back', () => {
    expect(device(after({ name: 'Stove' }))).toMatchObject({ ownName: 'Stove', name: 'node' });
    expect(device(after({ name: 'Stove' }, { name: null }))).toMatchObject({ ownName: null });
    expect(device(after({ name: 'Stove' }, { room: 'Hall' }))).toMatchObject({ ownName: 'Stove' });
  });

  it('places it in a room, which is made once, however it is spelled', () => {
    const house = after({ room: 'Kitchen' }, { room: '  kitchen ' });
    expect(device(house)).toMatchObject({ roomId: 'kitchen', roomIsOwn: true });
    expect(rooms(house)).toEqual([{ id: 'kitchen', name: 'Kitchen' }]);
  });

  it.each(['constructor', '__proto__', 'unplaced', 'غرفة الجلوس', '🛋', '..'])(
    'may call a room %j',
    (room) => {
      const house = after({ room });
      const [made] = rooms(house);
      expect(made).toMatchObject({ name: room });
      expect(made?.id).toMatch(/^[a-z0-9_][a-z0-9_.-]*$/);
      expect((made?.id ?? '') in {}).toBe(false);
      expect(made?.id).not.toBe(UNPLACED);
      expect(device(house)?.roomId).toBe(made?.id);
    },
  );

  it('has the last word: an announcement moves it no more, and makes no room', () => {
    const suggests = deviceAnnounced('node', [], { device: { suggestedArea: 'Attic' } });
    const { house } = play(after({ room: '' }), [[9, suggests]]);
    expect(device(house)).toMatchObject({ roomId: UNPLACED, roomIsOwn: true });
    expect(rooms(house)).toEqual([]);
  });

  it('names an entity of the device, and only of that device', () => {
    const entities = {
      'node.x': { name: 'Mine' },
      'other.y': { name: 'Not mine' },
      nobody: { name: 'None' },
    };
    const house = after({ entities });
    expect(entity(house)).toMatchObject({ ownName: 'Mine', name: 'X' });
    expect(entity(house, 'other.y')).toMatchObject({ ownName: null });
  });

  it('cannot correct what is not there', () => {
    expect(play(home, [[0, correct({ name: 'x' }, 'nobody')]]).house).toEqual(home);
  });
});

describe('a corrected quantity', () => {
  it('takes a freezer out of the room: it raises no cold any more, and ends what it raised', () => {
    const config = { ...SENSOR, unit: '°C' };
    const frozen = Array.from({ length: 31 }, (_, n) => [n * 60_000, n] as const);
    const cold = play(
      houseWith({ node: [announced('t', { quantity: 'temperature', config })] }),
      frozen.map(([mono]) => [mono, reading('node.t', -18, { quantity: 'temperature' })] as const),
    ).house;
    expect(getRow(cold.alarms.rows, 'cold:node.t')).toMatchObject({ level: 'alarm', active: true });
    const said = { entities: { 'node.t': { quantity: 'other' as const } } };
    const { house, facts } = play(cold, [
      [1_900_000, correct(said)],
      ...frozen.map(([mono]) => [2_000_000 + mono, reading('node.t', -18, { quantity: 'other' })] as const),
    ]);
    expect(getRow(house.alarms.rows, 'cold:node.t')?.active ?? false).toBe(false);
    expect(ofType(facts, 'alarmRaised')).toEqual([]);
    expect(liveOf(house.devices, 'node.t').value).toBe(-18);
  });

  const asTemperature = { entities: { 'node.x': { quantity: 'temperature' as const } } };

  it('ends the warning that came of the wrong one', () => {
    const { facts, house } = play(home, [
      [1, reading('node.x', 19.9)],
      [60_001, { type: 'clockReached' }],
      [60_002, correct(asTemperature)],
    ]);
    expect(ofType(facts, 'alarmCleared')).toMatchObject([{ level: 'warning' }]);
    expect(house.air.rows.size).toBe(0);
    expect(entity(house)).toMatchObject({ quantity: 'oxygen', ownQuantity: 'temperature' });
  });

  it('ends no danger: the sirens would fall silent. The rest of the correction is taken', () => {
    const inDanger = play(home, [
      [1, reading('node.x', 17)],
      [2, reading('node.x', 17)],
      [3, correct({ room: 'Hall', entities: { 'node.x': { name: 'Air', quantity: 'temperature' } } })],
      [4, correct(asTemperature, 'other')],
      [5, correct({ entities: { 'other.y': { quantity: 'temperature' } } }, 'other')],
    ]);
    expect(inDanger.house.alarms.voice).not.toBeNull();
    expect(ofType(inDanger.facts, 'entityRetired')).toEqual([{ type: 'entityRetired', entityId: 'other.y' }]);
    expect(entity(inDanger.house)).toMatchObject({ ownName: 'Air', ownQuantity: null });
    expect(device(inDanger.house)).toMatchObject({ roomId: 'hall' });
  });

  it('forgets the value that was something else, but not that the sensor is there', () => {
    const watched = announced('x', { config: { ...SENSOR, availability: [availableAt('a')] } });
    const { house } = play(houseWith({ node: [watched] }), [
      [1, availability('node.x', true)],
      [2, reading('node.x', 20.9)],
      [3, correct(asTemperature)],
    ]);
    const found = entity(house);
    const live = liveOf(house.devices, 'node.x');
    expect(live).toMatchObject({ value: null, heardAt: null, silentAt: null });
    expect(found && isOnline(found, live)).toBe(true);
  });

  it('survives the next announcement', () => {
    const { house, facts } = play(home, [
      [1, correct(asTemperature)],
      [2, deviceAnnounced('node', [announced('x', { quantity: 'oxygen', name: 'again' })])],
    ]);
    expect(entity(house)).toMatchObject({ ownQuantity: 'temperature', name: 'again' });
    expect(ofType(facts, 'entityRetired')).toHaveLength(1);
  });

  it('that is the announced one anyway ends nothing, nor does a new name', () => {
    const same = correct({ entities: { 'node.x': { quantity: 'oxygen' } } });
    const { facts } = play(home, [
      [1, reading('node.x', 17)],
      [2, same],
      [3, correct({ entities: { 'node.x': { name: 'N' } } })],
    ]);
    expect(ofType(facts, 'entityRetired')).toEqual([]);
  });

  it('taken back is a change again', () => {
    const { facts } = play(home, [
      [1, correct(asTemperature)],
      [2, correct({ entities: { 'node.x': { quantity: null } } })],
    ]);
    expect(ofType(facts, 'entityRetired')).toHaveLength(2);
  });
});
