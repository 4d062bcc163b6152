import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../src/journal/doubt.ts';
import { lengthOf } from '../../src/journal/times.ts';

const T = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

/** Rows as they were written, oldest first: house time in ms, what the clock said, and whether the hub started there. */
type Written = readonly [houseMs: number, at: number, start?: boolean];
const read = (written: readonly Written[], isAll = true) => {
  const rows = written.map(([houseMs, at, start], nth) => ({
    seq: nth + 1,
    houseMs,
    at,
    type: start ? 'houseResumed' : 'brokerFound',
  }));
  const doubts = doubtsOf(rows.toReversed(), isAll);
  return rows.map(({ seq }) => {
    const { movedMs, shouldBe } = doubts.get(seq) ?? {};
    return [movedMs ?? null, shouldBe ?? null];
  });
};
const SURE = [null, null];

describe('a clock that cannot be believed', () => {
  it('is none that runs as the house does, over starts and small corrections', () => {
    const written: Written[] = [
      [0, T, true],
      [1_000, T + 1_000],
      [2_000, T + 2_000 + 59_999],
      [HOUR_MS, T + HOUR_MS, true],
    ];
    expect(read(written)).toEqual(written.map(() => SURE));
  });

  it('that was put right tells what it should have said since the start, and nothing of what came before', () => {
    expect(
      read([
        [1_000, T],
        [2_000, T + 1_000, true],
        [3_000, T + 2_000],
        [4_000, T + 3_000 + 5 * HOUR_MS],
      ]),
    ).toEqual([SURE, [null, T + 1_000 + 5 * HOUR_MS], [null, T + 2_000 + 5 * HOUR_MS], [5 * HOUR_MS, null]]);
  });

  it('that was set wrong and put right again is doubted only in between', () => {
    expect(
      read([
        [1_000, T],
        [2_000, T + 1_000 - 2 * HOUR_MS],
        [3_000, T + 2_000],
      ]),
    ).toEqual([SURE, [-2 * HOUR_MS, T + 1_000], [2 * HOUR_MS, null]]);
  });

  it('is told where it moved, and no more, when rows between were left out', () => {
    expect(
      read(
        [
          [1_000, T],
          [2_000, T + HOUR_MS],
        ],
        false,
      ),
    ).toEqual([SURE, [HOUR_MS - 1_000, null]]);
  });

  it('needs a row to compare with', () => {
    expect(read([])).toEqual([]);
    expect(read([[5, T]])).toEqual([SURE]);
  });
});

describe('house time', () => {
  it.each([
    [0, { days: 0, time: '00:00:00' }],
    [-5, { days: 0, time: '00:00:00' }],
    [86_399_999, { days: 0, time: '23:59:59' }],
    [86_400_000 * 12 + 3_661_000, { days: 12, time: '01:01:01' }],
  ])('%d ms', (ms, length) => {
    expect(lengthOf(ms)).toEqual(length);
  });
});
