import { chmodSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Readiness, ReadinessRow } from '../src/api.ts';
import { startMosquitto } from './brokers/mosquitto.ts';
import { createStage } from './faults/stage.ts';
import { Refused } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { type BoardPart, SIREN, SMOKE } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(ensureHub, 240_000);

const HORN: BoardPart = {
  ...SIREN,
  more: { available_tones: ['fire_t3', 'steady'], support_duration: true },
};

const rowOf = ({ rows }: Readiness, id: ReadinessRow['id']) => rows.find((row) => row.id === id);
const weakIn = ({ weaknesses }: Readiness) => weaknesses.map(({ id }) => id);
const testOver = (hub: HubProcess) =>
  until('the test is over', async () => {
    const readiness = await hub.api.call('readiness');
    return readiness.sirenTest?.running === false && readiness;
  });

async function refusalOf(deed: Promise<unknown>): Promise<string> {
  try {
    await deed;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.problem.type.replace('/problems/', '');
    throw error;
  }
}

test('an empty house says what is missing, and cannot test what is not there', async () => {
  const hub = await stage.hub();
  const empty = await hub.api.call('readiness');
  expect(weakIn(empty)).toEqual(
    expect.arrayContaining(['no-siren', 'no-smoke-detector', 'no-co-detector', 'one-owner']),
  );
  expect(weakIn(empty)).not.toContain('data-open');
  expect(weakIn(empty)).not.toContain('broker-anonymous');
  expect(rowOf(empty, 'sirens')).toMatchObject({ state: 'not-set-up', provenAt: null });
  expect(rowOf(empty, 'push')?.state).toBe('not-set-up');
  expect(await refusalOf(hub.api.call('testSirens'))).toBe('no-siren');
  chmodSync(hub.folder, 0o755);
  expect(weakIn(await hub.api.call('readiness'))).toContain('data-open');
});

test('the journal counts as proven once it was looked through', async () => {
  const hub = await stage.hub();
  expect(rowOf(await hub.api.call('readiness'), 'journal')?.state).toBe('stale');
  await hub.api.call('verifyJournal');
  expect(rowOf(await hub.api.call('readiness'), 'journal')).toMatchObject({
    state: 'proven',
    how: 'verified',
  });
});

test('a siren test is commanded, answered, ended, noted, and outlasts a restart', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Hall', { siren: HORN, smoke: SMOKE });
  await board.tell({ siren: 'OFF', smoke: 'OFF' });
  const entityId = `${board.id}.siren`;
  const asked = await hub.api.call('testSirens');
  expect(asked.sirenTest).toMatchObject({ running: true, by: expect.any(String) });
  expect(asked.mayTestSirens).toBe(false);
  expect(await refusalOf(hub.api.call('testSirens'))).toBe('sirens-busy');
  const over = await testOver(hub);
  expect(over.sirenTest?.sirens).toEqual([{ entityId, answer: 'answered' }]);
  await until('it is told to stop', () => board.commands('siren').length === 2);
  expect(board.commands('siren').map(({ payload }) => JSON.parse(payload))).toEqual([
    { state: 'ON', tone: 'steady', duration: 2 },
    { state: 'OFF' },
  ]);
  expect(rowOf(over, 'sirens')).toMatchObject({ state: 'proven', how: 'answered', parts: [{ entityId }] });
  expect(rowOf(over, 'detectors')).toMatchObject({
    state: 'stale',
    parts: [{ entityId: `${board.id}.smoke` }],
  });
  expect(hub.journal('sirenTestEnded').map(({ fact }) => fact)).toMatchObject([
    { answered: [entityId], mute: [] },
  ]);
  const proven = rowOf(over, 'sirens')?.provenAt;
  await hub.restart();
  await hub.api.logIn();
  expect(rowOf(await hub.api.call('readiness'), 'sirens')).toMatchObject({
    state: 'proven',
    provenAt: proven,
  });
});

test('in an alarm the sirens are not tested, and a test that runs does not silence it', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Hall', { siren: HORN, smoke: SMOKE });
  await board.tell({ siren: 'OFF', smoke: 'OFF' });
  await hub.api.call('testSirens');
  await board.call('smoke', 'ON');
  const { sirenTest, rows } = await testOver(hub);
  expect(sirenTest?.running).toBe(false);
  expect(JSON.parse(board.commands('siren').at(-1)?.payload ?? '')).toMatchObject({
    state: 'ON',
    tone: 'fire_t3',
  });
  expect(board.commands('siren').some(({ payload }) => payload.includes('OFF'))).toBe(false);
  expect(await refusalOf(hub.api.call('testSirens'))).toBe('sirens-busy');
  // Its alarm was heard: that proves the detector too.
  expect(rows.find(({ id }) => id === 'detectors')).toMatchObject({ state: 'proven', how: 'alarmed' });
});

test('what only a person can know is asked, and the answer lasts', async () => {
  const hub = await stage.hub();
  expect((await hub.api.call('readiness')).questions).toEqual([
    { id: 'ups', answer: null, at: null, by: null },
  ]);
  const said = await hub.api.call('answerQuestion', { id: 'ups', body: { answer: false } });
  expect(weakIn(said)).toContain('no-ups');
  expect(await refusalOf(hub.api.call('answerQuestion', { id: 'toString', body: { answer: true } }))).toBe(
    'not-found',
  );
  await hub.restart();
  await hub.api.logIn();
  expect((await hub.api.call('readiness')).questions).toMatchObject([
    { answer: false, by: expect.any(String) },
  ]);
});

test('nobody is heard who was not tested', async () => {
  const hub = await stage.hub();
  const heard = hub.api.call('sirensHeard', { body: { entityIds: ['anybody.siren'] } });
  expect(await refusalOf(heard)).toBe('not-found');
});

test('a broker that lets anybody in is named, and one that does not is not', async () => {
  const open = stage.keep(await startMosquitto());
  const hub = await stage.hub({ mqttUrl: open.url });
  const seen = weakIn(await hub.api.call('readiness'));
  expect(seen).toEqual(expect.arrayContaining(['broker-anonymous', 'broker-unmanaged']));
  // It is on this very machine.
  expect(seen).not.toContain('broker-unencrypted');
  const closed = stage.keep(await startMosquitto({ allowAnonymous: false }));
  const other = await stage.hub({ mqttUrl: closed.url });
  const its = await other.api.call('readiness');
  expect(weakIn(its)).not.toContain('broker-anonymous');
  expect(weakIn(its)).toContain('broker-unmanaged');
});
