import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../shared/errors.ts';
import { createHttp, type Http } from './http.ts';
import { createLog } from './log.ts';
import { onRoute } from './route.ts';

const asked: string[] = [];
const entered: string[] = [];
const body = z.strictObject({ name: z.string() });
const closed = { method: 'POST', body, answer: z.unknown(), status: 200 } as const;
const endpoints = [
  onRoute({ ...closed, path: '/api/cellar', needs: 'cellar.see' }, () => void entered.push('cellar')),
  onRoute({ ...closed, path: '/api/kitchen', needs: 'kitchen.see' }, ({ me }) => void entered.push(me.role)),
  onRoute({ ...closed, path: '/api/attic' }, () => void entered.push('attic')),
  onRoute({ ...closed, path: '/api/garden', open: true }, () => void entered.push('garden')),
];

let http: Http;
let url: string;
beforeAll(async () => {
  http = createHttp({
    bind: '127.0.0.1',
    httpPort: 0,
    httpsPort: 0,
    tls: null,
    webRoot: tmpdir(),
    endpoints,
    authenticate: ({ authorization }) =>
      authorization === 'Bearer good' ? { personId: 'anna', tokenHash: 'h', role: 'child' } : null,
    permit(me, { needs }) {
      asked.push(`${me.role} ${needs}`);
      if (needs !== 'kitchen.see') throw new Refusal('may-not', { detail: `not as ${me.role}` });
    },
    log: createLog('silent'),
  });
  url = `http://127.0.0.1:${(await http.start()).httpPort}/api`;
});
afterAll(() => http.stop());

async function call(path: string, sent: string, token = 'good') {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/${path}`, { method: 'POST', headers, body: sent });
  const text = await answer.text();
  return { status: answer.status, problem: text === '' ? {} : JSON.parse(text) };
}

test.each(['{"name":"x"}', '{"name":', `"${'x'.repeat(70_000)}"`])(
  'one who lacks the right is refused before anything that was sent is read (%#)',
  async (sent) => {
    const { status, problem } = await call('cellar', sent);
    expect([status, problem.type, problem.detail]).toEqual([403, '/problems/may-not', 'not as child']);
    expect(entered).toEqual([]);
  },
);

test('a stranger is told to log in, and nobody asks for rights', async () => {
  asked.length = 0;
  expect((await call('cellar', '{"name":"x"}', 'bad')).status).toBe(401);
  expect(asked).toEqual([]);
});

test('one who has the right comes in, and what is open asks for none', async () => {
  expect((await call('kitchen', '{"name":"x"}')).status).toBe(200);
  expect((await call('garden', '{"name":"x"}', 'bad')).status).toBe(200);
  expect(entered.splice(0)).toEqual(['child', 'garden']);
});

test('a route that is neither open nor names a right is put to the same question', async () => {
  expect((await call('attic', '{"name":"x"}')).status).toBe(403);
  expect([entered, asked.at(-1)]).toEqual([[], 'child undefined']);
});
