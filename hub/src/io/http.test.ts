import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { FIRST_LEAF, SECOND_LEAF, TEST_KEY } from '../../test/testLeaf.ts';
import { Refusal } from '../shared/errors.ts';
import { createHttp, type Http } from './http.ts';
import { createLog } from './log.ts';
import { onRoute } from './route.ts';
import { createTrust } from './trust.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-http-'));
const PAGES = fileURLToPath(new URL('../../pages', import.meta.url));
const lines: string[] = [];
const log = createLog('info', { write: (line) => void lines.push(line) });
const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

const shared = { open: true, answer: z.unknown(), status: 200 } as const;
const Named = z.strictObject({ name: z.string(), pin: z.string().max(3).optional() });
const permit = () => {};
let release: (() => void) | null = null;
const endpoints = [
  onRoute({ ...shared, method: 'GET', path: '/api/hello' }, ({ query, me }) => ({ query, me })),
  onRoute({ ...shared, method: 'POST', path: '/api/echo', body: Named, status: 201 }, ({ body }) => body),
  onRoute(
    { method: 'PATCH', path: '/api/rooms/:id/name', body: Named, answer: Named, status: 200 },
    ({ params, body, me }) => ({ name: `${params.id} ${body.name} ${me.personId}` }),
  ),
  onRoute({ method: 'GET', path: '/api/rooms/:id', answer: z.void(), status: 204 }, () => {}),
  onRoute({ ...shared, method: 'GET', path: '/api/bug' }, () => {
    throw new Error('the secret of the house');
  }),
  onRoute({ ...shared, method: 'GET', path: '/api/liar', answer: Named }, () => ({ nome: 'x' }) as never),
  onRoute({ ...shared, method: 'GET', path: '/api/busy' }, async () => {
    throw new Refusal('too-many-tries', { retryAfterS: 7 });
  }),
  onRoute({ ...shared, method: 'GET', path: '/api/slow' }, async ({ setHeader }) => {
    setHeader('Set-Cookie', 'a=1');
    setHeader('Set-Cookie', 'b=2');
    await new Promise<void>((done) => {
      release = done;
    });
    return 'done';
  }),
];

let leaf = FIRST_LEAF;
let http: Http;
let ports: { httpPort: number; httpsPort: number | null };

beforeAll(async () => {
  const web = join(folder, 'web');
  mkdirSync(join(web, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not for anybody');
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(web, 'sw.js'), 'self');
  writeFileSync(join(web, 'assets', 'app-1a.js'), 'let plain');
  writeFileSync(join(web, 'assets', 'app-1a.js.br'), 'as br');
  writeFileSync(join(web, 'assets', 'app-1a.js.gz'), gzipSync('let zipped'));
  http = createHttp({
    httpPort: 0,
    httpsPort: 0,
    tls: () => ({ key: TEST_KEY, cert: leaf }),
    trust: createTrust({ hubId: 'hub-1', ca: () => FIRST_LEAF, folder: PAGES }),
    webRoot: web,
    endpoints,
    authenticate: ({ authorization }) =>
      authorization === 'Bearer good' ? { personId: 'anna', tokenHash: 'h', role: 'owner' } : null,
    permit,
    log,
    checkAnswers: true,
  });
  ports = await http.start();
});
afterAll(async () => {
  await http.stop();
  rmSync(folder, { recursive: true });
});

type Asked = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  tls?: boolean;
  host?: string;
};
type Answer = { status: number; headers: IncomingHttpHeaders; text: string; json: Record<string, unknown> };

function ask(path: string, { method = 'GET', headers, body, tls, host }: Asked = {}): Promise<Answer> {
  return new Promise((done, failed) => {
    const options = { host: host ?? '127.0.0.1', path, method, headers, agent: false as const };
    const request = tls
      ? tlsRequest({ ...options, port: ports.httpsPort, rejectUnauthorized: false })
      : plainRequest({ ...options, port: ports.httpPort });
    request.on('error', failed).on('response', async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      const isJson = String(response.headers['content-type']).includes('json');
      const status = response.statusCode ?? 0;
      done({ status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} });
    });
    request.end(body);
  });
}
const post = (body: string, type = 'application/json') =>
  ask('/api/echo', { method: 'POST', body, headers: { 'content-type': type } });
const page = { accept: 'text/html,*/*;q=0.8' };

test('a known call is answered, with the headers that guard it', async () => {
  const { status, headers, json } = await ask('/api/hello?a=1&a=2&__proto__=3');
  expect([status, json.me]).toEqual([200, null]);
  expect(JSON.stringify(json.query)).toBe('{"a":"2","__proto__":"3"}');
  expect(headers['content-security-policy']).toBe(
    "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;connect-src 'self';media-src 'self' blob:;worker-src 'self';frame-ancestors 'none';base-uri 'none';object-src 'none';form-action 'self';require-trusted-types-for 'script';trusted-types vue",
  );
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(headers).not.toHaveProperty('strict-transport-security');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('without a session only open calls are answered', async () => {
  const body = '{"name":"kitchen"}';
  const headers = { 'content-type': 'application/json' };
  const refused = await ask('/api/rooms/7/name', { method: 'PATCH', body, headers });
  expect([refused.status, refused.json.type]).toEqual([401, '/problems/no-session']);
  expect(refused.headers).toMatchObject({
    'content-type': expect.stringContaining('application/problem+json'),
    'www-authenticate': 'Bearer',
  });
  const good = { ...headers, authorization: 'Bearer good' };
  expect((await ask('/api/rooms/7/name', { method: 'PATCH', body, headers: good })).json).toEqual({
    name: '7 kitchen anna',
  });
  const empty = await ask('/api/rooms/7', { headers: good });
  expect([empty.status, empty.text]).toEqual([204, '']);
});

test.each([
  ['{"name":', 'application/json', 400, 'bad-json'],
  ['"text"', 'application/json', 400, 'bad-json'],
  ['{"name":"x","__proto__":{"polluted":1}}', 'application/json', 400, 'bad-json'],
  ['{"name":"x","\\u005f_proto__":1}', 'application/json', 400, 'bad-json'],
  ['['.repeat(60_000), 'application/json', 400, 'bad-json'],
  ['['.repeat(30_000) + ']'.repeat(30_000), 'application/json', 400, /bad-/],
  [`{"name":"${'x'.repeat(65_536)}"}`, 'application/json', 413, 'too-large'],
  ['name=x', 'application/x-www-form-urlencoded', 415, 'not-json'],
  ['{"name":"x"}', 'text/plain', 415, 'not-json'],
  ['{"name":"x"}', 'application/json; charset=iso-8859-1', 415, 'not-json'],
  ['', 'application/json', 400, 'bad-request'],
])('a body that is no object of good JSON is refused (%#)', async (body, type, status, code) => {
  const answer = await post(body, type);
  expect(answer.status).toBe(status);
  expect(answer.json.type).toMatch(code);
  expect({}).not.toHaveProperty('polluted');
});

test('a body that is not as described is refused with the names of its fields, never their values', async () => {
  const { status, text, json } = await post('{"name":5,"pin":"739164","extra":"gossip"}');
  expect([status, json.type, json.detail]).toEqual([400, '/problems/bad-request', 'name, pin, extra']);
  expect(text).not.toMatch(/739164|gossip/);
  expect((await post('{"name":"kitchen"}')).status).toBe(201);
});

test('an unknown address is not found, a wrong method is told the right ones', async () => {
  for (const path of ['/api', '/api/', '/api/nothing', '/api/rooms/1/2/3']) {
    const { status, json } = await ask(path, { headers: page });
    expect([path, status, json.type]).toEqual([path, 404, '/problems/not-found']);
  }
  const wrong = await ask('/api/hello', { method: 'DELETE' });
  expect([wrong.status, wrong.headers.allow, wrong.json.type]).toEqual([
    405,
    'GET, HEAD',
    '/problems/method-not-allowed',
  ]);
  expect((await ask('/api/hello', { method: 'OPTIONS' })).status).toBe(405);
  expect((await ask('/api/rooms/%E0%A4%A', { headers: { authorization: 'Bearer good' } })).status).toBe(400);
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
});

test('a bug is noted in the log, and nothing of it is told', async () => {
  const { status, text, json } = await ask('/api/bug');
  expect([status, json.type]).toEqual([500, '/problems/bug']);
  expect(text).not.toMatch(/secret of the house|http\.test|stack/);
  expect(lines.join('')).toContain('the secret of the house');
  expect((await ask('/api/liar')).status).toBe(500);
});

test('one who asks too often is told when to come back', async () => {
  const { status, headers, json } = await ask('/api/busy');
  expect([status, headers['retry-after'], json.retryAfterS]).toEqual([429, '7', 7]);
});

test('a page on another site or under a foreign name reaches nothing', async () => {
  const own = `127.0.0.1:${ports.httpPort}`;
  for (const headers of [
    { host: 'evil.example' },
    { host: `evil.example:${ports.httpPort}` },
    { host: '127.0.0.1.evil.example' },
    { host: 'x.local.evil.example' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `http://127.0.0.1:${ports.httpPort + 1}` },
  ]) {
    expect([headers, (await ask('/api/hello', { headers })).status]).toEqual([headers, 403]);
  }
  for (const headers of [
    { origin: `http://${own}` },
    { host: 'homeward.local:8080' },
    { host: '[::1]:8080' },
  ]) {
    expect([headers, (await ask('/api/hello', { headers })).status]).toEqual([headers, 200]);
  }
});

test('plain HTTP answers only this machine; HTTPS answers all', async () => {
  // A machine without a network has nobody outside to ask.
  if (lanAddress === undefined) return;
  const host = lanAddress;
  const api = await ask('/api/hello', { host });
  expect([api.status, api.json.type]).toEqual([403, '/problems/not-here']);
  const start = await ask('/', { host, headers: page });
  expect(start.status).toBe(200);
  expect(start.text).toContain(`https://${host}:${ports.httpsPort}/`);
  expect(start.text).not.toMatch(/<form|<input/);
  expect((await ask('/air', { host, headers: page })).status).toBe(403);
  const foreign = await ask('/', { host, headers: { host: '"><b>x</b>' } });
  expect(foreign.status).toBe(403);
  expect(foreign.text).not.toContain('<b>x');
  expect((await ask('/api/hello', { host, tls: true })).status).toBe(200);
});

test('the app is served packed as its caller can read it', async () => {
  const app = '/assets/app-1a.js';
  const packed = await ask(app, { headers: { 'accept-encoding': 'gzip, br;q=0.9' } });
  expect([packed.text, packed.headers['content-encoding']]).toEqual(['as br', 'br']);
  expect(packed.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    vary: 'Accept-Encoding',
  });
  const zipped = await ask(app, { headers: { 'accept-encoding': 'br;q=0, gzip' } });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  const plain = await ask(app);
  expect([plain.text, plain.headers['content-encoding']]).toEqual(['let plain', undefined]);
  const head = await ask(app, { method: 'HEAD' });
  expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '9']);
  const same = await ask(app, { headers: { 'if-none-match': String(plain.headers.etag) } });
  expect([same.status, same.text]).toEqual([304, '']);
});

test('pages of the app are its index, asked for anew each time; files that are missing are missing', async () => {
  for (const path of ['/', '/index.html', '/air/kitchen?x=1', '/alarms/co.kitchen-1.co.4ps']) {
    const { status, text, headers } = await ask(path, { headers: page });
    expect([path, status, headers['cache-control']]).toEqual([path, 200, 'no-cache']);
    expect(text).toContain('<title>app');
  }
  expect((await ask('/sw.js')).headers['cache-control']).toBe('no-cache');
  expect((await ask('/assets/gone.js', { headers: page })).status).toBe(404);
  expect((await ask('/alarms/co.4ps', { headers: { accept: 'image/png' } })).status).toBe(404);
  expect((await ask('/air/kitchen', { headers: { accept: 'application/json' } })).status).toBe(404);
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//etc/passwd',
  '/assets/app-1a.js.br',
  '/secret.txt%00.js',
])('no way leads out of the app: %s', async (path) => {
  const { status, text } = await ask(path);
  expect(status).toBe(404);
  expect(text).not.toContain('not for anybody');
});

test('a new certificate is taken up without a restart', async () => {
  const subject = () =>
    new Promise((done) => {
      const socket = tlsConnect({ port: ports.httpsPort as number, rejectUnauthorized: false }, () => {
        done(socket.getPeerCertificate().subject.CN);
        socket.destroy();
      });
    });
  expect(await subject()).toBe('first test leaf');
  leaf = SECOND_LEAF;
  http.renewTls();
  expect(await subject()).toBe('second test leaf');
});

test.each([
  ['TLSv1.1', 'DEFAULT@SECLEVEL=0', null],
  ['TLSv1.2', 'ECDHE-ECDSA-AES128-SHA', null],
  ['TLSv1.2', 'ECDHE-ECDSA-AES128-SHA256', null],
  ['TLSv1.2', 'AES128-GCM-SHA256', null],
  ['TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2'],
  ['TLSv1.3', 'TLS_AES_128_GCM_SHA256', 'TLSv1.3'],
] as const)('a caller who knows nothing but %s with %s gets %s', async (version, ciphers, expected) => {
  const spoken = await new Promise((done) => {
    const options = { port: ports.httpsPort as number, rejectUnauthorized: false, ciphers };
    const socket = tlsConnect({ ...options, minVersion: version, maxVersion: version }, () => {
      done(socket.getProtocol());
      socket.destroy();
    }).on('error', () => done(null));
  });
  expect(spoken).toBe(expected);
});

test('500 callers who dawdle do not keep out one who asks at once', async () => {
  const dawdlers: Socket[] = [];
  for (let i = 0; i < 500; i++) {
    const socket = connect(ports.httpPort, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nX-Slow: '));
    dawdlers.push(socket.on('error', () => {}));
  }
  await expect.poll(() => dawdlers.filter((socket) => socket.closed).length, { timeout: 5_000 }).toBe(300);
  for (let i = 0; i < 20; i++) expect((await ask('/api/hello')).status).toBe(200);
  for (const socket of dawdlers) socket.destroy();
});

test('a port that is taken is named in plain words, with the setting that changes it', async () => {
  const other = createServer().listen(0);
  const port = (other.address() as { port: number }).port;
  const options = {
    tls: null,
    httpsPort: 0,
    webRoot: folder,
    endpoints: [],
    authenticate: () => null,
    permit,
    log,
  };
  const second = createHttp({ ...options, httpPort: port });
  await expect(second.start()).rejects.toThrow(
    `Port ${port} is taken by another program. Set HOMEWARD_HTTP_PORT to another one, for instance HOMEWARD_HTTP_PORT=${port + 1}.`,
  );
  const third = createHttp({
    ...options,
    httpPort: 0,
    httpsPort: port,
    tls: () => ({ key: TEST_KEY, cert: leaf }),
  });
  await expect(third.start()).rejects.toThrow('Set HOMEWARD_HTTPS_PORT');
  other.close();
});

test('stopping lets an answer under way end', async () => {
  const options = { tls: null, httpsPort: 0, webRoot: folder, authenticate: () => null, permit, log };
  const short = createHttp({ ...options, httpPort: 0, endpoints });
  const { httpPort } = await short.start();
  const before = ports;
  ports = { httpPort, httpsPort: null };
  const slow = ask('/api/slow');
  await expect.poll(() => release).not.toBeNull();
  const stopped = short.stop();
  setTimeout(() => release?.(), 50);
  const { json, headers } = await slow;
  expect([json, headers['set-cookie']]).toEqual(['done', ['a=1', 'b=2']]);
  await stopped;
  await expect(ask('/api/hello')).rejects.toThrow('ECONNREFUSED');
  ports = before;
});

test.each([
  ['one address in the home', lanAddress, [lanAddress, '127.0.0.1']],
  ['this machine only', '127.0.0.1', ['127.0.0.1']],
  ['this machine only, IPv6', '::1', ['::1']],
  ['all interfaces', '0.0.0.0', ['127.0.0.1']],
])('listening on %s, plain HTTP still serves this machine', async (_, bind, hosts) => {
  if (bind === undefined) return;
  const served: unknown[] = [];
  const options = { tls: null, httpsPort: 0, webRoot: folder, authenticate: () => null, permit, log };
  const attach = (server: unknown) => void served.push(server);
  const narrow = createHttp({ ...options, httpPort: 0, endpoints, bind, attach });
  const before = ports;
  ports = await narrow.start().then(({ httpPort }) => ({ httpPort, httpsPort: null }));
  const answers = hosts.map((host) => ask('/api/hello', { host: host ?? '' }));
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses).toEqual(hosts.map((host) => (host === lanAddress ? 403 : 200)));
  expect(served).toHaveLength(hosts.length);
  await narrow.stop();
  for (const host of hosts) await expect(ask('/', { host: host ?? '' })).rejects.toThrow('ECONNREFUSED');
  ports = before;
});
