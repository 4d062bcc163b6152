import { request as askPlain, type IncomingHttpHeaders } from 'node:http';
import { request as askTls } from 'node:https';
import { networkInterfaces } from 'node:os';
import { io as connectLive } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HubClient, OWNER } from '../hubClient.ts';
import { type HubProcess, startHub } from '../hubProcess.ts';
import { sendRaw } from './rawHttp.ts';

let hub: HubProcess;
let cookie = '';
let token = '';

const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

beforeAll(async () => {
  hub = await startHub({ env: { HOMEWARD_BIND: '0.0.0.0' } });
  const { name, password } = OWNER;
  token = (await new HubClient(hub.ports.http).call('logIn', { body: { name, password } })).token ?? '';
  const login = await ask('/api/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password, cookie: true }),
  });
  cookie = (login.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0]).join('; ');
  expect(login.headers['set-cookie']).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^__Host-homeward=.*; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/),
    ]),
  );
});
afterAll(() => hub?.remove());

type Asked = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default HTTPS on this machine. */
  readonly plainHost?: string;
};
type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

function ask(path: string, { method = 'GET', headers, body, plainHost }: Asked = {}): Promise<Answer> {
  const shared = { path, method, headers, agent: false as const };
  const { http, https } = hub.ports;
  return new Promise((resolve, reject) => {
    const sent =
      plainHost === undefined
        ? askTls({ ...shared, host: '127.0.0.1', port: https, rejectUnauthorized: false })
        : askPlain({ ...shared, host: plainHost, port: http });
    sent.on('error', reject).on('response', async (answer) => {
      let text = '';
      for await (const part of answer.setEncoding('utf8')) text += part;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    sent.end(body);
  });
}

const own = () => `https://127.0.0.1:${hub.ports.https}`;
const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:443',
  '127.0.0.1.evil.example',
  'hub.local.evil.example',
  'localhost.evil.example',
];
const FOREIGN_ORIGINS = [
  'https://evil.example',
  'http://localhost',
  'https://127.0.0.1',
  'null',
  'https://localhost:3000',
  'capacitor://evil',
  'file://',
];

/** The first line of what is answered to one who wants a WebSocket. */
async function upgrade(headers: string): Promise<string> {
  const { text } = await sendRaw(
    hub.ports.http,
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${headers}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    1_000,
  );
  return text.split('\r\n', 1)[0] ?? '';
}

test.each(FOREIGN_HOSTS)(
  'STRIDE E: DNS rebinding: who calls the hub %s gets 403, on HTTP, HTTPS and WebSocket',
  async (host) => {
    for (const path of [
      '/',
      '/api/hello',
      '/api/house',
      '/trust',
      '/ca.crt',
      '/socket.io/?EIO=4&transport=polling',
    ]) {
      expect([path, (await ask(path, { headers: { host, cookie } })).status]).toEqual([path, 403]);
      expect([path, (await ask(path, { headers: { host }, plainHost: '127.0.0.1' })).status]).toEqual([
        path,
        403,
      ]);
    }
    expect(await upgrade(`Host: ${host}\r\n`)).toBe('HTTP/1.1 403 Forbidden');
  },
);

test('STRIDE E: DNS rebinding: names that nobody can register reach the hub', async () => {
  for (const host of ['127.0.0.1', 'homeward.local', 'hub.lan', '[::1]', 'localhost']) {
    expect([host, (await ask('/api/hello', { headers: { host } })).status]).toEqual([host, 200]);
  }
  expect(await upgrade(`Host: localhost:${hub.ports.http}\r\n`)).toBe('HTTP/1.1 101 Switching Protocols');
});

test.each(FOREIGN_ORIGINS)(
  'STRIDE E: CSRF: a page of %s can do nothing with the cookie of the house',
  async (origin) => {
    const paired = () => hub.journal('devicePaired').length;
    const before = paired();
    const json = { 'content-type': 'application/json' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const asked of [
      { method: 'POST', headers: { ...form, origin, cookie }, body: 'name=x&kind=board' },
      {
        method: 'POST',
        headers: { 'content-type': 'text/plain', origin, cookie },
        body: '{"name":"x","kind":"board"}',
      },
      { method: 'POST', headers: { ...json, origin, cookie }, body: '{"name":"x","kind":"board"}' },
      { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } },
    ]) {
      const { status, headers } = await ask('/api/pairings', asked);
      expect([asked.method, status, headers['access-control-allow-origin']]).toEqual([
        asked.method,
        403,
        undefined,
      ]);
    }
    expect((await ask('/api/house', { headers: { origin, cookie } })).status).toBe(403);
    expect(
      (await ask('/api/sessions/current', { method: 'DELETE', headers: { origin, cookie } })).status,
    ).toBe(403);
    expect(
      await upgrade(`Host: localhost:${hub.ports.http}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n`),
    ).toBe('HTTP/1.1 403 Forbidden');
    expect(paired()).toBe(before);
    expect((await ask('/api/house', { headers: { cookie } })).status).toBe(200);
  },
);

test('STRIDE E: CSRF: a form of the own page is refused too, and nothing changes by GET', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
    const headers = { 'content-type': type, origin: own(), cookie };
    const { status } = await ask('/api/pairings', {
      method: 'POST',
      headers,
      body: '{"name":"x","kind":"board"}',
    });
    expect([type, status]).toEqual([type, 415]);
  }
  const headers = { 'content-type': 'application/json', origin: own(), cookie };
  const body = '{"name":"Hall","kind":"board"}';
  expect((await ask('/api/pairings', { method: 'POST', headers, body })).status).toBe(201);
});

const SHELLS = ['https://localhost', 'capacitor://localhost'];
test.each(SHELLS)(
  'the phone app (%s) may read what it is answered by its token, and by nothing else',
  async (origin) => {
    const asked = await ask('/api/pairings', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect([asked.status, asked.text]).toEqual([204, '']);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': 'authorization, content-type',
      vary: 'Origin',
    });
    const house = await ask('/api/house', { headers: { origin, authorization: `Bearer ${token}` } });
    expect([house.status, house.headers['access-control-allow-origin']]).toEqual([200, origin]);
    for (const headers of [asked.headers, house.headers]) {
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
    // A page that a phone or computer serves to itself has the same origin: the cookie of the house is not for it.
    const byCookie = await ask('/api/house', { headers: { origin, cookie } });
    expect([byCookie.status, byCookie.headers['access-control-allow-origin']]).toEqual([401, origin]);
    const out = await ask('/api/sessions/current', { method: 'DELETE', headers: { origin, cookie } });
    expect(out.status).toBe(401);
    expect((await ask('/', { headers: { origin } })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
    expect((await ask('/api/hello', { headers: { origin }, plainHost: '127.0.0.1' })).status).toBe(403);
  },
);

test.each(SHELLS)('the phone app (%s) looks on live by its token, and by no cookie', async (origin) => {
  const join = (auth: object, transports: string[]) =>
    new Promise<string>((resolve) => {
      const options = { transports, reconnection: false, forceNew: true, rejectUnauthorized: false } as const;
      const client = connectLive(own(), { ...options, auth, extraHeaders: { origin, cookie } });
      client.once('snapshot', () => end('in'));
      client.once('connect_error', ({ message }) => end(message));
      const end = (outcome: string): void => {
        client.disconnect();
        resolve(outcome);
      };
    });
  for (const way of ['websocket', 'polling']) {
    expect([way, await join({ token }, [way])]).toEqual([way, 'in']);
    expect([way, await join({}, [way])]).toEqual([way, 'no-session']);
  }
});

test('STRIDE I: sniffing: without encryption other machines get the trust page and nothing that is secret', async () => {
  // A machine without a network has nobody outside to ask.
  if (lanAddress === undefined) return;
  const plainHost = lanAddress;
  const start = await ask('/', { plainHost });
  expect(start.status).toBe(200);
  expect(start.text).toContain(`https://${lanAddress}:${hub.ports.https}/`);
  expect(start.text).toContain('so the app is not served here');
  expect(start.text).not.toMatch(/<form|<input/);
  for (const [method, path] of [
    ['POST', '/api/sessions'],
    ['GET', '/api/hello'],
    ['GET', '/api/house'],
    ['POST', '/api/claim'],
  ] as const) {
    const answer = await ask(path, { plainHost, method, headers: { authorization: `Bearer ${token}` } });
    expect([path, answer.status, answer.headers['set-cookie']]).toEqual([path, 403, undefined]);
  }
  expect((await ask('/socket.io/?EIO=4&transport=polling', { plainHost })).status).toBe(403);
  expect((await ask('/index.html', { plainHost })).text).not.toContain('<script type="module"');
  const { text } = await ask('/trust', { plainHost });
  expect(hub.said).toContain(/[0-9A-F]{2}(?::[0-9A-F]{2}){31}/.exec(text)?.[0] ?? 'no fingerprint');
});

test('STRIDE I: sniffing: what is answered to anybody is kept by nobody, and HSTS shuts nobody out', async () => {
  const polled = await ask('/socket.io/?EIO=4&transport=polling', { headers: { cookie } });
  expect([polled.status, polled.headers]).toMatchObject([
    200,
    { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  ]);
  for (const path of ['/api/hello', '/api/house', '/trust', '/nothing']) {
    const { headers } = await ask(path, { headers: { cookie } });
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    // It would turn the plain address into an encrypted one of the same port, which nobody answers.
    expect(headers).not.toHaveProperty('strict-transport-security');
    if (path.startsWith('/api')) expect(headers['cache-control']).toBe('no-store');
  }
});
