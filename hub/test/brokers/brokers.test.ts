import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashSecret } from '../../src/io/brokerAdmin.ts';
import { createTestClient, spawnClient, type TestClient } from './client.ts';
import { embedded, mosquitto, type TestBroker } from './setups.ts';

const SETUPS: [string, () => Promise<TestBroker>][] = [
  ['the embedded broker', () => embedded(false)],
  ['the embedded broker with TLS', () => embedded(true)],
  ['Mosquitto', () => mosquitto(false)],
  ['Mosquitto with TLS', () => mosquitto(true)],
];

const until = (condition: () => boolean) =>
  expect.poll(condition, { timeout: 20_000, interval: 10 }).toBe(true);

describe.each(SETUPS)('%s', (_, build) => {
  let broker: TestBroker;
  let hub: TestClient;
  let serial = 0;
  const open: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    broker = await build();
  });
  afterAll(() => broker.remove());
  beforeEach(async () => {
    hub = connect(broker.hub.username, broker.hub.password, 'hub');
    hub.mqtt.subscribe(['homeward/#', 'homeassistant/#']);
    await until(() => hub.mqtt.isConnected());
  });
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  const login = (username: string, password: string, clientId: string) => ({
    url: broker.url,
    ...(broker.ca === undefined ? {} : { ca: broker.ca }),
    username,
    password,
    clientId,
  });

  function connect(username: string, password: string, clientId = username): TestClient {
    const client = createTestClient(login(username, password, clientId));
    open.push(() => client.mqtt.stop());
    return client;
  }

  /** A paired board under a new name. */
  async function pair() {
    const id = `board${++serial}x${process.pid}`;
    const secret = `secret of ${id}`;
    await broker.admin.setIdentity(
      {
        username: id,
        secretHash: hashSecret(secret),
        publish: [`homeassistant/+/${id}/#`, `homeward/${id}/#`],
        subscribe: [`homeward/${id}/#`, 'homeward/hub/#', 'homeassistant/status'],
        reserves: [`homeassistant/+/${id}/#`, `homeward/${id}/#`],
      },
      secret,
    );
    return { id, secret };
  }
  /** A paired gateway under a new name; it may announce anybody but a board. */
  async function gateway() {
    const id = `gateway${++serial}x${process.pid}`;
    const secret = `secret of ${id}`;
    const topics = [`homeward/${id}/settled/#`];
    await broker.admin.setIdentity(
      {
        username: id,
        secretHash: hashSecret(secret),
        publish: [...topics, 'homeassistant/+/+/config', 'homeassistant/+/+/+/config'],
        subscribe: [...topics, 'homeassistant/status'],
        reserves: [],
      },
      secret,
    );
    const client = connect(id, secret);
    await until(() => client.mqtt.isConnected());
    return { id, secret, ...client };
  }
  async function board() {
    const { id, secret } = await pair();
    const client = connect(id, secret);
    await until(() => client.mqtt.isConnected());
    return { id, secret, ...client };
  }

  /** Lets the board speak until `listener` has heard it: whatever it said before has been handled by then. */
  async function settle({ mqtt, id }: { mqtt: TestClient['mqtt']; id: string }, listener = hub) {
    const topic = `homeward/${id}/settled/${++serial}`;
    await expect
      .poll(
        () => {
          mqtt.publish(topic, '', { qos: 0, retain: false });
          return listener.heard.some((message) => message.topic === topic);
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe(true);
  }

  it('carries what a board says on its own topics to the hub, and commands back', async () => {
    const { id, mqtt, lines } = await board();
    mqtt.subscribe([`homeward/${id}/+/set`, 'homeassistant/status']);
    mqtt.publish(`homeward/${id}/state`, '1', { qos: 0, retain: false });
    mqtt.publish(`homeward/${id}/alarm`, 'gas', { qos: 1, retain: false });
    mqtt.publish(`homeassistant/device/${id}/config`, '{}', { qos: 1, retain: true });
    await until(() => hub.lines().filter((line) => line.includes(id)).length >= 3);
    expect(hub.lines().filter((line) => line.includes(id))).toEqual(
      expect.arrayContaining([`homeward/${id}/state=1`, `homeward/${id}/alarm=gas`]),
    );
    await expect
      .poll(() => {
        hub.mqtt.publish(`homeward/${id}/siren/set`, 'ON', { qos: 1, retain: false });
        return lines();
      })
      .toContain(`homeward/${id}/siren/set=ON`);
  });

  it('STRIDE S: Device A publishes as B: what a board says on the topics of another is not delivered', async () => {
    const victim = await pair();
    const forger = await board();
    const foreign = [
      `homeward/${victim.id}/alarm`,
      `homeward/${victim.id}`,
      `homeassistant/device/${victim.id}/config`,
      'homeward/hub/beat',
      'homeassistant/status',
      `homeward/${forger.id}x/state`,
    ];
    for (const topic of foreign) {
      forger.mqtt.publish(topic, 'forged', { qos: 1, retain: true, keepMs: 0 });
      await settle(forger);
    }
    await hub.mqtt.stop();
    const late = connect(broker.hub.username, broker.hub.password, 'hub');
    late.mqtt.subscribe(['#']);
    await settle(forger, late);
    for (const client of [hub, late]) expect(client.lines().join()).not.toContain('forged');
  });

  it.each(['before', 'after'])(
    'lets a gateway that was paired %s a board neither announce nor withdraw it, and still announce its own',
    async (order) => {
      const early = order === 'before' ? await gateway() : null;
      const victim = await board();
      const thief = early ?? (await gateway());
      const topics = ['device/*/config', 'sensor/*/config', 'sensor/*/o2/config'].map(
        (topic) => `homeassistant/${topic.replace('*', victim.id)}`,
      );
      for (const topic of topics) victim.mqtt.publish(topic, 'true', { qos: 1, retain: true });
      await settle(victim);
      const forge = async (topic: string, payload: string) => {
        thief.mqtt.publish(topic, payload, { qos: 1, retain: true, keepMs: 0 });
        await settle(thief);
      };
      for (const topic of topics) await forge(topic, 'forged');
      for (const topic of topics) await forge(topic, '');
      await broker.restart();
      await settle(thief);
      await forge(topics[0] ?? '', '');
      const said = hub.heard.filter(({ topic }) => topics.includes(topic)).map(({ payload }) => `${payload}`);
      expect([...new Set(said)]).toEqual([`${Buffer.from('true')}`]);

      const own = `homeassistant/sensor/${thief.id}/own/config`;
      thief.mqtt.publish(own, '{}', { qos: 1, retain: true });
      await until(() => hub.lines().includes(`${own}={}`));
      // The hub itself may clear what a board left.
      for (const topic of topics) hub.mqtt.publish(topic, '', { qos: 1, retain: true });
      await until(() => topics.every((topic) => hub.lines().includes(`${topic}=`)));
    },
  );

  it('does not let a gateway withdraw a board by its will', async () => {
    const { id, secret, mqtt } = await gateway();
    await mqtt.stop();
    const victim = await board();
    const will = { topic: `homeassistant/device/${victim.id}/config`, payload: '' };
    const killed = spawnClient({ ...login(id, secret, id), will }, 'homeassistant/status', false);
    open.push(() => killed.kill());
    await until(() => killed.said.includes('found'));
    await killed.kill();
    await settle(victim);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(hub.heard.map(({ topic }) => topic)).not.toContain(will.topic);
  });

  it('delivers to a board nothing outside its rights, whatever it subscribes to', async () => {
    const { id, mqtt, heard, lines } = await board();
    mqtt.subscribe([
      '#',
      '+/#',
      'homeward/#',
      'homeward/+/secret',
      'homeward/other/#',
      '$SYS/#',
      '$share/g/#',
    ]);
    mqtt.subscribe([`homeward/${id}/#`]);
    await expect
      .poll(
        () => {
          for (const topic of ['homeward/other/secret', 'homeward/secret', 'homeassistant/x/y/config', 'a']) {
            hub.mqtt.publish(topic, 'not for you', { qos: 1, retain: true });
          }
          hub.mqtt.publish(`homeward/${id}/own`, 'for you', { qos: 1, retain: false });
          return heard.length;
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBeGreaterThan(0);
    expect(lines().join()).not.toContain('not for you');
    expect(heard.every(({ topic }) => topic.startsWith(`homeward/${id}/`))).toBe(true);
  });

  it('refuses a wrong password, an unknown name and an empty login', async () => {
    const { id } = await pair();
    for (const [name, password] of [
      [id, 'wrong'],
      ['nobody', 'x'],
      ['', ''],
    ] as const) {
      const client = connect(name, password, `try-${name}`);
      await until(() => client.events.some((event) => event.includes('Connection refused')));
      expect(client.events).not.toContain('found');
    }
  });

  it('does not let a board push the hub out by taking its client id', async () => {
    const { id, secret } = await pair();
    const thief = connect(id, secret, 'hub');
    await until(() => thief.events.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(hub.events).not.toContain('lost');
  });

  it('ends the session of a removed board at once, and never lets it back', async () => {
    const { id, mqtt, events } = await board();
    await broker.admin.removeIdentity(id);
    await until(() => !mqtt.isConnected() && events.some((event) => event.includes('Connection refused')));
    expect(events.filter((event) => event === 'found')).toHaveLength(1);
    expect(hub.events).not.toContain('lost');
  });

  it('STRIDE D: MQTT flood: ends the session of a board that floods, lets it come back with its rights, and leaves the others alone', async () => {
    const { id, mqtt, events, lines } = await board();
    const other = await board();
    await broker.admin.endSessions(id);
    await until(() => events.includes('lost') && mqtt.isConnected());
    mqtt.subscribe([`homeward/${id}/+/set`]);
    mqtt.publish(`homeward/${id}/state`, 'back', { qos: 1, retain: false });
    await until(() => hub.lines().includes(`homeward/${id}/state=back`));
    await expect
      .poll(() => {
        hub.mqtt.publish(`homeward/${id}/siren/set`, 'ON', { qos: 1, retain: false });
        return lines();
      })
      .toContain(`homeward/${id}/siren/set=ON`);
    for (const each of [hub, other]) expect(each.events).not.toContain('lost');
    await broker.admin.endSessions('nobody');
  });

  it('still knows retained messages after a restart', async () => {
    const { id, mqtt } = await board();
    mqtt.publish(`homeward/${id}/availability`, 'online', { qos: 1, retain: true });
    await until(() => hub.lines().includes(`homeward/${id}/availability=online`));
    await mqtt.stop();
    await broker.restart();
    await until(() =>
      hub.heard.some(({ topic, retain }) => retain && topic === `homeward/${id}/availability`),
    );
  });

  it('tells the hub that a board is gone when the board was cut off', async () => {
    const { id, secret } = await pair();
    const will = { topic: `homeward/${id}/availability`, payload: 'offline' };
    const killed = spawnClient({ ...login(id, secret, id), will }, `homeward/${id}/#`, false);
    open.push(() => killed.kill());
    await until(() => killed.said.includes('found'));
    expect(hub.lines().join()).not.toContain(`homeward/${id}/availability`);
    await killed.kill();
    await until(() => hub.lines().includes(`homeward/${id}/availability=offline`));
  });

  it('is found again after a crash, and everybody hears again what they asked for', async () => {
    const { id, mqtt, lines } = await board();
    mqtt.subscribe([`homeward/${id}/+/set`]);
    await broker.crash(async () => {
      await until(() => !mqtt.isConnected() && !hub.mqtt.isConnected());
      hub.mqtt.publish(`homeward/${id}/stale/set`, 'stale', { qos: 1, retain: false, keepMs: 0 });
      mqtt.publish(`homeward/${id}/alarm`, 'gas', { qos: 1, retain: false, keepMs: 60_000 });
    });
    await until(() => hub.events.filter((event) => event === 'found').length === 2 && mqtt.isConnected());
    await until(() => hub.lines().includes(`homeward/${id}/alarm=gas`) || !hub.mqtt.isConnected());
    await expect
      .poll(() => {
        hub.mqtt.publish(`homeward/${id}/siren/set`, 'ON', { qos: 1, retain: false });
        return lines();
      })
      .toContain(`homeward/${id}/siren/set=ON`);
    expect(lines().join()).not.toContain('stale');
  });

  it('delivers an alarm again when the hub was killed while it handled it', async () => {
    await hub.mqtt.stop();
    const { id, mqtt } = await board();
    const topic = `homeward/${id}/alarm`;
    const first = spawnClient(login(broker.hub.username, broker.hub.password, 'hub'), topic, true);
    open.push(() => first.kill());
    await until(() => first.said.includes('found'));
    await expect
      .poll(
        () => {
          if (first.said.length === 1) mqtt.publish(topic, 'gas', { qos: 1, retain: false });
          return first.said;
        },
        { interval: 500, timeout: 20_000 },
      )
      .toContain(`handling ${topic}`);
    const second = connect(broker.hub.username, broker.hub.password, 'hub');
    await until(() => second.heard.length > 0);
    expect(second.heard[0]).toMatchObject({ topic, dup: true, retain: false });
  });
});
