import { join } from 'node:path';
import Database from 'better-sqlite3';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createStage } from './faults/stage.ts';
import { housesOn } from './houses.ts';
import { Refused } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';

const stage = createStage();
afterEach(() => stage.clear());
// The program is built by whoever needs it first: not on the time of a test.
beforeAll(ensureHub, 240_000);
const HOUSES = housesOn(stage);

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1]);

/** The filters that the app suggests for each kind of gateway. */
const ZIGBEE = ['zigbee2mqtt/#'];
const TASMOTA = ['tele/plug/#', 'stat/plug/#', 'cmnd/plug/#', 'tasmota/discovery/#'];
const ESPHOME = ['hall-node/#'];

type Gateway = {
  readonly id: string;
  readonly mqtt: MqttClient;
  readonly heard: string[];
  readonly say: (topic: string, payload: unknown, retain?: boolean) => Promise<unknown>;
};

/** A gateway that is paired and speaks with the rights that it was given. */
async function pairGateway(hub: HubProcess, name: string, topics: readonly string[]): Promise<Gateway> {
  const { deviceId, mqtt } = await hub.api.call('pair', { body: { name, kind: 'gateway', topics } });
  const { host, port, tls, ca, password } = mqtt;
  const client = await connectAsync(`${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`, {
    clientId: deviceId,
    username: deviceId,
    password,
    reconnectPeriod: 100,
    ...(ca === null ? {} : { ca }),
  });
  const heard: string[] = [];
  client
    .on('error', () => undefined)
    .on('message', (topic, payload) => void heard.push(`${topic}=${payload}`));
  stage.keep({ close: () => client.endAsync(true) });
  await client.subscribeAsync([...topics, 'homeassistant/status']);
  return {
    id: deviceId,
    mqtt: client,
    heard,
    say: (topic, payload, retain = false) => {
      const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
      return client.publishAsync(topic, isText ? payload : JSON.stringify(payload), { qos: 1, retain });
    },
  };
}

const entityOf = async (hub: HubProcess, id: string) =>
  (await hub.api.device(id.split('.')[0] ?? ''))?.entities[id];
const valueIs = (hub: HubProcess, id: string, value: unknown) =>
  until(`${id} is ${value}`, async () => (await entityOf(hub, id))?.value === value);
const deviceWith = (id: string) => ({ ids: [id], name: id });
const plugOf = (id: string, states: string, commands: string) => ({
  dev: deviceWith(id),
  uniq_id: `${id}_plug`,
  stat_t: states,
  cmd_t: commands,
});

test.each(HOUSES)('on %s gateways with the suggested filters are heard and commanded', async (_, broker) => {
  const hub = await stage.hub(await broker());
  for (const [name, topics, states, commands] of [
    ['zigbee', ZIGBEE, 'zigbee2mqtt/plug', 'zigbee2mqtt/plug/set'],
    ['tasmota', TASMOTA, 'stat/plug/POWER', 'cmnd/plug/POWER'],
    ['esphome', ESPHOME, 'hall-node/switch/plug/state', 'hall-node/switch/plug/command'],
  ] as const) {
    const gateway = await pairGateway(hub, name, topics);
    expect((await hub.api.device(gateway.id))?.health).toBe('waiting');
    const id = `${name}-x`;
    await gateway.say(`homeassistant/switch/${id}/plug/config`, plugOf(id, states, commands), true);
    await until(`${id} is known`, () => hub.api.device(id));
    expect(await hub.api.device(id)).toMatchObject({ gatewayId: gateway.id });
    await gateway.say(states, 'OFF');
    await valueIs(hub, `${id}.plug`, false);
    expect((await hub.api.device(gateway.id))?.health).toBe('ok');
    await hub.api.call('command', { id: `${id}.plug`, body: { on: true } });
    await until('the command came', () => gateway.heard.includes(`${commands}=ON`));
    await gateway.say(states, 'ON');
    await until('it is confirmed', async () => (await entityOf(hub, `${id}.plug`))?.command === 'confirmed');
  }
});

test.each(HOUSES)('on %s no gateway changes what another one announced', async (_, broker) => {
  const hub = await stage.hub(await broker());
  const zigbee = await pairGateway(hub, 'zigbee', ZIGBEE);
  const tasmota = await pairGateway(hub, 'tasmota', TASMOTA);
  const topic = 'homeassistant/switch/0x1/plug/config';
  await zigbee.say(topic, plugOf('0x1', 'zigbee2mqtt/plug', 'zigbee2mqtt/plug/set'), true);
  await until('it is known', () => hub.api.device('0x1'));
  await tasmota.say(topic, plugOf('0x1', 'stat/plug/POWER', 'cmnd/plug/POWER'), true);
  await tasmota.say(topic, plugOf('0x1', 'nowhere', 'nowhere/set'), true);
  const thief = plugOf('thief', 'stat/plug/POWER', 'zigbee2mqtt/plug/set');
  await tasmota.say('homeassistant/switch/thief/plug/config', thief, true);
  await tasmota.say(
    'homeassistant/switch/own/plug/config',
    plugOf('own', 'stat/plug/POWER', 'cmnd/plug/POWER'),
    true,
  );
  await until('its own is known', () => hub.api.device('own'));
  expect(await hub.api.device('thief')).toBeUndefined();
  expect(tasmota.mqtt.connected).toBe(true);
  await hub.api.call('command', { id: '0x1.plug', body: { on: true } });
  await until('its gateway is told', () => zigbee.heard.includes('zigbee2mqtt/plug/set=ON'));
  expect(tasmota.heard.join()).not.toContain('cmnd/plug/POWER=ON');
});

test.each(HOUSES)('on %s no gateway has an alarm of another one for itself', async (_, broker) => {
  const hub = await stage.hub(await broker());
  const zigbee = await pairGateway(hub, 'zigbee', ZIGBEE);
  const bad = await pairGateway(hub, 'bad', ['bad/#']);
  const smoke = {
    dev: deviceWith('0x1'),
    uniq_id: '0x1_smoke',
    dev_cla: 'smoke',
    stat_t: 'zigbee2mqtt/hall',
  };
  await zigbee.say('homeassistant/binary_sensor/0x1/smoke/config', smoke, true);
  await until('it is known', () => hub.api.device('0x1'));
  const evil = 'homeassistant/binary_sensor/evil/config';
  await bad.say(evil, { ...smoke, pl_on: 'NEVER' }, true);
  await until('it is refused', async () => (await hub.api.device('0x1'))?.droppedMessages === 1);
  await bad.say(evil, '', true);
  await bad.say('homeassistant/switch/own/plug/config', plugOf('own', 'bad/plug', 'bad/plug/set'), true);
  await until('what it cleared was read', () => hub.api.device('own'));
  await zigbee.say('zigbee2mqtt/hall', 'ON');
  await valueIs(hub, '0x1.smoke', true);
  await until('the house is alarmed', () => hub.journal().some(({ type }) => type === 'alarmRaised'));
});

test('a gateway that an earlier version paired may do what gateways may today', async () => {
  const hub = await stage.hub();
  const { id, mqtt } = await pairGateway(hub, 'zigbee', ZIGBEE);
  await hub.stop();
  const db = new Database(join(hub.folder, 'safety.db'));
  const discovery = ['homeassistant/+/+/config', 'homeassistant/+/+/+/config'];
  db.prepare('update broker_identity set publish_json = ?, subscribe_json = ? where username = ?').run(
    JSON.stringify([...ZIGBEE, ...discovery]),
    JSON.stringify([...ZIGBEE, 'homeassistant/status']),
    id,
  );
  db.close();
  await hub.start();
  await until('it is back', () => mqtt.connected);
  expect(await mqtt.subscribeAsync('homeassistant/#', { qos: 1 })).toMatchObject([{ qos: 1 }]);
  // Who says what it may not is hung up on, and is never answered.
  await mqtt.publishAsync('tasmota/discovery/C8F09E112201/config', '', { qos: 1 });
});

test('on the embedded broker no gateway withdraws what another one announced', async () => {
  const hub = await stage.hub();
  const zigbee = await pairGateway(hub, 'zigbee', ZIGBEE);
  const tasmota = await pairGateway(hub, 'tasmota', TASMOTA);
  const topic = 'homeassistant/switch/0x1/plug/config';
  await zigbee.say(topic, plugOf('0x1', 'zigbee2mqtt/plug', 'zigbee2mqtt/plug/set'), true);
  await until('it is known', () => hub.api.device('0x1'));
  await tasmota.say(topic, '', true);
  await hub.restart();
  await until('the gateway is back', () => tasmota.mqtt.connected && zigbee.mqtt.connected);
  await tasmota.say(topic, '', true);
  await zigbee.say('zigbee2mqtt/plug', 'ON');
  await valueIs(hub, '0x1.plug', true);
  await zigbee.say(topic, '', true);
  await until('its own gateway withdraws it', async () => (await hub.api.device('0x1')) === undefined);
});

test.each(HOUSES)(
  'on %s a removed device stays away, through a restart too, until it speaks itself',
  async (_, broker) => {
    const hub = await stage.hub(await broker());
    const zigbee = await pairGateway(hub, 'zigbee', ZIGBEE);
    const announce = (id: string) =>
      zigbee.say(
        `homeassistant/switch/${id}/plug/config`,
        plugOf(id, `zigbee2mqtt/${id}`, `zigbee2mqtt/${id}/set`),
        true,
      );
    for (const id of ['gone', 'stays']) await announce(id);
    await until(
      'both are known',
      async () => (await hub.api.device('gone')) && (await hub.api.device('stays')),
    );
    await hub.api.call('removeDevice', { id: 'gone' });
    await hub.restart();
    // What is said before the hub is back is not heard.
    await until('the other one is heard', async () => {
      if (zigbee.mqtt.connected) await zigbee.say('zigbee2mqtt/stays', 'ON');
      return (await entityOf(hub, 'stays.plug'))?.value === true;
    });
    expect(await hub.api.device('gone')).toBeUndefined();
    await announce('gone');
    await until('it is back', () => hub.api.device('gone'));
  },
);

test.each(HOUSES)(
  'on %s a gateway that floods is named, cut off when it goes on, and let in again',
  async (_, broker) => {
    const options = await broker();
    const hub = await stage.hub({ ...options, env: { ...options.env, HOMEWARD_TOPIC_RATE: '2' } });
    const zigbee = await pairGateway(hub, 'zigbee', ZIGBEE);
    await zigbee.say(
      'homeassistant/switch/0x1/plug/config',
      plugOf('0x1', 'zigbee2mqtt/plug', 'zigbee2mqtt/plug/set'),
      true,
    );
    await until('it is known', () => hub.api.device('0x1'));
    let cuts = 0;
    zigbee.mqtt.on('close', () => {
      cuts += 1;
    });
    const flood = setInterval(() => zigbee.mqtt.publish('zigbee2mqtt/plug', 'OFF'), 20);
    try {
      await until('it is named', async () => (await hub.api.device('0x1'))?.flooding);
      await until('it is cut off', () => cuts > 0, 40_000);
    } finally {
      clearInterval(flood);
    }
    await until('it is let in again', () => zigbee.mqtt.connected, 20_000);
    await zigbee.say('zigbee2mqtt/plug', 'ON');
    await valueIs(hub, '0x1.plug', true);
    expect(hub.journal().map(({ type }) => type)).toEqual(
      expect.arrayContaining(['floodBegan', 'sessionEnded']),
    );
  },
);

test('a picture is shown to who is logged in, is kept nowhere, and goes with its camera', async () => {
  const hub = await stage.hub();
  const node = await pairGateway(hub, 'esphome', ESPHOME);
  const config = { dev: deviceWith('cam'), uniq_id: 'cam_x', t: 'hall-node/camera' };
  await node.say('homeassistant/camera/cam/x/config', config, true);
  await until('it is known', () => hub.api.device('cam'));
  const path = '/api/entities/cam.x/picture';
  expect((await hub.api.send({ method: 'GET', path })).status).toBe(404);
  await node.say('hall-node/camera', JPEG);
  await until('the picture came', async () => (await entityOf(hub, 'cam.x'))?.at !== null);
  const shown = await hub.api.send({ method: 'GET', path });
  expect([shown.status, shown.type]).toEqual([200, 'image/jpeg']);
  expect(shown.text).toContain('JFIF');
  const { status } = await hub.api.send({ method: 'GET', path, headers: { authorization: '' } });
  expect(status).toBe(401);
  await hub.restart();
  expect((await hub.api.send({ method: 'GET', path })).status).toBe(404);
  await hub.api.call('removeDevice', { id: 'cam' });
  expect((await hub.api.send({ method: 'GET', path })).status).toBe(404);
});

test('a lock is locked from the app and not opened, and what it announced is told without its code', async () => {
  const hub = await stage.hub();
  const node = await pairGateway(hub, 'esphome', ESPHOME);
  const config = {
    dev: deviceWith('door'),
    uniq_id: 'door_x',
    cmd_t: 'hall-node/lock/command',
    stat_t: 'hall-node/lock/state',
    payload_unlock: 'UNLOCK:4711',
  };
  await node.say('homeassistant/lock/door/x/config', config, true);
  await until('it is known', () => hub.api.device('door'));
  for (const word of ['unlock', 'open']) {
    const refusal = await hub.api
      .call('command', { id: 'door.x', body: { do: word } })
      .catch((error) => error);
    expect(refusal instanceof Refused && refusal.isA('needs-door')).toBe(true);
  }
  await hub.api.call('command', { id: 'door.x', body: { do: 'lock' } });
  await until('it is told', () => node.heard.includes('hall-node/lock/command=LOCK'));
  await node.say('hall-node/lock/state', 'LOCKED');
  await until('it is locked', async () => (await entityOf(hub, 'door.x'))?.command === 'confirmed');
  expect(node.heard.join()).not.toContain('4711');
  const { entities } = await hub.api.call('announcement', { id: 'door' });
  expect(entities).toMatchObject([
    { id: 'door.x', component: 'lock', config: { stateTopic: 'hall-node/lock/state' } },
  ]);
  expect(JSON.stringify(entities)).not.toContain('4711');
});
