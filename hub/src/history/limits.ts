import type { Millis } from '../shared/time.ts';

/** Readings wait this long to be written together, ms. Source: DESIGN §5 (≤ 1 s). A card wears by the page, not by the row. */
export const BATCH_MS: Millis = 1_000;

/**
 * So many wait together at most before they are handed over early: a third of a second at 24,000 readings a second, some 15 ms of
 * writing. Each batch writes the last page of every series anew: 2,500 cost a quarter more processor time for each reading.
 */
export const BATCH_ROWS = 8_000;

/** Readings that wait for a slow or full disk, at most: 20 bytes each, 100 s of 1,000 a second. What comes then is dropped. */
export const WAITING_ROWS = 100_000;

/** Batches that are on their way to the disk at a time. */
export const BATCHES_ON_THE_WAY = 4;

/** A disk that said no is asked again after this, ms. */
export const RETRY_MS: Millis = 5_000;

/** Room that the history leaves to what matters more (safety.db, logs, the system), bytes. */
export const RESERVE_BYTES = 128 * 1_024 * 1_024;

/** Days for which every reading is kept, unless the owner says otherwise. Source: performance.md §7. */
export const RAW_DAYS = 90;

/** Days for which the hourly values are kept, unless the owner says otherwise: 9 MB a year for 20 sensors. */
export const HOURLY_DAYS = 3_650;

/** A chart without bounds shows this long, ms. Source: the contract. */
export const CHART_MS: Millis = 86_400_000;

/** … in so many buckets. */
export const CHART_BUCKETS = 300;

/** Finest step of a chart, ms. */
export const FINEST_STEP_MS: Millis = 1_000;

/** A longer chart is drawn from the hourly values, ms. Two weeks of minute data are 20,000 readings: some ms to go through. */
export const LONGEST_RAW_MS: Millis = 15 * 86_400_000;

/** So is one that would go through more readings than this: some 0.2 s on a small computer. */
export const MOST_RAW_ROWS = 400_000;

/** Charts that are drawn one after the other without a rest: a screen full of them, twice. */
export const CHART_BURST = 24;

/**
 * After that one is drawn every so often, ms. An answer costs the thread of the alarms half a millisecond, on a Raspberry
 * Pi some 3: less than a tenth of its time, and so of the alarms, can meet one.
 */
export const CHART_EVERY_MS: Millis = 40;

/** Charts that wait for their turn at a time, of one session. The last one is drawn within 4 s. */
export const CHARTS_WAITING = 100;

/** … and of all. */
export const CHARTS_WAITING_IN_ALL = 400;

/** A chart that waited longer is not wanted any more, ms: the app has given up by then. */
export const CHART_PATIENCE_MS: Millis = 20_000;

/** Readings in one piece of a CSV file: some 5 ms of work, 100 KB of text. */
export const CSV_ROWS = 2_500;

/** Readings in one page for whoever computes with them: some 3 ms of work, 64 KB. */
export const SAMPLE_ROWS = 4_096;

/** Longest piece of work beside writing down what comes in, ms. */
export const SLICE_MS: Millis = 20;

/** Closed hours are added up, and what is too old deleted, this often, ms. */
export const UPKEEP_MS: Millis = 60_000;

/** A clock that ran ahead by more than this may be wrong, ms … */
export const CLOCK_LEAP_MS: Millis = 86_400_000;

/** … and must have been so for this long before anything is deleted by it, ms. */
export const CLOCK_TRUST_MS: Millis = 86_400_000;
