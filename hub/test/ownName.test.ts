import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { io as connectLive } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeAuthority, makeLeaf } from '../src/io/tlsCertificates.ts';
import { createStage } from './faults/stage.ts';
import { HubClient, OWNER } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';

const NAME = 'house.example.org';
const DAY_MS = 86_400_000;
const stage = createStage();
const folder = mkdtempSync(join(tmpdir(), 'homeward-own-name-'));
const env = { HOMEWARD_TLS_CERT: join(folder, 'own.crt'), HOMEWARD_TLS_KEY: join(folder, 'own.key') };
let ca = '';

beforeAll(async () => {
  const validity = { from: Date.now() - DAY_MS, to: Date.now() + 90 * DAY_MS };
  const authority = await makeAuthority('somebody whom browsers trust', ['example.org'], validity);
  const pair = await makeLeaf(authority, { dns: [NAME], ip: [] }, validity);
  writeFileSync(env.HOMEWARD_TLS_CERT, pair.cert);
  writeFileSync(env.HOMEWARD_TLS_KEY, pair.key, { mode: 0o600 });
  ca = authority.cert;
});
afterEach(() => stage.clear());
afterAll(() => rmSync(folder, { recursive: true }));

/** Asks the hub under a name; a browser checks the certificate against that name. */
function ask(
  hub: HubProcess,
  host: string,
  servername?: string,
): Promise<{ status: number; trusted: boolean }> {
  const { https } = hub.ports;
  const name = servername === undefined ? {} : { servername };
  return new Promise((done, failed) => {
    const options = {
      host: '127.0.0.1',
      port: https,
      path: '/api/hello',
      agent: false,
      rejectUnauthorized: false,
    } as const;
    request({ ...options, ...name, ca, headers: { host } }, (answer) => {
      const trusted = (answer.socket as TLSSocket).authorized;
      answer.resume().on('end', () => done({ status: answer.statusCode ?? 0, trusted }));
    })
      .on('error', failed)
      .end();
  });
}

test('a hub with a certificate of its owner is that name too, and itself as before', async () => {
  const hub = await stage.hub({ env });
  const port = hub.ports.https;
  expect(await ask(hub, `${NAME}:${port}`, NAME)).toEqual({ status: 200, trusted: true });
  expect(await ask(hub, `localhost:${port}`, 'localhost')).toEqual({ status: 200, trusted: false });
  for (const other of ['example.org', `x.${NAME}`, 'evil.example']) {
    expect([other, (await ask(hub, other, NAME)).status]).toEqual([other, 403]);
  }
  const { name, password } = OWNER;
  const { token = '' } = await new HubClient(hub.ports.http).call('logIn', { body: { name, password } });
  const outcome = await new Promise((done) => {
    const headers = { host: `${NAME}:${port}`, origin: `https://${NAME}:${port}` };
    const options = {
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
      rejectUnauthorized: false,
    };
    const client = connectLive(`https://127.0.0.1:${port}`, { ...options, extraHeaders: headers });
    client.once('snapshot', () => done('in')).once('connect_error', ({ message }) => done(message));
    stage.keep({ close: async () => void client.disconnect() });
  });
  expect(outcome).toBe('in');
});

test('a hub whose owner brought a certificate that cannot be used starts all the same, and says why', async () => {
  const torn = join(folder, 'torn.crt');
  writeFileSync(torn, 'torn');
  const hub = await stage.hub({ env: { ...env, HOMEWARD_TLS_CERT: torn } });
  expect(hub.said).toContain(
    `${torn} holds no certificate that can be read. It has to be PEM. Until it is mended`,
  );
  expect(await ask(hub, 'localhost', 'localhost')).toMatchObject({ status: 200 });
  expect((await ask(hub, NAME, NAME)).status).toBe(403);
});
