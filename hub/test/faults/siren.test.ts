import { spawn } from 'node:child_process';
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

/** Keeps this thread busy, as a commit on a slow card does. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('F-01 a command is on the wire before a disk that takes half a second has answered', async () => {
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
  // A program of its own tells when the command came: this one is busy then.
  const ear = spawn(EAR, ['-p', String(mosquitto.port), '-t', '#', '-q', '1', '-F', '%t %U']);
  stage.keep({ remove: async () => void ear.kill() });
  let heard = '';
  ear.stdout.setEncoding('utf8').on('data', (some: string) => {
    heard += some;
  });
  await until('the hub is connected', () => mqtt.isConnected());
  await until('the ear hears', async () => {
    mqtt.publish('warm', '', { qos: 1, retain: false });
    await sleep(50);
    return heard.includes('warm');
  });
  const sentAt = Date.now();
  mqtt.publish('homeward/siren/set', '{"state":"ON"}', { qos: 1, retain: false });
  block(500);
  const at = await until('the command came', () => /siren\/set ([\d.]+)/.exec(heard)?.[1]);
  expect(Number(at) * 1_000 - sentAt).toBeLessThan(250);
});
