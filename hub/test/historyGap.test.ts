import { afterEach, beforeAll, expect, test } from 'vitest';
import { HistoryRange } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import type { BoardPart, TestBoard } from './testBoard.ts';

/** One bucket a second. */
const STEP_MS = 1_000;
const SPAN_MS = 30 * 60_000;

const DOOR: BoardPart = { component: 'binary_sensor', deviceClass: 'door' };
const PUMP: BoardPart = { component: 'switch' };

const stage = createStage();
beforeAll(ensureHub, 180_000);
afterEach(() => stage.clear());

/** What a chart shows from then on, each stretch of it once: the share that it was on, null where nobody knows. */
async function stretches(hub: HubProcess, id: string, from: number): Promise<(number | null)[]> {
  const path = `/api/history/${id}?from=${from}&to=${from + SPAN_MS}&buckets=${SPAN_MS / STEP_MS}`;
  const { status, text } = await hub.api.send({ method: 'GET', path });
  expect(status).toBe(200);
  const { avg, step } = HistoryRange.parse(JSON.parse(text));
  expect(step).toBe(STEP_MS);
  return avg.filter((value, at) => at === 0 || value !== avg[at - 1]);
}

const untilShown = (hub: HubProcess, id: string, from: number, wanted: readonly (number | null)[]) =>
  until(`${id} shows ${JSON.stringify(wanted)}`, async () => {
    const shown = await stretches(hub, id, from);
    return JSON.stringify(shown) === JSON.stringify(wanted);
  });

const availability = (board: TestBoard, word: 'online' | 'offline') =>
  board.say(`homeward/${board.id}/availability`, word, true);

const untilHeard = (hub: HubProcess, board: TestBoard, is: boolean) =>
  until(`${board.id} is ${is ? 'found' : 'lost'}`, async () => {
    const entities = Object.values((await hub.api.device(board.id))?.entities ?? {});
    return entities.length > 0 && entities.every(({ available }) => available === is);
  });

/** So that the chart has whole buckets of what is now. */
const stepsPass = (count: number) => {
  const end = Date.now() + count * STEP_MS;
  return until('steps of the chart have passed', () => Date.now() >= end);
};

test('a contact that is lost and found has a gap on its chart, not the last state held', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Hall', { door: DOOR, pump: PUMP });
  const ids = [`${board.id}.door`, `${board.id}.pump`] as const;
  const from = Math.floor(Date.now() / STEP_MS) * STEP_MS - 10 * STEP_MS;
  await board.tell({ door: 'ON', pump: 'ON' });
  for (const id of ids) await untilShown(hub, id, from, [null, 1, null]);

  await availability(board, 'offline');
  await untilHeard(hub, board, false);
  await stepsPass(3);
  // Nothing was heard meanwhile: what stands on the chart ended when they were lost.
  const lostAt = Date.now() - 2 * STEP_MS;
  for (const id of ids) expect(await stretches(hub, id, lostAt)).toEqual([null]);

  await availability(board, 'online');
  await untilHeard(hub, board, true);
  // A contact speaks only when something happens: its last word stands again, and the gap stays.
  for (const id of ids) await untilShown(hub, id, from, [null, 1, null, 1, null]);

  await hub.restart();
  for (const id of ids) expect((await stretches(hub, id, from)).slice(0, 4)).toEqual([null, 1, null, 1]);
});

test('one that is found by what it says anew has what it says, and the gap before', async () => {
  const hub = await stage.hub();
  const board = await stage.paired(hub, 'Cellar', { door: DOOR });
  const id = `${board.id}.door`;
  const from = Math.floor(Date.now() / STEP_MS) * STEP_MS - 10 * STEP_MS;
  await board.tell({ door: 'ON' });
  await untilShown(hub, id, from, [null, 1, null]);
  await availability(board, 'offline');
  await untilHeard(hub, board, false);
  await stepsPass(3);
  await availability(board, 'online');
  await board.tell({ door: 'OFF' });
  await untilHeard(hub, board, true);
  const shown = await until('it is shut', async () => {
    const now = await stretches(hub, id, from);
    return now.at(-2) === 0 ? now : null;
  });
  expect(shown.slice(0, 3)).toEqual([null, 1, null]);
});
