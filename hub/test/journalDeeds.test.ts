import { afterEach, beforeAll, expect, test } from 'vitest';
import { createStage } from './faults/stage.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { CO, SMOKE } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
// The program is built by whoever needs it first: not on the time of a test.
beforeAll(ensureHub, 240_000);

test('what people do with the house stands in the journal: who, what and where', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Cellar', { co: CO, smoke: SMOKE });
  const attic = await stage.paired(hub, 'Attic', { co: CO });
  const co = `${board.id}.co`;
  await board.tell({ co: 3, smoke: 'OFF' });
  const personId = (await hub.api.call('me')).personId;
  const { api } = hub;
  await api.call('setHistory', { body: { rawDays: 40 } });
  await api.send({ method: 'GET', path: `/api/history/${co}/csv` });
  await api.send({ method: 'GET', path: '/api/journal/export?format=csv' });
  await api.call('correctDevice', { id: board.id, body: { name: 'The cellar' } });
  await api.call('removeDevice', { id: attic.id });
  await board.call('smoke', 'ON');
  await until('it sounds', () => hub.journal('soundChanged').length > 0);

  const told = hub.journal().map(({ fact }) => fact);
  for (const row of [
    { type: 'retentionChanged', by: personId, rawDays: 40, hourlyDays: 3650 },
    { type: 'seriesExported', by: personId, entityId: co },
    { type: 'journalExported', by: personId, format: 'csv' },
    { type: 'deviceCorrected', by: 'Mona', deviceId: board.id, name: 'The cellar' },
    { type: 'deviceRemoved', by: 'Mona', deviceId: attic.id },
    { type: 'entityRetired', entityId: `${attic.id}.co` },
    { type: 'soundChanged', from: null, to: expect.objectContaining({ kind: 'smoke' }) },
  ])
    expect(told).toContainEqual(expect.objectContaining(row));
});
