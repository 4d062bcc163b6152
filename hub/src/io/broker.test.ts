import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Broker, createBroker } from './broker.ts';
import { hashSecret } from './brokerAdmin.ts';

const MIGRATIONS = new URL('../../migrations/broker', import.meta.url).pathname;
const HUB = { username: 'hub', password: 'the hub has this secret' };

let folder = '';
let broker: Broker;
let reports: { event: string; detail: unknown }[] = [];
const clients: MqttClient[] = [];
const sockets: Socket[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-broker-'));
  reports = [];
  broker = build();
  await broker.start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  for (const socket of sockets.splice(0)) socket.destroy();
  await broker.stop();
  rmSync(folder, { recursive: true, force: true });
});

function build(port = 0): Broker {
  return createBroker({
    host: '127.0.0.1',
    port,
    tlsPort: null,
    database: { file: join(folder, 'broker.db'), migrations: MIGRATIONS },
    hub: HUB,
    onReport: (event, detail) => void reports.push({ event, detail }),
  });
}

type More = { publish?: string[]; subscribe?: string[]; claims?: string[] };
const identity = (username: string, more: More = {}) => ({
  username,
  secretHash: hashSecret(`secret of ${username}`),
  publish: [`homeward/${username}/#`],
  subscribe: [`homeward/${username}/#`],
  reserves: [],
  ...more,
});

async function client(username: string, more: IClientOptions = {}) {
  const mqtt = await connectAsync(
    `mqtt://127.0.0.1:${broker.ports().plain}`,
    {
      clientId: username,
      username,
      password: username === HUB.username ? HUB.password : `secret of ${username}`,
      reconnectPeriod: 0,
      ...more,
    },
    false,
  );
  clients.push(mqtt);
  mqtt.on('error', () => {});
  const heard: string[] = [];
  mqtt.on('message', (topic, payload) => void heard.push(`${topic}=${payload}`));
  return { mqtt, heard };
}

/** A socket that speaks bytes, logged in as that identity. */
async function rawClient(username: string): Promise<Socket> {
  const socket = connectSocket(broker.ports().plain ?? 0, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  const answer = new Promise((resolve) => socket.once('data', resolve));
  socket.write(connectPacket(username));
  await answer;
  return socket;
}

const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
function connectPacket(username: string, level = 4, keepalive = 60): Buffer {
  const body = Buffer.concat([
    text(level === 3 ? 'MQIsdp' : 'MQTT'),
    Buffer.from([level, 0xc2, 0, keepalive]),
    ...(level === 5 ? [Buffer.from([0])] : []),
    text(`raw-${username}`),
    text(username),
    text(`secret of ${username}`),
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}
const publishPacket = (topic: string, payload: string, retain = false) => {
  const body = Buffer.concat([text(topic), Buffer.from(payload)]);
  return Buffer.concat([Buffer.from([retain ? 0x31 : 0x30, body.length]), body]);
};
const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));
const until = (condition: () => boolean) =>
  expect.poll(condition, { timeout: 8_000, interval: 5 }).toBe(true);

it('hands on a retained message and what follows in the same breath, in their order', async () => {
  await broker.setIdentity(identity('b'));
  const hub = await client('hub');
  await hub.mqtt.subscribeAsync('#', { qos: 1 });
  const board = await rawClient('b');
  board.write(
    Buffer.concat([
      publishPacket('homeward/b/availability', 'online', true),
      publishPacket('homeward/b/state', '1'),
      publishPacket('homeward/b/availability', 'busy', true),
      publishPacket('homeward/b/state', '2'),
    ]),
  );
  await until(() => hub.heard.length === 4);
  expect(hub.heard.map((line) => line.split('=')[1])).toEqual(['online', '1', 'busy', '2']);
});

it('keeps nothing for a kept session but what its rights allow, whatever it asked for in one packet', async () => {
  await broker.setIdentity(identity('b'));
  const options: IClientOptions = { clean: false };
  const first = await client('b', options);
  const granted = await first.mqtt.subscribeAsync(['homeward/b/#', '#'], { qos: 1 }).catch(() => 'refused');
  expect(granted).toBe('refused');
  await first.mqtt.endAsync();
  const hub = await client('hub');
  await hub.mqtt.publishAsync('homeward/other/pin', 'secret', { qos: 1 });
  await hub.mqtt.publishAsync('homeward/b/set', 'for you', { qos: 1 });
  const second = await client('b', options);
  await until(() => second.heard.length > 0);
  await hub.mqtt.publishAsync('homeward/b/end', '', { qos: 1 });
  await until(() => second.heard.includes('homeward/b/end='));
  expect(second.heard).toEqual(['homeward/b/set=for you', 'homeward/b/end=']);
});

it('repeats to a kept session what it did not acknowledge, marked as a repetition', async () => {
  await broker.setIdentity(identity('b'));
  const first = await client('b', { clean: false });
  await first.mqtt.subscribeAsync('homeward/b/#', { qos: 1 });
  first.mqtt.handleMessage = () => {};
  const hub = await client('hub');
  await hub.mqtt.publishAsync('homeward/b/set', '1', { qos: 1 });
  await until(() => first.heard.length === 1);
  first.mqtt.stream.destroy();
  await until(() => !first.mqtt.connected);
  const dups: boolean[] = [];
  const second = await client('b', { clean: false, manualConnect: false });
  second.mqtt.on('packetreceive', (packet) => packet.cmd === 'publish' && dups.push(packet.dup));
  await until(() => second.heard.length === 1);
  expect(dups).toEqual([true]);
});

it('does not let one client that stopped reading hold up the others', async () => {
  await broker.setIdentity(identity('stuck'));
  await broker.setIdentity(identity('b'));
  const stuck = await rawClient('stuck');
  const filter = text('homeward/stuck/#');
  stuck.write(Buffer.concat([Buffer.from([0x82, filter.length + 3, 0, 1]), filter, Buffer.from([0])]));
  await new Promise((resolve) => stuck.once('data', resolve));
  stuck.pause();
  const hub = await client('hub');
  const board = await client('b');
  await board.mqtt.subscribeAsync('homeward/b/#');
  // Small ones: many are read at once, and aedes reads on only when all of them have been taken.
  for (let nth = 0; nth < 30_000; nth++) hub.mqtt.publish('homeward/stuck/x', Buffer.alloc(700));
  hub.mqtt.publish('homeward/b/set', 'siren', { qos: 1 });
  await until(() => board.heard.length === 1);
  await until(() => reports.some(({ event }) => event === 'broker.tooSlow'));
  expect(board.mqtt.connected).toBe(true);
});

it('cuts off who announces a packet above the limit, before it has come', async () => {
  await broker.setIdentity(identity('b'));
  const before = connectSocket(broker.ports().plain ?? 0, '127.0.0.1');
  sockets.push(before);
  before.on('error', () => {});
  before.write(Buffer.from([0x10, 0x81, 0x80, 0x01]));
  await closed(before);
  const board = await rawClient('b');
  // 2,200,001 as MQTT writes it
  board.write(Buffer.from([0x30, 0xe1, 0xa3, 0x86, 0x01]));
  await closed(board);
  const picture = await client('b');
  const hub = await client('hub');
  await hub.mqtt.subscribeAsync('#');
  await picture.mqtt.publishAsync('homeward/b/picture', Buffer.alloc(2_000_000), { qos: 1 });
  await until(() => hub.heard.length === 1);
});

it.each([
  ['MQTT 3.1', 3, 60],
  ['MQTT 5', 5, 60],
  ['no keepalive', 4, 0],
  ['a keepalive above two minutes', 4, 121],
])('lets nobody in with %s', async (_, level, keepalive) => {
  await broker.setIdentity(identity('b'));
  const socket = connectSocket(broker.ports().plain ?? 0, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  const answers: Buffer[] = [];
  socket.on('data', (some) => answers.push(some));
  socket.write(connectPacket('b', level, keepalive));
  await closed(socket);
  expect(Buffer.concat(answers)[3] ?? 1).not.toBe(0);
});

it('refuses a wrong secret, an unknown name and none', async () => {
  await broker.setIdentity(identity('b'));
  await expect(client('b', { password: 'wrong' })).rejects.toThrow('Not authorized');
  await expect(client('nobody')).rejects.toThrow('Not authorized');
  await expect(client('b', { username: '', password: '' })).rejects.toThrow();
  await expect(client('hub', { password: 'secret of hub' })).rejects.toThrow('Not authorized');
  expect(JSON.stringify(reports)).not.toContain('wrong"');
});

it('gives a client id of one identity to no other but the hub', async () => {
  await broker.setIdentity(identity('a'));
  await broker.setIdentity(identity('b'));
  const first = await client('a', { clientId: 'shared', clean: false });
  await expect(client('b', { clientId: 'shared' })).rejects.toThrow('Not authorized');
  expect(first.mqtt.connected).toBe(true);
  first.mqtt.end(true);
  await until(() => !first.mqtt.connected);
  await expect(client('b', { clientId: 'shared' })).rejects.toThrow('Not authorized');
  await client('hub', { clientId: 'shared' });
  await expect(client('a', { clientId: 'shared' })).rejects.toThrow('Not authorized');
});

it('lets nobody speak on $SYS, and hears a will only within the rights', async () => {
  await broker.setIdentity(identity('b'));
  const hub = await client('hub');
  await hub.mqtt.subscribeAsync('#');
  const good = await client('b', { clientId: '1', will: will('homeward/b/availability') });
  const bad = await client('b', { clientId: '2', will: will('homeward/other/availability') });
  good.mqtt.stream.destroy();
  bad.mqtt.stream.destroy();
  await until(() => hub.heard.length === 1);
  hub.mqtt.publish('$SYS/x', '');
  await until(() => !hub.mqtt.connected);
  expect(hub.heard).toEqual(['homeward/b/availability=offline']);
});
const will = (topic: string) => ({ topic, payload: Buffer.from('offline'), qos: 1 as const, retain: true });

it('remembers retained messages and says no wills when it stops', async () => {
  await broker.setIdentity(identity('b'));
  const board = await client('b', { will: will('homeward/b/availability') });
  await board.mqtt.publishAsync('homeward/b/availability', 'online', { qos: 1, retain: true });
  await board.mqtt.publishAsync('homeward/b/other', 'x', { qos: 1, retain: true });
  await board.mqtt.publishAsync('homeward/b/other', '', { qos: 1, retain: true });
  await broker.stop();
  broker = build();
  await broker.start();
  const hub = await client('hub');
  await hub.mqtt.subscribeAsync('homeward/#');
  await until(() => hub.heard.length === 1);
  expect(hub.heard).toEqual(['homeward/b/availability=online']);
});

it('says in plain words that a port is taken, and can be started once it is free', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await broker.stop();
  broker = build(port);
  await expect(broker.start()).rejects.toThrow(`Port ${port} is taken by another program.`);
  await expect(broker.start()).rejects.toThrow('HOMEWARD_MQTT_PORT');
  await new Promise((resolve) => other.close(resolve));
  await broker.start();
  await client('hub');
});

it('ends the sessions of an identity whose rights change, and then goes by the new ones', async () => {
  await broker.setIdentity(identity('b', { subscribe: ['#'] }));
  const before = await client('b', { clean: false });
  await before.mqtt.subscribeAsync('#', { qos: 1 });
  await broker.setIdentity(identity('b'));
  await until(() => !before.mqtt.connected);
  const after = await client('b', { clean: false });
  await after.mqtt.subscribeAsync('homeward/b/#', { qos: 1 });
  const hub = await client('hub');
  await hub.mqtt.publishAsync('homeward/other', 'no', { qos: 1 });
  await hub.mqtt.publishAsync('homeward/b/x', 'yes', { qos: 1 });
  await until(() => after.heard.length > 0);
  expect(after.heard).toEqual(['homeward/b/x=yes']);
  await expect(broker.setIdentity(identity('hub'))).rejects.toThrow("the hub's own");
});

const gateway = (username: string) =>
  identity(username, {
    publish: ['homeassistant/+/+/config', `${username}/#`],
    subscribe: [`${username}/#`],
    claims: ['homeassistant/+/+/config'],
  });
const LAMP = 'homeassistant/light/lamp/config';

it('delivers nothing that a gateway says where another has announced, and cuts nobody off for it', async () => {
  await broker.setIdentity(gateway('first'));
  await broker.setIdentity(gateway('second'));
  const hub = await client('hub');
  await hub.mqtt.subscribeAsync('#');
  const first = await client('first');
  const second = await client('second', { will: { ...will(LAMP), payload: Buffer.alloc(0) } });
  const say = (by: typeof first, payload: string, retain = true) =>
    by.mqtt.publishAsync(LAMP, payload, { qos: 1, retain });
  await say(first, '1');
  for (const payload of ['forged', ''])
    for (const retain of [true, false]) await say(second, payload, retain);
  second.mqtt.stream.destroy();
  await until(() => !second.mqtt.connected);
  await say(first, '2');
  await until(() => hub.heard.includes(`${LAMP}=2`));
  expect(hub.heard).toEqual([`${LAMP}=1`, `${LAMP}=2`]);
  expect(reports.map(({ event }) => event)).toContain('broker.topicOfAnother');
});

it('gives a claimed topic to another when the first has withdrawn, or is gone, and not by a restart', async () => {
  for (const name of ['first', 'second']) await broker.setIdentity(gateway(name));
  const say = async (by: string, payload: string) => {
    const { mqtt } = await client(by);
    await mqtt.publishAsync(LAMP, payload, { qos: 1, retain: true });
    await mqtt.endAsync();
  };
  const held = async () => {
    const hub = await client('hub');
    await hub.mqtt.subscribeAsync('homeassistant/#');
    await hub.mqtt.publishAsync('homeassistant/end', '');
    await until(() => hub.heard.includes('homeassistant/end='));
    await hub.mqtt.endAsync();
    return hub.heard[0];
  };
  await say('first', '1');
  await broker.stop();
  broker = build();
  await broker.start();
  for (const name of ['first', 'second']) await broker.setIdentity(gateway(name));
  await say('second', 'forged');
  expect(await held()).toBe(`${LAMP}=1`);
  await say('first', '');
  await say('second', '2');
  await say('first', 'forged');
  expect(await held()).toBe(`${LAMP}=2`);
  await broker.removeIdentity('second');
  await say('first', '3');
  expect(await held()).toBe(`${LAMP}=3`);
});
