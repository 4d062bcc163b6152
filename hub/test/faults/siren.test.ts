import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createMqtt } from '../../src/io/mqtt.ts';
import { startMosquitto } from '../brokers/mosquitto.ts';
import { until } from '../patience.ts';
import { createStage } from './stage.ts';

/** Of Debian's mosquitto-clients. */
const EAR = 'mosquitto_sub';

const stage = createStage();
afterEach(() => stage.clear());

/** How long a card may be thought to take, ms: far longer than any does. */
const PATIENCE_MS = 20_000;

/** Keeps this thread busy, as a commit on a slow card does, until `isOver`. Answers whether it ever was. */
function blockUntil(isOver: () => boolean): boolean {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) if (isOver()) return true;
  return false;
}

test('F-01 a command is on the wire before a disk that takes long has answered', async () => {
  const mosquitto = stage.keep(await startMosquitto());
  const mqtt = createMqtt({
    url: mosquitto.url,
    clientId: 'hub',
    onMessage: () => {},
    onFound: () => {},
    onLost: () => {},
    onReport: () => {},
  });
  mqtt.start();
  stage.keep({ close: () => mqtt.stop() });
  // A program of its own listens and writes down what it heard: this one is busy then.
  const folder = mkdtempSync(join(tmpdir(), 'homeward-ear-'));
  stage.keep({ remove: async () => rmSync(folder, { recursive: true, force: true }) });
  const file = join(folder, 'heard');
  const paper = openSync(file, 'w');
  const ear = spawn(EAR, ['-p', String(mosquitto.port), '-t', '#', '-q', '1', '-F', '%t'], {
    stdio: ['ignore', paper, 'ignore'],
  });
  closeSync(paper);
  stage.keep({ remove: async () => void ear.kill() });
  const isHeard = (topic: string) => readFileSync(file, 'utf8').includes(topic);
  await until('the hub is connected', () => mqtt.isConnected());
  await until('the ear hears', async () => {
    mqtt.publish('warm', '', { qos: 1, retain: false });
    await sleep(50);
    return isHeard('warm');
  });
  mqtt.publish('homeward/siren/set', '{"state":"ON"}', { qos: 1, retain: false });
  // The disk does not answer before the command was heard: without that it never would.
  expect(blockUntil(() => isHeard('siren/set'))).toBe(true);
});
