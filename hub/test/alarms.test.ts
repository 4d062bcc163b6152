import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Alarm, ProblemCode, RouteName } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import { Refused } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { CO, SMOKE } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
// The program is built by whoever needs it first: not on the time of a test.
beforeAll(ensureHub, 240_000);

const REASON = { reason: 'The kitchen is painted.' };
const HOUR = { minutes: 60, ...REASON };

/** A hub with a board that knows smoke and carbon monoxide. */
async function prepare() {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Kitchen', { smoke: SMOKE, co: CO });
  const smoke = async () => (await hub.api.alarms()).find(({ kind }) => kind === 'smoke');
  const becomes = (what: string, is: (alarm: Alarm | undefined) => boolean) =>
    until(`the smoke alarm ${what}`, async () => {
      const alarm = await smoke();
      return is(alarm) ? (alarm ?? true) : false;
    });
  return { hub, board, smoke, becomes, entityId: `${board.id}.smoke` };
}

const codeOf = async (hub: HubProcess, name: RouteName, id: string, body: unknown = {}) => {
  try {
    await hub.api.call(name, { id, body });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.problem.type.replace('/problems/', '') as ProblemCode;
    throw error;
  }
};

test('ALM-2, ALM-3: an alarm is hushed, shelved, taken out of service and put back, and survives a restart so', async () => {
  const { hub, board, becomes } = await prepare();
  await board.call('smoke', 'ON');
  const raised = (await becomes('is raised', (alarm) => alarm !== undefined)) as Alarm;
  expect(raised).toMatchObject({ state: 'unacknowledged', priority: 1, mayHush: true, banner: false });

  const hushed = (await hub.api.call('hush', { id: raised.id })).alarms[0];
  expect(hushed).toMatchObject({ state: 'unacknowledged', mayHush: false });
  expect(hushed?.hushedUntil).toBeGreaterThan(raised.since);
  // Somebody was faster: no harm.
  expect((await hub.api.call('hush', { id: raised.id })).alarms[0]?.hushedUntil).toBe(hushed?.hushedUntil);

  const shelved = (await hub.api.call('shelve', { id: raised.id, body: HOUR })).alarms[0];
  expect(shelved).toMatchObject({
    state: 'shelved',
    active: true,
    banner: true,
    shelf: { by: 'Mona', ...REASON },
  });
  expect(await codeOf(hub, 'shelve', raised.id, { minutes: 481, ...REASON })).toBe('shelved-too-long');
  expect(await codeOf(hub, 'hush', raised.id)).toBe('may-not-hush');

  const out = (await hub.api.call('takeOutOfService', { id: raised.id, body: REASON })).alarms[0];
  expect(out).toMatchObject({
    state: 'outOfService',
    active: true,
    banner: true,
    service: { by: 'Mona', ...REASON },
  });
  expect(out?.shelf).toBeUndefined();

  await hub.kill9();
  await hub.start();
  expect((await hub.api.alarms())[0]).toMatchObject({
    id: raised.id,
    state: 'outOfService',
    service: REASON,
  });
  const back = (await hub.api.call('putInService', { id: raised.id })).alarms[0];
  expect(back).toMatchObject({ state: 'unacknowledged', active: true });
});

test('ALM-2: what may still get worse is neither hushed, put aside nor taken out of service', async () => {
  const { hub, board } = await prepare();
  // A new sensor warms up: the second reading that agrees alarms.
  await board.call('co', 350);
  await board.call('co', 350);
  const raised = await until('CO alarms', async () =>
    (await hub.api.alarms()).find(({ kind, level }) => kind === 'co' && level === 'alarm'),
  );
  expect(raised).toMatchObject({ state: 'unacknowledged', mayHush: false });
  for (const [name, body] of [
    ['hush', {}],
    ['shelve', HOUR],
    ['takeOutOfService', REASON],
  ] as const)
    expect([name, await codeOf(hub, name, raised.id, body)]).toEqual([name, 'may-not-hush']);
  expect((await hub.api.alarms()).find(({ id }) => id === raised.id)).toMatchObject({
    state: 'unacknowledged',
    active: true,
  });
});

test('ALM-1: the history tells each step, newest episode first, a page at a time', async () => {
  const { hub, board, becomes, entityId } = await prepare();
  for (let n = 0; n < 2; n++) {
    await board.call('smoke', 'ON');
    const { id } = (await becomes('is raised', (alarm) => alarm?.active === true)) as Alarm;
    await hub.api.acknowledge(id);
    await board.call('smoke', 'OFF');
    await becomes('has cleared', (alarm) => alarm?.active === false);
    await hub.api.reset(id);
  }
  const ask = async (query: string) => {
    const { status, text } = await hub.api.send({ method: 'GET', path: `/api/alarms/history${query}` });
    expect(status).toBe(200);
    return JSON.parse(text) as Awaited<ReturnType<typeof hub.api.call<'alarmHistory'>>>;
  };
  const all = await hub.api.call('alarmHistory');
  expect(all.next).toBeNull();
  expect(all.episodes).toHaveLength(2);
  for (const episode of all.episodes) {
    expect(episode).toMatchObject({ kind: 'smoke', peak: 'alarm', cause: 'contact', entityId });
    const events = episode.transitions
      .map(({ event }) => event)
      .filter((event) => !event.startsWith('chatter'));
    expect(events).toEqual(['raised', 'acknowledged', 'cleared', 'reset']);
    expect(episode.transitions.map(({ by }) => by)).toContain('Mona');
    expect(episode.endedAt).toBe(episode.transitions.at(-1)?.at);
  }
  const first = await ask('?limit=1&kind=smoke');
  expect(first.episodes.map(({ id }) => id)).toEqual([all.episodes[0]?.id]);
  const second = await ask(
    `?limit=1&before=${first.next}&room=${all.episodes[1]?.room.id}&entityId=${entityId}`,
  );
  expect(second.episodes.map(({ id }) => id)).toEqual([all.episodes[1]?.id]);
  expect(second.next).toBeNull();
  expect((await ask('?kind=co')).episodes).toEqual([]);
});

test('an alarm that is normal is named by its kind and its sensor', async () => {
  const { hub, board, smoke, entityId } = await prepare();
  const point = `smoke:${entityId}`;
  expect((await hub.api.call('shelve', { id: point, body: HOUR })).alarms).toMatchObject([
    { state: 'shelved', active: false, banner: true, entityId },
  ]);
  await board.call('smoke', 'ON');
  await until('it is written down', async () => (await smoke())?.active === true);
  expect(await smoke()).toMatchObject({ state: 'shelved' });
  expect((await hub.api.call('unshelve', { id: point })).alarms).toMatchObject([{ state: 'unacknowledged' }]);
});

test('what cannot be is refused, and why is said', async () => {
  const hub = await stage.hub();
  const calls: readonly [name: RouteName, id: string, code: ProblemCode, body?: unknown][] = [
    ['hush', 'nothing', 'not-found'],
    ['shelve', 'flames:x', 'not-found', HOUR],
    ['shelve', 'smoke:nobody', 'not-found', HOUR],
    ['takeOutOfService', '__proto__:x', 'not-found', REASON],
    ['unshelve', 'smoke:kitchen', 'not-found'],
    ['shelve', 'smoke:x', 'bad-request', { minutes: 60, reason: ' ' }],
    ['shelve', 'smoke:x', 'bad-request', REASON],
    ['shelve', 'smoke:x', 'bad-request', { minutes: 1441, ...REASON }],
  ];
  for (const [name, id, code, body] of calls)
    expect([name, id, await codeOf(hub, name, id, body)]).toEqual([name, id, code]);
  for (const query of ['limit=0', 'limit=51', 'kind=flames', 'before=x', 'what=1']) {
    const { status } = await hub.api.send({ method: 'GET', path: `/api/alarms/history?${query}` });
    expect([query, status]).toEqual([query, 400]);
  }
});

test('refused: a step that the table does not know', async () => {
  const { hub, board, becomes, entityId } = await prepare();
  const point = `smoke:${entityId}`;
  await board.call('smoke', 'ON');
  await becomes('is raised', (alarm) => alarm !== undefined);
  expect(await codeOf(hub, 'putInService', point)).toBe('alarm-not-waiting');
  expect(await codeOf(hub, 'unshelve', point)).toBe('alarm-not-waiting');
  expect(await codeOf(hub, 'reset', point)).toBe('alarm-not-waiting');
  await hub.api.call('takeOutOfService', { id: point, body: REASON });
  expect(await codeOf(hub, 'takeOutOfService', point, REASON)).toBe('alarm-not-waiting');
  expect(await codeOf(hub, 'shelve', point, HOUR)).toBe('alarm-not-waiting');
});
