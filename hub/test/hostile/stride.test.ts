import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { connectAsync, type IClientOptions } from 'mqtt';
import { io as connectLive } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { createStage } from '../faults/stage.ts';
import { HubClient, OWNER } from '../hubClient.ts';
import type { HubProcess } from '../hubProcess.ts';
import { until } from '../patience.ts';
import { ROOT } from '../repository.ts';
import { createSoftAuthenticator } from '../softAuthenticator.ts';
import { SMOKE } from '../testBoard.ts';
import { FIRST_LEAF, TEST_KEY } from '../testLeaf.ts';

const stage = createStage();
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await stage.clear();
});

const caOf = (hub: HubProcess) => readFileSync(join(hub.folder, 'secrets', 'ca.crt'), 'utf8');

/** Whether a broker lets somebody in. */
async function isLetIn(url: string, options: IClientOptions): Promise<boolean> {
  try {
    const client = await connectAsync(url, {
      reconnectPeriod: 0,
      connectTimeout: 5_000,
      protocolVersion: 4,
      ...options,
    });
    await client.endAsync(true);
    return true;
  } catch {
    return false;
  }
}

/** A passkey that is made in a session: whether it lets anybody in, as the status of its login. */
async function passkeyOf(hub: HubProcess, token: string) {
  const page = `http://localhost:${hub.ports.http}`;
  const authenticator = createSoftAuthenticator(page, 'localhost');
  const ask = (path: string, body?: object) =>
    fetch(`${page}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const begun = async (path: string) => ((await (await ask(path)).json()) as Begun).options;
  const options = await begun('/people/current/passkeys/begin');
  const made = { name: 'phone', credential: authenticator.create(options), endOthers: false };
  expect((await ask('/people/current/passkeys', made)).status).toBe(201);
  return {
    async logIn() {
      const credential = authenticator.get(await begun('/sessions/passkey/begin'));
      const answer = await fetch(`${page}/api/sessions/passkey`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ credential }),
      });
      return answer.status;
    },
  };
}
type Begun = { readonly options: { readonly challenge: string } };

test('STRIDE S: LAN host connects to broker without auth: nameless, unknown, wrong key and TLS 1.1 are refused', async () => {
  const hub = await stage.hub();
  const { deviceId, mqtt } = await hub.api.call('pair', { body: { name: 'Hall', kind: 'board' } });
  const secure = `mqtts://localhost:${hub.ports.mqtts}`;
  const right = { clientId: deviceId, username: deviceId, password: mqtt.password };
  for (const url of [hub.brokerUrl, secure]) {
    const ca = { ca: caOf(hub) };
    expect([url, await isLetIn(url, { ...ca, ...right })]).toEqual([url, true]);
    for (const login of [
      {},
      { username: '' },
      { username: deviceId },
      { ...right, password: 'wrong' },
      { ...right, username: 'hub' },
    ]) {
      expect([url, login, await isLetIn(url, { ...ca, ...login })]).toEqual([url, login, false]);
    }
  }
  const old = await new Promise((done) => {
    const options = { port: hub.ports.mqtts, ca: caOf(hub), ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    connectTls({ ...options, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })
      .once('error', done)
      .once('secureConnect', () => done(null));
  });
  expect(old).toBeInstanceOf(Error);
});

test('STRIDE S: mDNS spoof of hub: a board that has the authority of its hub does not speak to another', async () => {
  const hub = await stage.hub();
  const heard: Buffer[] = [];
  const rogue = createTlsServer({ key: TEST_KEY, cert: FIRST_LEAF }, (socket) =>
    socket.on('data', (some) => heard.push(some)),
  );
  rogue.on('tlsClientError', () => {});
  servers.push(rogue);
  await new Promise<void>((done) => rogue.listen(0, '127.0.0.1', done));
  const { port } = rogue.address() as { port: number };
  const login = { clientId: 'hall', username: 'hall', password: 'a key of this house' };
  expect(await isLetIn(`mqtts://localhost:${port}`, { ...login, ca: caOf(hub) })).toBe(false);
  expect(heard).toEqual([]);
});

test('STRIDE I: stolen phone: revoked, its next request gets 401 and its live socket closes within a second', async () => {
  const hub = await stage.hub();
  const { name, password } = OWNER;
  const { token = '' } = await new HubClient(hub.ports.http).call('logIn', { body: { name, password } });
  const options = { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true };
  const phone = connectLive(`http://127.0.0.1:${hub.ports.http}`, options);
  await new Promise((done) => phone.once('snapshot', done));
  const closed = new Promise<number>((done) => phone.once('disconnect', () => done(performance.now())));
  const passkey = await passkeyOf(hub, token);
  expect(await passkey.logIn()).toBe(201);
  const { sessions } = await hub.api.call('sessions');
  const stolen = sessions.filter(({ current }) => !current).toSorted((a, b) => a.createdAt - b.createdAt)[0];
  await hub.api.call('endSession', { id: stolen?.id ?? '' });
  const ended = performance.now();
  const next = await hub.api.send({
    method: 'GET',
    path: '/api/house',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(next.status).toBe(401);
  expect((await closed) - ended).toBeLessThan(1_000);
  expect(await passkey.logIn()).toBe(401);
  phone.disconnect();
});

test('STRIDE E: SSRF by webhook/camera URL: the hub asks no address that a device or a person gave it', async () => {
  let asked = 0;
  const trap = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  servers.push(trap);
  await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(trap.address() as { port: number }).port}/`;
  const hub = await stage.hub();
  const { deviceId, mqtt } = await hub.api.call('pair', { body: { name: url, kind: 'board' } });
  const board = await connectAsync(hub.brokerUrl, {
    clientId: deviceId,
    username: deviceId,
    password: mqtt.password,
  });
  const part = { unique_id: `${deviceId}_a`, state_topic: `homeward/${deviceId}/state`, entity_picture: url };
  const announcement = {
    device: { identifiers: [deviceId], name: url, configuration_url: url },
    origin: { name: url, url },
    components: {
      a: { ...part, platform: 'sensor', name: url },
      u: { ...part, platform: 'update', unique_id: `${deviceId}_u`, release_url: url },
      i: {
        ...part,
        platform: 'image',
        unique_id: `${deviceId}_i`,
        url_topic: `homeward/${deviceId}/url`,
        state_topic: undefined,
      },
    },
  };
  await board.publishAsync(`homeassistant/device/${deviceId}/config`, JSON.stringify(announcement), {
    qos: 1,
    retain: true,
  });
  await until(
    'it is known',
    async () => Object.keys((await hub.api.device(deviceId))?.entities ?? {}).length > 0,
  );
  await board.publishAsync(`homeward/${deviceId}/url`, url, { qos: 1 });
  await board.publishAsync(
    `homeward/${deviceId}/state`,
    JSON.stringify({ release_url: url, entity_picture: url }),
    { qos: 1 },
  );
  for (const id of Object.keys((await hub.api.device(deviceId))?.entities ?? {})) {
    await hub.api.send({ method: 'GET', path: `/api/entities/${encodeURIComponent(id)}/picture` });
  }
  await board.endAsync();
  expect(asked).toBe(0);
  // Nor is there anything in it that could: it has servers, and one client, for MQTT.
  const asking =
    /\bfetch\(|\bhttps?\.(?:request|get)\(|from 'undici'|from 'node:(?:http2|dgram)'|\bimport \{[^}]*\brequest\b[^}]*\} from 'node:https?'/;
  const sources = (readdirSync(join(ROOT, 'hub/src'), { recursive: true }) as string[]).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => asking.test(readFileSync(join(ROOT, 'hub/src', file), 'utf8')))).toEqual(
    [],
  );
});

/** 127.0.0.0/8, ::1, and the first in the form of IPv6. */
const THIS_MACHINE = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):/;

/** The other ends of all connections that a process has or tries to get, as the kernel writes them. */
function connectionsOf(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  const [ESTABLISHED, ASKING] = ['01', '02'];
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(
        ([, , , state = '', , , , , , inode = '']) => [ESTABLISHED, ASKING].includes(state) && own.has(inode),
      )
      .map(([, , remote = '']) => remote),
  );
}

test('STRIDE D: internet cut: an alarm is heard, shown and acknowledged by a hub that speaks to nobody outside', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Kitchen', { smoke: SMOKE });
  await board.tell({ smoke: 'ON' });
  const alarm = await until('there is an alarm', async () => (await hub.api.alarms())[0]);
  await hub.api.acknowledge(alarm.id);
  const ends = connectionsOf(hub.pid);
  // The board's, and the hub's own to its broker.
  expect(ends.length).toBeGreaterThan(1);
  expect(ends.filter((end) => !THIS_MACHINE.test(end))).toEqual([]);
});

test('STRIDE R: "I did not disarm": who did what stands in the journal by the person, and the verifier finds it whole', async () => {
  const hub = await stage.hub();
  await hub.api.call('pair', { body: { name: 'Hall', kind: 'board' } });
  const { name, password } = OWNER;
  await new HubClient(hub.ports.http).call('logIn', { body: { name, password } });
  const me = await hub.api.call('me');
  await expect
    .poll(() => hub.journal('personLoggedIn').map(({ fact }) => fact.personId))
    .toEqual([me.personId]);
  await hub.restart();
  await hub.api.logIn();
  expect(await hub.api.call('verifyJournal')).toMatchObject({ isWhole: true });
});
