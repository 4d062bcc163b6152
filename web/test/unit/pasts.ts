import type { HistoryImport, HistoryRange, HistoryStatus } from '@homeward/hub/api';
import { HistoryRange as Range } from '@homeward/hub/api';
import { NOW } from './houses.ts';

const MINUTE_MS = 60_000;

/** A range of numbers, one a bucket; null: nothing was heard. Ends at NOW. */
export const aRange = (
  values: readonly (number | null)[],
  given: Partial<HistoryRange> = {},
): HistoryRange => {
  const step = given.step ?? MINUTE_MS;
  return Range.parse({
    t0: NOW - values.length * step,
    step,
    min: values.map((value) => (value === null ? null : value - 1)),
    max: values.map((value) => (value === null ? null : value + 1)),
    avg: [...values],
    n: values.map((value) => (value === null ? 0 : 2)),
    unit: 'ppm',
    states: false,
    before: null,
    ...given,
  });
};

/** On and off: the share of each bucket, null where no reading came; `before` holds until the first. */
export const aStateRange = (shares: readonly (number | null)[], before: number | null): HistoryRange =>
  aRange(shares, {
    min: shares.map((share) => (share === null ? null : Math.floor(share))),
    max: shares.map((share) => (share === null ? null : Math.ceil(share))),
    n: shares.map((share) => (share === null ? 0 : 1)),
    unit: null,
    states: true,
    before,
  });

export const aStatus = (given: Partial<HistoryStatus> = {}): HistoryStatus => ({
  rows: 2_592_000,
  bytes: 64_800_000,
  freeBytes: 20_000_000_000,
  oldest: NOW - 30 * 86_400_000,
  rawDays: 90,
  hourlyDays: 3_650,
  paused: null,
  droppedRows: 0,
  ...given,
});

export const anImport = (given: Partial<HistoryImport> = {}): HistoryImport => ({
  id: 'i1',
  fileName: 'home-assistant_v2.db',
  kind: 'home-assistant',
  state: 'ready',
  progress: 1,
  sources: [],
  rows: 0,
  doubles: 0,
  failure: null,
  failedLine: null,
  ...given,
});
