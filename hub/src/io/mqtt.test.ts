import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { type Mosquitto, startMosquitto } from '../../test/brokers/mosquitto.ts';
import { createMqtt, type Mqtt, type MqttMessage, type MqttOptions } from './mqtt.ts';

vi.setConfig({ testTimeout: 30_000 });

const open: { stop(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.stop();
});

/** A client that remembers what it heard. */
function listener(url: string, more: Partial<MqttOptions> = {}) {
  const heard: MqttMessage[] = [];
  const events: string[] = [];
  const mqtt = createMqtt({
    url,
    clientId: 'hub',
    onMessage: (message) => void heard.push(message),
    onFound: () => void events.push('found'),
    onLost: () => void events.push('lost'),
    onReport: (event) => void events.push(event),
    ...more,
  });
  open.push(mqtt);
  return { mqtt, heard, events, texts: () => heard.map(({ payload }) => Buffer.from(payload).toString()) };
}

async function broker(options = {}): Promise<Mosquitto> {
  const mosquitto = await startMosquitto(options);
  open.push({ stop: () => mosquitto.remove() });
  return mosquitto;
}

const until = (condition: () => boolean) =>
  expect.poll(condition, { timeout: 15_000, interval: 10 }).toBe(true);
const connected = (mqtt: Mqtt) => until(() => mqtt.isConnected());

it('hears what another client says, with its flags', async () => {
  const { url } = await broker();
  const hub = listener(url);
  const board = listener(url, { clientId: 'board' });
  hub.mqtt.subscribe(['rooms/+/air']);
  hub.mqtt.start();
  board.mqtt.start();
  await connected(hub.mqtt);
  await connected(board.mqtt);
  board.mqtt.publish('rooms/kitchen/air', 'good', { qos: 1, retain: true });
  await until(() => hub.heard.length === 1);
  expect(hub.heard[0]).toMatchObject({ topic: 'rooms/kitchen/air', retain: false, qos: 1, dup: false });
  const late = listener(url, { clientId: 'late' });
  late.mqtt.start();
  await connected(late.mqtt);
  late.mqtt.subscribe(['rooms/#']);
  await until(() => late.heard.length === 1);
  expect(late.heard[0]?.retain).toBe(true);
});

it('finds a broker that comes up long after it, and keeps for it what still makes sense', async () => {
  const first = await broker();
  await first.stop();
  const hub = listener(first.url);
  hub.mqtt.subscribe(['#']);
  hub.mqtt.start();
  hub.mqtt.publish('state', 'old', { qos: 1, retain: true });
  hub.mqtt.publish('state', 'new', { qos: 1, retain: true });
  hub.mqtt.publish('command', 'now or never', { qos: 1, retain: false, keepMs: 0 });
  hub.mqtt.publish('command', 'stale soon', { qos: 1, retain: false, keepMs: 1 });
  hub.mqtt.publish('command', 'patient', { qos: 1, retain: false, keepMs: 60_000 });
  hub.mqtt.publish('reading', 'qos 0', { qos: 0, retain: false });
  await until(() => hub.events.includes('mqtt.fault'));
  await first.restart();
  await connected(hub.mqtt);
  await until(() => hub.heard.length >= 2);
  expect(hub.texts().sort()).toEqual(['new', 'patient']);
  expect(hub.events.filter((event) => event === 'mqtt.fault')).toHaveLength(1);
});

it('asks for all its topics again after the broker was killed', async () => {
  const mosquitto = await broker();
  const hub = listener(mosquitto.url);
  const board = listener(mosquitto.url, { clientId: 'board' });
  hub.mqtt.start();
  board.mqtt.start();
  await connected(hub.mqtt);
  hub.mqtt.subscribe(Array.from({ length: 250 }, (_, at) => `rooms/${at}`));
  hub.mqtt.unsubscribe(['rooms/7']);
  await mosquitto.kill();
  await until(() => hub.events.includes('lost'));
  await mosquitto.restart();
  await connected(hub.mqtt);
  await connected(board.mqtt);
  for (const room of [7, 0, 249]) board.mqtt.publish(`rooms/${room}`, `${room}`, { qos: 1, retain: false });
  await until(() => hub.heard.length === 2);
  expect(hub.texts()).toEqual(['0', '249']);
  expect(hub.events.filter((event) => event === 'found')).toHaveLength(2);
});

it('acknowledges a message whose handling throws, and goes on', async () => {
  const { url } = await broker();
  const heard: string[] = [];
  const hub = listener(url, {
    onMessage: ({ payload }) => {
      heard.push(Buffer.from(payload).toString());
      if (heard.length === 1) throw new Error('poison');
    },
  });
  hub.mqtt.subscribe(['t']);
  hub.mqtt.start();
  await connected(hub.mqtt);
  hub.mqtt.publish('t', 'poison', { qos: 1, retain: false });
  hub.mqtt.publish('t', 'good', { qos: 1, retain: false });
  await until(() => heard.length === 2);
  await hub.mqtt.stop();
  hub.mqtt.start();
  await connected(hub.mqtt);
  hub.mqtt.publish('t', 'end', { qos: 1, retain: false });
  await until(() => heard.includes('end'));
  expect(heard).toEqual(['poison', 'good', 'end']);
  expect(hub.events).toContain('mqtt.handlerThrew');
});

it('acknowledges when it is told to: what was not is said again after a loss', async () => {
  const { url } = await broker();
  const kept: (() => void)[] = [];
  const hub = listener(url, { clientId: 'hub', whenKept: (acknowledge) => void kept.push(acknowledge) });
  hub.mqtt.subscribe(['t']);
  hub.mqtt.start();
  const board = listener(url, { clientId: 'board' });
  board.mqtt.start();
  await connected(hub.mqtt);
  await connected(board.mqtt);
  board.mqtt.publish('t', 'first', { qos: 1, retain: false });
  board.mqtt.publish('t', 'second', { qos: 1, retain: false });
  await until(() => kept.length === 1);
  await hub.mqtt.stop();
  kept[0]?.();
  hub.mqtt.start();
  await until(() => kept.length === 2);
  expect(hub.texts()).toEqual(['first', 'first']);
  kept[1]?.();
  await until(() => hub.texts().length === 3);
  expect(hub.texts()).toEqual(['first', 'first', 'second']);
  kept[2]?.();
});

it('drops a payload above its limit without showing it to anybody', async () => {
  const { url } = await broker();
  const hub = listener(url, { maxPacketBytes: 10 });
  hub.mqtt.subscribe(['t']);
  hub.mqtt.start();
  await connected(hub.mqtt);
  hub.mqtt.publish('t', 'eleven byte', { qos: 1, retain: false });
  hub.mqtt.publish('t', 'ten bytes.', { qos: 1, retain: false });
  await until(() => hub.heard.length === 1);
  expect(hub.texts()).toEqual(['ten bytes.']);
  expect(hub.events).toContain('mqtt.tooLarge');
});

it('is gone for good after stop, also when there never was a broker', async () => {
  const { server, sockets, port } = await deafBroker();
  const hub = listener(`mqtt://127.0.0.1:${port}`);
  hub.mqtt.start();
  await until(() => sockets.length === 1);
  await hub.mqtt.stop();
  await until(() => sockets.every((socket) => socket.destroyed));
  expect(server.listening).toBe(true);
  expect(hub.mqtt.isConnected()).toBe(false);
  expect(hub.events).not.toContain('lost');
});

it('gives the name and the password of the URL, decoded, and tries again after a refusal', async () => {
  const connects: string[] = [];
  const { port } = await deafBroker((socket, bytes) => {
    if (bytes[0] !== 0x10) return;
    connects.push(bytes.toString('latin1'));
    socket.end(Buffer.from([0x20, 2, 0, 5]));
  });
  const hub = listener(`mqtt://bo%40rd:p%3Aw@127.0.0.1:${port}`);
  hub.mqtt.start();
  await until(() => connects.length === 2);
  expect(connects[0]).toContain('bo@rd');
  expect(connects[0]).toContain('p:w');
  expect(hub.events).toContain('mqtt.fault');
});

it('refuses an address that is not one of MQTT', () => {
  expect(() => listener('http://127.0.0.1').mqtt.start()).toThrow('must begin with mqtt:// or mqtts://');
});

it('a siren is told, though a thousand messages before it were never acknowledged', async () => {
  let said = '';
  const { sockets, port } = await deafBroker((socket, bytes) => {
    // It lets everybody in, and acknowledges nothing.
    if (bytes[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]));
    said += bytes.toString('latin1');
  });
  const hub = listener(`mqtt://127.0.0.1:${port}`);
  hub.mqtt.start();
  await connected(hub.mqtt);
  const patient = { qos: 1, retain: false, keepMs: 60_000 } as const;
  for (let n = 0; n < 1_000; n++) hub.mqtt.publish(`lamp/${n}`, 'ON', patient);
  hub.mqtt.publish('lamp/last', 'ON', patient);
  for (const word of ['sound', 'sound', 'hush'])
    hub.mqtt.publish('siren/set', word, { ...patient, urgent: true });
  await until(() => said.includes('siren/set') && said.includes('hush'));
  expect(said).toContain('lamp/999');
  expect(said).not.toContain('lamp/last');
  expect(hub.events.filter((event) => event === 'mqtt.dropped')).toHaveLength(1);
  // Of the siren's only the newest is repeated.
  said = '';
  sockets[0]?.destroy();
  await until(() => said.includes('lamp/999'));
  expect(said.indexOf('hush')).toBeLessThan(said.indexOf('lamp/0'));
  expect(said).not.toContain('sound');
});

/** Something that accepts connections and answers what it is told. */
async function deafBroker(answer: (socket: Socket, bytes: Buffer) => void = () => {}) {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => answer(socket, bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  const address = server.address();
  return { server, sockets, port: typeof address === 'object' && address !== null ? address.port : 0 };
}
