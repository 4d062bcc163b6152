import { DAY_MS, HOUR_MS, type Millis } from '../shared/time.ts';

/** From one signed checkpoint to the next, ms of house time. Source: product.md 17. What came since the last one can be cut off unseen. */
export const CHECKPOINT_MS: Millis = HOUR_MS;

/** So many rows are signed at once, however little time has passed: whoever makes noise gains nothing, and pruning finds an anchor. Ours. */
export const CHECKPOINT_ROWS = 500;

/** How old a row becomes, ms of house time. Ours: as the alarms (`KEEP_TRANSITIONS_MS`), a year and the month in which one looks back. */
export const KEEP_MS: Millis = 400 * DAY_MS;

/**
 * Rows that are kept at most; with some 550 bytes each this is 33 MB. Source: safety.md §7.3, safety.db < 50 MB, of which alarms,
 * devices and people need their part. A house with 150 rows a day fills it in KEEP_MS.
 */
export const KEEP_ROWS = 60_000;

/** Rows that go at one checkpoint, so that nobody waits for it. More than come between two of them: the journal cannot grow for ever. */
export const PRUNE_AT_ONCE = 1_000;

/** Longest text of one field, characters: names and reasons are shorter, what is longer is no name. Ours. */
export const MAX_TEXT = 1_000;

/** Rows that are looked through before the main thread is let go. Source: DESIGN §5 (10 ms); measured: 2 ms for as many on a PC. */
export const SLICE_ROWS = 100;

/** Faults that are told one by one. */
export const MAX_FINDINGS = 100;

/** Rows that one look for a page goes through before the main thread is let go. Ours; see SLICE_ROWS. */
export const LOOKED_THROUGH = 1_000;
