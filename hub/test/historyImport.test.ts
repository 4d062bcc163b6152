import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { HistoryImport, HistoryRange, HistoryStatus, Problem } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import { OWNER } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { type RecordedHome, writeRecorder } from './recorder.ts';
import { SMOKE } from './testBoard.ts';

const stage = createStage();
const folder = mkdtempSync(join(tmpdir(), 'homeward-brought-'));
afterEach(async () => {
  await stage.clear();
  rmSync(folder, { recursive: true, force: true });
});

const HOUR = 3_600_000;
/** Two days ago, at the full hour. */
const T = Math.floor(Date.now() / HOUR - 48) * HOUR;
const TEMPERATURE = { component: 'sensor', deviceClass: 'temperature', unit: '°C' } as const;

async function house() {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Cellar', { temperature: TEMPERATURE, smoke: SMOKE });
  return { hub, board, temperature: `${board.id}.temperature`, smoke: `${board.id}.smoke` };
}

async function bring(hub: HubProcess, body: Buffer | string, name: string): Promise<HistoryImport> {
  const { status, text } = await hub.api.send({
    method: 'POST',
    path: `/api/history/imports?name=${encodeURIComponent(name)}`,
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });
  expect([status, status === 201 ? '' : text]).toEqual([201, '']);
  return HistoryImport.parse(JSON.parse(text));
}

const look = (hub: HubProcess, id: string) => hub.api.call('import', { id });

/** Resolves when it has left those states. */
const settled = async (hub: HubProcess, id: string, ...states: HistoryImport['state'][]) => {
  await until('the import goes on', async () => !states.includes((await look(hub, id)).state));
  return look(hub, id);
};

const start = (hub: HubProcess, id: string, map: Record<string, string>) =>
  hub.api.call('startImport', { id, body: { map } });

async function rowsOf(hub: HubProcess): Promise<number> {
  const { text } = await hub.api.send({ method: 'GET', path: '/api/history' });
  return HistoryStatus.parse(JSON.parse(text)).rows;
}

async function chartOf(hub: HubProcess, id: string, query: string): Promise<HistoryRange> {
  const { text } = await hub.api.send({ method: 'GET', path: `/api/history/${id}?${query}` });
  return HistoryRange.parse(JSON.parse(text));
}

const long = (rows: number) =>
  `time,value\n${Array.from({ length: rows }, (_, n) => `${T - n * 1_000},${n % 40}\n`).join('')}`;

test('the past of a Home Assistant moves in: found, matched, converted, charted; a second time it is known', async () => {
  const { hub, temperature, smoke } = await house();
  const home: RecordedHome = {
    states: [
      ...Array.from({ length: 60 }, (_, n) => ({
        entity: 'sensor.cellar_temperature',
        t: T + n * 60_000,
        state: String(68 + (n % 2) * 9),
      })),
      { entity: 'sensor.cellar_temperature', t: T + HOUR, state: 'unavailable' },
      { entity: 'binary_sensor.cellar_smoke', t: T, state: 'off' },
      { entity: 'binary_sensor.cellar_smoke', t: T + HOUR / 2, state: 'on' },
      { entity: 'binary_sensor.cellar_smoke', t: T + HOUR, state: 'off' },
      { entity: 'sensor.attic', t: T, state: '1' },
    ],
    attributes: {
      'sensor.cellar_temperature': { friendly_name: 'Cellar Temperature', unit_of_measurement: '°F' },
    },
    hours: [{ entity: 'sensor.cellar_temperature', t: T - 900 * HOUR, mean: 10, min: 9, max: 11 }],
    units: { 'sensor.cellar_temperature': '°C' },
  };
  const file = join(folder, 'home-assistant_v2.db');
  writeRecorder(file, 'today', home);
  const body = readFileSync(file);

  const { id } = await bring(hub, body, 'home-assistant_v2.db');
  const ready = await settled(hub, id, 'reading');
  expect(ready).toMatchObject({ state: 'ready', kind: 'home-assistant', failure: null });
  expect(ready.sources.map(({ source, match, unit, rows }) => [source, match, unit, rows])).toEqual([
    ['binary_sensor.cellar_smoke', smoke, null, 3],
    ['sensor.attic', null, null, 1],
    ['sensor.cellar_temperature', temperature, '°F', 61],
  ]);
  const map = Object.fromEntries(
    ready.sources.flatMap(({ source, match }) => (match === null ? [] : [[source, match]])),
  );
  expect((await start(hub, id, map)).state).toBe('importing');
  const done = await settled(hub, id, 'importing');
  expect(done).toMatchObject({ state: 'done', rows: 64, doubles: 1, progress: 1 });

  const minutes = await chartOf(hub, temperature, `from=${T}&to=${T + HOUR}&buckets=60`);
  expect(minutes).toMatchObject({ unit: '°C', states: false, step: 60_000 });
  expect(minutes.avg.slice(0, 2)).toEqual([20, 25]);
  const states = await chartOf(hub, smoke, `from=${T}&to=${T + 2 * HOUR}&buckets=2`);
  expect(states).toMatchObject({ states: true, avg: [0.5, 0] });
  const year = await chartOf(hub, temperature, `from=${T - 1_000 * HOUR}&to=${T + HOUR}&buckets=1001`);
  expect([year.min[100], year.avg[100], year.max[100], year.avg[1_000]]).toEqual([9, 10, 11, 22.5]);
  expect(existsSync(join(hub.folder, 'imports', id))).toBe(false);

  const again = await bring(hub, body, 'home-assistant_v2.db');
  await settled(hub, again.id, 'reading');
  await start(hub, again.id, map);
  expect(await settled(hub, again.id, 'importing')).toMatchObject({ state: 'done', rows: 0, doubles: 65 });
  expect((await hub.api.call('imports')).imports).toHaveLength(2);
});

test('a broken file, or one for an entity that nobody knows, leaves no row behind', async () => {
  const { hub, temperature } = await house();
  const broken = await bring(hub, `${long(500)}and so on\n`, 'cellar.csv');
  expect(await settled(hub, broken.id, 'reading')).toMatchObject({
    state: 'failed',
    failure: 'bad-row',
    failedLine: 502,
  });
  const zip = await bring(hub, Buffer.from('PK\x03\x04\0\0\0\0'), 'backup.zip');
  expect(await settled(hub, zip.id, 'reading')).toMatchObject({ failure: 'not-readable' });
  const fine = await bring(hub, long(5), `${temperature}.csv`);
  expect((await settled(hub, fine.id, 'reading')).sources[0]?.match).toBe(temperature);
  for (const map of [{}, { [temperature]: 'nobody.at-all' }, { other: temperature }]) {
    const path = `/api/history/imports/${fine.id}/start`;
    const answer = await hub.api.send({ method: 'POST', path, body: JSON.stringify({ map }) });
    expect([answer.status, Problem.parse(JSON.parse(answer.text)).type]).toEqual([
      400,
      '/problems/bad-request',
    ]);
  }
  expect(await rowsOf(hub)).toBe(0);
  await hub.api.call('cancelImport', { id: fine.id });
  await expect(look(hub, fine.id)).rejects.toThrow('not-found');
});

test('called off in the middle, nothing of it stays, and readings went on meanwhile', async () => {
  const { hub, board, temperature } = await house();
  const { id } = await bring(hub, long(200_000), 'past.csv');
  await settled(hub, id, 'reading');
  await start(hub, id, { past: temperature });
  await until('it goes into the history', async () => (await look(hub, id)).progress > 0.5);
  await board.tell({ temperature: 21 });
  await hub.api.call('cancelImport', { id });
  const ended = await settled(hub, id, 'importing');
  expect(ended).toMatchObject({ state: 'failed', failure: 'cancelled' });
  await until('only what was told is there', async () => (await rowsOf(hub)) === 1);
});

test('a hub that is killed in the middle takes it back at the next start, and says so', async () => {
  const { hub, temperature } = await house();
  const { id } = await bring(hub, long(200_000), 'past.csv');
  await settled(hub, id, 'reading');
  await start(hub, id, { past: temperature });
  await until('it goes into the history', async () => (await look(hub, id)).progress > 0.6);
  await hub.kill9();
  await hub.start();
  expect((await hub.api.call('imports')).imports).toMatchObject([
    { id, fileName: 'past.csv', state: 'failed', failure: 'hub-restarted' },
  ]);
  await until('nothing of it is there', async () => (await rowsOf(hub)) === 0);
  const ended = { importId: id, fileName: 'past.csv', rows: 0, failure: 'hub-restarted' };
  const told = () => hub.journal('importEnded').map(({ fact }) => fact);
  await until('its end is written', () => told().length > 0);
  await hub.restart();
  // Once, whatever starts follow; and one that nobody began to take in has no end.
  expect(told()).toMatchObject([ended]);
  expect(existsSync(join(hub.folder, 'imports'))).toBe(false);
  const range = `from=${T - 1_000 * HOUR}&to=${T + HOUR}&buckets=10`;
  expect((await chartOf(hub, temperature, range)).n).toEqual(new Array(11).fill(0).slice(0, 10));

  const again = await bring(hub, long(3_000), 'past.csv');
  await settled(hub, again.id, 'reading');
  await start(hub, again.id, { past: temperature });
  expect(await settled(hub, again.id, 'importing')).toMatchObject({ state: 'done', rows: 3_000, doubles: 0 });
});

test('who loses the session while their file comes in is cut off within a second, and nothing of the file stays', async () => {
  const { hub } = await house();
  const login = await hub.api.send({
    method: 'POST',
    path: '/api/sessions',
    // A session of its own, beside the one that goes on asking.
    headers: { authorization: '' },
    body: JSON.stringify({ name: OWNER.name, password: OWNER.password }),
  });
  const { token } = JSON.parse(login.text) as { token: string };
  const asked = request({
    ...{ host: '127.0.0.1', port: hub.ports.http, method: 'POST', agent: false },
    path: '/api/history/imports?name=past.csv',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
  });
  const timer = setInterval(() => asked.write(long(100)), 10);
  const answer = new Promise<number | undefined>((resolve, reject) => {
    asked.once('response', ({ statusCode }) => resolve(statusCode)).on('error', reject);
  });
  const isComing = async () => (await hub.api.call('imports')).imports.length === 1;
  await until('the file comes in', isComing);
  const began = performance.now();
  const ended = await hub.api.send({
    method: 'DELETE',
    path: '/api/sessions/current',
    headers: { authorization: `Bearer ${token}` },
  });
  expect([ended.status, await answer]).toEqual([204, 401]);
  expect(performance.now() - began).toBeLessThan(1_500);
  clearInterval(timer);
  asked.destroy();
  expect((await hub.api.call('imports')).imports).toEqual([]);
  expect(readdirSync(join(hub.folder, 'imports'))).toEqual([]);
});
