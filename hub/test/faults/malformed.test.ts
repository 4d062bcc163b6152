import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { startMosquitto } from '../brokers/mosquitto.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { announcementOf, CO, SIREN, SMOKE, type TestBoard } from '../testBoard.ts';
import { badAnnouncements, foreignClaims, illegalTopics, JUNK, TEMPLATES } from './junk.ts';
import { BAD_PACKETS, connectPacket, publishPacket, sendRaw } from './rawMqtt.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

const PARTS = { smoke: SMOKE, co: CO, siren: SIREN };
const BROKERS = ['the own broker', 'Mosquitto'] as const;

type Setting = {
  readonly hub: HubProcess;
  readonly brokerPort: number;
  readonly victim: TestBoard;
  readonly offender: TestBoard;
};

async function setUp(broker: (typeof BROKERS)[number]): Promise<Setting> {
  if (broker === 'the own broker') {
    const hub = await stage.hub();
    const victim = await stage.paired(hub, 'Victim', PARTS);
    return { hub, brokerPort: hub.ports.mqtt, victim, offender: await stage.paired(hub, 'Offender', PARTS) };
  }
  const mosquitto = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: mosquitto.url });
  const meet = (id: string) => stage.found(hub, { url: mosquitto.url, id, parts: PARTS });
  return { hub, brokerPort: mosquitto.port, victim: await meet('victim'), offender: await meet('offender') };
}

/** What a person sees of a device; when and how often it spoke left out. */
async function looksOf(hub: HubProcess, board: TestBoard) {
  const device = await hub.api.device(board.id);
  return Object.values(device?.entities ?? {}).map(
    ({ id, value, available, fault, level, command, quantity }) => ({
      id,
      value,
      available,
      fault,
      level,
      command,
      quantity,
    }),
  );
}

async function tellAndWait(hub: HubProcess, board: TestBoard, co: number): Promise<void> {
  await board.tell({ smoke: 'OFF', co });
  await until('the reading is there', async () => {
    return (await hub.api.device(board.id))?.entities[`${board.id}.co`]?.value === co;
  });
}

/** Lines of the log that name the device, closer to each other than 10 s. */
function linesTooClose(hub: HubProcess, board: TestBoard): string[] {
  const lines = hub.said.split('\n').filter((line) => line.startsWith('{') && line.includes(`"${board.id}"`));
  const times = lines.map((line) => Date.parse((JSON.parse(line) as { time: string }).time));
  return lines.filter((_, at) => at > 0 && (times[at] ?? 0) - (times[at - 1] ?? 0) < 9_900);
}

/**
 * Alarms but for what junk may raise at its own sensor: trouble, for it cannot be read, and a warning that cannot be verified, for a
 * value beyond belief may lie on the dangerous side (AIR-2).
 */
const alarmsOf = async (hub: HubProcess): Promise<string[]> =>
  (await hub.api.alarms())
    .filter(
      ({ kind, cause, level }) => kind !== 'trouble' && !(cause === 'unverified' && level === 'warning'),
    )
    .map(({ id }) => id);

/** Nothing happened to anybody else that a person could see, and the next real alarm sounds the siren. */
async function expectUnmoved({ hub, victim }: Setting, before: unknown): Promise<void> {
  expect(hub.isRunning()).toBe(true);
  expect(await looksOf(hub, victim)).toEqual(before);
  expect(await alarmsOf(hub)).toEqual([]);
  expect((await hub.api.alarms()).filter(({ entityId }) => entityId.startsWith(`${victim.id}.`))).toEqual([]);
  expect(hub.said).not.toMatch(/A rule failed|handlerThrew|Could not be saved/);
  await victim.call('smoke', 'ON');
  await until('the siren is commanded', () => victim.commands('siren').length === 1);
}

test.each(BROKERS)('F-11 junk on its own topics is counted and changes nothing, over %s', async (broker) => {
  const setting = await setUp(broker);
  const { hub, victim, offender } = setting;
  await tellAndWait(hub, victim, 5);
  await tellAndWait(hub, offender, 6);
  const before = await looksOf(hub, victim);
  const beforeOffender = await looksOf(hub, offender);
  const payloads = Object.values(JUNK);
  for (const payload of payloads) {
    for (const kind of ['state', 'alarm', 'availability']) {
      await offender.say(`homeward/${offender.id}/${kind}`, payload);
    }
    await offender.say(`homeassistant/device/${offender.id}/config`, payload);
  }
  await offender.say(`homeward/${offender.id}/state`, '');
  await offender.say(`homeward/${offender.id}/alarm`, '');
  // Each payload is junk as an announcement and as an alarm; as a state most of them are.
  const least = payloads.length * 2;
  await until('all is counted', async () => {
    return ((await hub.api.device(offender.id))?.droppedMessages ?? 0) >= least;
  });
  expect(linesTooClose(hub, offender)).toEqual([]);
  const values = (await looksOf(hub, offender)).map(({ id, value }) => ({ id, value }));
  expect(values).toEqual(beforeOffender.map(({ id, value }) => ({ id, value })));
  await expectUnmoved(setting, before);
});

test('F-11 a single message that is dropped is counted at once', async () => {
  const { hub, offender } = await setUp('Mosquitto');
  await tellAndWait(hub, offender, 6);
  const before = (await hub.api.device(offender.id))?.droppedMessages;
  await offender.say(`homeward/${offender.id}/state`, '{');
  await until('it is counted', async () => {
    return (await hub.api.device(offender.id))?.droppedMessages !== before;
  });
});

test.each(BROKERS)(
  'F-11 announcements and templates that are none change nothing, over %s',
  async (broker) => {
    const setting = await setUp(broker);
    const { hub, victim, offender } = setting;
    await tellAndWait(hub, victim, 5);
    const before = await looksOf(hub, victim);
    const { devices: devicesBefore } = await hub.api.call('devices');
    const config = (node: string) => `homeassistant/device/${offender.id}/${node}/config`;
    for (const [nth, announcement] of badAnnouncements(offender.id, victim.id).entries()) {
      await offender.say(config(`bad${nth}`), announcement);
    }
    for (const topic of illegalTopics(offender.id)) {
      await offender.say(topic, JSON.stringify(announcementOf({ id: offender.id, parts: PARTS })));
    }
    for (const [nth, template] of TEMPLATES.entries()) {
      const parts = { [`t${nth}`]: { ...CO, more: { value_template: template } } };
      await offender.say(config(`t${nth}`), JSON.stringify(announcementOf({ id: offender.id, parts })));
    }
    await offender.tell({ smoke: 'OFF', co: 5, constructor: 900, __proto__: 900 });
    await sleep(1_000);
    const { devices } = await hub.api.call('devices');
    expect(devices.map(({ id }) => id)).toEqual(devicesBefore.map(({ id }) => id));
    const entities = Object.values((await hub.api.device(offender.id))?.entities ?? {});
    const evil = entities.filter(({ id }) => /\.t\d+$/.test(id));
    expect(evil.filter(({ value }) => value !== null)).toEqual([]);
    expect(Object.keys((await hub.api.device(offender.id))?.entities ?? {})).not.toContain('__proto__');
    expect(linesTooClose(hub, offender)).toEqual([]);
    await expectUnmoved(setting, before);
  },
);

test.each(BROKERS)('F-11 nobody can lay claim to the topics of another, over %s', async (broker) => {
  const setting = await setUp(broker);
  const { hub, victim, offender } = setting;
  await tellAndWait(hub, victim, 5);
  const before = await looksOf(hub, victim);
  for (const [nth, claim] of foreignClaims(offender.id, victim.id).entries()) {
    const topic = `homeassistant/device/${offender.id}/c${nth}/config`;
    await offender.say(topic, claim);
    await until('the claim is a fault', async () => {
      const device = await hub.api.device(offender.id);
      return device?.entities[`${offender.id}.claim`]?.fault === 'foreign-topic';
    });
    const id = `${offender.id}.claim`;
    await expect(hub.api.call('command', { id, body: { on: true } })).rejects.toThrow('no-command');
    await offender.say(topic, '');
    await until('it is gone', async () => (await hub.api.device(offender.id))?.entities[id] === undefined);
  }
  expect(victim.commands('siren')).toEqual([]);
  await expectUnmoved(setting, before);
});

test('F-11 a board that publishes on the topics of another is not heard by the own broker', async () => {
  const setting = await setUp('the own broker');
  const { hub, brokerPort, victim } = setting;
  await tellAndWait(hub, victim, 5);
  const before = await looksOf(hub, victim);
  const { mqtt: login } = await hub.api.call('pair', { body: { name: 'Intruder', kind: 'board' } });
  const stamp = { boot: 'evil', seq: 1, upMs: 1 };
  const attempts: readonly (readonly [string, string])[] = [
    [`homeward/${victim.id}/state`, JSON.stringify({ ...stamp, smoke: 'ON', co: 900 })],
    [`homeward/${victim.id}/alarm`, JSON.stringify({ ...stamp, entity: 'smoke', value: 'ON' })],
    [`homeward/${victim.id}/availability`, 'offline'],
    [`homeward/${victim.id}/siren/set`, '{"state":"ON"}'],
    [`homeassistant/device/${victim.id}/config`, ''],
    ['homeward/hub/status', 'offline'],
    ['$SYS/broker/uptime', '1'],
  ];
  for (const [topic, payload] of attempts) {
    await sendRaw(brokerPort, [connectPacket('intruder', login), publishPacket(topic, payload)]);
  }
  await sleep(300);
  await until('it is said', () => hub.said.includes('broker.publishDenied'));
  expect(victim.commands('siren')).toEqual([]);
  await expectUnmoved(setting, before);
});

test.each(BROKERS)('F-11 packets that are no MQTT leave the hub as it was, over %s', async (broker) => {
  const setting = await setUp(broker);
  await tellAndWait(setting.hub, setting.victim, 5);
  const before = await looksOf(setting.hub, setting.victim);
  const hello = connectPacket('raw');
  for (const each of BAD_PACKETS) {
    await sendRaw(setting.brokerPort, [each]);
    await sendRaw(setting.brokerPort, [hello, each, each]);
  }
  const long = 'x'.repeat(65_000);
  const topics = [`homeward/${long}/alarm`, `homeward/${long}/state`, `homeassistant/sensor/${long}/config`];
  await sendRaw(setting.brokerPort, [hello, ...topics.map((topic) => publishPacket(topic, '{"a":1}'))]);
  await sleep(500);
  await expectUnmoved(setting, before);
  expect(Math.max(...setting.hub.said.split('\n').map((line) => line.length))).toBeLessThan(8_000);
});
