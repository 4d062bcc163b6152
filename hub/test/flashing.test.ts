import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { FlashJob } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import { isAlive } from './flashing/isAlive.ts';
import { plugIn, WIFI } from './flashing/world.ts';
import { housesOn } from './houses.ts';
import { Refused } from './hubClient.ts';
import { type HubOptions, type HubProcess, startHub } from './hubProcess.ts';
import { until } from './patience.ts';

const stage = createStage();
afterEach(() => stage.clear());

type World = Awaited<ReturnType<typeof plugIn>>;

async function hubBeside({ env }: World, options: HubOptions = {}) {
  const hub = stage.keep(await startHub({ ...options, env: { ...options.env, ...env } }));
  await hub.api.call('flashPorts');
  return hub;
}

const order = ({ board }: World, more: object = {}) => ({
  body: { node: 'air', port: board.port, name: 'Kitchen air', wifi: WIFI, ...more },
});

async function untilOver(hub: HubProcess, states: readonly FlashJob['state'][] = ['done', 'failed']) {
  let job: FlashJob | null = null;
  await until(
    `it is ${states.join(' or ')}`,
    async () => {
      job = (await hub.api.call('flashing')).job;
      return job !== null && states.includes((job as FlashJob).state);
    },
    50_000,
  );
  if (job === null) throw new Error('there is no flash');
  return job as FlashJob;
}

const HOUSES = housesOn(stage);

test.each(HOUSES)(
  'on %s a board goes from empty to paired, and its password is nowhere but in it',
  async (_, broker) => {
    const world = await plugIn(stage);
    const hub = await hubBeside(world, await broker());
    const ports = await hub.api.call('flashPorts');
    expect(ports).toMatchObject({ version: '1.5.1', failure: null, nodes: ['air', 'motion'], images: [] });
    expect(ports.ports).toEqual([{ address: world.board.port, label: 'Serial Port (USB)' }]);

    expect(await hub.api.call('startFlash', order(world))).toMatchObject({ stage: 'tool', state: 'running' });
    const job = await untilOver(hub);
    expect(job).toMatchObject({ state: 'done', failure: null, stage: 'first-word' });

    const device = await hub.api.device(job.deviceId ?? '');
    expect(device).toMatchObject({ kind: 'board', name: 'Kitchen air' });
    expect(Object.keys(device?.entities ?? {})).toHaveLength(2);
    const identity = world.board.identity;
    expect(identity).toMatchObject({ username: job.deviceId });
    expect(world.tool.calls().map(({ args }) => args[0])).toEqual([
      ...['version', 'board', 'version', 'board'],
      ...['version', 'compile', 'upload'],
    ]);
    const secrets = [WIFI.password, identity?.password ?? 'missing'];
    const everywhere = JSON.stringify([world.tool.calls(), hub.said, hub.journal(), job]);
    for (const secret of secrets) {
      expect(everywhere).not.toContain(secret);
      for (const folder of [world.sketches.folder, join(hub.folder, 'flashing')]) {
        expect(
          execFileSync('sh', ['-c', `grep -rlF -- "$0" "$1" || true`, secret, folder], { encoding: 'utf8' }),
        ).toBe('');
      }
    }
    expect(hub.journal('devicePaired')[0]?.fact).toMatchObject({ by: 'Mona', deviceId: job.deviceId });
  },
);

test('what programs are told of the environment holds no password of a broker', async () => {
  const world = await plugIn(stage);
  const [, broker] = HOUSES.at(-1) ?? [];
  await hubBeside(world, await broker?.());
  const [called] = world.tool.calls();
  expect(Object.keys(called?.env ?? {}).filter((name) => name.startsWith('HOMEWARD'))).toEqual([]);
  expect(called?.env).toMatchObject({ LC_ALL: 'C.UTF-8', HOME: world.tool.folder });
});

test('where there is no use in asking for ports, it is said why', async () => {
  const world = await plugIn(stage, { version: '1.2.2' });
  const hub = await hubBeside(world);
  expect(await hub.api.call('flashPorts')).toMatchObject({
    version: null,
    failure: 'tool-old',
    detail: '1.2.2',
    ports: [],
  });
});

test('a merged image is offered to ESP Web Tools once one was built', async () => {
  const world = await plugIn(stage);
  const hub = await hubBeside(world);
  const image = { method: 'GET', path: '/api/flashing/images/air/image' };
  expect((await hub.api.send(image)).status).toBe(404);
  await hub.api.call('startFlash', order(world));
  await untilOver(hub);
  expect((await hub.api.call('flashPorts')).images).toEqual(['air']);
  const manifest = await hub.api.call('imageManifest', { id: 'air' });
  expect(manifest).toMatchObject({
    name: 'Homeward air',
    builds: [{ chipFamily: 'ESP32', parts: [{ path: 'image', offset: 0 }] }],
  });
  const at = new URL(manifest.builds[0]?.parts[0]?.path ?? '', 'http://hub/api/flashing/images/air/manifest');
  expect(at.pathname).toBe(image.path);
  const answer = await hub.api.send(image);
  expect([answer.status, answer.text]).toEqual([200, 'merged.bin of air_node.ino']);
  for (const id of ['motion', '..', 'toaster']) {
    expect((await hub.api.send({ ...image, path: `/api/flashing/images/${id}/image` })).status).toBe(404);
  }
});

test.each([
  ['an arduino-cli that is too old', { version: '1.2.2' }, {}, 'tool-old', '1.2.2'],
  ['no ESP32 core', { compile: 'no-core' }, {}, 'core-missing', 'not found'],
  ['no internet', { compile: 'network' }, {}, 'tool-network', '502'],
  ['a mistake in the sketch', { compile: 'error' }, {}, 'compile-failed', "'sensr' was not declared"],
  ['a port that another program holds', { upload: 'busy' }, {}, 'port-busy', 'exclusively lock'],
  ['another firmware on the board', {}, { firmware: 'ESPHome' }, 'board-foreign', 'ESPHome'],
  ['a board whose store is full', {}, { mood: 'full' }, 'board-refused', null],
  ['a cable that is pulled out midway', {}, { mood: 'unplugged' }, 'unplugged', null],
] as const)('%s is named, and no identity is left behind', async (_, plan, board, failure, detail) => {
  const world = await plugIn(stage, {}, board);
  const hub = await hubBeside(world);
  world.tool.plan({ ports: [world.board.port], ...plan });
  await hub.api.call('startFlash', order(world));
  const job = await untilOver(hub);
  expect(job).toMatchObject({ state: 'failed', failure, deviceId: null });
  if (detail === null) expect(job.detail).toBeNull();
  else expect(job.detail).toContain(detail);
  await until('no device is left', async () => (await hub.api.call('devices')).devices.length === 0);
  expect(hub.inspect((db) => db.prepare('select count(*) as n from broker_identity').get())).toEqual({
    n: 0,
  });
});

test('a silent board is given up after half a minute', async () => {
  const world = await plugIn(stage, {}, { mood: 'silent' });
  const hub = await hubBeside(world);
  await hub.api.call('startFlash', order(world));
  expect(await untilOver(hub)).toMatchObject({ failure: 'board-silent', stage: 'greet', deviceId: null });
}, 70_000);

test('garbage on the wire only takes longer', async () => {
  const world = await plugIn(stage, {}, { mood: 'garbage' });
  const hub = await hubBeside(world);
  await hub.api.call('startFlash', order(world));
  expect(await untilOver(hub)).toMatchObject({ state: 'done' });
}, 70_000);

test('after a wrong password of the Wi-Fi the right one is taken', async () => {
  const world = await plugIn(stage);
  const hub = await hubBeside(world);
  const wrong = { ssid: 'MyWirelessAp', password: 'not-the-password' };
  await hub.api.call('startFlash', order(world, { wifi: wrong }));
  const asked = await untilOver(hub, ['wifi-asked', 'failed']);
  expect(asked).toMatchObject({ state: 'wifi-asked', networks: ['MyWirelessAP'] });
  await hub.api.call('flashWifi', { body: WIFI });
  expect(await untilOver(hub)).toMatchObject({ state: 'done', deviceId: asked.deviceId });
  await expect(hub.api.call('flashWifi', { body: WIFI })).rejects.toSatisfy(
    (error) => error instanceof Refused && error.isA('flash-not-asking'),
  );
});

test('who stops it ends the compiler, and may begin anew', async () => {
  const world = await plugIn(stage, { compileMs: 60_000 });
  const hub = await hubBeside(world);
  await hub.api.call('startFlash', order(world));
  await until('it compiles', () => world.tool.calls().some(({ args }) => args[0] === 'compile'));
  const { pid = 0 } = world.tool.calls().at(-1) ?? {};
  // The last field but one of those before the processor: how far it steps back.
  expect(Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16])).toBe(19);
  await expect(hub.api.call('startFlash', order(world))).rejects.toSatisfy(
    (error) => error instanceof Refused && error.isA('flash-busy'),
  );
  await hub.api.call('stopFlash');
  expect(await untilOver(hub, ['stopped'])).toMatchObject({ stage: 'compile', failure: null });
  await until('the compiler has ended', () => !isAlive(pid));
  world.tool.plan({ ports: [world.board.port] });
  await hub.api.call('startFlash', order(world));
  expect(await untilOver(hub)).toMatchObject({ state: 'done' });
  await hub.api.call('stopFlash');
  expect((await hub.api.call('flashing')).job).toBeNull();
});

test('a hub that ends takes the compiler with it', async () => {
  const world = await plugIn(stage, { compileMs: 60_000 });
  const hub = await hubBeside(world);
  await hub.api.call('startFlash', order(world));
  await until('it compiles', () => world.tool.calls().some(({ args }) => args[0] === 'compile'));
  const { pid = 0 } = world.tool.calls().at(-1) ?? {};
  await hub.stop();
  await until('the compiler has ended', () => !isAlive(pid));
});

test.each([
  ['a file that is no port', '/dev/null', 'air'],
  ['a way out of the folder', '/dev/../etc/passwd', 'air'],
  ['a node whose program is not here', null, 'door'],
])('%s is not even looked at', async (_, port, node) => {
  const world = await plugIn(stage);
  const hub = await hubBeside(world);
  const asked = hub.api.call('startFlash', order(world, { node, ...(port === null ? {} : { port }) }));
  await expect(asked).rejects.toSatisfy((error) => error instanceof Refused && error.isA('bad-request'));
  expect(world.tool.calls().some(({ args }) => args[0] === 'compile')).toBe(false);
});

test('what was built is no secret, but the folder is the hub’s alone', async () => {
  const world = await plugIn(stage);
  const hub = await hubBeside(world);
  await hub.api.call('startFlash', order(world));
  await untilOver(hub);
  expect(readdirSync(join(hub.folder, 'flashing', 'air')).sort()).toContain('chip');
  expect(statSync(hub.folder).mode & 0o077).toBe(0);
});
