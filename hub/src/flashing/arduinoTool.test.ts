import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../test/flashing/isAlive.ts';
import { createArduinoTool } from './arduinoTool.ts';

const PLACE = { sketch: 'a sketch', output: 'out', port: '/dev/ttyUSB0', jobs: null };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeward-arduino-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WITH_SHELL = (): string => `${folder}:/usr/bin:/bin`;
const install = (script: string, mode = 0o755): void =>
  writeFileSync(join(folder, 'arduino-cli'), `#!/bin/sh\n${script}\n`, { mode });
const tool = (path: string, folders: readonly string[] = []) =>
  createArduinoTool({ env: { PATH: path }, isHumble: true, folders });

test('a program that is nowhere is missing', async () => {
  expect(await tool(folder).call('version', PLACE)).toMatchObject({ exit: null, out: '' });
  expect(await tool(folder, [join(folder, 'bin')]).call('version', PLACE)).toMatchObject({ exit: null });
});

test('it is found on the PATH, and where people install it', async () => {
  install('echo "$@"');
  expect(await tool(folder).call('version', PLACE)).toEqual({ exit: 0, out: 'version --json\n', err: '' });
  expect(await tool('/nowhere', ['/neither', folder]).call('ports', PLACE)).toMatchObject({
    out: 'board list --json\n',
  });
});

test('both its streams and its exit code come back, and it is heard while it speaks', async () => {
  install('echo one; sleep 0.2; echo two; echo three >&2; exit 5');
  const told: string[] = [];
  const answer = await tool(WITH_SHELL()).call('compile', PLACE, (text) => told.push(text));
  expect(answer).toEqual({ exit: 5, out: 'one\ntwo\n', err: 'three\n' });
  expect(told[0]).toBe('one\n');
});

test('one that may not be run is there, but of no use', async () => {
  install('true', 0o644);
  expect(await tool(folder).call('version', PLACE)).toMatchObject({ exit: 126 });
});

test('one that is stopped ends with all that it started', async () => {
  install('sleep 300 & echo $!; wait');
  const told: string[] = [];
  const arduino = tool(WITH_SHELL());
  const answer = arduino.call('compile', PLACE, (text) => {
    told.push(text);
    arduino.stop();
  });
  expect(await answer).toMatchObject({ exit: 126 });
  const pid = Number(told[0]);
  expect(pid).toBeGreaterThan(1);
  expect(isAlive(pid)).toBe(false);
});

test('one that says without end is ended', async () => {
  install('while :; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; done');
  const { exit, out } = await tool(WITH_SHELL()).call('compile', PLACE);
  expect(exit).toBe(126);
  expect(out.length).toBeLessThan(8_000_001);
});
