import { expect, it } from 'vitest';
import { type ContractRow, readContract } from '../../../test/contractFile.ts';
import { patternOf } from '../../alarms/sounderPatterns.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts';
import { fillsInMs } from '../dose.ts';
import type { Limit } from './limit.ts';
import { LIMITS } from './table.ts';

/** What a board judges by itself: one reading against a limit that calls the sirens. */
const ON_BOARDS = new Set([
  'oxygen',
  'carbon_monoxide',
  'carbon_dioxide',
  'lel_methane',
  'lel_lpg',
  'hydrogen_sulfide',
  'temperature',
]);

const isOnBoards = (limit: Limit): boolean =>
  ON_BOARDS.has(limit.quantity) &&
  limit.measure === 'value' &&
  limit.crosses !== 'on' &&
  limit.sound === 'siren';

const isUpwards = ({ crosses }: Limit): boolean => crosses === 'above' || crosses === 'atLeast';

const rowOf = (limit: Limit): ContractRow => ({
  quantity: limit.quantity,
  level: limit.level,
  crosses: limit.crosses,
  limit: String(limit.limit),
  // Ten digits: 19.5 and 0.2 are 19.7.
  clear_at: String(Number((limit.limit + (isUpwards(limit) ? -1 : 1) * limit.hysteresis).toPrecision(10))),
  on_delay_ms: String(limit.onDelayMs),
  confirm_readings: String(limit.confirmReadings),
  off_delay_ms: String(limit.offDelayMs),
  tone: patternOf(limit)?.tone ?? '',
});

const inOrder = (rows: readonly ContractRow[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

it('AIR-1 boards judge by the same limits, all of them', () => {
  expect(inOrder(readContract('limits.csv'))).toEqual(inOrder(LIMITS.filter(isOnBoards).map(rowOf)));
});

it.each(readContract('co-windows.csv'))(
  'CO-1 boards fill the dose as fast: $standard $ppm ppm',
  ({ standard, ppm, fills_s, not_before_s, not_after_s }) => {
    const fills = fillsInMs(Number(ppm), standard === 'en' ? 'EN' : 'US');
    if (fills_s === '') return expect(fills).toBeNull();
    const seconds = (fills as number) / SECOND_MS;
    expect(Math.abs(seconds - Number(fills_s))).toBeLessThanOrEqual(0.5);
    if (not_before_s !== '') expect(seconds).toBeGreaterThanOrEqual(Number(not_before_s));
    if (not_after_s !== '') expect(seconds).toBeLessThanOrEqual(Number(not_after_s));
    expect(seconds).toBeGreaterThan(MINUTE_MS / SECOND_MS);
  },
);
