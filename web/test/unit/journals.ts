import type { JournalRow } from '@homeward/hub/api';
import { NOW } from './houses.ts';

/** The house began so long before NOW. ms */
const LIVED_MS = 40 * 86_400_000;

/** A row of the journal; its house time follows from its clock unless it is given. */
export const aRow = (given: Partial<JournalRow> = {}): JournalRow => {
  const at = given.at ?? NOW - 60_000;
  return {
    seq: 100,
    houseMs: at - NOW + LIVED_MS,
    area: 'people',
    type: 'personLoggedIn',
    who: null,
    where: null,
    why: null,
    fact: { type: given.type ?? 'personLoggedIn' },
    isSealed: false,
    hash: 'ab'.repeat(32),
    ...given,
    at,
  };
};

/** So many rows, newest first, a minute apart; the newest has the number. */
export const rowsFrom = (
  seq: number,
  count: number,
  given: Partial<JournalRow> = {},
): readonly JournalRow[] =>
  Array.from({ length: count }, (_, place) =>
    aRow({ seq: seq - place, at: NOW - (place + 1) * 60_000, who: 'Mona', ...given }),
  );
