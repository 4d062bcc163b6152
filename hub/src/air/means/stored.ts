import { deleteRow, rowsOf, type Table, tableOf } from '../../house/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../../shared/time.ts';
import type { MeansRow } from './meansRow.ts';
import { emptyTier, type Tier } from './tier.ts';

type StoredTier = Pick<Tier, 'index' | 'past' | 'sum' | 'ms'>;

/** What must outlast a restart of one sensor's means: up to a day, up to 90 days, and the damp days. Durable. */
export type StoredMeans = {
  readonly tens: StoredTier | null;
  readonly quarters: StoredTier | null;
  readonly days: StoredTier | null;
};

const QUARTER_MS: Millis = 6 * HOUR_MS;

/** The size of each tier, so that a row that was stored with another can be told. */
export const TIERS = {
  tens: () => emptyTier(10 * MINUTE_MS, 145),
  quarters: () => emptyTier(QUARTER_MS, 361),
  days: () => emptyTier(DAY_MS, 8),
};

/** Those that have no span of ten minutes are written this often at most, ms; the others once for each. Ours. */
const LONG_STORED_EVERY_MS: Millis = HOUR_MS;

/**
 * The stretch of time that was heard last: a new one is written down. Of a row as it is or as it was stored: asked at each reading, so
 * nothing of what was stored is unpacked for it.
 */
function stretchOf({ tens, quarters, days }: StoredMeans): number {
  if (tens !== null) return tens.index;
  const long = quarters ?? days;
  if (long === null) return 0;
  const spanMs = quarters === null ? DAY_MS : QUARTER_MS;
  return long.index * (spanMs / LONG_STORED_EVERY_MS) + Math.floor(long.ms / LONG_STORED_EVERY_MS);
}

export function mustStoreMeans(stored: StoredMeans | undefined, row: MeansRow): boolean {
  if (row.tens === null && row.quarters === null && row.days === null) return false;
  if (stored === undefined) return stretchOf(row) > 0;
  return stretchOf(stored) < stretchOf(row);
}

const kept = (tier: Tier | null): StoredTier | null =>
  tier === null
    ? null
    : { index: tier.index, past: tier.past, sum: Math.round(tier.sum), ms: Math.round(tier.ms) };

export const storedMeansOf = ({ tens, quarters, days }: MeansRow): StoredMeans => ({
  tens: kept(tens),
  quarters: kept(quarters),
  days: kept(days),
});

const taken = (tier: StoredTier | null, empty: Tier): Tier | null =>
  tier === null ? null : { ...empty, ...tier, past: tier.past.slice(0, 2 * empty.keep) };

const fromStored = ({ tens, quarters, days }: StoredMeans) => ({
  tens: taken(tens, TIERS.tens()),
  quarters: taken(quarters, TIERS.quarters()),
  days: taken(days, TIERS.days()),
});

/** Takes up what was stored: the time between is a gap. */
export const meansFrom = (stored: Table<StoredMeans>): Table<MeansRow> =>
  tableOf(
    [...rowsOf(stored)].map(
      ([key, row]) =>
        [
          key,
          {
            quantity: 'other' as const,
            value: 0,
            at: null,
            everyMs: null,
            minutes: null,
            ...fromStored(row),
          },
        ] as const,
    ),
  );

type Kept = { readonly means: Table<MeansRow>; readonly storedMeans: Table<StoredMeans> };

export const forgetMeans = <S extends Kept>(state: S, key: string): S => ({
  ...state,
  means: deleteRow(state.means, key),
  storedMeans: deleteRow(state.storedMeans, key),
});
