import { type ChildProcess, spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { freePort, startMosquitto } from '../brokers/mosquitto.ts';
import { createStage } from '../faults/stage.ts';
import { until } from '../patience.ts';
import { ensureHub } from '../repository.ts';
import { ensureVirtualBoard, VirtualBoard } from './virtualBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(() => {
  ensureVirtualBoard();
  ensureHub();
}, 300_000);

/** Cells warm up for 30 s; then one second of the sensor and one turn. */
const LIMIT_MS = 40_000;
const SCRIPT = ['40 co 320'];

/** The siren on the board's clock, however fast that runs here. */
async function expectSirenInTime(board: VirtualBoard): Promise<void> {
  board.tell(...SCRIPT);
  const siren = await board.when('siren', 'co_t4', 0, 60_000);
  expect(siren.ms).toBeGreaterThanOrEqual(LIMIT_MS);
  expect(siren.ms - LIMIT_MS).toBeLessThanOrEqual(1_000);
}

const air = (port: number, speed: number) =>
  stage.keep(new VirtualBoard({ node: 'air', id: 'hw-air-alone', port, speed }));

test('the siren sounds within 1 s of the limit when nobody listens at the broker’s address', async () => {
  const board = air(await freePort(), 4);
  await expectSirenInTime(board);
  expect(board.all('connack')).toEqual([]);
  expect(board.all('status').map(({ value }) => value)).toContain('unreachable');
});

/** Somebody who listens and never takes a connection up: once its places are full, the kernel drops every SYN. */
async function silentPeer(): Promise<{ port: number; remove(): Promise<void> }> {
  const port = await freePort();
  const code = `require('node:net').createServer().listen({port:${port},host:'127.0.0.1',backlog:1},()=>console.log('up'))`;
  const peer: ChildProcess = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => peer.kill('SIGKILL'));
  await new Promise((resolve) => peer.stdout?.once('data', resolve));
  peer.kill('SIGSTOP');
  const sockets: Socket[] = [];
  const isTaken = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined);
      sockets.push(socket);
      socket.once('connect', () => resolve(true));
      setTimeout(() => resolve(false), 400);
    });
  while (await isTaken());
  return {
    port,
    async remove() {
      for (const socket of sockets) socket.destroy();
      peer.kill('SIGKILL');
    },
  };
}

test('the siren sounds within 1 s of the limit when the broker’s machine drops every SYN', async () => {
  const peer = stage.keep(await silentPeer());
  const board = air(peer.port, 2);
  await expectSirenInTime(board);
  expect(board.all('connack')).toEqual([]);
});

test('a board that waited for a silent peer gives it up, and tries again', async () => {
  const peer = stage.keep(await silentPeer());
  const board = air(peer.port, 1);
  await board.when('retry', undefined, 0, 20_000);
  expect(board.all('status').map(({ value }) => value)).toContain('unreachable');
});

test('with the hub killed in the middle of an entry the gas siren sounds in time, and the entry ends in a siren', async () => {
  const broker = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: broker.url });
  const motion = stage.keep(
    new VirtualBoard({ node: 'motion', id: 'hw-motion-alone', port: broker.port, speed: 4 }),
  );
  const board = air(broker.port, 4);
  await Promise.all([motion.when('status', 'ok'), board.when('status', 'ok')]);
  await until('the hub knows both', async () => {
    const ids = (await hub.api.call('devices')).devices.map(({ id }) => id);
    return ids.includes('hw-motion-alone') && ids.includes('hw-air-alone');
  });
  const voice = await connectAsync(broker.url);
  stage.keep({ close: () => voice.endAsync(true) });
  // Until the cells are warm; then a whole entry is before us.
  await sleep(9_000);
  await voice.publishAsync('homeward/hub/countdown', JSON.stringify({ kind: 'entry', leftMs: 60_000 }), {
    qos: 1,
  });
  const beep = await motion.when('buzzer', 'on');
  await hub.kill9();
  const at = Math.max(...board.deeds.map(({ ms }) => ms), beep.ms) + 8_000;
  board.tell(`${at / 1_000} co 320`);
  const siren = await board.when('siren', 'co_t4', 0, 60_000);
  expect(siren.ms - at).toBeLessThanOrEqual(1_000);
  expect(siren.ms - at).toBeGreaterThanOrEqual(0);
  const entry = await motion.when('siren', 'steady', 0, 60_000);
  expect(entry.ms - beep.ms).toBeGreaterThan(57_000);
  expect(entry.ms - beep.ms).toBeLessThanOrEqual(61_000);
});
