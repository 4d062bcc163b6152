import { afterEach, beforeAll, expect, test } from 'vitest';
import { HistoryRange, HistoryStatus } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { CO, SMOKE } from './testBoard.ts';

const stage = createStage();
beforeAll(ensureHub, 180_000);
afterEach(() => stage.clear());

const get = async (hub: HubProcess, path: string) => {
  const { status, text } = await hub.api.send({ method: 'GET', path });
  return { status, body: JSON.parse(text) as unknown };
};
const chartOf = async (hub: HubProcess, id: string, query = '') => {
  const { status, body } = await get(hub, `/api/history/${id}${query}`);
  expect([id, query, status]).toEqual([id, query, 200]);
  return HistoryRange.parse(body);
};
const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

async function house() {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Hall', { co: CO, smoke: SMOKE });
  return { hub, board, co: `${board.id}.co`, smoke: `${board.id}.smoke` };
}

test('what a board says is on the chart, its file and the status, and still there after a restart', async () => {
  const { hub, board, co, smoke } = await house();
  for (let n = 1; n <= 5; n++) await board.tell({ co: n, smoke: n % 2 === 0 ? 'ON' : 'OFF' });
  await until('all five are on the chart', async () => total((await chartOf(hub, co)).n) === 5);
  const chart = await chartOf(hub, co);
  expect(chart).toMatchObject({ step: 288_000, unit: 'ppm', states: false, before: null });
  expect(chart.n).toHaveLength(300);
  const at = chart.n.findIndex((n) => n > 0);
  expect(at).toBeGreaterThan(295);
  expect(chart.min.slice(0, 295).every((value) => value === null)).toBe(true);
  const seen = chart.max.filter((value) => value !== null);
  expect(Math.max(...seen)).toBe(5);
  expect(await chartOf(hub, smoke)).toMatchObject({ states: true, unit: null });

  const csv = await hub.api.send({ method: 'GET', path: `/api/history/${co}/csv` });
  expect(csv.type).toBe('text/csv; charset=utf-8');
  const lines = csv.text.trimEnd().split('\r\n');
  expect(lines[0]).toBe('time,value,unit');
  expect(lines.slice(1).map((line) => line.split(',').slice(1).join(' '))).toEqual(
    [1, 2, 3, 4, 5].map((n) => `${n} ppm`),
  );

  await hub.restart();
  // A board tells its last values again when the hub comes back.
  expect(total((await chartOf(hub, co)).n)).toBeGreaterThanOrEqual(5);
  const status = HistoryStatus.parse((await get(hub, '/api/history')).body);
  expect(status).toMatchObject({ paused: null, droppedRows: 0, rawDays: 90, hourlyDays: 3650 });
  expect(status.bytes).toBeGreaterThan(4_096);
  expect(status.freeBytes).toBeGreaterThan(1e6);
  expect(Math.abs((status.oldest ?? 0) - Date.now())).toBeLessThan(120_000);
});

test('an entity that said nothing yet has an empty chart, one that nobody knows has none', async () => {
  const { hub, co, smoke } = await house();
  const empty = await chartOf(hub, co, '?from=0&to=86400000&buckets=24');
  expect(empty).toMatchObject({ t0: 0, step: 3_600_000, unit: 'ppm', states: false, before: null });
  expect(empty.avg).toEqual(new Array(24).fill(null));
  expect((await chartOf(hub, smoke)).states).toBe(true);
  for (const path of ['/api/history/nobody.at-all', '/api/history/nobody.at-all/csv']) {
    expect((await get(hub, path)).status).toBe(404);
  }
  for (const query of [
    '?from=5&to=5',
    '?from=9&to=5',
    '?buckets=0',
    '?buckets=2001',
    '?from=x',
    '?to=-1',
    '?since=1',
  ]) {
    expect([query, (await get(hub, `/api/history/${co}${query}`)).status]).toEqual([query, 400]);
  }
  const csv = await hub.api.send({ method: 'GET', path: `/api/history/${co}/csv` });
  expect([csv.status, csv.text]).toEqual([200, 'time,value,unit\r\n']);
});

test('how long things are kept is remembered', async () => {
  const { hub } = await house();
  const path = '/api/history';
  const set = (body: object) => hub.api.send({ method: 'PATCH', path, body: JSON.stringify(body) });
  expect(JSON.parse((await set({ rawDays: 10 })).text)).toMatchObject({ rawDays: 10, hourlyDays: 3650 });
  expect(JSON.parse((await set({ rawDays: 400, hourlyDays: 30 })).text)).toMatchObject({
    rawDays: 400,
    hourlyDays: 400,
  });
  for (const wrong of [{ rawDays: 0 }, { rawDays: 1.5 }, { hourlyDays: 29 }, { days: 3 }]) {
    expect((await set(wrong)).status).toBe(400);
  }
  await hub.restart();
  expect((await get(hub, path)).body).toMatchObject({ rawDays: 400, hourlyDays: 400 });
});

test('F-30 a hub that is killed loses nothing that it had written, and nothing is there twice', async () => {
  const { hub, board, co } = await house();
  for (let n = 1; n <= 20; n++) await board.tell({ co: n });
  await until('all are on disk', async () => total((await chartOf(hub, co)).n) === 20);
  await board.tell({ co: 21 });
  await hub.kill9();
  await hub.start();
  const kept = total((await chartOf(hub, co)).n);
  expect(kept === 20 || kept === 21).toBe(true);
});

test('an unreadable history is moved aside, and the house goes on', async () => {
  const { hub, board, co } = await house();
  await board.tell({ co: 1 });
  await until('it is on the chart', async () => total((await chartOf(hub, co)).n) === 1);
  await hub.stop();
  const { readdirSync, writeFileSync } = await import('node:fs');
  writeFileSync(`${hub.folder}/history.db`, 'this is no database at all, whatever its name says'.repeat(100));
  await hub.start();
  expect(total((await chartOf(hub, co)).n)).toBe(0);
  expect(readdirSync(hub.folder).filter((name) => name.startsWith('history.db.damaged-'))).toHaveLength(1);
  await until('it is said', () => hub.said.includes('moved aside'));
});
