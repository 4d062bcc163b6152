import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { HistoryImport, HistoryStatus } from '../../src/api.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { CO } from '../testBoard.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

const T = Math.floor(Date.now() / 3_600_000 - 48) * 3_600_000;
const csv = (rows: number, last = T) =>
  `time,value\n${Array.from({ length: rows }, (_, n) => `${last - n * 1_000},${n % 40}\n`).join('')}`;

const bring = (hub: HubProcess, body: string) =>
  hub.api.send({
    method: 'POST',
    path: '/api/history/imports?name=past.csv',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });

async function rowsOf(hub: HubProcess): Promise<number> {
  const { text } = await hub.api.send({ method: 'GET', path: '/api/history' });
  return HistoryStatus.parse(JSON.parse(text)).rows;
}

async function settled(hub: HubProcess, id: string, state: HistoryImport['state']): Promise<HistoryImport> {
  const now = () => hub.api.call('import', { id });
  await until('the import goes on', async () => (await now()).state !== state, 60_000);
  return now();
}

/** Looked through and taken in. */
async function takeIn(hub: HubProcess, body: string, entity: string): Promise<HistoryImport> {
  const { id } = HistoryImport.parse(JSON.parse((await bring(hub, body)).text));
  expect((await settled(hub, id, 'reading')).state).toBe('ready');
  await hub.api.call('startImport', { id, body: { map: { past: entity } } });
  return settled(hub, id, 'importing');
}

/*
 * The file of the history and its log may have 5 MB each, and the log takes 4 of them. The first import fits with its
 * notes; the second one is laid ready (4.9 MB), but has no room beside the first.
 */
test('F-21 a disk that is full in the middle of an import takes it back, and what is heard goes on being kept', async () => {
  const hub = await stage.hub({ fileLimitKb: 5_000 });
  const board = await stage.paired(hub, 'Hall', { co: CO });
  const co = `${board.id}.co`;
  expect(await takeIn(hub, csv(150_000, T - 500_000_000), co)).toMatchObject({
    state: 'done',
    rows: 150_000,
  });
  await board.tell({ co: 1 });
  await until('it is there', async () => (await rowsOf(hub)) === 150_001);
  expect(await takeIn(hub, csv(220_000), co)).toMatchObject({ state: 'failed', failure: 'disk-full' });
  // Here the disk is so full that it cannot even be taken back before there is room again.
  hub.liftLimit();
  await until('nothing of it is left', async () => (await rowsOf(hub)) === 150_001, 60_000);
  expect(readdirSync(join(hub.folder, 'imports'))).toEqual([]);
  await board.tell({ co: 2 });
  await until('the next one is there too', async () => (await rowsOf(hub)) === 150_002);
  expect(await takeIn(hub, csv(2_000), co)).toMatchObject({ state: 'done', rows: 2_000 });
});

test('a file for which there is no room is refused, and nothing of it is left', async () => {
  const hub = await stage.hub({ fileLimitKb: 2_000 });
  const { status } = await bring(hub, csv(200_000));
  expect(status).toBe(503);
  expect((await hub.api.call('imports')).imports).toMatchObject([{ state: 'failed', failure: 'disk-full' }]);
  expect(readdirSync(join(hub.folder, 'imports'))).toEqual([]);
});
