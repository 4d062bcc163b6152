import { connectAsync } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import type { PairingRequest } from '../src/devices/requestSchema.ts';
import { startMosquitto } from './brokers/mosquitto.ts';
import { createStage } from './faults/stage.ts';
import { housesOn } from './houses.ts';
import { Refused } from './hubClient.ts';
import { until } from './patience.ts';
import { OXYGEN, SIREN, SMOKE, startBoard } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());

const HOUSES = housesOn(stage);

test.each(HOUSES)(
  'on %s a paired board is heard and commanded, and a removed one is out at once',
  async (_, broker) => {
    const hub = await stage.hub(await broker());
    const { deviceId, mqtt } = await hub.api.call('pair', { body: { name: 'Bedroom air', kind: 'board' } });
    const url = `${mqtt.tls ? 'mqtts' : 'mqtt'}://${mqtt.host}:${mqtt.port}`;
    const board = stage.keep(
      await startBoard({
        url,
        id: deviceId,
        password: mqtt.password,
        ...(mqtt.ca === null ? {} : { ca: mqtt.ca }),
        parts: { oxygen: OXYGEN, siren: SIREN },
      }),
    );
    await until(
      'the board is known',
      async () => Object.keys((await hub.api.device(deviceId))?.entities ?? {}).length === 2,
    );
    await board.tell({ oxygen: 20.9, siren: 'OFF' });
    await until('its value is heard', async () => {
      const device = await hub.api.device(deviceId);
      return device?.entities[`${deviceId}.oxygen`]?.value === 20.9;
    });

    await hub.api.call('command', { id: `${deviceId}.siren`, body: { on: true } });
    await until('the siren says that it sounds', async () => {
      const device = await hub.api.device(deviceId);
      return device?.entities[`${deviceId}.siren`]?.command === 'confirmed';
    });
    expect(board.commands('siren')).toHaveLength(1);

    await hub.api.call('removeDevice', { id: deviceId });
    await until('its session has ended', () => !board.isConnected());
    expect(await hub.api.device(deviceId)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(board.isConnected()).toBe(false);
    expect(await hub.api.device(deviceId)).toBeUndefined();
  },
);

test.each(HOUSES)('on %s a gateway can neither withdraw nor announce a paired board', async (_, broker) => {
  const hub = await stage.hub(await broker());
  const pair = async (body: PairingRequest) => {
    const { deviceId, mqtt } = await hub.api.call('pair', { body });
    const { host, port, tls, ca, password } = mqtt;
    const url = `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`;
    return { id: deviceId, url, password, ...(ca === null ? {} : { ca }) };
  };
  const gateway = await pair({ name: 'Gateway', kind: 'gateway', topics: ['gateway/#'] });
  const board = await pair({ name: 'Bedroom air', kind: 'board' });
  await stage.found(hub, { ...board, parts: { oxygen: OXYGEN } });
  const before = await hub.api.device(board.id);

  /** Says one thing and goes: the embedded broker hangs up on who says what it may not. */
  const say = async (topic: string, payload: string) => {
    const login = { ...gateway, clientId: gateway.id, username: gateway.id, reconnectPeriod: 0 };
    const mqtt = await connectAsync(gateway.url, login);
    mqtt.on('error', () => undefined).publish(topic, payload, { retain: true });
    await mqtt.endAsync().catch(() => undefined);
  };
  const announcement = (identifier: string) =>
    JSON.stringify({ state_topic: 'gateway/x', device: { identifiers: [identifier] } });
  await say(`homeassistant/device/${board.id}/config`, '');
  await say(`homeassistant/sensor/${board.id}/forged/config`, announcement('forged'));
  await say('homeassistant/sensor/own/config', announcement('own'));
  await until('its own device is known', () => hub.api.device('own'));
  expect(await hub.api.device('forged')).toBeUndefined();
  expect(Object.keys((await hub.api.device(board.id))?.entities ?? {})).toEqual([`${board.id}.oxygen`]);
  expect(await hub.api.device(board.id)).toMatchObject({ name: before?.name, kind: 'board' });
});

test('a removed board is not known again after a restart, and its key opens nothing', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Bedroom air', { oxygen: OXYGEN });
  await hub.api.call('removeDevice', { id: board.id });
  await hub.restart();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(board.isConnected()).toBe(false);
  expect((await hub.api.call('devices')).devices).toEqual([]);
});

test('a siren is tested at any time, and stopped by nobody while there is danger', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Hall', { smoke: SMOKE, siren: SIREN });
  const siren = { id: `${board.id}.siren` };
  await hub.api.call('command', { ...siren, body: { on: true } });
  await hub.api.call('command', { ...siren, body: { on: false } });
  await board.call('smoke', 'ON');
  const isRefused = async (asked: Promise<unknown>) => {
    const refusal = await asked.catch((error: unknown) => error);
    expect(refusal instanceof Refused && refusal.isA('siren-needed')).toBe(true);
  };
  const smoke = (said: { name?: string; quantity?: 'temperature' | 'smoke' }) =>
    hub.api.call('correctDevice', { id: board.id, body: { entities: { [`${board.id}.smoke`]: said } } });
  for (const body of [{ on: false }, { on: true, volume: 0 }, { on: true, durationS: 1 }])
    await isRefused(hub.api.call('command', { ...siren, body }));
  await isRefused(smoke({ quantity: 'temperature' }));
  await isRefused(hub.api.call('removeDevice', { id: board.id }));
  await hub.api.call('command', { ...siren, body: { on: true } });
  await smoke({ name: 'Stairs', quantity: 'smoke' });
  await board.call('smoke', 'OFF');
  await hub.api.call('command', { ...siren, body: { on: false } });
});

test('a paired board comes back by itself after the hub was killed', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Bedroom air', { oxygen: OXYGEN });
  await board.tell({ oxygen: 20.9 });
  await hub.kill9();
  await hub.start();
  await until('it is heard again', async () => {
    const device = await hub.api.device(board.id);
    return device?.entities[`${board.id}.oxygen`]?.value === 20.9;
  });
});

test('what the owner said of a device outlasts the next announcement and a restart', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Bedroom air', { air: { component: 'sensor', unit: '%' } });
  const id = `${board.id}.air`;
  await hub.api.call('correctDevice', {
    id: board.id,
    body: { name: 'Air upstairs', room: 'Bedroom', entities: { [id]: { quantity: 'oxygen' } } },
  });
  await board.announce();
  await hub.restart();
  const device = await hub.api.device(board.id);
  expect(device).toMatchObject({
    name: 'Air upstairs',
    entities: { [id]: { quantity: 'oxygen', safety: true } },
  });
  const { rooms } = await hub.api.call('house');
  expect(rooms[device?.roomId ?? '']).toMatchObject({ name: 'Bedroom' });
});

test('on a broker that the hub does not manage, pairing tells the lines to add there', async () => {
  const server = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: server.url });
  const refusal = await hub.api
    .call('pair', { body: { name: 'Bedroom air', kind: 'board' } })
    .catch((error) => error);
  expect(refusal).toBeInstanceOf(Refused);
  expect(refusal.isA('broker-not-managed')).toBe(true);
  expect(refusal.problem.lines).toMatch(/^user bedroom-air-\d{5}$/m);
  expect(refusal.problem.lines).toMatch(/^topic write homeward\/bedroom-air-\d{5}\/#$/m);
});

test('a gateway gets no filter that reaches other boards, the hub or everything', async () => {
  const hub = await stage.hub();
  for (const topic of ['#', '+/x', 'homeward/#', 'homeassistant/#', '$SYS/#', 'a/#/b', 'a+b/c']) {
    const body = { name: 'Gateway', kind: 'gateway', topics: [topic] };
    const refusal = await hub.api.call('pair', { body }).catch((error) => error);
    expect([topic, refusal instanceof Refused && refusal.isA('bad-request')]).toEqual([topic, true]);
  }
  expect((await hub.api.call('devices')).devices).toEqual([]);
});
