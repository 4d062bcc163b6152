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

/** What stands at a path, whatever id it names: a method that no route has is refused there by name, and where nothing stands it is 404. */
async function methodsAt(path: string): Promise<string[]> {
  const url = `http://127.0.0.1:${hub.ports.http}${path.replace(/:\w+/g, 'nobody')}`;
  const answer = await fetch(url, { method: 'PUT' });
  expect([path, answer.status]).toEqual([path, 405]);
  return (answer.headers.get('allow') ?? '').split(', ').sort();
}

test('the running hub has every call of the contract, and at its paths no other', async () => {
  const paths = new Set(all.map(([, { path }]) => path));
  for (const path of paths) {
    const routes = all.filter(([, route]) => route.path === path);
    const methods = routes.flatMap(([, { method }]) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    expect([path, await methodsAt(path)]).toEqual([path, methods.sort()]);
  }
  expect(paths.size).toBeGreaterThan(60);
});

test('only what names an id can be missing: every other call is answered otherwise', async () => {
  const missing = new Set<string>();
  for (const [name, { method, path, body }] of all) {
    const answer = await hub.api.send({
      method,
      path: path.replace(/:\w+/g, 'nobody'),
      ...(body === undefined ? {} : { body: '{}' }),
    });
    if (answer.status === 404) missing.add(name);
    if (name === 'logOut') await hub.api.logIn();
  }
  const named = all.filter(([, { path }]) => path.includes(':')).map(([name]) => name);
  expect([...missing].filter((name) => !named.includes(name))).toEqual([]);
  // Without a body, and asked with the right, nothing but the id is left to be wrong.
  const bare = all.filter(
    ([name, route]) => named.includes(name) && route.body === undefined && route.query === undefined,
  );
  expect(bare.map(([name]) => name).filter((name) => !missing.has(name))).toEqual([]);
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
