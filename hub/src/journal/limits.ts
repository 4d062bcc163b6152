import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '../shared/time.ts';

/** From one signed checkpoint to the next, ms of house time. Source: product.md 17. What came since the last one can be cut off unseen. */
export const CHECKPOINT_MS: Millis = HOUR_MS;

/** So many rows are signed at once, however little time has passed: whoever makes noise gains nothing, and pruning finds an anchor. Ours. */
export const CHECKPOINT_ROWS = 500;

/**
 * Rows that are kept at most: 23 MB with the 230 bytes that rows of alarms, devices and people were measured to take. Source:
 * safety.md §7.3, safety.db < 50 MB, of which the others need their part. A house with 250 rows a day fills it in 400 days. Rows go by
 * their number alone, not by their age: a clock that starts in the wrong year would have the hub forget everything, and sign that.
 */
export const KEEP_ROWS = 100_000;

/** Rows that go at one checkpoint, so that nobody waits for it. More than come between two of them: the journal cannot grow for ever. */
export const PRUNE_AT_ONCE = 1_000;

/** Longest text of one field, characters: names and reasons are shorter, what is longer is no name. Ours. */
export const MAX_TEXT = 1_000;

/** Rows that are looked through before the main thread is let go. Source: DESIGN §5 (10 ms); measured: 1.3 ms on a PC. */
export const SLICE_ROWS = 100;

/** Faults that are told one by one. */
export const MAX_FINDINGS = 100;

/** Rows that one look for a page goes through before the main thread is let go. Source: as SLICE_ROWS; measured: 2.6 ms on a PC. */
export const LOOKED_THROUGH = 1_000;

/** When the hub looks through its whole journal by itself, ms of house time: after the start, when the house is up, and then each day. Ours. */
export const LOOK_THROUGH_MS = { first: MINUTE_MS, again: DAY_MS } as const;

/** Checkpoints of which the signature is checked before the main thread is let go. Source: as SLICE_ROWS; measured: 0.1 ms each on a PC. */
export const SLICE_SIGNATURES = 20;

/**
 * Signatures that are checked in one go to find one that holds: whoever forges a million of them delays no start. Source: as
 * SLICE_ROWS, at 0.1 ms each; that happens only where somebody forged so many.
 */
export const SIGNATURES_AT_ONCE = 100;

/** Checkpoints that are looked at in one go, their signatures apart. Source: as SIGNATURES_AT_ONCE; measured: 4 ms on a busy PC. */
export const CHECKPOINTS_AT_ONCE = 10_000;

/**
 * So far back it is looked from which row another goes on, when it does not from the one before it: then those between were put in.
 * Source: as SLICE_ROWS; measured: 21 µs each on a busy PC, and only where a row does not fit.
 */
export const LOOK_BACK_ROWS = 1_000;

/**
 * So many rows of each thing that anybody on the network can cause (a refused login) are written in `ANYBODYS_MS` of house time; the
 * rest is counted. With five such things it takes 55 days to fill the journal with them. Ours; the limit for all callers is 300 tries a
 * minute.
 */
export const ANYBODYS_ROWS = 15;
export const ANYBODYS_MS: Millis = HOUR_MS;

/**
 * The same for each person of the house, of what they can cause without end: logins, logouts, ends of sessions, rights that they lack.
 * With 720 a day it takes one of them 138 days. Ours; a person does no such thing every second minute of an hour.
 */
export const PERSONS_ROWS = 30;

/**
 * A row's number further than this above the last row of the chain was given by no hub: at 1,000 rows an hour it takes a century to
 * get there. Whoever edits the file could else bring the counting to its end, where nothing can be written any more. Ours.
 */
export const FAR_ROWS = 1_000_000_000;

/** What belongs to an alarm: so long before it was raised and after it returned, ms. Source: product.md 17 (curves ±10 min). */
export const AROUND_MS: Millis = 10 * MINUTE_MS;

/** Of a longer alarm its first hours are told, ms: what holds for days is no incident but a state. Ours. */
export const LONGEST_INCIDENT_MS: Millis = 6 * HOUR_MS;

/** Rows of the journal that one incident tells. Read in one go they took 36 to 47 ms on a busy PC, out of 100 000: they are read by SLICE_ROWS. */
export const INCIDENT_ROWS = 500;

/**
 * Length of what is sealed of a row, bytes, before it is sealed: an id, a purpose, two times and six names of a device take 580 at most.
 * All are as long, so that none tells by its length what it holds. Ours.
 */
export const SEALED_BYTES = 640;

/** A device is known again by its network address too for so long, ms: whoever forces somebody may open another browser on it. Ours. */
export const SAME_ADDRESS_MS: Millis = DAY_MS;

/** Sealed rows that one call opens, and how many before the main thread is let go. Source: as SLICE_ROWS; measured: 0.5 ms each on a busy PC. */
export const SEALED_ROWS = 1_000;
export const SLICE_SEALED = 20;
