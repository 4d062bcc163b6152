import type { Quantity } from '../../devices/schema.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from '../../shared/time.ts';
import { LIMITS } from '../limits/table.ts';
import type { Measured } from '../measured.ts';
import type { MeansRow } from './meansRow.ts';
import { TIERS } from './stored.ts';
import { addSpan, emptyTier, type Mean, meanOver, type Tier } from './tier.ts';

/** Least share of its window in which a sensor must have been heard. Source: safety.md AIR-4. */
export const LEAST_COVERAGE = 0.75;

/** A reading stands for so many of the sensor's usual spans … Ours, as long as a safety sensor may be silent. */
const HELD_SPANS = 3;
/** … but for so long at least, ms … */
const SHORTEST_HELD_MS: Millis = MINUTE_MS;
/** … so long while its usual span is not known, ms (safety.md §3.2: lost after 180 s) … */
const USUAL_HELD_MS: Millis = 180 * SECOND_MS;
/** … and never longer, ms (safety.md §3.2: lost after 130 min). */
const LONGEST_HELD_MS: Millis = 130 * MINUTE_MS;

/** What is kept of a quantity. */
type Kept = { readonly tens: boolean; readonly quarters: boolean };

const KEPT: ReadonlyMap<Quantity, Kept> = new Map(
  LIMITS.filter(({ crosses }) => crosses !== 'on').map(({ quantity }) => {
    const windows = LIMITS.filter(({ measure }) => measure === 'mean' || measure === 'nowCast')
      .filter((limit) => limit.quantity === quantity)
      .map(({ windowMs }) => windowMs as Millis);
    const tens = windows.some((ms) => ms > HOUR_MS && ms <= DAY_MS);
    return [quantity, { tens, quarters: windows.some((ms) => ms > DAY_MS) }];
  }),
);

export const hasMeans = (quantity: Quantity): boolean => KEPT.has(quantity);

/** For means up to an hour and the trend. */
const newMinutes = (): Tier => emptyTier(MINUTE_MS, 61);

const NOBODY: MeansRow = {
  quantity: 'other',
  value: 0,
  at: null,
  everyMs: null,
  minutes: null,
  tens: null,
  quarters: null,
  days: null,
};

/** What is kept of a sensor, with all that its quantity wants: it may speak for the first time, or since the start. */
export function meansOf(row: MeansRow | undefined, quantity: Quantity): MeansRow {
  if (row !== undefined && row.minutes !== null) return row;
  const kept = KEPT.get(quantity);
  return {
    ...NOBODY,
    quantity,
    minutes: newMinutes(),
    tens: kept?.tens ? (row?.tens ?? TIERS.tens()) : null,
    quarters: kept?.quarters ? (row?.quarters ?? TIERS.quarters()) : null,
  };
}

/** Something that is only looked at by days. */
export const newDays = (): MeansRow => ({ ...NOBODY, days: TIERS.days() });

/** How long its last reading stands when nothing follows, ms. */
function heldMs({ everyMs }: MeansRow): Millis {
  if (everyMs === null) return USUAL_HELD_MS;
  return Math.min(LONGEST_HELD_MS, Math.max(SHORTEST_HELD_MS, HELD_SPANS * everyMs));
}

const added = (tier: Tier | null, value: number, from: Millis, to: Millis): Tier | null =>
  tier === null ? null : addSpan(tier, value, from, to);

/** Brings a row up to now with the reading that stood until now. Silence that is longer than a reading stands is no coverage. */
export function heardUntil(row: MeansRow, now: Millis): MeansRow {
  const { value, at } = row;
  if (at === null || now <= at) return row;
  const to = Math.min(now, at + heldMs(row));
  return {
    quantity: row.quantity,
    value,
    at: to === now ? now : null,
    everyMs: row.everyMs,
    minutes: added(row.minutes, value, at, to),
    tens: added(row.tens, value, at, to),
    quarters: added(row.quarters, value, at, to),
    days: added(row.days, value, at, to),
  };
}

/** Takes in a reading. As `heardUntil`, and then it stands: in one, for it is done for every reading. */
export function withReading(before: MeansRow, value: number, now: Millis): MeansRow {
  const { quantity, value: stood, at, everyMs, minutes, tens, quarters, days } = before;
  if (at === null) return { quantity, value, at: now, everyMs, minutes, tens, quarters, days };
  const to = Math.max(at, Math.min(now, at + heldMs(before)));
  return {
    quantity,
    value,
    at: now,
    everyMs: usualSpan(everyMs, now - at),
    minutes: added(minutes, stood, at, to),
    tens: added(tens, stood, at, to),
    quarters: added(quarters, stood, at, to),
    days: added(days, stood, at, to),
  };
}

/** One long silence does not make a talkative sensor a quiet one. */
const usualSpan = (everyMs: Millis | null, span: Millis): Millis =>
  everyMs === null
    ? Math.min(span, LONGEST_HELD_MS)
    : Math.round(everyMs * 0.75 + Math.min(span, 4 * everyMs + SECOND_MS, LONGEST_HELD_MS) * 0.25);

/** The sensor cannot be heard any more: its last reading stands no longer. */
export function fallenSilent(before: MeansRow, now: Millis): MeansRow {
  const row = heardUntil(before, now);
  return row.at === null ? row : { ...row, at: null };
}

const tierFor = (row: MeansRow, windowMs: Millis): Tier | null => {
  if (windowMs <= HOUR_MS) return row.minutes;
  return windowMs <= DAY_MS ? row.tens : row.quarters;
};

/** The mean of that row over the window that ends now, whatever its coverage. Null: nothing of it is kept. */
export function meanUntil(row: MeansRow, windowMs: Millis, now: Millis): Mean | null {
  const tier = tierFor(row, windowMs);
  return tier === null ? null : meanOver(tier, now - windowMs, now);
}

/** … as a limit takes it: not computable under 75 % coverage. */
export function measuredMean(row: MeansRow, windowMs: Millis, now: Millis): Measured {
  const { mean, coverage } = meanUntil(row, windowMs, now) ?? { mean: null, coverage: 0 };
  return { measure: 'mean', windowMs, value: coverage >= LEAST_COVERAGE ? mean : null, coverage };
}

/** Mean of a span of house time that lies in the past. */
export const meanBetween = (row: MeansRow, from: Millis, to: Millis): Mean =>
  row.tens === null ? { mean: null, coverage: 0 } : meanOver(row.tens, from, to);
