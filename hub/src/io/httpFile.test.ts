import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../test/patience.ts';
import { Refusal } from '../shared/errors.ts';
import { createHttp, type Http } from './http.ts';
import { createLog } from './log.ts';
import { JsonText, onRoute } from './route.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeward-file-'));
const lines: string[] = [];
const log = createLog('info', { write: (line) => void lines.push(line) });

/** How the endless file fares. */
const endless = { made: 0, isOver: false };
async function* endlessFile() {
  try {
    for (;;) {
      endless.made += 1;
      yield new Uint8Array(65_536).fill(97);
    }
  } finally {
    endless.isOver = true;
  }
}

async function* breaksAfter(pieces: number, error: Error) {
  for (let n = 0; n < pieces; n++) yield `piece ${n}\n`;
  throw error;
}

const file = { method: 'GET', answer: z.unknown(), status: 200, gives: 'text/csv' } as const;
const upload = {
  method: 'POST',
  answer: z.unknown(),
  status: 201,
  takes: 'application/octet-stream',
} as const;
const csv = (
  content: Uint8Array | AsyncIterable<string | Uint8Array>,
  name: string | null = 'a b"ü.csv',
) => ({
  type: 'text/csv; charset=utf-8',
  name,
  content,
});
let received = '';

const endpoints = [
  onRoute({ ...file, path: '/api/bytes' }, () => csv(new TextEncoder().encode('time,°C\r\n'))),
  onRoute({ ...file, path: '/api/shown' }, () => csv(new Uint8Array(3), null)),
  onRoute({ ...file, path: '/api/none' }, () => csv((async function* () {})())),
  onRoute({ ...file, path: '/api/pieces' }, () =>
    csv(
      (async function* () {
        yield 'one,';
        yield new TextEncoder().encode('zwei,');
        yield 'ثلاثة';
      })(),
    ),
  ),
  onRoute({ ...file, path: '/api/endless' }, () => csv(endlessFile())),
  onRoute({ ...file, path: '/api/refused' }, () => csv(breaksAfter(0, new Refusal('history-paused')))),
  onRoute({ ...file, path: '/api/broken' }, () => csv(breaksAfter(0, new Error('the secret of the disk')))),
  onRoute({ ...file, path: '/api/late' }, () => csv(breaksAfter(3, new Error('the late secret')))),
  onRoute({ ...file, path: '/api/liar', gives: 'image/*' }, () => csv(new Uint8Array(3))),
  onRoute(
    { method: 'GET', path: '/api/ready', answer: z.strictObject({ a: z.number() }), status: 200 },
    () => {
      return new JsonText(new TextEncoder().encode('{"a":1}'));
    },
  ),
  onRoute(
    { method: 'GET', path: '/api/unlike', answer: z.strictObject({ a: z.number() }), status: 200 },
    () => {
      return new JsonText(new TextEncoder().encode('{"b":1}'));
    },
  ),
  onRoute({ ...upload, path: '/api/upload' }, async ({ file }) => {
    received = '';
    for await (const part of file.setEncoding('utf8')) received += part;
    return { length: received.length };
  }),
  onRoute({ ...upload, path: '/api/unwanted' }, () => {
    throw new Refusal('too-large');
  }),
  onRoute({ ...upload, path: '/api/counted' }, async ({ file }) => {
    let length = 0;
    for await (const part of file) length += (part as Buffer).length;
    received = `whole ${length}`;
    return { length };
  }),
];

let http: Http;
let port: number;
beforeAll(async () => {
  http = createHttp({
    httpPort: 0,
    httpsPort: 0,
    tls: null,
    webRoot: folder,
    endpoints,
    authenticate: ({ authorization }) =>
      authorization === 'no' ? null : { personId: 'anna', tokenHash: 'h', role: 'owner' },
    permit: () => {},
    log,
    checkAnswers: true,
  });
  port = (await http.start()).httpPort;
});
afterAll(async () => {
  await http.stop();
  rmSync(folder, { recursive: true });
});

type Given = { method?: string; headers?: Record<string, string> };
const open = (path: string, { method = 'GET', headers = {} }: Given = {}): ClientRequest =>
  request({ host: '127.0.0.1', port, path, method, headers, agent: false });

const answerOf = (asked: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => asked.on('response', resolve).on('error', reject));

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  return text;
}

async function get(path: string, given: Given = {}) {
  const asked = open(path, given);
  asked.end();
  const answer = await answerOf(asked);
  return { status: answer.statusCode, headers: answer.headers, text: await textOf(answer) };
}

test('a file comes with its type, its length and a name that any browser can read', async () => {
  const { status, headers, text } = await get('/api/bytes');
  expect([status, text]).toEqual([200, 'time,°C\r\n']);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-length': '10',
    'content-disposition': 'attachment; filename="a b\\"?.csv"; filename*=UTF-8\'\'a%20b%22%C3%BC.csv',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect((await get('/api/shown')).headers).not.toHaveProperty('content-disposition');
});

test('a file in pieces is one text, and may be empty', async () => {
  expect((await get('/api/pieces')).text).toBe('one,zwei,ثلاثة');
  const none = await get('/api/none');
  expect([none.status, none.text, none.headers['content-type']]).toEqual([
    200,
    '',
    'text/csv; charset=utf-8',
  ]);
});

test('an error before the first piece is a problem, and nothing of a bug is told', async () => {
  const refused = await get('/api/refused');
  expect([refused.status, JSON.parse(refused.text).type]).toEqual([503, '/problems/history-paused']);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(refused.headers).not.toHaveProperty('content-disposition');
  const broken = await get('/api/broken');
  expect([broken.status, JSON.parse(broken.text).type]).toEqual([500, '/problems/bug']);
  expect(broken.text).not.toContain('secret');
  expect(lines.join('')).toContain('the secret of the disk');
});

test('an error after the first piece breaks the answer off: half a file never looks like a whole one', async () => {
  const asked = open('/api/late');
  asked.end();
  const answer = await answerOf(asked);
  await expect(textOf(answer)).rejects.toThrow('aborted');
  expect(lines.join('')).toContain('the late secret');
});

test('a file is what the contract says it is', async () => {
  expect((await get('/api/liar')).status).toBe(500);
});

test('JSON that is ready is handed on as it is, and held against its schema in tests', async () => {
  const { status, text, headers } = await get('/api/ready');
  expect([status, text, headers['content-type'], headers['content-length']]).toEqual([
    200,
    '{"a":1}',
    'application/json; charset=utf-8',
    '7',
  ]);
  expect((await get('/api/unlike')).status).toBe(500);
});

test('one who reads slowly is not run ahead of, and one who leaves ends the work', async () => {
  const said = lines.length;
  const asked = open('/api/endless');
  asked.end();
  const answer = await answerOf(asked);
  answer.pause();
  const enough = await until('the pipe is full', async () => {
    const before = endless.made;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return endless.made === before ? before : null;
  });
  // What the two sockets hold, and not a piece more: some MB at most.
  expect(enough).toBeLessThan(400);
  expect(endless.isOver).toBe(false);
  answer.destroy();
  await until('the work has ended', () => endless.isOver);
  expect(lines.length).toBe(said);
});

test('HEAD makes one piece at most', async () => {
  Object.assign(endless, { made: 0, isOver: false });
  const { status, text, headers } = await get('/api/endless', { method: 'HEAD' });
  expect([status, text, headers['content-type']]).toEqual([200, '', 'text/csv; charset=utf-8']);
  await until('the work has ended', () => endless.isOver);
  expect(endless.made).toBe(1);
});

const OCTETS = { 'content-type': 'application/octet-stream' };

test('a file goes in as it comes', async () => {
  const asked = open('/api/upload', { method: 'POST', headers: OCTETS });
  for (let n = 0; n < 100; n++) asked.write('ten bytes.');
  asked.end();
  const answer = await answerOf(asked);
  expect([answer.statusCode, await textOf(answer)]).toEqual([201, '{"length":1000}']);
});

test('only a file is taken, and only of one who may', async () => {
  for (const type of ['application/json', 'text/csv', 'multipart/form-data']) {
    const asked = open('/api/upload', { method: 'POST', headers: { 'content-type': type } });
    asked.end('x');
    const answer = await answerOf(asked);
    expect([type, answer.statusCode, JSON.parse(await textOf(answer)).type]).toEqual([
      type,
      415,
      '/problems/not-a-file',
    ]);
  }
  const asked = open('/api/upload', { method: 'POST', headers: { ...OCTETS, authorization: 'no' } });
  asked.end('x');
  expect((await answerOf(asked)).statusCode).toBe(401);
});

test('a file that breaks off is no bug, and the next one is taken', async () => {
  const said = lines.length;
  const socket = connect(port, '127.0.0.1');
  const head = 'POST /api/counted HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n';
  socket.write(`${head}Content-Type: application/octet-stream\r\n\r\nonly this`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  const asked = open('/api/counted', { method: 'POST', headers: OCTETS });
  asked.end('all of it');
  await textOf(await answerOf(asked));
  expect(received).toBe('whole 9');
  expect(lines.slice(said)).toEqual([]);
});

test('one who is refused in the middle of a file is told why, then hung up on', async () => {
  const asked = open('/api/unwanted', {
    method: 'POST',
    headers: { ...OCTETS, 'content-length': '1000000000' },
  });
  asked.on('error', () => {});
  asked.write('x');
  const answer = await answerOf(asked);
  expect([answer.statusCode, JSON.parse(await textOf(answer)).type]).toEqual([413, '/problems/too-large']);
  await until('it was hung up on', () => asked.socket?.destroyed);
});
