import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createTls } from '../../src/io/tls.ts';
import { startMosquitto } from '../brokers/mosquitto.ts';
import { createStage } from '../faults/stage.ts';
import { until } from '../patience.ts';
import { ensureVirtualBoard, VirtualBoard } from './virtualBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(ensureVirtualBoard, 240_000);

async function authority(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `homeward-${name}-`));
  stage.keep({ close: async () => rmSync(folder, { recursive: true, force: true }) });
  return createTls({ folder, hostName: 'attic', addresses: () => [], now: Date.now }).ensure();
}

/** A listener of this test. @returns its port */
async function listen(take: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  stage.keep({
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return (server.address() as AddressInfo).port;
}

const waits = (board: VirtualBoard) => board.all('retry').map(({ value }) => Number(value));

test('a broker of another authority is not spoken to, and it is said; the siren works all the same', async () => {
  const [ours, theirs] = await Promise.all([authority('ours'), authority('theirs')]);
  const broker = stage.keep(await startMosquitto({ tls: theirs }));
  const board = stage.keep(
    new VirtualBoard({
      node: 'air',
      id: 'hw-air-ca',
      host: 'localhost',
      port: broker.port,
      ca: ours.boardCa,
      speed: 5,
    }),
  );
  await board.when('status', 'wrong_ca');
  board.tell('40 co 320');
  expect((await board.when('siren', 'co_t4')).ms).toBeLessThanOrEqual(41_000);
  expect(board.all('connack')).toEqual([]);
});

test('the right authority under a wrong name is not spoken to either; under its own it is', async () => {
  const ours = await authority('ours');
  const broker = stage.keep(await startMosquitto({ tls: ours }));
  // The same broker at another address, for which its certificate does not speak.
  const other = await listen((socket) => {
    const on = connect(broker.port, '127.0.0.1').on('error', () => undefined);
    socket.pipe(on).pipe(socket);
  }, '127.0.0.2');
  const at = (id: string, host: string, port: number) =>
    stage.keep(new VirtualBoard({ node: 'motion', id, host, port, ca: ours.boardCa }));
  await at('hw-motion-named', 'localhost', broker.port).when('connack', '0');
  const misnamed = at('hw-motion-misnamed', '127.0.0.2', other);
  await misnamed.when('status', 'wrong_ca');
  expect(misnamed.all('connack')).toEqual([]);
});

test('a wrong password is refused, said, and does not hammer the broker: each wait is longer than the last', async () => {
  const broker = stage.keep(
    await startMosquitto({
      dynsec: {
        admin: { username: 'admin', password: 'the-admins-own-long-secret' },
        hub: { username: 'hub', password: 'the-hubs-own-long-secret' },
      },
    }),
  );
  const board = stage.keep(
    new VirtualBoard({ node: 'motion', id: 'hub', port: broker.port, password: 'wrong', speed: 10 }),
  );
  await board.when('status', 'wrong_password');
  await until('it has tried six times', () => waits(board).length >= 6, 30_000);
  for (const [n, span] of waits(board).slice(0, 6).entries()) {
    expect(span).toBeGreaterThanOrEqual(500 * 2 ** n);
    expect(span).toBeLessThanOrEqual(1_000 * 2 ** n);
  }
  expect(board.all('connack').length).toBeLessThanOrEqual(8);
  expect(board.all('connack').every(({ value }) => value === '5')).toBe(true);
});

test('a peer that takes the connection and never says welcome does not make it hammer', async () => {
  let taken = 0;
  const port = await listen((socket) => {
    taken += 1;
    // A TCP connection alone is no welcome.
    setTimeout(() => socket.destroy(), 20);
  });
  const board = stage.keep(new VirtualBoard({ node: 'motion', id: 'hw-motion-mute', port, speed: 10 }));
  await until('it has tried five times', () => waits(board).length >= 5, 30_000);
  expect(waits(board)[4]).toBeGreaterThanOrEqual(8_000);
  expect(taken).toBeLessThanOrEqual(7);
});

/** Remaining length is one byte below 128. */
const packet = (type: number, body: Buffer) => Buffer.concat([Buffer.from([type, body.length]), body]);
const publish = (topic: string, payload: string) => {
  const name = Buffer.from(topic);
  return packet(0x30, Buffer.concat([Buffer.from([0, name.length]), name, Buffer.from(payload)]));
};

/** What a broker answers to one piece of what a client sent: welcome, and yes to each subscription, of which several may come at once. */
function answersTo(data: Buffer): Buffer[] {
  const byte = (at: number) => data[at] ?? 0;
  if (byte(0) >> 4 === 1) return [packet(0x20, Buffer.from([0, 0]))];
  if (byte(0) >> 4 !== 8) return [];
  const answers: Buffer[] = [];
  for (let at = 0; at < data.length; at += 2 + byte(at + 1))
    answers.push(packet(0x90, Buffer.from([byte(at + 2), byte(at + 3), 1])));
  return answers;
}

test('a broker that sends what nobody asked for is not obeyed, and it is said', async () => {
  const id = 'hw-motion-lied-to';
  const states: string[] = [];
  const port = await listen((socket) => {
    let answered = 0;
    socket.on('data', (data: Buffer) => {
      if (data.includes('"upMs"')) states.push(data.toString('latin1'));
      const answers = answersTo(data);
      for (const answer of answers) socket.write(answer);
      answered += answers.length;
      // The welcome, and nine subscriptions.
      if (answers.length === 0 || answered < 10) return;
      socket.write(publish('homeward/hw-motion-other/siren/set', '{"state":"ON","tone":"fire_t3"}'));
    });
  });
  const board = stage.keep(new VirtualBoard({ node: 'motion', id, port }));
  await board.when('status', 'foreign_topic');
  await sleep(500);
  expect(board.all('siren')).toEqual([]);
  expect(states.join('')).toContain('"status":"foreign_topic","refused":1');
});
