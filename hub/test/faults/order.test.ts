import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import { startMosquitto } from '../brokers/mosquitto.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { type AlarmStamp, CO, SIREN, SMOKE, type TestBoard } from '../testBoard.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

const PARTS = { smoke: SMOKE, co: CO, siren: SIREN };

async function setUp() {
  const mosquitto = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: mosquitto.url });
  const board = await stage.found(hub, { url: mosquitto.url, id: 'hall', parts: PARTS });
  return { mosquitto, hub, board };
}

const alarmTopic = (board: TestBoard) => `homeward/${board.id}/alarm`;

const alarmText = (stamp: AlarmStamp, value: 'ON' | 'OFF' = 'ON') =>
  JSON.stringify({ ...stamp, entity: 'smoke', value });

const isAnswered = (board: TestBoard, { boot, seq }: AlarmStamp) =>
  board.heard.some(
    ({ topic, payload }) => topic.endsWith('/ack') && payload === JSON.stringify({ boot, seq }),
  );

const takenSeqs = (hub: HubProcess) => hub.journal('boardAlarmTaken').map(({ fact }) => fact.seq as number);

const shownValue = async (hub: HubProcess, part: string) =>
  (await hub.api.device('hall'))?.entities[`hall.${part}`]?.value;

test('F-12 messages that come twice and out of order are one event each, and each is answered', async () => {
  const { hub, board } = await setUp();
  const stamps = Array.from({ length: 60 }, () => board.stamp());
  const doubled = [...stamps, ...stamps.filter(({ seq }) => seq % 10 === 0)];
  const shuffled = doubled
    .map((stamp) => ({ stamp, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ stamp }) => stamp);
  for (const stamp of shuffled) await board.say(alarmTopic(board), alarmText(stamp));
  await until('all are answered', () => stamps.every((stamp) => isAnswered(board, stamp)));
  expect(takenSeqs(hub).sort((a, b) => a - b)).toEqual(stamps.map(({ seq }) => seq));
  expect((await hub.api.alarms()).map(({ kind, cause }) => [kind, cause])).toEqual([['smoke', 'contact']]);
  expect(hub.journal('alarmRaised')).toHaveLength(1);
});

test('F-12 STRIDE T: replay of a message: an answered message that comes again after a restart of the hub is no second event', async () => {
  const { hub, board } = await setUp();
  const stamp = await board.call('smoke', 'ON');
  await hub.kill9();
  await hub.start();
  await board.say(alarmTopic(board), alarmText(stamp));
  await sleep(500);
  expect(takenSeqs(hub)).toEqual([stamp.seq]);
});

test('F-12 a message of an earlier boot that comes again after the board restarted is no second event', async () => {
  const { hub, board } = await setUp();
  const stamp = await board.call('smoke', 'ON');
  board.reboot();
  await board.tell({ smoke: 'OFF' });
  await until('the new boot is known', () => hub.journal('boardStarted').length === 2);
  await board.say(alarmTopic(board), alarmText(stamp));
  await sleep(500);
  expect(takenSeqs(hub)).toEqual([stamp.seq]);
});

test('F-12 an alarm message that is more than a minute old alarms all the same and is shown as late', async () => {
  const { hub, board } = await setUp();
  await board.tell({ smoke: 'OFF' }, { ...board.stamp(), upMs: 300_000 });
  await board.call('smoke', 'ON', { ...board.stamp(), upMs: 200_000 });
  const [alarm] = await hub.api.alarms();
  expect(alarm).toMatchObject({ kind: 'smoke', late: true, active: true });
  expect(board.commands('siren')).toHaveLength(1);
});

test('F-12 a state that was overtaken by a newer one changes nothing', async () => {
  const { hub, board } = await setUp();
  await board.tell({ smoke: 'OFF', co: 5 }, { ...board.stamp(), upMs: 50_000 });
  await until('the newer is there', async () => (await shownValue(hub, 'co')) === 5);
  await board.tell({ smoke: 'ON', co: 900 }, { ...board.stamp(), upMs: 40_000 });
  await board.tell({ smoke: 'OFF', co: 6 }, { ...board.stamp(), upMs: 51_000 });
  await until('the newest is there', async () => (await shownValue(hub, 'co')) === 6);
  expect(await hub.api.alarms()).toEqual([]);
  expect(hub.journal('alarmRaised')).toEqual([]);
});

test('F-13 STRIDE T: replay of a message: what the broker remembers from before the start raises no alarm and commands nothing', async () => {
  const { mosquitto, hub, board } = await setUp();
  await board.tell({ smoke: 'OFF', co: 5 });
  await hub.stop();
  await board.close();
  // It forgets the hub's session: what it tells the hub then is only what it remembers for everybody.
  await mosquitto.restart();
  const ghost = await connectAsync(mosquitto.url, { protocolVersion: 4 });
  const stamp = { boot: 'ghost', seq: 1, upMs: 1 };
  const remember = (topic: string, payload: string) =>
    ghost.publishAsync(topic, payload, { qos: 1, retain: true });
  await remember('homeward/hall/alarm', alarmText(stamp));
  await remember('homeward/hall/state', JSON.stringify({ ...stamp, co: 900 }));
  await remember('homeward/hall/availability', 'offline');
  await remember('homeward/hall/siren/set', '{"state":"ON"}');
  await remember('homeward/nobody/availability', 'offline');
  await remember('homeward/nobody/alarm', alarmText(stamp));
  const commands: boolean[] = [];
  ghost.on('message', (_topic, _payload, { retain }) => commands.push(retain));
  await ghost.subscribeAsync('homeward/+/+/set', { qos: 1 });
  await hub.start();
  await until('the hub hears the broker', async () => (await hub.api.call('house')).brokerConnected);
  await sleep(1_000);
  expect(await hub.api.alarms()).toEqual([]);
  expect(hub.journal('alarmRaised')).toEqual([]);
  expect(hub.journal('boardAlarmTaken')).toEqual([]);
  expect(hub.journal('entityLost')).toEqual([]);
  // Only what the broker remembered itself.
  expect(commands).toEqual([true]);
  await ghost.endAsync();
});

test('F-13 a ghost of an old will does not keep a board from being heard, and commands are never retained', async () => {
  const { mosquitto, hub } = await setUp();
  const ghost = await connectAsync(mosquitto.url, { protocolVersion: 4 });
  await ghost.publishAsync('homeward/attic/availability', 'offline', { qos: 1, retain: true });
  await ghost.publishAsync('homeward/attic/siren/set', '{"state":"ON"}', { qos: 1, retain: true });
  const attic = await stage.found(hub, { url: mosquitto.url, id: 'attic', parts: PARTS });
  await attic.call('smoke', 'ON');
  expect(attic.commands('siren').map(({ retain }) => retain)).toEqual([true, false]);
  const seen: boolean[] = [];
  ghost.on('message', (_topic, _payload, { retain }) => seen.push(retain));
  await ghost.subscribeAsync('homeward/+/+/set', { qos: 1 });
  await sleep(300);
  expect(seen).toEqual([true]);
  await ghost.endAsync();
});

test('F-14 a board that restarts again and again is shown so, and raises one alarm, not a storm', async () => {
  const { hub, board } = await setUp();
  for (let nth = 0; nth < 8; nth++) {
    board.reboot();
    await board.tell({ smoke: 'ON', co: 5 });
    await board.call('smoke', 'ON');
    await sleep(100);
  }
  const device = await hub.api.device('hall');
  expect(device?.restarting).toBe(true);
  // That it restarts is told too, once, as trouble.
  expect((await hub.api.alarms()).map(({ kind }) => kind).sort()).toEqual(['smoke', 'trouble']);
  expect(hub.journal('alarmRaised')).toHaveLength(2);
  expect(board.commands('siren')).toHaveLength(1);
  expect(hub.journal('boardStarted')).toHaveLength(8);
});
