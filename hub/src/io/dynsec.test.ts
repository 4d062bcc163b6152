import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mosquitto, startMosquitto } from '../../test/brokers/mosquitto.ts';
import { hashSecret } from './brokerAdmin.ts';
import { createDynsec, type Dynsec } from './dynsec.ts';

const ADMIN = { username: 'admin', password: 'p@ss/w:rd' };
const HUB = { username: 'hub', password: 'the hub has this secret' };

let mosquitto: Mosquitto;
let dynsec: Dynsec;
const clients: MqttClient[] = [];

const urlOf = (port: number, name = ADMIN.username, password = ADMIN.password) =>
  `mqtt://${name}:${encodeURIComponent(password)}@127.0.0.1:${port}`;

beforeAll(async () => {
  mosquitto = await startMosquitto({ dynsec: { admin: ADMIN, hub: HUB } });
  dynsec = createDynsec({
    url: urlOf(mosquitto.port),
    given: () => [],
    keepOff: [HUB.username],
    onReport: () => {},
  });
  dynsec.start();
});
afterAll(async () => {
  await dynsec.stop();
  await mosquitto.remove();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end(true);
});

const identity = (username: string, more: { publish?: string[]; subscribe?: string[] } = {}) => ({
  username,
  secretHash: hashSecret('secret'),
  publish: [`homeward/${username}/#`, `homeassistant/+/${username}/#`],
  subscribe: [`homeward/${username}/#`],
  reserves: [`homeassistant/+/${username}/#`, `homeward/${username}/#`],
  ...more,
});
const gateway = (username: string) => ({
  ...identity(username, { publish: ['homeassistant/+/+/config'] }),
  reserves: [],
});

async function client(username: string, more: IClientOptions = {}) {
  const options = { clientId: username, username, password: 'secret', reconnectPeriod: 0, ...more };
  const mqtt = await connectAsync(mosquitto.url, options, false);
  clients.push(mqtt);
  mqtt.on('error', () => {});
  const heard: string[] = [];
  mqtt.on('message', (topic) => void heard.push(topic));
  return { mqtt, heard };
}
const hub = () => client('hub', { password: HUB.password });
const until = (condition: () => boolean) =>
  expect.poll(condition, { timeout: 8_000, interval: 5 }).toBe(true);

it('makes an identity that may log in and speak within its rights, and making it again does no harm', async () => {
  await dynsec.setIdentity(identity('a'), 'secret');
  await dynsec.setIdentity(identity('a'), 'secret');
  await dynsec.setIdentity(identity('a'));
  const board = await client('a');
  const listener = await hub();
  await listener.mqtt.subscribeAsync('#');
  await board.mqtt.publishAsync('homeward/other/x', '');
  await board.mqtt.publishAsync('homeassistant/sensor/a/config', '');
  await until(() => listener.heard.length > 0);
  expect(listener.heard).toEqual(['homeassistant/sensor/a/config']);
});

it.each(['homeward/a/#', 'homeward/a/+', 'homeward/a/+/set', 'homeward/a/light/set'])(
  'lets it subscribe to %s, which its right covers',
  async (filter) => {
    await dynsec.setIdentity(identity('a'), 'secret');
    const board = await client('a');
    expect(await board.mqtt.subscribeAsync(filter, { qos: 1 })).toMatchObject([{ qos: 1 }]);
  },
);

it.each(['#', '+/#', 'homeward/#', 'homeward/+/set', 'homeward/b/set'])(
  'does not let it subscribe to %s',
  async (filter) => {
    await dynsec.setIdentity(identity('a'), 'secret');
    const board = await client('a');
    await expect(board.mqtt.subscribeAsync(filter)).rejects.toThrow();
  },
);

it('delivers nothing by a kept subscription whose right was taken, not even what came while it was away', async () => {
  await dynsec.setIdentity(identity('b', { subscribe: ['#'] }), 'secret');
  const before = await client('b', { clean: false });
  await before.mqtt.subscribeAsync('#', { qos: 1 });
  await dynsec.setIdentity(identity('b'));
  await until(() => !before.mqtt.connected);
  const speaker = await hub();
  await speaker.mqtt.publishAsync('secret/of/others', '', { qos: 1 });
  const after = await client('b', { clean: false });
  await after.mqtt.subscribeAsync('homeward/b/#', { qos: 1 });
  await speaker.mqtt.publishAsync('secret/of/others', '', { qos: 1 });
  await speaker.mqtt.publishAsync('homeward/b/x', '', { qos: 1 });
  await until(() => after.heard.includes('homeward/b/x'));
  expect(after.heard).not.toContain('secret/of/others');
});

it('ends the session of a removed identity at once; removing it again does no harm', async () => {
  await dynsec.setIdentity(identity('c'), 'secret');
  const board = await client('c');
  const listener = await hub();
  await dynsec.removeIdentity('c');
  await until(() => !board.mqtt.connected);
  await expect(client('c')).rejects.toThrow('Not authorized');
  await dynsec.removeIdentity('c');
  expect(listener.mqtt.connected).toBe(true);
});

it('cannot change an identity that is not there when it does not know its password', async () => {
  await expect(dynsec.setIdentity(identity('nobody'))).rejects.toThrow('no client nobody');
});

describe('what a board reserves', () => {
  const TOPICS = ['old', 'new', 'own', 'end'].map((name) => `homeassistant/x/${name}/config`);

  /** What the gateway gets through to the hub, of the board `old`, the board `new` and itself. */
  async function heardOf({ mqtt }: Awaited<ReturnType<typeof client>>) {
    const listener = await hub();
    await listener.mqtt.subscribeAsync('homeassistant/#');
    for (const topic of TOPICS) await mqtt.publishAsync(topic, '', { qos: 1 });
    await until(() => listener.heard.includes('homeassistant/x/end/config'));
    return listener.heard.slice(0, -1).map((topic) => topic.split('/')[2]);
  }

  it('is denied to a gateway that an earlier Homeward let in, without ending its session', async () => {
    await dynsec.setIdentity(gateway('g'), 'secret');
    await dynsec.stop();
    const later = createDynsec({
      url: urlOf(mosquitto.port),
      given: () => [gateway('g'), identity('old')],
      onReport: () => {},
    });
    const standing = await client('g');
    expect(await heardOf(standing)).toEqual(['old', 'new', 'own']);
    later.start();
    await expect.poll(() => heardOf(standing), { timeout: 8_000 }).toEqual(['new', 'own']);
    await later.setIdentity(identity('new'), 'secret');
    expect(await heardOf(standing)).toEqual(['own']);
    await mosquitto.restart();
    expect(await heardOf(await client('g'))).toEqual(['own']);
    const removed = () => later.removeIdentity('new').then(() => true, String);
    await expect.poll(removed, { timeout: 12_000 }).toBe(true);
    expect(await heardOf(await client('g'))).toEqual(['new', 'own']);
    await later.stop();
    dynsec.start();
  }, 30_000);
});

it('allows whom an earlier Homeward let in what is allowed by now, without ending the session', async () => {
  const today = { publish: ['z/#', 'tasmota/#'], subscribe: ['z/#', 'homeassistant/#'] };
  await dynsec.setIdentity(identity('z', { publish: ['z/#'], subscribe: ['z/#'] }), 'secret');
  await dynsec.stop();
  const standing = await client('z');
  await expect(standing.mqtt.subscribeAsync('homeassistant/#')).rejects.toThrow();
  const given = () => [identity('z', today)];
  const later = createDynsec({ url: urlOf(mosquitto.port), given, onReport: () => {} });
  later.start();
  const tries = () => standing.mqtt.subscribeAsync('homeassistant/#').then(() => true, String);
  await expect.poll(tries, { timeout: 8_000 }).toBe(true);
  const listener = await hub();
  await listener.mqtt.subscribeAsync(['tasmota/#', 'homeassistant/#']);
  await standing.mqtt.publishAsync('tasmota/discovery/a/config', '', { qos: 1 });
  await listener.mqtt.publishAsync('homeassistant/status', 'online', { qos: 1 });
  await until(() => listener.heard.length === 2 && standing.heard.includes('homeassistant/status'));
  expect(listener.heard).toEqual(['tasmota/discovery/a/config', 'homeassistant/status']);
  expect(standing.mqtt.connected).toBe(true);
  await later.stop();
  dynsec.start();
}, 30_000);

describe('who was not given out by the hub', () => {
  // Mosquitto takes the name as client id: one admin at a time.
  beforeEach(() => dynsec.stop());
  afterEach(() => dynsec.start());

  const adminTries = async () => {
    const admin = await client('admin', { password: ADMIN.password });
    return admin.mqtt.connected;
  };

  it.each([ADMIN.username, HUB.username])('%s, is never changed nor deleted', async (name) => {
    const careless = createDynsec({
      url: urlOf(mosquitto.port),
      given: () => [identity(name)],
      keepOff: [HUB.username],
      onReport: () => {},
    });
    careless.start();
    await careless.removeIdentity(name);
    await expect(careless.setIdentity(identity(name), 'secret')).rejects.toThrow('not Homeward');
    await careless.stop();
    expect([(await hub()).mqtt.connected, await adminTries()]).toEqual([true, true]);
  });

  it('keeps its client and its password', async () => {
    dynsec.start();
    await dynsec.setIdentity(identity('somebody'), 'secret');
    await dynsec.stop();
    const other = createDynsec({ url: urlOf(mosquitto.port), given: () => [], onReport: () => {} });
    other.start();
    await other.removeIdentity('somebody');
    await expect(other.setIdentity(identity('somebody'), 'mine')).rejects.toThrow('no client somebody');
    await other.stop();
    expect((await client('somebody')).mqtt.connected).toBe(true);
  });
});

it('removes whom it could not remove once Mosquitto is back', async () => {
  await dynsec.setIdentity(identity('late'), 'secret');
  const hasty = createDynsec({
    url: urlOf(mosquitto.port),
    given: () => [identity('late')],
    timeoutMs: 300,
    onReport: () => {},
  });
  await dynsec.stop();
  await mosquitto.stop();
  hasty.start();
  await expect(hasty.removeIdentity('late')).rejects.toThrow('cannot be reached');
  await mosquitto.restart();
  await expect
    .poll(
      () =>
        client('late').then(
          () => 'in',
          (error: Error) => error.message,
        ),
      {
        timeout: 8_000,
        interval: 200,
      },
    )
    .toContain('Not authorized');
  await hasty.stop();
  dynsec.start();
});

it.each([
  ['that may not', HUB.username, HUB.password, 'Is the plugin loaded'],
  ['with a wrong password', ADMIN.username, 'wrong', 'cannot be reached as HOMEWARD_DYNSEC_URL says'],
])('says in plain words that it has an admin %s', async (_, name, password, words) => {
  const other = createDynsec({
    url: urlOf(mosquitto.port, name, password),
    given: () => [identity('x')],
    timeoutMs: 700,
    onReport: () => {},
  });
  other.start();
  await expect(other.removeIdentity('x')).rejects.toThrow(words);
  await other.stop();
});
