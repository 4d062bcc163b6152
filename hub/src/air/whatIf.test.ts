import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE, at, UTC_AT_START } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { getRow, tableOf } from '../house/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';
import { reduceAir } from './air.ts';
import { type Limit, withOwn } from './limits/limit.ts';
import { LIMITS } from './limits/table.ts';
import { HOUSEHOLD, USUAL_SETTINGS } from './settings.ts';
import { airFrom, EMPTY_AIR } from './state.ts';
import { createTrial, type PastReading } from './whatIf.ts';

const SENSOR = 'kitchen.sensor';
const NOW = UTC_AT_START + 40 * DAY_MS;
const limitOf = (id: string): Limit => {
  const limit = LIMITS.find((each) => each.id === id);
  if (limit === undefined) throw new Error(`There is no limit ${id}.`);
  return limit;
};

type Past = readonly { readonly at: Millis; readonly value: number }[];
type Stood = { from: Millis; to: Millis | null };

const readingsOf = (limit: Limit, past: Past, lostAfterMs: Millis | null): PastReading[] =>
  past.map((each) => ({ entityId: SENSOR, quantity: limit.quantity, lostAfterMs, ...each }));

function tried(held: Limit, wished: Limit, past: Past, lostAfterMs: Millis | null = null) {
  const trial = createTrial({
    entityId: SENSOR,
    held,
    wished,
    settings: USUAL_SETTINGS,
    calibrations: EMPTY_AIR.calibrations,
    context: ALONE,
    houseLessUtc: -UTC_AT_START,
  });
  for (const reading of readingsOf(held, past, lostAfterMs)) trial.take(reading);
  trial.end(NOW);
  return { held: trial.held(), wished: trial.wished() };
}

/** What the living house does: all its limits, its clock, and the loss of who is silent. */
function lived(limit: Limit, own: number | null, past: Past, lostAfterMs: Millis | null): Stood[] {
  const settings = { ...USUAL_SETTINGS, own: own === null ? {} : { [limit.id]: own } };
  let state = airFrom({ ...EMPTY_AIR, airSettings: tableOf([[HOUSEHOLD, settings]]) });
  const stood: Stood[] = [];
  const happen = (fact: Fact, utc: Millis): void => {
    state = reduceAir(state, fact, at(utc - UTC_AT_START), ALONE).state;
    const holds = getRow(state.rows, SENSOR)?.limits[limit.id]?.phase === 'holds';
    const open = stood.at(-1)?.to === null ? stood.at(-1) : undefined;
    if (holds && open === undefined) stood.push({ from: utc, to: null });
    if (!holds && open !== undefined) open.to = utc;
  };
  const clock = (until: Millis): void => {
    for (let before: Millis | null = null; state.wakeAt !== null && state.wakeAt !== before; ) {
      before = state.wakeAt;
      if (before + UTC_AT_START > until) return;
      happen({ type: 'clockReached' }, before + UTC_AT_START);
    }
  };
  const silent = (from: Millis | undefined, until: Millis): void => {
    if (from !== undefined && lostAfterMs !== null && from + lostAfterMs < until) {
      clock(from + lostAfterMs);
      happen({ type: 'entityLost', entityId: SENSOR, deviceId: SENSOR }, from + lostAfterMs);
    }
    clock(until);
  };
  past.forEach(({ at: utc, value }, index) => {
    silent(past[index - 1]?.at, utc);
    const { quantity } = limit;
    happen(
      { type: 'reading', entityId: SENSOR, quantity, value, unit: null, retained: false, ageMs: 0 },
      utc,
    );
  });
  silent(past.at(-1)?.at, NOW);
  return stood;
}

const times = (episodes: readonly Stood[]): Stood[] => episodes.map(({ from, to }) => ({ from, to }));
const EDITABLE = LIMITS.filter(({ editable }) => editable);

/** Days of a sensor that comes and goes about the limit. */
const pastsOf = (limit: Limit): fc.Arbitrary<Past> => {
  const span = Math.max(limit.hysteresis * 2, Math.abs(limit.limit) * 0.3);
  const value = fc.double({ min: limit.limit - span, max: limit.limit + span, noNaN: true });
  const gap = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 120_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: MINUTE_MS, max: HOUR_MS }) },
  );
  const stretch = fc.record({ value, gap, count: fc.integer({ min: 1, max: 12 }) });
  return fc.array(stretch, { minLength: 1, maxLength: 10 }).map((stretches) => {
    let utc = NOW - 2 * DAY_MS;
    return stretches.flatMap(({ value, gap, count }) =>
      Array.from({ length: count }, () => {
        utc += gap;
        return { at: utc, value };
      }),
    );
  });
};

describe('what a limit would have done', () => {
  it('is what the living house does with the same readings, under the limit that holds and under another', () => {
    const cases = fc.constantFrom(...EDITABLE).chain((limit) =>
      fc.record({
        limit: fc.constant(limit),
        past: pastsOf(limit),
        own: fc.double({
          min: Math.min(limit.strictest, limit.weakest),
          max: Math.max(limit.strictest, limit.weakest),
          noNaN: true,
        }),
        lostAfterMs: fc.constantFrom(null, 3 * MINUTE_MS, 10 * MINUTE_MS),
      }),
    );
    let raised = 0;
    fc.assert(
      fc.property(cases, ({ limit, past, own, lostAfterMs }) => {
        const trial = tried(limit, withOwn(limit, own), past, lostAfterMs);
        expect(times(trial.held)).toEqual(lived(limit, null, past, lostAfterMs));
        expect(times(trial.wished)).toEqual(lived(limit, own, past, lostAfterMs));
        raised += trial.held.length + trial.wished.length;
      }),
      { numRuns: 150 },
    );
    // A property of nothing would be none.
    expect(raised).toBeGreaterThan(10);
  });

  const stuffy = EDITABLE.find(({ kind, level }) => kind === 'co2' && level === 'advisory') as Limit;
  const hours = (ppm: readonly number[]): Past =>
    ppm.flatMap((value, hour) =>
      Array.from({ length: 60 }, (_, minute) => ({
        at: NOW - (ppm.length - hour) * HOUR_MS + minute * MINUTE_MS,
        value,
      })),
    );

  it.each<[ppm: readonly number[], wished: number, held: number, asked: number]>([
    [[600, 600, 600], 1_000, 0, 0],
    [[600, 1_500, 600, 600], 1_000, 1, 1],
    [[600, 900, 600, 600], 850, 0, 1],
    [[600, 900, 600, 900, 600], 850, 0, 2],
    [[600, 1_500, 600, 950, 600], 940, 1, 2],
  ])(
    '%j ppm by the hour with the limit at %d: %d times as it holds, %d as it is wished',
    (ppm, wished, held, asked) => {
      const trial = tried(stuffy, withOwn(stuffy, wished), hours(ppm));
      expect([trial.held.length, trial.wished.length]).toEqual([held, asked]);
    },
  );

  it('tells when it stood and how bad it was', () => {
    const oxygen = limitOf('oxygen/oxygen-low/advisory/value');
    const past = [20.9, 20.2, 20.1, 20.1, 20.9, 20.9].map((value, index) => ({
      at: NOW - HOUR_MS + index * 5 * MINUTE_MS,
      value,
    }));
    const [first, ...more] = tried(oxygen, oxygen, past).wished;
    expect(more).toEqual([]);
    expect(first).toMatchObject({ entityId: SENSOR, from: NOW - 54 * MINUTE_MS, to: NOW - 35 * MINUTE_MS });
    expect(first?.worst).toBeCloseTo(20.1);
  });

  it('what stands still has no end', () => {
    const oxygen = limitOf('oxygen/oxygen-low/advisory/value');
    const past = [20.1, 20.1].map((value, index) => ({ at: NOW - (2 - index) * MINUTE_MS, value }));
    expect(tried(oxygen, oxygen, past).wished).toMatchObject([{ to: null }]);
  });
});
