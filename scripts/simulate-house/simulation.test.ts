import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BOARDS } from './boards.ts';
import { createSimulation, type Simulation, type SimulationOptions } from './simulation.ts';

let broker: ChildProcess;
let folder: string;
let port: number;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-house-'));
  port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n`);
  broker = spawn('/usr/sbin/mosquitto', ['-c', config], { stdio: 'ignore' });
});

afterAll(() => {
  broker.kill();
  rmSync(folder, { recursive: true, force: true });
});

type Heard = {
  readonly topic: string;
  readonly text: string;
  readonly bytes: Buffer;
  readonly retain: boolean;
};

/** Somebody who hears everything. */
let listener: MqttClient;
let heard: Heard[] = [];
let simulation: Simulation | null = null;

beforeEach(async () => {
  heard = [];
  listener = connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100 });
  listener.on('message', (topic, bytes, { retain }) =>
    heard.push({ topic, text: bytes.toString('utf8'), bytes, retain }),
  );
  await new Promise((resolve) => listener.once('connect', resolve));
  await listener.subscribeAsync('#', { qos: 1 });
});

afterEach(async () => {
  await simulation?.stop();
  simulation = null;
  // What boards retained must not greet the next test.
  for (const topic of new Set(heard.map((one) => one.topic)))
    listener.publish(topic, '', { retain: true, qos: 1 });
  await listener.endAsync();
});

async function startHouse(options: Partial<SimulationOptions> = {}): Promise<Simulation> {
  const connectBoard = () => ({ url: `mqtt://127.0.0.1:${port}`, username: null, password: null, ca: null });
  simulation = createSimulation({ seed: 2, start: '10:00', connect: connectBoard, ...options });
  await simulation.start();
  return simulation;
}

const texts = (topic: string) => heard.filter((one) => one.topic === topic).map(({ text }) => text);
const states = (boardId: string): Record<string, unknown>[] =>
  texts(`homeward/${boardId}/state`).map((text) => JSON.parse(text));
const lastState = (boardId: string) => states(boardId).at(-1);
const soon = { timeout: 8_000, interval: 25 };

describe('boards on a real broker', () => {
  it('announce themselves in device form, come online and report', async () => {
    await startHouse();
    await vi.waitFor(() => expect(lastState('siren-hall')).toBeDefined(), soon);
    for (const { id } of BOARDS) {
      await vi.waitFor(() => expect(texts(`homeward/${id}/availability`)).toContain('online'), soon);
      const config = JSON.parse(texts(`homeassistant/device/${id}/config`)[0] ?? '{}');
      expect(config.dev.ids).toEqual([id]);
      expect(config.avty).toEqual([{ t: `homeward/${id}/availability` }]);
      expect(Object.keys(config.cmps).length).toBeGreaterThan(0);
    }
    const kitchen = JSON.parse(texts('homeassistant/device/air-kitchen/config')[0] ?? '{}');
    expect(kitchen.dev.sa).toBe('Kitchen');
    expect(kitchen.cmps.oxygen).toMatchObject({ p: 'sensor', unit_of_meas: '%', hw_quantity: 'oxygen' });
    expect(kitchen.cmps.lel_methane).toMatchObject({ unit_of_meas: '%LEL', hw_quantity: 'lel_methane' });
    expect(lastState('air-kitchen')).toMatchObject({ boot: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(Number(lastState('air-kitchen')?.oxygen)).toBeGreaterThan(20.3);
  });

  it('count their messages and time them by the clock of the house', async () => {
    await startHouse({ speed: 60 });
    await vi.waitFor(() => expect(states('air-living').length).toBeGreaterThan(5), soon);
    const all = states('air-living');
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1));
    const [first, sixth] = [Number(all[1]?.upMs), Number(all[6 - 1]?.upMs)];
    expect((sixth - first) / 4).toBeGreaterThan(7_000);
  });

  it('announce themselves again when the hub is born', async () => {
    await startHouse({ speed: 10 });
    const topic = 'homeassistant/device/air-hall/config';
    await vi.waitFor(() => expect(texts(topic)).toHaveLength(1), soon);
    listener.publish('homeassistant/status', 'online');
    await vi.waitFor(() => expect(texts(topic)).toHaveLength(2), soon);
  });

  it('obey commands and answer with what is', async () => {
    const house = await startHouse();
    listener.publish('homeward/siren-hall/siren/set', '{"state":"ON","tone":"fire_t3","duration":60}');
    await vi.waitFor(
      () => expect(lastState('siren-hall')).toMatchObject({ siren: 'ON', tone: 'fire_t3' }),
      soon,
    );
    expect(house.model.siren.tone).toBe('fire_t3');
    listener.publish('homeward/siren-hall/siren/set', '{"state":"ON","tone":"opera"}');
    await vi.waitFor(() => expect(states('siren-hall').length).toBeGreaterThanOrEqual(3), soon);
    expect(lastState('siren-hall')).toMatchObject({ tone: 'fire_t3' });
    listener.publish('homeward/siren-hall/siren/set', 'OFF');
    await vi.waitFor(() => expect(lastState('siren-hall')).toMatchObject({ siren: 'OFF' }), soon);
    listener.publish('homeward/light-hall/light/set', 'ON');
    await vi.waitFor(() => expect(lastState('light-hall')).toMatchObject({ light: 'ON' }), soon);
    listener.publish('homeward/lock-hall/lock/set', 'UNLOCK');
    await vi.waitFor(() => expect(lastState('lock-hall')).toMatchObject({ lock: 'UNLOCKED' }), soon);
    expect(states('lock-hall').some(({ lock }) => lock === 'UNLOCKING')).toBe(true);
  });

  it('never obey a retained command', async () => {
    listener.publish('homeward/light-hall/light/set', 'ON', { retain: true, qos: 1 });
    await vi.waitFor(() => expect(texts('homeward/light-hall/light/set')).toContain('ON'), soon);
    await startHouse({ speed: 60 });
    await vi.waitFor(() => expect(states('light-hall').length).toBeGreaterThan(1), soon);
    expect(lastState('light-hall')).toMatchObject({ light: 'OFF' });
  });

  it('send pictures', async () => {
    await startHouse();
    await vi.waitFor(() => expect(texts('homeward/camera-hall/frame')).not.toHaveLength(0), soon);
    const picture =
      heard.find(({ topic }) => topic === 'homeward/camera-hall/frame')?.bytes ?? Buffer.alloc(0);
    expect([...picture.subarray(0, 4)]).toEqual([0xff, 0xd8, 0xff, 0xe0]);
    expect([...picture.subarray(-2)]).toEqual([0xff, 0xd9]);
    expect(picture.length).toBeLessThan(65_536);
  });

  it('say goodbye when the house stops', async () => {
    const house = await startHouse();
    await house.stop();
    for (const { id } of BOARDS)
      await vi.waitFor(() => expect(texts(`homeward/${id}/availability`).at(-1)).toBe('offline'), soon);
  });
});

describe('scenarios on a real broker', () => {
  it('heater: oxygen as the cell reads it falls below 19.5 %, carbon monoxide rises', async () => {
    const house = await startHouse({ speed: 900 });
    house.say('heater');
    await vi.waitFor(() => expect(Number(lastState('air-living')?.oxygen)).toBeLessThan(19.5), soon);
    await vi.waitFor(() => expect(Number(lastState('air-living')?.co)).toBeGreaterThan(5), soon);
  });

  it('smoke: begins by itself, half a minute of house time after the start', async () => {
    await startHouse({ speed: 30, scenario: 'smoke' });
    await vi.waitFor(() => expect(lastState('smoke-kitchen')).toMatchObject({ smoke: 'ON' }), soon);
    expect(states('smoke-kitchen')[0]).toMatchObject({ smoke: 'OFF' });
  });

  it('smoke: the board calls for help until the hub has answered', async () => {
    const house = await startHouse({ speed: 30 });
    house.say('smoke');
    const calls = () => texts('homeward/smoke-kitchen/alarm');
    await vi.waitFor(() => expect(calls()).toHaveLength(1), soon);
    const { boot, seq, ...rest } = JSON.parse(calls()[0] ?? '{}');
    expect(rest).toEqual({ upMs: expect.any(Number), entity: 'smoke', value: 'ON' });
    listener.publish('homeward/smoke-kitchen/ack', JSON.stringify({ boot, seq }));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(calls()).toHaveLength(1);
  });

  it('sensor-dies: silence first, the will of the connection later', async () => {
    const house = await startHouse({ speed: 200 });
    house.say('sensor-dies');
    await new Promise((resolve) => setTimeout(resolve, 400));
    const before = states('air-bedroom').length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(states('air-bedroom').length).toBe(before);
    expect(texts('homeward/air-bedroom/availability')).toEqual(['online']);
    await vi.waitFor(() => expect(texts('homeward/air-bedroom/availability')).toContain('offline'), soon);
    expect(texts('homeward/air-kitchen/availability')).toEqual(['online']);
  });

  it('radio-lost: five boards drop at once and come back', async () => {
    const house = await startHouse({ speed: 300 });
    house.say('radio-lost');
    const told = (words: string[]) =>
      BOARDS.filter(({ id }) => {
        const all = texts(`homeward/${id}/availability`);
        return words.every((word, i) => all[i] === word) && all.length === words.length;
      });
    await vi.waitFor(() => expect(told(['online', 'offline'])).toHaveLength(5), soon);
    await vi.waitFor(() => expect(told(['online', 'offline', 'online'])).toHaveLength(5), soon);
  });

  it('at great speed the hub gets no more than it can read', async () => {
    await startHouse({ speed: 600, start: '18:00' });
    const before = heard.length;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect((heard.length - before) / 2).toBeLessThan(100);
    expect((heard.length - before) / 2).toBeGreaterThan(10);
  });
});
