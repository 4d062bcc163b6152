import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createStage } from './faults/stage.ts';
import { plugIn, WIFI } from './flashing/world.ts';
import { housesOn } from './houses.ts';
import { OWNER } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub, ROOT } from './repository.ts';

const stage = createStage();
afterEach(() => stage.clear());

type World = Awaited<ReturnType<typeof plugIn>>;

/** `npm run flash` as a program of its own, whose questions are answered line by line. */
function runFlash({ env }: Pick<World, 'env'>, args: readonly string[], answers: readonly string[]) {
  ensureHub();
  const child = spawn(process.execPath, [join(ROOT, 'build/scripts/flash/main.js'), ...args], {
    env: { ...env, HOMEWARD_MQTT_URL: 'mqtt://hub:nobodys-business@broker' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const run = {
    out: '',
    err: '',
    child,
    ended: new Promise<number | null>((end) => child.once('close', end)),
  };
  child.stdout.setEncoding('utf8').on('data', (some: string) => {
    run.out += some;
  });
  child.stderr.setEncoding('utf8').on('data', (some: string) => {
    run.err += some;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(answers.map((line) => `${line}\n`).join(''));
  stage.keep({
    async close() {
      child.kill('SIGKILL');
      await run.ended;
    },
  });
  return run;
}

const at = (hub: HubProcess): string[] => ['--hub', `http://127.0.0.1:${hub.ports.http}`];
const LOGIN = [OWNER.name, OWNER.password];
const nobodyLeft = async (hub: HubProcess) => {
  await until('no device is left', async () => (await hub.api.call('devices')).devices.length === 0);
  expect(hub.inspect((db) => db.prepare('select count(*) as n from broker_identity').get())).toEqual({
    n: 0,
  });
};

test.each(housesOn(stage))(
  'with %s one command brings a board in, and says so in words',
  async (_, broker) => {
    const world = await plugIn(stage);
    const hub = await stage.hub(await broker());
    const run = runFlash(
      world,
      ['--node', 'air', '--port', world.board.port, ...at(hub)],
      [...LOGIN, 'Kitchen air', WIFI.ssid, WIFI.password],
    );
    expect([await run.ended, run.err.includes('Error')]).toEqual([0, false]);
    const lines = run.out.split('\n').filter((line) => !line.startsWith('  '));
    expect(lines.filter((line) => line.endsWith('%')).at(-1)).toBe('… Putting it on the board 100 %');
    expect(lines.filter((line) => !line.endsWith('%'))).toEqual([
      '… Looking for arduino-cli',
      '… Compiling its program',
      '… Putting it on the board',
      '… Waiting until the board answers',
      '… Making its key to the house',
      `… Handing it the key (${world.board.identity?.username})`,
      '… Joining the Wi-Fi',
      '… Waiting for its first word',
      'Kitchen air has spoken. It is paired and in your Wi-Fi. You may pull the cable out.',
      '',
    ]);
    const { devices } = await hub.api.call('devices');
    expect(devices).toMatchObject([{ kind: 'board', name: 'Kitchen air' }]);
    const everywhere = JSON.stringify([run.out, run.err, world.tool.calls(), hub.said, hub.journal()]);
    for (const secret of [
      OWNER.password,
      WIFI.password,
      world.board.identity?.password,
      'nobodys-business',
    ]) {
      expect(everywhere).not.toContain(secret);
    }
    await until('its session has ended', () =>
      hub.inspect((db) => (db.prepare('select count(*) as n from session').get() as { n: number }).n === 1),
    );
  },
);

test('a wrong password of the Wi-Fi is asked for again, with what the board sees', async () => {
  const world = await plugIn(stage);
  const hub = await stage.hub();
  const run = runFlash(
    world,
    ['--node', 'air', '--name', 'Hall', '--ssid', 'MyWirelessAp', ...at(hub)],
    [...LOGIN, 'short', 'wrong-password', 'MyWirelessAP', WIFI.password],
  );
  expect(await run.ended).toBe(0);
  expect(run.out).toContain('It has 8 to 64 letters.');
  expect(run.out).toContain('The board could not join the Wi-Fi. It sees these networks: MyWirelessAP');
  expect(run.out).toContain('Hall has spoken.');
});

test.each([
  ['an old arduino-cli', { version: '1.0.0' }, {}, ['too old', 'install.sh']],
  [
    'a mistake in the sketch',
    { compile: 'error' },
    {},
    ["'sensr' was not declared", 'mend what the compiler says'],
  ],
  ['a busy port', { upload: 'busy' }, {}, ['Another program has that port open', 'Close serial monitors']],
  ['a cable that is pulled out', {}, { mood: 'unplugged' }, ['unplugged in the middle', 'Plug it in again']],
  ['a board with another program', {}, { firmware: 'WLED' }, ['WLED', 'the right board']],
] as const)('%s is named with the next step, and nothing is left behind', async (_, plan, board, words) => {
  const world = await plugIn(stage, plan, board);
  const hub = await stage.hub();
  const args = [
    '--node',
    'air',
    '--port',
    world.board.port,
    '--name',
    'Hall',
    '--ssid',
    WIFI.ssid,
    ...at(hub),
  ];
  const run = runFlash(world, args, [...LOGIN, WIFI.password]);
  expect(await run.ended).toBe(1);
  for (const word of words) expect(run.out + run.err).toContain(word);
  await nobodyLeft(hub);
});

test('who presses Ctrl+C ends it, and nothing is left behind', async () => {
  const world = await plugIn(stage, {}, { mood: 'silent' });
  const hub = await stage.hub();
  const args = ['--node', 'air', '--name', 'Hall', '--ssid', WIFI.ssid, ...at(hub)];
  const run = runFlash(world, args, [...LOGIN, WIFI.password]);
  await until('it waits for the board', () => run.out.includes('Waiting until the board answers'), 20_000);
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(1);
  expect(run.out).toContain('It was stopped.');
  await nobodyLeft(hub);
});

test('the password of the hub is refused before anything is compiled', async () => {
  const world = await plugIn(stage);
  const hub = await stage.hub();
  const run = runFlash(world, ['--node', 'air', ...at(hub)], [OWNER.name, 'not-the-password']);
  expect(await run.ended).toBe(1);
  expect(run.err).toContain('Name or password do not match.');
  expect(world.tool.calls().map(({ args }) => args[0])).toEqual(['version', 'board']);
});

test('a hub that is not there, a node without a program and a lost terminal are said', async () => {
  const world = await plugIn(stage);
  const away = ['--hub', 'http://127.0.0.1:1'];
  const ended = async (args: readonly string[], answers: readonly string[] = LOGIN) => {
    const run = runFlash(world, [...args, ...away], answers);
    const status = await run.ended;
    return `${status} ${run.err.replace(/\s+/g, ' ')}`;
  };
  expect(await ended(['--node', 'air'])).toContain('1 Your name at the hub');
  expect(await ended(['--node', 'air'])).toContain('does not answer (ECONNREFUSED). Is it running');
  expect(await ended(['--node', 'door'])).toContain('The program of that board is not here.');
  expect(await ended(['--node', 'air'], [])).toContain('There was no answer.');
});

test('ports are listed, and where there are several one must be named', async () => {
  const world = await plugIn(stage);
  world.tool.plan({ ports: ['/dev/ttyUSB0', '/dev/ttyACM0'] });
  const list = runFlash(world, ['--list'], []);
  expect(await list.ended).toBe(0);
  expect(list.out).toBe('  /dev/ttyUSB0  Serial Port (USB)\n  /dev/ttyACM0  Serial Port (USB)\n');
  const several = runFlash(world, ['--node', 'air'], []);
  expect(await several.ended).toBe(1);
  expect(several.err).toContain('Name one with --port:\n  /dev/ttyUSB0');
  world.tool.plan({ ports: [] });
  const none = runFlash(world, ['--node', 'air'], []);
  expect(await none.ended).toBe(1);
  expect(none.err).toContain('Nothing is plugged into this machine.');
});

test.each([
  [[], '--node must be one of air, motion, door, cam.'],
  [['--node', 'toaster'], '--node must be one of'],
  [['--node', 'air', '--port', '/dev/../etc/passwd'], 'it must be a device, like /dev/ttyUSB0'],
  [['--node', 'air', '--hub', 'homeward'], 'it must be like https://homeward.local:8443'],
  [['--node', 'air', '--password', 'x'], "Unknown option '--password'"],
])('a command that makes no sense is refused: %j', async (args, words) => {
  const world = await plugIn(stage);
  const run = runFlash(world, args, []);
  expect([await run.ended, run.err.includes(words)]).toEqual([2, true]);
  expect(world.tool.calls()).toEqual([]);
});

test('help names every option', async () => {
  const run = runFlash(await plugIn(stage), ['--help'], []);
  expect(await run.ended).toBe(0);
  for (const option of ['node', 'port', 'hub', 'ca', 'name', 'ssid', 'list'])
    expect(run.out).toContain(`--${option}`);
});
