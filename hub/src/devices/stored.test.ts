import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ofType, play, reading, smokeReading } from '../../test/builders.ts';
import { CONFIG_OF_0_1 } from '../../test/storedForm.ts';
import { houseFrom } from '../house/house.ts';
import { createHouseStore } from '../house/store.ts';
import { getRow, rowsOf } from '../house/table.ts';
import { openDatabase } from '../io/sqlite.ts';

const MIGRATIONS = new URL('../../migrations', import.meta.url).pathname;

const refuse = (error: unknown): never => {
  throw error;
};

const device = (id: string, kind: string) => ({
  id,
  kind,
  name: id,
  ownName: 'My own',
  roomId: 'kitchen',
  roomIsOwn: true,
  manufacturer: null,
  model: null,
  swVersion: null,
  identifier: kind === 'found' ? id : null,
  origin: null,
});
/** As version 0.1 stored it: what all platforms have and what only one has stood side by side. */
const entity = (deviceId: string, key: string, component: string, quantity: string, more: object = {}) => ({
  id: `${deviceId}.${key}`,
  deviceId,
  key,
  uniqueId: key,
  name: null,
  ownName: null,
  quantity,
  ownQuantity: null,
  discoveryTopic: `homeassistant/device/${deviceId}/config`,
  fault: null,
  config: {
    ...CONFIG_OF_0_1,
    component,
    stateTopic: `homeward/${deviceId}/state`,
    valueTemplate: `{{ value_json.${key} }}`,
    ...more,
  },
});
const ROWS: [domain: string, row: { readonly id: string }][] = [
  ['rooms', { id: 'kitchen', name: 'Kitchen' } as { id: string }],
  ['devices', device('air-1', 'board')],
  ['devices', device('zigbee-1', 'gateway')],
  ['devices', device('lamp', 'found')],
  ['entities', entity('air-1', 'smoke', 'binary_sensor', 'smoke')],
  [
    'entities',
    entity('air-1', 'horn', 'siren', 'siren', {
      commandTopic: 'homeward/air-1/horn/set',
      availableTones: ['fire_t3'],
      supportsDuration: true,
    }),
  ],
  ['entities', entity('lamp', 'plug', 'switch', 'switch', { commandTopic: 'lamp/set', payloadOn: 'an' })],
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-stored-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database as version 0.1 left it. */
function oldDatabase(): string {
  const file = join(folder, 'safety.db');
  const db = new Database(file);
  db.exec(readFileSync(join(MIGRATIONS, '0001-ground.sql'), 'utf8'));
  db.pragma('user_version = 1');
  const put = db.prepare('insert into house_state (domain, id, json) values (?, ?, ?)');
  for (const [domain, row] of ROWS) put.run(domain, row.id, JSON.stringify(row));
  const command = { on: false, by: 'Ana', phase: 'timedOut', dueAt: null };
  put.run('commands', 'air-1.horn', JSON.stringify(command));
  put.run('commands', 'lamp.plug', JSON.stringify({ ...command, on: true, phase: 'pending', dueAt: 5_000 }));
  const identity = db.prepare('insert into broker_identity values (?, ?, ?, ?, ?)');
  const topics = ['zigbee2mqtt/#', 'homeassistant/+/+/config', 'homeassistant/+/+/+/config'];
  identity.run('zigbee-1', 'hash', JSON.stringify(topics), '[]', 1);
  identity.run('air-1', 'hash', JSON.stringify(['homeward/air-1/#']), '[]', 1);
  db.close();
  return file;
}

it('a house that version 0.1 stored is taken up whole: heard, sounding, answering and under its own names', () => {
  const db = openDatabase(oldDatabase(), MIGRATIONS);
  const store = createHouseStore(db, () => ({ mono: 0, utc: 0, bootId: '', uptimeMs: 0 }), refuse);
  const house = houseFrom(store.load());
  const { devices } = house;
  expect([...rowsOf(devices.devices)].map(([id, { kind, topics }]) => [id, kind, topics]).sort()).toEqual([
    ['air-1', 'board', null],
    ['lamp', 'found', null],
    ['zigbee-1', 'gateway', ['zigbee2mqtt/#']],
  ]);
  expect(getRow(devices.devices, 'lamp')).toMatchObject({ ownName: 'My own', gatewayId: null });

  const story = play(house, [
    [0, { type: 'brokerFound' }],
    [1, smokeReading('air-1.smoke', true)],
    [2, { type: 'commandAsked', entityId: 'lamp.plug', command: { on: true }, by: 'Ana' }],
    [3, reading('lamp.plug', true, { quantity: 'switch' })],
  ]);
  expect(story.effects).toEqual([
    // The one that may have missed its "off", then the danger.
    { do: 'commandSiren', topic: 'homeward/air-1/horn/set', payload: '{"state":"OFF"}', qos: 1 },
    {
      do: 'commandSiren',
      topic: 'homeward/air-1/horn/set',
      payload: '{"state":"ON","tone":"fire_t3","duration":180}',
      qos: 1,
    },
    { do: 'commandEntity', topic: 'lamp/set', payload: 'an', qos: 0 },
  ]);
  expect(ofType(story.facts, 'commandConfirmed')).toHaveLength(1);

  // What is written now is read back as it is.
  store.commit(house, story.house, []);
  const again = houseFrom(store.load());
  for (const [id, row] of rowsOf(story.house.devices.entities)) {
    expect(getRow(again.devices.entities, id)).toEqual(row);
  }
  expect(getRow(again.devices.commands, 'lamp.plug')?.command).toEqual({ on: true });
  db.close();
});

it('a command that waited for its answer when the hub was brought up to date is waited for', () => {
  const db = openDatabase(oldDatabase(), MIGRATIONS);
  const store = createHouseStore(db, () => ({ mono: 0, utc: 0, bootId: '', uptimeMs: 0 }), refuse);
  const { facts } = play(houseFrom(store.load()), [[5_000, { type: 'clockReached' }]]);
  expect(ofType(facts, 'commandTimedOut')).toEqual([
    { type: 'commandTimedOut', entityId: 'lamp.plug', command: { on: true } },
  ]);
  db.close();
});
