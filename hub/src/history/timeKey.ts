import type { Millis } from '../shared/time.ts';

/**
 * Keys to one millisecond: readings of one series within the same millisecond lie side by side. 32, because SQLite keeps
 * such a key in six bytes until the year 2109; a key without room for others would take six as well.
 */
export const KEYS_PER_MS = 32;

export const HOUR_MS: Millis = 3_600_000;

/** Keys to one hour. */
export const HOUR_KEYS = HOUR_MS * KEYS_PER_MS;

/** Latest moment that can be kept, epoch ms: the year 10889. Beyond it a key would be no exact number. */
export const LATEST_MS: Millis = 2.8e14;

/** First key of a millisecond, epoch ms. */
export const keyOf = (utc: Millis): number => Math.floor(utc) * KEYS_PER_MS;

/** Epoch ms of a key. */
export const utcOf = (key: number): Millis => Math.floor(key / KEYS_PER_MS);

/** Hours since 1970 in which that moment lies. */
export const hourOf = (utc: Millis): number => Math.floor(utc / HOUR_MS);
