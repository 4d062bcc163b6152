import { afterAll, beforeAll, expect, test } from 'vitest';
import { Hello, Problem, ROUTES, type Route } from '../../src/api.ts';
import type { RawAnswer } from '../hubClient.ts';
import { type HubProcess, startHub } from '../hubProcess.ts';
import { BODIES, INJECTIONS, QUERIES, RAW_IDS } from './injections.ts';

let hub: HubProcess;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.remove());

const all: readonly [string, Route][] = Object.entries(ROUTES);
const named = all.map(([name, route]) => ({ name, route }));
const withId = named.filter(({ route }) => route.path.includes(':'));
const withBody = named.filter(({ route }) => route.body !== undefined);
const asked = named.filter(({ route }) => route.method === 'GET');

/** Refused, in words and with nothing of the inside. */
function expectRefused(what: string, { status, type, text }: RawAnswer): void {
  expect([what, status >= 400 && status < 500, status]).toEqual([what, true, status]);
  expect([what, type]).toEqual([what, expect.stringContaining('application/problem+json')]);
  expect(Problem.parse(JSON.parse(text)).status).toBe(status);
  expectNoInside(text);
}

function expectNoInside(text: string): void {
  expect(text).not.toMatch(
    /\n\s+at |node_modules|\.[jt]s:\d|SyntaxError|TypeError|SQLITE|no such table|near "/,
  );
  expect(text).not.toContain(hub.folder);
}

/** What may not change, whatever comes in. */
const standing = () =>
  hub.inspect((db) => ({
    tables: db.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all(),
    people: db.prepare('select id, name, role from person').all(),
    whole: db.pragma('integrity_check', { simple: true }),
  }));

test('the corpus meets every route of the contract that takes something', () => {
  expect(withId.length).toBeGreaterThan(15);
  expect(withBody.length).toBeGreaterThan(12);
  expect(asked.length).toBeGreaterThan(15);
});

test.each(withId)('STRIDE T: injection through the id of $name is refused', async ({ name, route }) => {
  const before = standing();
  const body = route.body === undefined ? {} : { body: '{}' };
  const type = route.takes === undefined ? {} : { headers: { 'content-type': route.takes } };
  for (const id of [...INJECTIONS.map(encodeURIComponent), ...RAW_IDS]) {
    const path = route.path.replace(/:\w+/g, () => id);
    // A client tidies "/a/../b" away before it is sent: it is written here as it stands.
    const answer = await hub.api.send({ method: route.method, path, ...body, ...type });
    expectRefused(`${name} ${id.slice(0, 40)}`, answer);
  }
  expect(standing()).toEqual(before);
});

test.each(withBody)('STRIDE T: injection through the body of $name is refused', async ({ name, route }) => {
  const before = standing();
  for (const body of BODIES) {
    const path = route.path.replace(/:\w+/g, 'nobody');
    const answer = await hub.api.send({ method: route.method, path, body });
    expectRefused(`${name} ${body.slice(0, 40)}`, answer);
  }
  expect(standing()).toEqual(before);
});

test.each(asked)(
  'STRIDE T: injection through the query of $name tells nothing and breaks nothing',
  async ({ name, route }) => {
    const path = route.path.replace(/:\w+/g, 'nobody');
    const before = standing();
    const own = Object.keys(route.query?.shape ?? {});
    const through = own.flatMap((key) => INJECTIONS.map((text) => `?${key}=${encodeURIComponent(text)}`));
    for (const query of [...QUERIES, ...through]) {
      const { status, text } = await hub.api.send({
        method: 'GET',
        path: path + query.replaceAll(' ', '%20'),
      });
      expect([name, query.slice(0, 60), status < 500]).toEqual([name, query.slice(0, 60), true]);
      if (status >= 400) expectNoInside(text);
    }
    expect(standing()).toEqual(before);
  },
);

test('STRIDE T: SQL, JSON and prototype injection leave the house as it was', async () => {
  const names = INJECTIONS.filter((text) => text.length < 60);
  for (const name of names) {
    const answer = await hub.api.send({
      method: 'POST',
      path: '/api/pairings',
      body: JSON.stringify({ name, kind: 'board' }),
    });
    expect([name, answer.status < 500]).toEqual([name, true]);
  }
  const { devices } = await hub.api.call('devices');
  for (const { name } of devices) expect(names.map((text) => text.trim())).toContain(name);
  const hello = await hub.api.send({ method: 'GET', path: '/api/hello' });
  expect(Object.keys(JSON.parse(hello.text)).sort()).toEqual(Object.keys(Hello.shape).sort());
  expect(hello.text).not.toContain('polluted');
  expect(standing()).toMatchObject({ whole: 'ok', people: [{ role: 'owner' }] });
  expect(hub.said).not.toContain('a request met a bug');
  expect(hub.isRunning()).toBe(true);
});
