import { join } from 'node:path';
import { io as connectLive } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HousePatch, HouseSnapshot, Problem, Right, ROUTES, Role, type Route } from '../src/api.ts';
import { openDatabase } from '../src/io/sqlite.ts';
import { explain, mayDo } from '../src/people/rights.ts';
import { createSessions, type Sessions } from '../src/people/sessions.ts';
import { createPeopleStore } from '../src/people/store.ts';
import { type HubProcess, startHub } from './hubProcess.ts';
import { ROOT } from './repository.ts';

let hub: HubProcess;
let sessions: Sessions;
let closeDatabase = () => {};

beforeAll(async () => {
  hub = await startHub();
  const db = openDatabase(join(hub.folder, 'safety.db'), join(ROOT, 'hub', 'migrations'));
  closeDatabase = () => void db.close();
  const store = createPeopleStore(db);
  sessions = createSessions(store, { now: Date.now, shown: (at) => at });
  for (const role of Role.options) {
    const usual = { role, language: 'en', passwordHash: 'none', createdUtc: Date.now() } as const;
    for (const id of [role, other(role), watching(role)])
      store.addPerson({ ...usual, id, name: id, untilUtc: null });
  }
});
afterAll(async () => {
  closeDatabase();
  await hub?.remove();
});

/** Of one person the journal writes only so many refusals in an hour: for each role two come. */
const other = (role: string): string => `another ${role}`;

/** Who asks for nothing but the live channel. */
const watching = (role: string): string => `${role} at the window`;

const all: readonly [string, Route][] = Object.entries(ROUTES);
const closed = all.filter(([, route]) => !route.open);
const matrix = closed.flatMap(([name, route]) => Role.options.map((role) => ({ name, role, route })));

/** A call as that role, with nothing useful in it: whoever is let in meets another refusal, or does no harm. */
async function callAs(role: string, { method, path, body, takes, needs }: Route) {
  const isOdd = Right.options.indexOf(needs as Right) % 2 === 1;
  const { token } = sessions.start(isOdd ? other(role) : role, 'bearer');
  const type = takes ?? 'application/json';
  const answer = await hub.api.send({
    method,
    path: path.replace(/:\w+/g, 'nobody'),
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    ...(body === undefined && takes === undefined ? {} : { body: '{}' }),
  });
  return { status: answer.status, problem: Problem.safeParse(parsed(answer.text)).data };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

test('every call of the contract that is not open names a right of the table', () => {
  for (const [name, { needs }] of closed) expect([name, mayDo('owner', needs ?? '')]).toEqual([name, true]);
  expect(matrix).toHaveLength((all.length - all.filter(([, { open }]) => open).length) * 6);
});

test.each(matrix)('$name as $role', async ({ route, role }) => {
  const needs = route.needs ?? '';
  const { status, problem } = await callAs(role, route);
  if (mayDo(role, needs)) {
    expect(status).not.toBe(401);
    expect(status).toBeLessThan(500);
    expect(problem?.type).not.toBe('/problems/may-not');
  } else {
    expect(status).toBe(403);
    expect(problem).toMatchObject({ type: '/problems/may-not', detail: explain(role, needs) });
  }
});

test('every kind of refusal stands in the journal, with who, what and as whom', async () => {
  const noted = () => hub.journal('rightRefused').map(({ fact }) => `${fact.role} ${fact.right}`);
  const wanted = matrix.filter(({ role, route }) => !mayDo(role, route.needs ?? ''));
  const all = [...new Set(wanted.map(({ role, route }) => `${role} ${route.needs}`))].sort();
  await expect.poll(() => noted().sort()).toEqual(all);
});

type Look = { snapshot?: HouseSnapshot; change?: HousePatch['change']; error?: string };

async function watchAs(role: string): Promise<Look & { close(): void }> {
  const { token } = sessions.start(watching(role), 'bearer');
  const client = connectLive(`http://127.0.0.1:${hub.ports.http}`, {
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const look: Look & { close(): void } = { close: () => void client.disconnect() };
  client.on('patch', ({ change }: HousePatch) => {
    look.change = { ...look.change, ...change };
  });
  await new Promise<void>((done) => {
    client.on('snapshot', (snapshot) => {
      look.snapshot = HouseSnapshot.parse(snapshot);
      done();
    });
    client.on('connect_error', ({ message }) => {
      look.error = message;
      done();
    });
  });
  return look;
}

test('the live channel shows every role what it may see, and a panel nothing', async () => {
  const [owner, guest, panel] = await Promise.all(['owner', 'guest', 'panel'].map(watchAs));
  expect(panel).toMatchObject({ error: 'may-not' });
  const refused = () => hub.journal('rightRefused').filter(({ fact }) => fact.personId === watching('panel'));
  await expect.poll(refused).toMatchObject([{ fact: { right: 'house.see', role: 'panel', times: 1 } }]);
  const { deviceId } = await hub.api.call('pair', { body: { name: 'Air', kind: 'board' } });
  await expect.poll(() => owner?.change).toMatchObject({ devices: { [deviceId]: { name: 'Air' } } });
  await expect.poll(() => guest?.change).toBeDefined();
  expect(guest?.change).not.toHaveProperty('devices');
  expect(guest?.snapshot?.devices).toEqual({});
  for (const one of [owner, guest]) one?.close();
});
