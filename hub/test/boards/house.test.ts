import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startMosquitto } from '../brokers/mosquitto.ts';
import { createStage } from '../faults/stage.ts';
import { housesOn } from '../houses.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { ensureHub } from '../repository.ts';
import { ensureVirtualBoard, VirtualBoard } from './virtualBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(() => {
  ensureVirtualBoard();
  ensureHub();
}, 300_000);

const HOUSES = housesOn(stage);

/** Pairs a board as the app does, and switches it on with what it was given. */
async function paired(hub: HubProcess, node: 'air' | 'motion', speed = 1): Promise<VirtualBoard> {
  const { deviceId, mqtt } = await hub.api.call('pair', { body: { name: `New ${node}`, kind: 'board' } });
  const { host, port, ca, password } = mqtt;
  return stage.keep(new VirtualBoard({ node, id: deviceId, host, port, ca, password, speed }));
}

const entityOf = async (hub: HubProcess, board: VirtualBoard, key: string) =>
  (await hub.api.device(board.id))?.entities[`${board.id}.${key}`];

const shows = (hub: HubProcess, board: VirtualBoard, key: string, value: unknown) =>
  until(`${key} is ${value}`, async () => (await entityOf(hub, board, key))?.value === value, 30_000);

/** What the journal holds of its alarms, each once. */
const taken = (hub: HubProcess, board: VirtualBoard) =>
  hub
    .journal('boardAlarmTaken')
    .map(({ fact }) => fact)
    .filter(({ deviceId }) => deviceId === board.id)
    .map(({ entityId, boot, seq }) => ({ entityId, message: `${boot} ${seq}` }));

test.each(HOUSES)(
  'on %s a paired board announces itself, is read and commanded, and is gone when it is',
  async (_, broker) => {
    const hub = await stage.hub(await broker());
    const board = await paired(hub, 'air', 10);
    await board.when('status', 'ok');
    await shows(hub, board, 'o2', 20.9);
    await shows(hub, board, 'co', 0);
    await shows(hub, board, 'temperature', 21);
    await shows(hub, board, 'status', 'ok');
    expect(Object.keys((await hub.api.device(board.id))?.entities ?? {})).toHaveLength(12);

    await hub.api.call('command', { id: `${board.id}.fan`, body: { on: true } });
    await board.when('fan', 'on');
    await until('the fan says so', async () => (await entityOf(hub, board, 'fan'))?.command === 'confirmed');
    await hub.api.call('command', {
      id: `${board.id}.siren`,
      body: { on: true, tone: 'steady', durationS: 20 },
    });
    await board.when('siren', 'steady');
    await shows(hub, board, 'siren', true);
    await board.when('siren', 'off');
    await shows(hub, board, 'siren', false);

    board.tell('o2 20.1');
    await shows(hub, board, 'o2', 20.1);
    await board.reboot();
    await until('it started anew', () => board.all('boot').length === 2);
    await shows(hub, board, 'o2', 20.9);
    await hub.api.call('removeDevice', { id: board.id });
    await board.when('status', 'wrong_password', 0, 30_000);
  },
);

test('an alarm of the board sounds in the house and stands in the journal once, though it is said again and again', async () => {
  const hub = await stage.hub();
  const board = await paired(hub, 'air', 10);
  const siren = await paired(hub, 'motion', 10);
  await Promise.all([board.when('status', 'ok'), siren.when('status', 'ok')]);
  await shows(hub, board, 'co', 0);
  await shows(hub, siren, 'tamper', false);
  board.tell('co 320');
  await board.when('siren', 'co_t4');
  await siren.when('siren', 'co_t4');
  await until('CO alarms', async () =>
    (await hub.api.alarms()).find(({ kind, level }) => kind === 'co' && level !== 'warning'),
  );
  await sleep(2_000);
  expect(taken(hub, board)).toEqual([
    {
      entityId: `${board.id}.co_alarm`,
      message: expect.stringContaining(board.all('boot')[0]?.value ?? '-'),
    },
  ]);
});

test('ten minutes of the board without hub and broker lose no alarm and double none', async () => {
  const hub = await stage.hub();
  const board = await paired(hub, 'air', 30);
  const hall = await paired(hub, 'motion', 30);
  await Promise.all([board.when('status', 'ok'), hall.when('status', 'ok')]);
  await shows(hub, board, 'co', 0);
  await until(
    'the sensor of the hall is warm',
    async () => (await entityOf(hub, hall, 'motion'))?.value === false,
    30_000,
  );
  const up = [board.deeds.length, hall.deeds.length] as const;
  await hub.kill9();
  const [lost] = await Promise.all([
    board.when('status', 'unreachable', up[0]),
    hall.when('status', 'unreachable', up[1]),
  ]);
  board.tell('co 320', 'tamper on');
  hall.tell('motion on');
  const siren = await board.when('siren', 'co_t4');
  await sleep(2_000);
  board.tell('tamper off', 'co 0');
  hall.tell('motion off', 'tamper on');
  await sleep(18_500);
  const before = [board.deeds.length, hall.deeds.length];
  await hub.start();
  await hub.api.logIn();
  const back = await board.when('connack', '0', before[0], 60_000);
  await hall.when('connack', '0', before[1], 60_000);
  expect(back.ms - lost.ms).toBeGreaterThan(600_000);
  expect(siren.ms - lost.ms).toBeLessThan(30_000);
  await until(
    'all four are in the journal',
    () => taken(hub, board).length + taken(hub, hall).length >= 4,
    30_000,
  );
  await sleep(3_000);
  const keys = [...taken(hub, board), ...taken(hub, hall)].map(({ entityId }) => entityId);
  expect(keys.sort()).toEqual(
    [`${board.id}.co_alarm`, `${board.id}.tamper`, `${hall.id}.motion`, `${hall.id}.tamper`].sort(),
  );
  // What is over is told as over.
  await shows(hub, board, 'tamper', false);
  expect((await hub.api.alarms()).some(({ kind }) => kind === 'co')).toBe(true);
});

test('ten minutes of the board without Mosquitto, the hub alive, lose no alarm and double none', async () => {
  const broker = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: broker.url });
  const board = stage.keep(
    new VirtualBoard({ node: 'air', id: 'hw-air-cut-off', port: broker.port, speed: 30 }),
  );
  await board.when('status', 'ok');
  await shows(hub, board, 'co', 0);
  const up = board.deeds.length;
  await broker.kill();
  const lost = await board.when('status', 'unreachable', up);
  board.tell('co 320', 'tamper on');
  expect((await board.when('siren', 'co_t4')).ms - lost.ms).toBeLessThan(30_000);
  await sleep(2_000);
  board.tell('tamper off', 'co 0');
  await sleep(18_500);
  const before = board.deeds.length;
  await broker.restart();
  const back = await board.when('connack', '0', before, 60_000);
  expect(back.ms - lost.ms).toBeGreaterThan(600_000);
  await until('both are in the journal', () => taken(hub, board).length >= 2, 30_000);
  await sleep(3_000);
  expect(
    taken(hub, board)
      .map(({ entityId }) => entityId)
      .sort(),
  ).toEqual([`${board.id}.co_alarm`, `${board.id}.tamper`]);
  await shows(hub, board, 'tamper', false);
  await shows(hub, board, 'co', 0);
});

test('alarms through a hub that is killed again and again are each in the journal once', async () => {
  const hub = await stage.hub();
  const hall = await paired(hub, 'motion', 10);
  await hall.when('status', 'ok');
  await until('it is warm', async () => (await entityOf(hub, hall, 'motion'))?.value === false, 30_000);
  for (let round = 0; round < 4; round++) {
    hall.tell('tamper on');
    await sleep(50 * round);
    await hub.kill9();
    await sleep(300);
    await hub.start();
    await hub.api.logIn();
    await until(`round ${round} is in the journal`, () => taken(hub, hall).length > round, 40_000);
    hall.tell('tamper off');
    await shows(hub, hall, 'tamper', false);
  }
  const messages = taken(hub, hall).map(({ message }) => message);
  expect(messages).toHaveLength(4);
  expect(new Set(messages).size).toBe(4);
});
