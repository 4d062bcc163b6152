import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Problem } from '../../src/api.ts';
import { HubClient, type RawAnswer, type RawRequest } from '../hubClient.ts';
import type { HubProcess } from '../hubProcess.ts';
import { createStage } from './stage.ts';

const stage = createStage();
afterEach(() => stage.clear());

const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

/** Requests that nobody can mean, each with the way in which it is refused. */
const JUNK: readonly (readonly [string, RawRequest, number])[] = [
  ['no JSON', { method: 'POST', path: '/api/pairings', body: '{"name":' }, 400],
  ['deep JSON', { method: 'POST', path: '/api/pairings', body: deep }, 400],
  ['a list', { method: 'POST', path: '/api/pairings', body: '[]' }, 400],
  ['null', { method: 'POST', path: '/api/pairings', body: 'null' }, 400],
  [
    'a prototype',
    { method: 'POST', path: '/api/pairings', body: '{"__proto__":{"a":1},"name":"a","kind":"board"}' },
    400,
  ],
  [
    'unknown keys',
    { method: 'POST', path: '/api/pairings', body: '{"name":"a","kind":"board","admin":true}' },
    400,
  ],
  ['a wrong type', { method: 'POST', path: '/api/pairings', body: '{"name":{},"kind":["board"]}' }, 400],
  [
    'invalid UTF-8',
    { method: 'POST', path: '/api/pairings', body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
    400,
  ],
  ['too much', { method: 'POST', path: '/api/pairings', body: `"${'x'.repeat(70_000)}"` }, 413],
  [
    'no JSON type',
    { method: 'POST', path: '/api/pairings', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
    415,
  ],
  [
    'a wrong charset',
    {
      method: 'POST',
      path: '/api/pairings',
      headers: { 'content-type': 'application/json; charset=x' },
      body: '{}',
    },
    415,
  ],
  [
    'packed',
    { method: 'POST', path: '/api/pairings', headers: { 'content-encoding': 'gzip' }, body: '{}' },
    415,
  ],
  ['another method', { method: 'PUT', path: '/api/house' }, 405],
  ['no method at all', { method: 'PROPFIND', path: '/api/house' }, 405],
  ['an unknown path', { method: 'GET', path: '/api/teapot' }, 404],
  ['a path that leaves', { method: 'GET', path: '/api/../../../etc/passwd' }, 404],
  ['an id that is none', { method: 'POST', path: '/api/alarms/__proto__/acknowledge' }, 404],
  ['an id that cannot be read', { method: 'POST', path: '/api/alarms/%ff/acknowledge' }, 400],
  ['a device that is none', { method: 'PATCH', path: '/api/devices/constructor', body: '{}' }, 404],
  [
    'an entity that is none',
    { method: 'POST', path: '/api/entities/toString/command', body: '{"on":true}' },
    404,
  ],
  ['a foreign host', { method: 'GET', path: '/api/house', headers: { host: 'evil.example' } }, 403],
  ['a foreign page', { method: 'GET', path: '/api/house', headers: { origin: 'http://evil.example' } }, 403],
];

function expectProblem({ status, type, text }: RawAnswer, wanted: number): void {
  expect({ status, type }).toEqual({
    status: wanted,
    type: expect.stringContaining('application/problem+json'),
  });
  expect(Problem.parse(JSON.parse(text)).status).toBe(wanted);
  expectNoTrace(text);
}

function expectNoTrace(text: string): void {
  expect(text).not.toMatch(/\n\s+at |node_modules|\.js:\d|\.ts:\d|SyntaxError|TypeError/);
}

/** Whatever the server answers to these bytes. */
function sendBytes(hub: HubProcess, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(hub.ports.http, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (some: string) => {
      answer += some;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.setTimeout(3_000, () => socket.destroy());
    socket.write(bytes);
  });
}

test('F-11 HTTP junk gets problem details with 4xx and never a stack trace', async () => {
  const hub = await stage.hub();
  for (const [name, request, status] of JUNK) {
    const answer = await hub.api.send(request);
    expect({ name, status: answer.status, text: answer.text }).toMatchObject({ name, status });
    expectProblem(answer, status);
  }
  const stranger = new HubClient(hub.ports.http);
  for (const [method, path] of [
    ['GET', '/api/house'],
    ['POST', '/api/pairings'],
    ['DELETE', '/api/devices/x'],
    ['POST', '/api/alarms/x/acknowledge'],
  ] as const) {
    expectProblem(await stranger.send({ method, path, body: '{' }), 401);
  }
  expect((await hub.api.call('hello')).claimed).toBe(true);
  expect(hub.said).not.toContain('a request met a bug');
});

test('F-11 bytes that are no HTTP get 4xx or are cut off', async () => {
  const hub = await stage.hub();
  const host = `Host: localhost:${hub.ports.http}`;
  const junk = [
    'EHLO mail\r\n\r\n',
    `GET /api/hello HTTP/9.9\r\n${host}\r\n\r\n`,
    `GET /api/hello HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
    `POST /api/sessions HTTP/1.1\r\n${host}\r\nContent-Length: -5\r\n\r\n`,
    `POST /api/sessions HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /api/sessions HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked, identity\r\n\r\nzz\r\n`,
    `GET /api/hello\u0000 HTTP/1.1\r\n${host}\r\n\r\n`,
    `GET /api/hello HTTP/1.1\r\n\r\n`,
  ];
  for (const bytes of junk) {
    const answer = await sendBytes(hub, bytes);
    if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expectNoTrace(answer);
  }
  expect((await hub.api.call('hello')).claimed).toBe(true);
});

/** How long the hub takes for something honest, ms, asked over and over until it is stopped. */
function watchHello(hub: HubProcess) {
  const tookMs: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const from = performance.now();
      await hub.api.call('hello');
      tookMs.push(performance.now() - from);
    }
  })();
  return async (): Promise<number> => {
    isOver = true;
    await watching;
    return tookMs.sort((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? Number.NaN;
  };
}

test('F-16 10,000 bad requests get 4xx or are cut off, nothing of them stays, and the hub answers meanwhile', async () => {
  const hub = await stage.hub();
  const host = `Host: localhost:${hub.ports.http}`;
  const bad = [
    'BREW /api/hello HTTP/1.1\r\n\r\n',
    `GET /api/hello HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`,
    `POST /api/sessions HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /api/sessions HTTP/1.1\r\n${host}\r\nTransfer-Encoding: xchunked\r\n\r\n`,
    `POST /api/sessions HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{"name":}`,
    `GET /api/house HTTP/1.1\r\n${host}\r\nAuthorization: Bearer ${'x'.repeat(43)}\r\nConnection: close\r\n\r\n`,
    `GET /api/hello HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
  ];
  const send = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      const answer = await sendBytes(hub, bad[n % bad.length] ?? '');
      if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
  };
  // The first ones find the heap at its growth: measured +30 MB, then +10 MB and +5 MB for each 10,000 more.
  await Promise.all(Array.from({ length: 20 }, () => send(500)));
  const before = hub.rssBytes();
  const p99 = watchHello(hub);
  await Promise.all(Array.from({ length: 20 }, () => send(500)));
  expect(await p99()).toBeLessThan(200);
  // What is left over is given back some seconds after the last request.
  const grownMb = () => (hub.rssBytes() - before) / 1_048_576;
  await expect.poll(grownMb, { timeout: 60_000, interval: 1_000 }).toBeLessThan(40);
  // Source: safety.md §7.3, memory under any test.
  expect(hub.rssBytes() / 1_048_576).toBeLessThan(300);
  expect(hub.said).not.toContain('a request met a bug');
});

test('F-16 STRIDE D: slow HTTP clients: 500 connections that never finish their request are cut off, and the hub answers meanwhile', async () => {
  const hub = await stage.hub();
  const open = new Set<ReturnType<typeof connect>>();
  for (let n = 0; n < 500; n++) {
    const socket = connect(hub.ports.http, '127.0.0.1');
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
    socket.write(`GET /api/hello HTTP/1.1\r\nHost: localhost:${hub.ports.http}\r\nX-Slow: `);
  }
  const drip = setInterval(() => {
    for (const socket of open) if (socket.writable) socket.write('x');
  }, 1_000);
  try {
    const p99 = watchHello(hub);
    await expect.poll(() => open.size, { timeout: 30_000, interval: 200 }).toBe(0);
    expect(await p99()).toBeLessThan(300);
  } finally {
    clearInterval(drip);
    for (const socket of open) socket.destroy();
  }
});
