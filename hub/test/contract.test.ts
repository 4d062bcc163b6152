import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem, ROUTES, type Route } from '../src/api.ts';
import { type HubProcess, startHub } from './hubProcess.ts';
import { ROOT } from './repository.ts';

let hub: HubProcess;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.remove());

const all: readonly [string, Route][] = Object.entries(ROUTES);
const open = all.filter(([, route]) => route.open);
const closed = all.filter(([, route]) => !route.open);

test('only these calls are answered without a session', () => {
  expect(open.map(([name]) => name).sort()).toEqual([
    'beginPasskeyLogin',
    'claim',
    'hello',
    'invitation',
    'join',
    'logIn',
    'logInWithPasskey',
    'openapi',
  ]);
});

test.each(closed)('%s needs a session', async (_, { method, path }) => {
  const answer = await hub.api.send({
    method,
    path: path.replace(':id', 'anything'),
    headers: { authorization: 'Bearer not-a-token' },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  expect(answer.status).toBe(401);
  expect(answer.type).toContain('application/problem+json');
  expect(Problem.parse(JSON.parse(answer.text)).type).toBe('/problems/no-session');
});

test('every call of the contract exists in the running hub', async () => {
  for (const [name, { method, path }] of all) {
    const answer = await hub.api.send({
      method,
      path: path.replace(':id', 'nobody'),
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    expect([name, answer.status]).not.toEqual([name, 405]);
    if (answer.status === 404) expect(path).toContain(':id');
    if (name === 'logOut') await hub.api.logIn();
  }
});

test('the contract that the hub serves is the one that is committed', async () => {
  const served = await hub.api.send({ method: 'GET', path: '/api/openapi.json' });
  expect(JSON.parse(served.text)).toEqual(
    JSON.parse(readFileSync(join(ROOT, 'hub', 'openapi.json'), 'utf8')),
  );
});

test('junk is answered with a problem and never with a stack trace', async () => {
  const junk = [
    { method: 'POST', path: '/api/pairings', body: '{"name":' },
    { method: 'POST', path: '/api/pairings', body: '{"name":"x","kind":"toaster"}' },
    { method: 'POST', path: '/api/pairings', body: '{"__proto__":{"polluted":1},"name":"x","kind":"board"}' },
    { method: 'POST', path: '/api/pairings', body: `{"name":"${'x'.repeat(70_000)}","kind":"board"}` },
    {
      method: 'POST',
      path: '/api/pairings',
      body: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { method: 'PATCH', path: '/api/devices/nobody', body: '{}' },
    { method: 'DELETE', path: '/api/house' },
    { method: 'GET', path: '/api/nowhere' },
    { method: 'GET', path: '/api/devices/%E0%A4%A' },
    { method: 'POST', path: '/api/alarms/nothing/acknowledge', body: '{}' },
  ];
  for (const request of junk) {
    const answer = await hub.api.send(request);
    expect([request.path, request.body?.slice(0, 30), answer.status >= 400 && answer.status < 500]).toEqual([
      request.path,
      request.body?.slice(0, 30),
      true,
    ]);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.text).not.toMatch(/\bat \/|node_modules|\.ts:|\.js:/);
  }
  expect((await hub.api.call('hello')).claimed).toBe(true);
});
