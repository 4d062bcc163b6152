import { afterEach, describe, expect, test } from 'vitest';
import { isRecord } from '../../src/devices/json.ts';
import { startMosquitto } from '../brokers/mosquitto.ts';
import { createStage } from '../faults/stage.ts';
import { Refused } from '../hubClient.ts';
import type { HubOptions, HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import type { GoldenDevice, GoldenEntity, Json, Message } from './golden.ts';
import { devicesOf, FLAT, HOUSE, type HomePlan } from './houses.ts';
import { isLike } from './likeness.ts';
import { entityIn, idsIn, pairGateway, shows, untilMovedIn, viewOf } from './moving.ts';
import type { VirtualGateway } from './virtualGateway.ts';
import { POWER_PLUG } from './zigbeeLights.ts';
import { DOOR_LOCK } from './zigbeeMovers.ts';

const stage = createStage();
afterEach(() => stage.clear());

const ADMIN = { username: 'admin', password: 'the-admins-own-long-secret' };
const HUB = { username: 'hub', password: 'the-hubs-own-long-secret' };

const BROKERS: readonly [name: string, broker: () => Promise<HubOptions>][] = [
  ['the embedded broker', async () => ({})],
  [
    'Mosquitto with dynamic security',
    async () => {
      const server = stage.keep(
        await startMosquitto({ dynsec: { admin: ADMIN, hub: HUB }, persistence: true }),
      );
      const as = ({ username, password }: typeof HUB) =>
        server.url.replace('://', `://${username}:${password}@`);
      return { mqttUrl: as(HUB), env: { HOMEWARD_DYNSEC_URL: as(ADMIN) } };
    },
  ],
];

async function moveIn(hub: HubProcess, home: HomePlan): Promise<VirtualGateway[]> {
  const gateways: VirtualGateway[] = [];
  for (const plan of home.gateways) {
    const gateway = stage.keep(await pairGateway(hub, plan));
    await gateway.start();
    gateways.push(gateway);
  }
  return gateways;
}

/** Asks for everything that the entity is written down to do, and waits until it has done it. */
async function command(
  hub: HubProcess,
  device: GoldenDevice,
  golden: GoldenEntity,
  gateway: VirtualGateway,
): Promise<void> {
  const id = entityIn(await viewOf(hub, device), golden)?.id ?? '';
  for (const { asks, sends, answers, after } of golden.commands ?? []) {
    const from = gateway.heard.length;
    const what = `${device.name}: ${golden.key} ${JSON.stringify(asks)}`;
    await hub.api.call('command', { id, body: asks });
    await until(`${what} is sent`, () => {
      const heard = gateway.heard.slice(from);
      return sends.every((message) => heard.some((sent) => isLike(sent, message)));
    });
    await until(`${what} is done`, async () => {
      const entity = entityIn(await viewOf(hub, device), golden);
      const phase = answers.length > 0 ? 'confirmed' : 'assumed';
      return entity !== undefined && entity.command === phase && shows(entity, after);
    });
  }
}

async function commandAll(
  hub: HubProcess,
  home: HomePlan,
  gateways: readonly VirtualGateway[],
): Promise<number> {
  const all = home.gateways.flatMap(({ devices }, at) =>
    devices.flatMap((device) =>
      device.entities.map((golden) => ({ device, golden, gateway: gateways[at] as VirtualGateway })),
    ),
  );
  for (const { device, golden, gateway } of all) await command(hub, device, golden, gateway);
  return all.reduce((sum, { golden }) => sum + (golden.commands?.length ?? 0), 0);
}

/** Readings of an entity that the last hour's chart counts, and the highest of them. */
async function charted(hub: HubProcess, id: string): Promise<{ count: number; highest: number }> {
  const from = Date.now() - 3_600_000;
  const path = `/api/history/${encodeURIComponent(id)}?from=${from}&to=${from + 7_200_000}&buckets=60`;
  const { status, text } = await hub.api.send({ method: 'GET', path });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  const { n, max } = JSON.parse(text) as { n: number[]; max: (number | null)[] };
  return {
    count: n.reduce((sum, each) => sum + each, 0),
    highest: Math.max(...max.map((each) => each ?? 0)),
  };
}

/** The same device under another friendly name: other topics, the same discovery topics and unique ids. */
function renamed(device: GoldenDevice, name: string): GoldenDevice {
  const inText = (text: string) => text.replaceAll(device.name, name);
  const json = (value: Json): Json => JSON.parse(inText(JSON.stringify(value))) as Json;
  const message = (each: Message): Message => ({
    ...each,
    topic: each.topic.startsWith('homeassistant/') ? each.topic : inText(each.topic),
    payload: json(each.payload),
  });
  return {
    ...device,
    name,
    announces: device.announces.map(message),
    availability: device.availability.map(message),
    states: device.states.map(message),
  };
}

/** What the single messages of a device say, as one message for all of it. */
function asOneMessage(device: GoldenDevice): Message {
  const components: Record<string, Json> = {};
  let shared: { device: Json; origin: Json } = { device: {}, origin: {} };
  for (const { topic, payload } of device.announces) {
    const [, platform = '', , key = ''] = topic.split('/');
    if (!isRecord(payload)) continue;
    const { device: block, origin, ...options } = payload as Record<string, Json>;
    shared = { device: block ?? {}, origin: origin ?? {} };
    components[key] = { ...(options as object), platform } as Json;
  }
  return {
    topic: `homeassistant/device/${device.identifier}/config`,
    payload: { ...shared, components },
    retain: true,
  };
}

describe.each(BROKERS)('on %s', (_, broker) => {
  test('a flat with one ESPHome node and Zigbee2MQTT moves in, obeys, and is the same after every restart', async () => {
    const hub = await stage.hub(await broker());
    const gateways = await moveIn(hub, FLAT);
    const ids = idsIn(await untilMovedIn(hub, FLAT));
    expect(await commandAll(hub, FLAT, gateways)).toBeGreaterThan(15);

    for (const gateway of gateways) await gateway.restart();
    expect(idsIn(await untilMovedIn(hub, FLAT))).toEqual(ids);
    await hub.restart();
    await hub.api.logIn();
    expect(idsIn(await untilMovedIn(hub, FLAT))).toEqual(ids);
  });

  test('a house of all systems moves in with 40 devices and does everything it can', async () => {
    const hub = await stage.hub(await broker());
    const gateways = await moveIn(hub, HOUSE);
    const views = await untilMovedIn(hub, HOUSE);
    expect(views.filter(({ kind }) => kind === 'found')).toHaveLength(devicesOf(HOUSE).length);
    expect(await commandAll(hub, HOUSE, gateways)).toBeGreaterThanOrEqual(60);
  });

  test('a door is not opened as a lamp is switched', async () => {
    const hub = await stage.hub(await broker());
    const [gateway] = await moveIn(hub, {
      name: 'door',
      gateways: HOUSE.gateways.filter(({ name }) => name === 'Zigbee2MQTT'),
    });
    const lock = await until('the lock is known', () => viewOf(hub, DOOR_LOCK).catch(() => null));
    const refusal = await hub.api
      .call('command', { id: `${lock.id}.lock`, body: { do: 'unlock' } })
      .catch((error) => error);
    expect(refusal instanceof Refused && refusal.isA('needs-door')).toBe(true);
    expect(gateway?.heard).toEqual([]);
  });

  test('a device is charted, renamed and announced in another form, and stays what it is', async () => {
    const hub = await stage.hub(await broker());
    const [, zigbee] = await moveIn(hub, FLAT);
    const ids = idsIn(await untilMovedIn(hub, FLAT));
    const power = `${(await viewOf(hub, POWER_PLUG)).id}.power`;
    await until('its power is charted', async () => (await charted(hub, power)).count > 0);
    const before = await charted(hub, power);

    const heater = renamed(POWER_PLUG, 'Plug heater');
    for (const message of [...heater.announces, ...heater.availability, ...heater.states]) {
      await zigbee?.say(message);
    }
    const view = await until('it has its new name', () => viewOf(hub, heater).catch(() => null));
    expect(Object.keys(view.entities).sort()).toEqual(ids.filter((id) => id.startsWith(`${view.id}.`)));
    await until('what it tells on its new topic is charted with the old', async () => {
      await zigbee?.say({ topic: 'zigbee2mqtt/Plug heater', payload: { power: 999 } });
      const { count, highest } = await charted(hub, power);
      return count > before.count && highest === 999;
    });

    // As Home Assistant describes the way from one form to the other.
    for (const { topic } of heater.announces) {
      await zigbee?.say({ topic, payload: { migrate_discovery: true }, retain: true });
    }
    await zigbee?.say(asOneMessage(heater));
    for (const { topic } of heater.announces) await zigbee?.say({ topic, payload: '', retain: true });
    await until('it is heard in its new form', async () => {
      await zigbee?.say({ topic: 'zigbee2mqtt/Plug heater', payload: { power: 1_234 } });
      return (await viewOf(hub, heater)).entities[power]?.value === 1_234;
    });
    const { devices } = await hub.api.call('devices');
    expect(idsIn(devices)).toEqual(ids);

    await hub.restart();
    await hub.api.logIn();
    expect(idsIn((await hub.api.call('devices')).devices)).toEqual(ids);
  });

  test('a device that was removed is gone, and comes again only when it is announced again', async () => {
    const hub = await stage.hub(await broker());
    const gateways = await moveIn(hub, FLAT);
    await untilMovedIn(hub, FLAT);
    const { id } = await viewOf(hub, POWER_PLUG);
    await hub.api.call('removeDevice', { id });
    await hub.restart();
    await hub.api.logIn();
    await until('the others are back', async () => {
      const { devices } = await hub.api.call('devices');
      return devices.filter(({ kind, health }) => kind === 'found' && health === 'ok').length === 6;
    });
    expect(await hub.api.device(id)).toBeUndefined();
    for (const gateway of gateways) await gateway.restart();
    await untilMovedIn(hub, FLAT);
  });
});
