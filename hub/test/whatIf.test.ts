import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Limit, withOwn } from '../src/air/limits/limit.ts';
import { LIMITS } from '../src/air/limits/table.ts';
import { USUAL_SETTINGS } from '../src/air/settings.ts';
import { createWhatIf, type WhatIfPorts } from '../src/air/whatIfDesk.ts';
import type { PastSensor } from '../src/air/whatIfPast.ts';
import type { Quantity } from '../src/devices/schema.ts';
import { emptyTable } from '../src/house/table.ts';
import { Refusal } from '../src/shared/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/shared/time.ts';
import { ALONE } from './builders.ts';
import { HistoryFile, type TestReading } from './historyFile.ts';

/** Noon by the clock of whoever runs this. */
const NOW = new Date(2026, 10, 22, 12).getTime();
const CO2 = LIMITS.find(({ kind, level }) => kind === 'co2' && level === 'advisory') as Limit;
const TOO_WARM = LIMITS.find(({ measure, level }) => measure === 'heatIndex' && level === 'warning') as Limit;

let file: HistoryFile;

beforeEach(() => {
  file = new HistoryFile();
});
afterEach(() => file.remove());

const sensor = (entityId: string, quantity: Quantity): PastSensor => ({
  entityId,
  quantity,
  lostAfterMs: 10 * MINUTE_MS,
});

function desk(sensors: readonly PastSensor[], more: Partial<WhatIfPorts> = {}) {
  return createWhatIf({
    settings: () => USUAL_SETTINGS,
    calibrations: emptyTable,
    now: () => ({ mono: 40 * DAY_MS, utc: NOW }),
    sensorsOf: (quantity) => sensors.filter((each) => each.quantity === quantity),
    context: () => ({ ...ALONE, deviceOf: (entityId) => entityId.split('.')[0] ?? null }),
    past: async (question) => file.opened.answers.samples(question),
    steady: () => performance.now(),
    rest: () => new Promise((resolve) => setImmediate(resolve)),
    ...more,
  });
}

const stays = new AbortController().signal;

/** Every five minutes from then to then. */
function write(entity: string, from: number, to: number, value: (utc: number) => number): void {
  const readings: TestReading[] = [];
  for (let at = from; at < to; at += 5 * MINUTE_MS) readings.push({ at, value: value(at), entity });
  file.record(readings);
}

/** 600 ppm, and 950 for two hours from then on. */
const stuffyAt =
  (...begins: readonly number[]) =>
  (utc: number): number =>
    begins.some((begin) => utc >= begin && utc < begin + 2 * HOUR_MS) ? 950 : 600;

describe('what a limit would have done in the last 30 days', () => {
  it('an empty history says so', async () => {
    expect(await desk([sensor('a.co2', 'carbon_dioxide')])(CO2, withOwn(CO2, 900), stays)).toEqual({
      days: 0,
      coverage: 0,
      times: 0,
      atNight: 0,
      timesNow: 0,
      episodes: [],
    });
  });

  it('counts the sensors together, and of these the nights', async () => {
    const night = NOW - DAY_MS - 9 * HOUR_MS;
    write('a.co2', NOW - 10 * DAY_MS, NOW, stuffyAt(night, NOW - 4 * DAY_MS));
    write('b.co2', NOW - 10 * DAY_MS, NOW, stuffyAt(NOW - 3 * DAY_MS));
    const answer = await desk(['a.co2', 'b.co2'].map((id) => sensor(id, 'carbon_dioxide')))(
      CO2,
      withOwn(CO2, 900),
      stays,
    );
    expect(answer).toMatchObject({ days: 10, times: 3, atNight: 1, timesNow: 0 });
    expect(answer.coverage).toBeCloseTo(1, 2);
    expect(answer.episodes.map(({ entityId }) => entityId)).toEqual(['a.co2', 'b.co2', 'a.co2']);
    expect(answer.episodes.at(-1)?.worst).toBeCloseTo(950);
  });

  it('days in which nothing was heard are no quiet days', async () => {
    write('a.co2', NOW - 20 * DAY_MS, NOW - 15 * DAY_MS, () => 600);
    write('a.co2', NOW - 5 * DAY_MS, NOW, () => 600);
    const answer = await desk([sensor('a.co2', 'carbon_dioxide')])(CO2, CO2, stays);
    expect(answer.days).toBe(20);
    expect(answer.coverage).toBeCloseTo(0.5, 2);
  });

  it('a past that tells of changes only is not full of losses', async () => {
    write('a.co2', NOW - 10 * DAY_MS, NOW, stuffyAt(NOW - 8 * DAY_MS, NOW - 2 * DAY_MS));
    const answer = await desk([{ ...sensor('a.co2', 'carbon_dioxide'), lostAfterMs: 3 * MINUTE_MS }])(
      CO2,
      withOwn(CO2, 900),
      stays,
    );
    expect(answer).toMatchObject({ days: 10, times: 2 });
    expect(answer.coverage).toBeCloseTo(1, 2);
    expect(answer.episodes.every(({ from, to }) => (to ?? NOW) - from < 3 * HOUR_MS)).toBe(true);
  });

  it('looks back 30 days, and no further', async () => {
    write('a.co2', NOW - 40 * DAY_MS, NOW, stuffyAt(NOW - 35 * DAY_MS, NOW - 20 * DAY_MS));
    expect(await desk([sensor('a.co2', 'carbon_dioxide')])(CO2, withOwn(CO2, 900), stays)).toMatchObject({
      days: 30,
      times: 1,
    });
  });

  it('an alarm that stands since before is counted, from the beginning of the 30 days on', async () => {
    write('a.co2', NOW - 40 * DAY_MS, NOW, () => 950);
    const answer = await desk([sensor('a.co2', 'carbon_dioxide')])(CO2, withOwn(CO2, 900), stays);
    expect(answer).toMatchObject({ times: 1, timesNow: 0 });
    expect(answer.episodes).toMatchObject([{ from: NOW - 30 * DAY_MS, to: null }]);
  });

  it('where readings are kept no more, their hours tell', async () => {
    write('a.co2', NOW - 10 * DAY_MS, NOW, stuffyAt(NOW - 8 * DAY_MS, NOW - 2 * DAY_MS));
    file.roll(NOW);
    const kept = NOW - 5 * DAY_MS;
    while (!file.opened.pruning.pruneSome({ raw: kept, hourly: 0 }, () => true)) {}
    const answer = await desk([sensor('a.co2', 'carbon_dioxide')])(CO2, withOwn(CO2, 900), stays);
    expect(answer).toMatchObject({ days: 10, times: 2 });
    expect(answer.coverage).toBeCloseTo(1, 1);
  });

  it('where there are too many readings, their hours tell too', async () => {
    write('a.co2', NOW - 10 * DAY_MS, NOW, stuffyAt(NOW - 8 * DAY_MS, NOW - 2 * DAY_MS));
    file.roll(NOW);
    const asked: number[] = [];
    const answer = await desk([sensor('a.co2', 'carbon_dioxide')], {
      past: async (question) => {
        const page = file.opened.answers.samples({ ...question, most: 100 });
        asked.push(page?.times.length ?? 0);
        return page;
      },
    })(CO2, withOwn(CO2, 900), stays);
    expect(asked).toEqual([240]);
    expect(answer).toMatchObject({ days: 10, times: 2 });
  });

  it('what a limit needs is looked up beside: 31 °C is warm when dry and hot when damp', async () => {
    const sensors = [
      sensor('a.t', 'temperature'),
      sensor('a.rh', 'humidity'),
      sensor('b.t', 'temperature'),
      sensor('b.rh', 'humidity'),
    ];
    for (const [id, percent] of [
      ['a', 30],
      ['b', 80],
    ] as const) {
      write(`${id}.rh`, NOW - DAY_MS, NOW, () => percent);
      write(`${id}.t`, NOW - DAY_MS, NOW, () => 31);
    }
    const { episodes } = await desk(sensors)(TOO_WARM, TOO_WARM, stays);
    expect(episodes.map(({ entityId }) => entityId)).toEqual(['b.t']);
  });

  it('never works for longer than some milliseconds, and stops when whoever asked is gone', async () => {
    write('a.co2', NOW - 20 * DAY_MS, NOW, () => 600);
    let now = 0;
    let rests = 0;
    const asker = new AbortController();
    const looking = desk([sensor('a.co2', 'carbon_dioxide')], {
      // Each look at the clock is 0.1 ms later: it is looked at after every reading.
      steady: () => (now += 0.1),
      rest: async () => {
        rests += 1;
        if (rests === 3) asker.abort();
      },
    })(CO2, CO2, asker.signal);
    await expect(looking).rejects.toBeInstanceOf(Refusal);
    expect(rests).toBe(3);
    expect(now).toBeLessThan(3 * 5);
  });

  it('answers one asker at a time, in their order, and turns the fifth away', async () => {
    write('a.co2', NOW - DAY_MS, NOW, () => 600);
    const order: number[] = [];
    const ask = desk([sensor('a.co2', 'carbon_dioxide')]);
    const asking = [1, 2, 3, 4].map((who) => ask(CO2, CO2, stays).then(() => order.push(who)));
    await expect(ask(CO2, CO2, stays)).rejects.toMatchObject({ code: 'history-busy' });
    await Promise.all(asking);
    expect(order).toEqual([1, 2, 3, 4]);
    expect(await ask(CO2, CO2, stays)).toMatchObject({ times: 0 });
  });
});
