import { afterEach, expect, test } from 'vitest';
import { type Mosquitto, startMosquitto } from '../brokers/mosquitto.ts';
import { type HubProcess, startHub } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { SIREN, SMOKE, startBoard, type TestBoard } from '../testBoard.ts';
import { killAgainAndAgain } from './killStory.ts';

const open: { close?(): Promise<void>; remove?(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await (each.close?.() ?? each.remove?.());
});

const keep = <T extends (typeof open)[number]>(thing: T): T => {
  open.push(thing);
  return thing;
};

const PARTS = { smoke: SMOKE, siren: SIREN };

const isKnown = (hub: HubProcess, board: TestBoard) =>
  until(
    'the board is known',
    async () => Object.keys((await hub.api.device(board.id))?.entities ?? {}).length === 2,
  );

test('F-01 kill -9 at any moment loses no alarm that was answered or acknowledged, over Mosquitto', async () => {
  const mosquitto: Mosquitto = keep(await startMosquitto());
  const hub = keep(await startHub({ mqttUrl: mosquitto.url }));
  const ids = ['hall', 'attic', 'cellar'];
  const boards = await Promise.all(
    ids.map(async (id) => keep(await startBoard({ url: mosquitto.url, id, parts: PARTS }))),
  );
  for (const board of boards) await isKnown(hub, board);
  const contacts = boards.map((board) => ({ board, part: 'smoke' }));
  const outcome = await killAgainAndAgain({ hub, contacts, kills: 12 });
  expect(outcome.violations).toEqual([]);
  expect(outcome.answeredCalls).toBeGreaterThan(12);
  expect(outcome.acknowledgedAlarms).toBeGreaterThan(5);
});

test('F-01 kill -9 at any moment loses no alarm that was answered or acknowledged, with the own broker', async () => {
  const hub = keep(await startHub());
  const names = ['Hall', 'Attic'];
  const boards = await Promise.all(
    names.map(async (name) => {
      const { deviceId, mqtt } = await hub.api.call('pair', { body: { name, kind: 'board' } });
      const { password } = mqtt;
      return keep(await startBoard({ url: hub.brokerUrl, id: deviceId, password, parts: PARTS }));
    }),
  );
  for (const board of boards) await isKnown(hub, board);
  const contacts = boards.map((board) => ({ board, part: 'smoke' }));
  const outcome = await killAgainAndAgain({ hub, contacts, kills: 6 });
  expect(outcome.violations).toEqual([]);
  expect(outcome.answeredCalls).toBeGreaterThan(4);
});
