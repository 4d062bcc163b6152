import type { JournalRow } from '@homeward/hub/api';

type Timed = Pick<JournalRow, 'seq' | 'at' | 'houseMs' | 'type'>;

/** A clock that moved by less than this was only put right. ms */
const MOVED_MS = 60_000;

export type Doubt = {
  /** By how much the clock moved between this row and the older one below it, ms; null: it did not. */
  readonly movedMs: number | null;
  /** What the clock should have said, by the time of the house, epoch ms UTC; null: there is no reason to doubt it. */
  readonly shouldBe: number | null;
};

const offsetOf = ({ at, houseMs }: Timed): number => at - houseMs;

/** From the start of a hub on, what the clock said before tells nothing of what it says now. */
const isStart = ({ type }: Timed): boolean => type === 'houseResumed';

const movedBetween = (row: Timed, older: Timed | undefined): number | null => {
  if (older === undefined || isStart(row)) return null;
  const moved = offsetOf(row) - offsetOf(older);
  return Math.abs(moved) < MOVED_MS ? null : moved;
};

/**
 * Where the clock on the wall cannot be believed. House time never jumps, so that two rows whose clocks are further apart than their
 * house times tell that the clock moved between them: what was written before that, up to the start of the hub, was written with a
 * clock that somebody then put right.
 * @param rows newest first
 * @param isAll none was left out between them: only then is the start seen up to which the doubt goes
 */
export const doubtsOf = (rows: readonly Timed[], isAll: boolean): ReadonlyMap<number, Doubt> => {
  const doubts = new Map<number, Doubt>();
  let wrongBy = 0;
  for (const [place, row] of rows.entries()) {
    const movedMs = movedBetween(row, rows[place + 1]);
    const shouldBe = isAll && wrongBy !== 0 ? row.at + wrongBy : null;
    if (movedMs !== null || shouldBe !== null) doubts.set(row.seq, { movedMs, shouldBe });
    wrongBy = isStart(row) ? 0 : wrongBy + (movedMs ?? 0);
  }
  return doubts;
};
