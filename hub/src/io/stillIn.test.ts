import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../test/patience.ts';
import { createHttp, type Http } from './http.ts';
import { createLog } from './log.ts';
import { onRoute, type Session } from './route.ts';

/** Whoever lost the session is cut off in less, ms; with what a busy machine adds. */
const CUT_OFF_MS = 1_000 + 500;

const ANNA: Session = { personId: 'anna', tokenHash: 'h', role: 'owner' };
/** What the hub says when it is asked who that is. */
let whoIs: () => Session | null;
/** What became of the last upload. */
let received: unknown;

const upload = {
  method: 'POST',
  answer: z.unknown(),
  status: 201,
  takes: 'application/octet-stream',
} as const;
const download = { method: 'GET', answer: z.unknown(), status: 200, gives: 'text/csv' } as const;

async function* endlessFile() {
  for (;;) {
    await sleep(5);
    yield 'and so on,';
  }
}

const folder = mkdtempSync(join(tmpdir(), 'homeward-still-in-'));
let http: Http;
let port: number;
beforeAll(async () => {
  http = createHttp({
    httpPort: 0,
    httpsPort: 0,
    tls: null,
    webRoot: folder,
    endpoints: [
      onRoute({ ...upload, path: '/api/upload' }, async ({ file }) => {
        let length = 0;
        try {
          for await (const piece of file) length += (piece as Buffer).length;
          received = length;
        } catch (error) {
          received = error;
          throw error;
        }
        return { length };
      }),
      onRoute({ ...download, path: '/api/endless' }, () => ({
        type: 'text/csv',
        name: null,
        content: endlessFile(),
      })),
    ],
    authenticate: () => whoIs(),
    permit: () => {},
    log: createLog('silent'),
  });
  port = (await http.start()).httpPort;
});
beforeEach(() => {
  whoIs = () => ANNA;
  received = null;
});
afterAll(async () => {
  await http.stop();
  rmSync(folder, { recursive: true });
});

const answerOf = (asked: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => asked.on('response', resolve).on('error', reject));

/** Sends a piece every few milliseconds until it is answered. */
function sendFile() {
  const headers = { 'content-type': 'application/octet-stream' };
  const asked = request({
    host: '127.0.0.1',
    port,
    path: '/api/upload',
    method: 'POST',
    headers,
    agent: false,
  });
  const timer = setInterval(() => asked.write('x'.repeat(1_000)), 5);
  const answer = answerOf(asked).finally(() => clearInterval(timer));
  const end = () => {
    clearInterval(timer);
    asked.end();
  };
  return { answer, end, close: () => void asked.destroy() };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  return text;
}

const broken = (): never => {
  throw new Error('the disk says no');
};

test.each<[what: string, now: () => Session | null]>([
  ['that ended', () => null],
  ['of somebody who is another now', () => ({ ...ANNA, role: 'guest' })],
  ['in the place of which another came', () => ({ ...ANNA, tokenHash: 'other' })],
  ['that cannot be looked up', broken],
])('an upload in a session %s is cut off within a second, and told why', async (_what, now) => {
  const { answer, close } = sendFile();
  await sleep(50);
  whoIs = now;
  const began = performance.now();
  const { statusCode } = await answer;
  expect(statusCode).toBe(401);
  expect(performance.now() - began).toBeLessThan(CUT_OFF_MS);
  expect(received).toMatchObject({ code: 'no-session' });
  close();
});

test('an upload of which the session ends just before its last piece is not taken', async () => {
  const { answer, end } = sendFile();
  await sleep(50);
  whoIs = () => null;
  end();
  expect((await answer).statusCode).toBe(401);
  expect(received).toMatchObject({ code: 'no-session' });
});

test('an upload of who stays in is taken whole, however long it takes', async () => {
  const { answer, end } = sendFile();
  await sleep(1_200);
  end();
  const { length } = JSON.parse(await textOf(await answer));
  expect(length).toBeGreaterThan(1_000);
  expect(received).toBe(length);
});

test('a file that is fetched in a session that ended breaks off within a second', async () => {
  const asked = request({ host: '127.0.0.1', port, path: '/api/endless', agent: false });
  asked.end();
  const answer = await answerOf(asked);
  answer.resume();
  await sleep(700);
  expect(answer.destroyed).toBe(false);
  whoIs = () => null;
  const began = performance.now();
  answer.on('error', () => {});
  await until('it breaks off', () => answer.destroyed);
  expect(answer.complete).toBe(false);
  expect(performance.now() - began).toBeLessThan(CUT_OFF_MS);
});
