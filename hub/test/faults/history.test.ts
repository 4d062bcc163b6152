import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { HistoryStatus } from '../../src/api.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { CO, SIREN, SMOKE } from '../testBoard.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

const statusOf = async (hub: HubProcess) =>
  HistoryStatus.parse(JSON.parse((await hub.api.send({ method: 'GET', path: '/api/history' })).text));

function storedCo(hub: HubProcess): number[] {
  const db = new Database(join(hub.folder, 'history.db'), { readonly: true });
  try {
    const rows = db.prepare(
      "select v from reading join series on series.id = series where entity like '%.co' order by t",
    );
    return rows.pluck().all() as number[];
  } finally {
    db.close();
  }
}

const isRising = (values: readonly number[]) =>
  values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0));

test('F-20 a full disk pauses the history, alarms go on, and it goes on by itself with all that waited', async () => {
  const hub = await stage.hub({ fileLimitKb: 1_000, env: { HOMEWARD_TOPIC_RATE: '100000' } });
  const board = await stage.paired(hub, 'Hall', { co: CO, smoke: SMOKE, siren: SIREN });
  let n = 0;
  await until(
    'the history is paused',
    async () => {
      for (let some = 0; some < 2_000; some++) void board.tell({ co: ++n / 1_000, smoke: 'OFF' });
      await board.tell({ co: ++n / 1_000 });
      return (await statusOf(hub)).paused === 'disk-full';
    },
    60_000,
  );
  await until('it is said', () =>
    hub.said.includes('The disk is full: the history is not recorded. Alarms go on.'),
  );

  await board.call('smoke', 'ON');
  const [alarm] = await hub.api.alarms();
  expect(alarm).toMatchObject({ kind: 'smoke', level: 'alarm' });
  await until('the siren is told', () => board.commands('siren').length > 0);
  await hub.api.acknowledge(alarm?.id ?? '');
  expect(hub.journal('alarmAcknowledged')).toHaveLength(1);

  hub.liftLimit();
  await board.tell({ co: ++n / 1_000 });
  await until('the history goes on', async () => (await statusOf(hub)).paused === null, 30_000);
  await until('all is there', () => new Set(storedCo(hub)).size === n, 30_000);
  expect(isRising(storedCo(hub))).toBe(true);
  expect((await statusOf(hub)).droppedRows).toBe(0);
  await until('it is said', () => hub.said.includes('The history is recorded again.'));
});

test('F-21 kill -9 while readings pour in: what was on disk stays, in order and once, and the hours are right', async () => {
  const hub = await stage.hub({ env: { HOMEWARD_TOPIC_RATE: '100000' } });
  const board = await stage.paired(hub, 'Hall', { co: CO });
  let n = 0;
  for (let kill = 0; kill < 4; kill++) {
    for (let some = 0; some < 3_000; some++) void board.tell({ co: ++n / 1_000 });
    await board.tell({ co: ++n / 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 350 * kill));
    const known = (await statusOf(hub)).rows;
    await hub.kill9();
    await hub.start();
    expect((await statusOf(hub)).rows).toBeGreaterThanOrEqual(known);
    await until('the board is back', () => board.isConnected());
  }
  const values = storedCo(hub);
  expect(isRising(values)).toBe(true);
  // A board that comes back tells its last values again.
  expect(values.length - new Set(values).size).toBeLessThan(50);
  const { rows } = await statusOf(hub);
  expect(rows).toBe(storedCo(hub).length);
});

test('F-22 a history that is deleted while the hub runs is begun anew, and costs the house nothing', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Hall', { co: CO, smoke: SMOKE });
  await board.tell({ co: 1 });
  await until('it is written', async () => (await statusOf(hub)).rows > 0);
  const file = join(hub.folder, 'history.db');
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
  await board.tell({ co: 2 });
  await board.call('smoke', 'ON');
  expect((await hub.api.alarms())[0]).toMatchObject({ kind: 'smoke' });
  await board.tell({ co: 3 });
  await until('it is written anew', async () => (await statusOf(hub)).rows > 0 && storedCo(hub).includes(3));
  await until('it is said', () => hub.said.includes('The history was deleted. A new one was begun.'));
});
