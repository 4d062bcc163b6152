import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { away, beginOf, beginsIn, nextOf, type Step } from './calendar.ts';
import { momentText, stepFor, ticksIn } from './ticks.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kolkata',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
];
const STEPS: readonly Step[] = [
  { unit: 'minute', n: 1 },
  { unit: 'minute', n: 30 },
  { unit: 'hour', n: 1 },
  { unit: 'hour', n: 3 },
  { unit: 'hour', n: 12 },
  { unit: 'day', n: 1 },
  { unit: 'day', n: 2 },
  { unit: 'day', n: 7 },
  { unit: 'day', n: 14 },
  { unit: 'month', n: 1 },
  { unit: 'month', n: 3 },
  { unit: 'year', n: 1 },
];
const at = (text: string): number => new Date(text).getTime();

beforeEach(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
afterEach(() => void vi.unstubAllEnvs());

describe('the calendar', () => {
  it.each(ZONES)('in %s: every moment lies in its step, and steps only go forward', (zone) => {
    vi.stubEnv('TZ', zone);
    const moment = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2035-01-01T00:00Z') });
    fc.assert(
      fc.property(moment, fc.constantFrom(...STEPS), (when, step) => {
        const begin = beginOf(when, step);
        expect(begin).toBeLessThanOrEqual(when);
        let next = nextOf(begin, step);
        expect(next).toBeGreaterThan(begin);
        // an hour that comes twice may make one step of two
        for (let more = 0; next <= when && more < 2; more += 1) next = nextOf(next, step);
        expect(next).toBeGreaterThan(when);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['the day of 23 hours', '2026-03-29T00:00:00', 23],
    ['the day of 25 hours', '2026-10-25T00:00:00', 25],
  ])('%s has as many rows of an hour, and ends at midnight', (_, midnight, hours) => {
    const from = at(midnight);
    const to = away(from, 'day', 1);
    expect((to - from) / HOUR_MS).toBe(hours);
    const begins = beginsIn(from, to - 1, { unit: 'hour', n: 1 });
    expect(begins).toHaveLength(hours);
    expect(new Set(begins.map((begin, place) => (begins[place + 1] ?? to) - begin))).toEqual(
      new Set([HOUR_MS]),
    );
  });

  it('weeks begin on a Monday, a day is a day whatever its length', () => {
    expect(new Date(beginOf(at('2026-11-22T15:00'), { unit: 'day', n: 7 })).getDay()).toBe(1);
    for (const begin of beginsIn(at('2026-03-20T00:00'), at('2026-04-10T00:00'), { unit: 'day', n: 1 }))
      expect(new Date(begin).getHours()).toBe(0);
  });

  it('a month away from its 31st is the last day of the other', () => {
    expect(away(at('2026-03-31T10:00'), 'month', -1)).toBe(at('2026-02-28T10:00'));
    expect(away(at('2024-02-29T10:00'), 'year', 1)).toBe(at('2025-02-28T10:00'));
  });
});

describe('the ticks of the axis', () => {
  it.each([
    ['10 minutes', 10 * 60_000, { unit: 'minute', n: 2 }],
    ['a day', DAY_MS, { unit: 'hour', n: 6 }],
    ['a week', 7 * DAY_MS, { unit: 'day', n: 2 }],
    ['a month', 31 * DAY_MS, { unit: 'day', n: 7 }],
    ['two months', 61 * DAY_MS, { unit: 'day', n: 14 }],
    ['a year', 366 * DAY_MS, { unit: 'month', n: 3 }],
    ['twenty years', 20 * 365.25 * DAY_MS, { unit: 'year', n: 5 }],
  ])('%s is marked by the calendar', (_, length, step) => {
    expect(stepFor(0, length, 5)).toEqual(step);
  });

  it('stand at full hours on the day on which the clock is put forward, midnight by its date', () => {
    const ticks = ticksIn(at('2026-03-28T20:00'), at('2026-03-29T20:00'), 5, 'en');
    expect(ticks.map(({ label }) => label)).toEqual(['29 Mar', '06:00', '12:00', '18:00']);
  });

  it('are never more than asked for, but one', () => {
    const moment = fc.integer({ min: 0, max: at('2040-01-01') });
    const length = fc.integer({ min: 60_000, max: 40 * 366 * DAY_MS });
    fc.assert(
      fc.property(moment, length, fc.integer({ min: 3, max: 20 }), (from, long, most) => {
        expect(ticksIn(from, from + long, most, 'en').length).toBeLessThanOrEqual(most + 3);
      }),
      { numRuns: 300 },
    );
  });

  it('are in the language of the person, with the digits of boards and keypads', () => {
    const [tick] = ticksIn(at('2026-11-22T00:00'), at('2026-11-22T01:00'), 1, 'ar');
    expect(tick?.label).toMatch(/22.*نوفمبر/);
    expect(momentText(at('2025-11-22T14:05'), at('2026-11-22'), 'en')).toBe('22 Nov 2025, 14:05');
    expect(momentText(at('2026-11-22T14:05'), at('2026-11-22'), 'en')).toBe('22 Nov, 14:05');
  });
});
