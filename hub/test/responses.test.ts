import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ResponseId } from '../src/api.ts';
import { createStage } from './faults/stage.ts';
import { Refused } from './hubClient.ts';
import type { HubProcess } from './hubProcess.ts';
import { until } from './patience.ts';
import { ensureHub } from './repository.ts';
import { type BoardPart, SIREN, SMOKE, type TestBoard } from './testBoard.ts';

const stage = createStage();
afterEach(() => stage.clear());
beforeAll(ensureHub, 240_000);

const PATIENCE_MS = 90_000;

const TONES = { available_tones: ['fire_t3', 'co_t4', 'gas'], support_duration: true };
const HORN: BoardPart = { ...SIREN, more: TONES };
const FAN: BoardPart = { component: 'switch' };
const CO2: BoardPart = { component: 'sensor', deviceClass: 'carbon_dioxide', unit: 'ppm' };
const GAS: BoardPart = { component: 'sensor', quantity: 'lel_methane', unit: '%LEL' };
const VALVE: BoardPart = { component: 'valve', deviceClass: 'gas' };

const settingOf = async (hub: HubProcess, id: ResponseId) =>
  (await hub.api.call('responses')).responses.find((each) => each.id === id);
const last = (board: TestBoard, part: string) => board.commands(part).at(-1)?.payload;

/** A house whose clock runs fast, with a fan that the owner chose. */
async function prepare(parts: Readonly<Record<string, BoardPart>>) {
  const hub = await stage.hub({ env: { HOMEWARD_DEMO_SPEED: '60' } });
  const board = await stage.paired(hub, 'Kitchen', { ...parts, fan: FAN });
  const fan = `${board.id}.fan`;
  const body = { entityIds: [fan] };
  await until('the fan may be chosen', async () =>
    (await settingOf(hub, 'ventilate'))?.mayEntityIds.includes(fan),
  );
  expect((await hub.api.call('changeResponse', { id: 'ventilate', body })).entityIds).toEqual([fan]);
  return { hub, board, fan };
}

async function problemOf(deed: Promise<unknown>): Promise<string | null> {
  try {
    await deed;
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.problem.type.replace('/problems/', '');
    throw error;
  }
}

test(
  'smoke stops the fan and sounds T3, on a lease',
  async () => {
    const { hub, board } = await prepare({ smoke: SMOKE, siren: HORN });
    await board.tell({ fan: 'ON', smoke: 'OFF' });
    await board.call('smoke', 'ON');
    await until('the fan is off', () => last(board, 'fan') === 'OFF');
    await until('the lease is renewed', () => board.commands('siren').length > 3);
    expect(JSON.parse(last(board, 'siren') ?? '')).toEqual({ state: 'ON', tone: 'fire_t3', duration: 180 });
    expect((await settingOf(hub, 'fans-off'))?.lastRan).toMatchObject({ withheld: false });
    expect(hub.journal('responseRan').map(({ fact }) => fact.responseId)).toEqual(['fans-off']);
  },
  PATIENCE_MS,
);

test(
  'stale air turns the fan on, and fresh air off again',
  async () => {
    const { board } = await prepare({ co2: CO2 });
    const breathe = (ppm: number, is: () => boolean) =>
      until(
        `${ppm} ppm does it`,
        async () => {
          await board.tell({ co2: ppm });
          return is();
        },
        PATIENCE_MS,
      );
    await breathe(2_500, () => last(board, 'fan') === 'ON');
    await breathe(500, () => last(board, 'fan') === 'OFF');
    expect(board.commands('fan').map(({ payload }) => payload)).toEqual(['ON', 'OFF']);
  },
  PATIENCE_MS,
);

test(
  'AIR-5 gas shuts the valve, and the fan is refused to everybody until it is over',
  async () => {
    const { hub, board, fan } = await prepare({ gas: GAS, valve: VALVE });
    await board.tell({ valve: 'open' });
    await until('the valve is shut', async () => {
      await board.tell({ gas: 12 });
      return last(board, 'valve') === 'CLOSE';
    });
    expect((await hub.api.call('responses')).interlock).toBe(true);
    const on = { on: true };
    expect(await problemOf(hub.api.call('command', { id: fan, body: on }))).toBe('gas-interlock');
    const open = { do: 'open' };
    const valve = `${board.id}.valve`;
    expect(await problemOf(hub.api.call('command', { id: valve, body: open }))).toBe('valve-needed');
    await until(
      'the gas is gone',
      async () => {
        await board.tell({ gas: 0 });
        return !(await hub.api.call('responses')).interlock;
      },
      PATIENCE_MS,
    );
    expect(await problemOf(hub.api.call('command', { id: valve, body: open }))).toBe('valve-needed');
    expect(await problemOf(hub.api.call('command', { id: fan, body: on }))).toBeNull();
    for (const { id, kind } of await hub.api.alarms()) if (kind === 'gas') await hub.api.acknowledge(id);
    expect(await problemOf(hub.api.call('command', { id: valve, body: open }))).toBeNull();
    await until('the valve is opened', () => last(board, 'valve') === 'OPEN');
  },
  PATIENCE_MS,
);

test(
  'what may never be is refused',
  async () => {
    const { hub, fan } = await prepare({ smoke: SMOKE });
    const change = (id: string, body: unknown) => problemOf(hub.api.call('changeResponse', { id, body }));
    expect(await change('ventilate', { kinds: ['gas'] })).toBe('response-forbidden');
    expect(await change('gas-valve', { entityIds: [fan] })).toBe('response-forbidden');
    expect(await change('ventilate', { more: true })).toBe('bad-request');
    expect(await change('nothing', { enabled: true })).toBe('not-found');
    expect(await change('ventilate', { enabled: false })).toBeNull();
    expect(await settingOf(hub, 'ventilate')).toMatchObject({ enabled: false, entityIds: [fan] });
  },
  PATIENCE_MS,
);

test(
  'F-25 a siren board that goes without a word is missed, and the other sounds on',
  async () => {
    const hub = await stage.hub();
    const hall = await stage.paired(hub, 'Hall', { smoke: SMOKE, siren: HORN });
    const attic = await stage.paired(hub, 'Attic', { siren: HORN });
    await hall.call('smoke', 'ON');
    await until('both sound', () => [hall, attic].every((board) => board.commands('siren').length > 1));
    await attic.close();
    const alarm = await until(
      'the siren is missed',
      async () => (await hub.api.alarms()).find(({ cause }) => cause === 'siren-mute'),
      PATIENCE_MS,
    );
    expect(alarm).toMatchObject({ kind: 'trouble', entityId: `${attic.id}.siren`, priority: 1 });
    const before = hall.commands('siren').length;
    await until('the other is told again', () => hall.commands('siren').length > before);
    expect(JSON.parse(last(hall, 'siren') ?? '')).toMatchObject({ state: 'ON', tone: 'fire_t3' });
  },
  PATIENCE_MS,
);
